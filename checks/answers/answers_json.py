"""Reads an answers.json, an object of names with texts, numbers or nested lists of them, into statements."""

from __future__ import annotations

import json

from checks.answers.answers import Statement
from checks.answers.names import Vocabulary
from checks.answers.text_encoding import decoded
from checks.errors import NotReadError
from checks.judging.findings import Trouble
from checks.language.reading import NestedText

_MAX_DEPTH = 10


def read_answers_json(data: bytes, file: str, vocabulary: Vocabulary) -> tuple[list[Statement], list[Trouble]]:
    """The statements of an answers.json, in order, and what could not be read in it. Numbers keep their digits.

    Raises `NotReadError` for a file that is no JSON object.
    """
    text, troubles = decoded(data, file)
    try:
        content = json.loads(
            text, object_pairs_hook=_Members, parse_float=str, parse_int=str, parse_constant=lambda name: name
        )
    except json.JSONDecodeError as error:
        line = text.split("\n")[error.lineno - 1]
        raise NotReadError(f"not JSON: {error.msg}", error.lineno, error.colno, line, error.colno - 1) from None
    except RecursionError:
        raise NotReadError("not read: nested too deep") from None
    if not isinstance(content, _Members):
        raise NotReadError('expected an object, such as {"s1": [5, -5]}', 1, 1)
    statements = []
    for key, raw in content:
        name, value = vocabulary.read_name(key), _nested_text(raw, 0)
        if name is None:
            troubles.append(Trouble(file, None, None, f"the name '{key[:40]}' is not known"))
        elif value is None:
            statements.append(Statement(name, "", file, fault="expected a text, a number or nested lists of them"))
        else:
            statements.append(Statement(name, value, file))
    return statements, troubles


class _Members(list[tuple[str, object]]):
    """The members of a JSON object, in order, names that come twice kept."""


def _nested_text(value: object, depth: int) -> NestedText | None:
    """The value as text or lists of text; null is left empty; None for what an answer cannot be."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if not isinstance(value, list) or isinstance(value, _Members) or depth > _MAX_DEPTH:
        return None
    parts = [_nested_text(part, depth + 1) for part in value]
    return None if any(part is None for part in parts) else [part for part in parts if part is not None]
