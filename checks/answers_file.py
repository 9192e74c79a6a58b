"""Reads `answers.txt` and `answers.json` into statements. Whatever a line holds, the other lines are read.

    answers.txt := { [ name "=" value ] [ "#" comment ] newline }

A value goes on over lines while a bracket or a LaTeX environment is open in it.
"""

from __future__ import annotations

import json
import re

from checks.answers import NestedText, Statement
from checks.bounds import MAX_ANSWERS_BYTES
from checks.findings import Trouble
from checks.names import read_name

_ASSIGNMENT = re.compile(r"(?P<name>[^=≈#\n]+?)\s*(?<![<>!:=])(?P<equals>:?=)(?!=)[^\S\n]*(?P<value>.*)")
_OPENS = re.compile(r"[(\[{]|\\begin\b")
_CLOSES = re.compile(r"[)\]}]|\\end\b")
_MAX_DEPTH_OF_JSON = 10


def read_answers_txt(data: bytes, file: str, prefixes: tuple[str, ...]) -> tuple[list[Statement], list[Trouble]]:
    """The statements of an answers.txt, in order, and what could not be read in it."""
    text, troubles = _decoded(data, file)
    statements: list[Statement] = []
    lines = [_without_comment(line) for line in re.split(r"\r\n|\r|\n", text)]
    number = 0
    while number < len(lines):
        line = lines[number]
        start, number = number, number + 1
        if not line.strip():
            continue
        match = _ASSIGNMENT.match(line)
        name = read_name(match["name"], prefixes) if match else None
        if match is None or name is None:
            troubles.append(_not_a_statement(line, start, file, match))
            continue
        value = match["value"]
        while _depth(value) > 0 and number < len(lines) and not _is_statement(lines[number], prefixes):
            value += "\n" + lines[number]
            number += 1
        statements.append(Statement(name, value.rstrip(), file, start + 1, match.start("value") + 1))
    return statements, troubles


def _decoded(data: bytes, file: str) -> tuple[str, list[Trouble]]:
    if len(data) > MAX_ANSWERS_BYTES:
        message = f"{len(data)} bytes; an answers file has at most {MAX_ANSWERS_BYTES}, so it was not read"
        return "", [Trouble(file, None, None, message)]
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding), []
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = "not UTF-8 text; read as Latin-1, so that special characters may be misread"
        return data.decode("latin-1"), [Trouble(file, line, None, message)]


def _without_comment(line: str) -> str:
    return line.split("#", 1)[0].rstrip()


def _depth(value: str) -> int:
    return len(_OPENS.findall(value)) - len(_CLOSES.findall(value))


def _is_statement(line: str, prefixes: tuple[str, ...]) -> bool:
    """Whether a line begins a statement of its own, even where a bracket before it was never closed."""
    match = _ASSIGNMENT.match(line)
    return match is not None and read_name(match["name"], prefixes) is not None


def _not_a_statement(line: str, number: int, file: str, match: re.Match[str] | None) -> Trouble:
    column = len(line) - len(line.lstrip())
    if match is None:
        message = "expected name = value, such as s1 = [5, -5]"
    else:
        message = (
            f"the name '{match['name'].strip()[:40]}' is not known; expected one such as a1, delta3 or W3_new[3,1]"
        )
    return Trouble(file, number + 1, column + 1, message, line, column)


class _NumberText(str):
    """A number of a JSON file, its digits as written."""


def read_answers_json(data: bytes, file: str, prefixes: tuple[str, ...]) -> tuple[list[Statement], list[Trouble]]:
    """The statements of an answers.json: an object of names with texts, numbers or nested lists of them."""
    text, troubles = _decoded(data, file)
    if troubles:
        return [], troubles
    try:
        content = json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_float=_NumberText,
            parse_int=_NumberText,
            parse_constant=lambda name: name,
        )
    except json.JSONDecodeError as error:
        line = text.splitlines()[error.lineno - 1] if text.strip() else ""
        return [], [Trouble(file, error.lineno, error.colno, f"not JSON: {error.msg}", line, error.colno - 1)]
    except RecursionError:
        return [], [Trouble(file, None, None, "not read: nested too deep")]
    if not isinstance(content, _Pairs):
        return [], [Trouble(file, 1, 1, 'expected an object, such as {"s1": [5, -5]}')]
    statements = []
    for key, raw in content:
        name, value = read_name(key, prefixes), _nested_text(raw, 0)
        if name is None:
            troubles.append(Trouble(file, None, None, f"the name '{key[:40]}' is not known"))
        else:
            statements.append(Statement(name, json.dumps(raw) if value is None else value, file))
    return statements, troubles


class _Pairs(list[tuple[str, object]]):
    """The members of a JSON object, in order, names that come twice kept."""


def _nested_text(value: object, depth: int) -> NestedText | None:
    """The value as text or lists of text; null is left empty; None for what an answer cannot be."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if not isinstance(value, list) or isinstance(value, _Pairs) or depth > _MAX_DEPTH_OF_JSON:
        return None
    parts = [_nested_text(part, depth + 1) for part in value]
    return None if any(part is None for part in parts) else [part for part in parts if part is not None]
