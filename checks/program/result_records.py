"""The records in the text of a `result.json`, also where the file is not quite the array that it should be.

A shape whose content can be read for certain is read, with a fault that says so: records wrapped in an object, keyed by
their index, written line by line or column by column, JSON within a JSON text, a word before the array.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

KEYS = ("index", "activations", "classification")

ARRAY = "expected a JSON array of records"

_PREFIX = re.compile(r"\s*([A-Za-z_]{1,30}\s*[:=])\s*(?=[\[{])")
_SPACE = re.compile(r"[\s,]*")


class UnreadableResult(Exception):
    """A file whose records cannot be told; the message says what it is, `line` and `column` where that was seen."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the format: the id of the mistake, and what and where it is."""

    id: str
    message: str


SHAPE = "file-shape"


class JsonObject(dict[str, Any]):
    """A JSON object that remembers the first name it was given twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        seen: set[str] = set()
        self.twice = next((name for name, _ in pairs if name in seen or seen.add(name)), None)  # type: ignore[func-returns-value]


_DECODER = json.JSONDecoder(object_pairs_hook=JsonObject)


def records_in(data: bytes) -> tuple[list[Any], list[Fault]]:
    """The records, whatever they are, and the faults of the file's shape. Raises `UnreadableResult`."""
    if not data.strip():
        raise UnreadableResult(f"the file is empty; {ARRAY}")
    try:
        text = data.decode(json.detect_encoding(data)).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise UnreadableResult(f"not {error.encoding.upper()} text, at byte {error.start}") from None
    faults: list[Fault] = []
    if match := _PREFIX.match(text):
        faults.append(Fault(SHAPE, f"{match[1]} stands before the array; {ARRAY} and nothing else"))
        text = text[match.end() :]
    try:
        content = _values(text, faults)
        if isinstance(content, str) and content.lstrip()[:1] in ("[", "{"):
            faults.append(Fault(SHAPE, f"the array stands within a JSON text; {ARRAY}"))
            content = _values(content, faults)
    except (RecursionError, ValueError):
        raise UnreadableResult("not read: nested too deep, or a number of thousands of digits") from None
    return _unwrapped(content, faults), faults


def _values(text: str, faults: list[Fault]) -> Any:
    """The one value of the text, or a list of the objects that stand in it one after another."""
    found: list[Any] = []
    place = _SPACE.match(text).end()  # type: ignore[union-attr]  # it matches nothing, too
    while place < len(text):
        try:
            value, end = _DECODER.raw_decode(text, place)
        except json.JSONDecodeError as error:
            raise _not_json(text, error, len(found)) from None
        found.append(value)
        place = _SPACE.match(text, end).end()  # type: ignore[union-attr]
        if place < len(text) and not isinstance(value, dict):
            line, column = text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place)
            raise UnreadableResult("something stands after the array; expected one JSON array alone", line, column)
    if not found:
        raise UnreadableResult(f"nothing but spaces and commas; {ARRAY}")
    if len(found) > 1:
        faults.append(Fault(SHAPE, f"the records stand one after another without an array around them; {ARRAY}"))
        return found
    return found[0]


def _not_json(text: str, error: json.JSONDecodeError, before: int) -> UnreadableResult:
    """What is the matter with a text that is no JSON, and in which record."""
    record = before or max(text.count("{", 0, error.pos) - 1, 0)
    place = f"in record {record}, at byte {len(text[: error.pos].encode())}"
    if "'" in text[:200] and '"' not in text[:200]:
        message = "single quotes: Python's own notation, not JSON; write the file with json.dump"
    elif not text[error.pos :].strip() or error.msg.startswith("Unterminated string"):
        message = f"cut off {place}"
    else:
        message = f"not JSON {place}: {error.msg[:1].lower()}{error.msg[1:]}"
    return UnreadableResult(message, error.lineno, error.colno)


def _unwrapped(content: Any, faults: list[Fault]) -> list[Any]:
    """The list of records in what the file holds. Raises `UnreadableResult` where there is none."""
    if isinstance(content, list):
        return content
    if not isinstance(content, dict):
        raise UnreadableResult(f"holds {kind(content)}; expected an array of records", 1, 1)
    columns = [content[key] for key in KEYS if isinstance(content.get(key), list)]
    if len(columns) == len(KEYS) and len(set(map(len, columns))) == 1:
        faults.append(Fault(SHAPE, f"an object of columns; {ARRAY}"))
        return [JsonObject(list(zip(KEYS, row, strict=True))) for row in zip(*columns, strict=True)]
    if content and all(name.isdecimal() and len(name) < 10 for name in content):
        faults.append(Fault(SHAPE, f"an object keyed by index; {ARRAY}"))
        return [_with_index(int(name), record) for name, record in content.items()]
    lists = [(name, value) for name, value in content.items() if isinstance(value, list)]
    if len(lists) == 1 and "activations" not in content:
        faults.append(Fault(SHAPE, f"the array stands in an object, as {lists[0][0][:20]!r}; {ARRAY} alone"))
        found: list[Any] = lists[0][1]
        return found
    if set(KEYS) & set(content):
        faults.append(Fault(SHAPE, f"one record without an array around it; {ARRAY}"))
        return [content]
    raise UnreadableResult(f"holds {kind(content)}; expected an array of records", 1, 1)


def _with_index(index: int, record: Any) -> Any:
    if isinstance(record, JsonObject) and "index" not in record:
        record["index"] = index
    return record


def kind(value: Any) -> str:
    """What a JSON value is, in words."""
    kinds = {dict: "an object", list: "an array", str: "a text", bool: "true or false", type(None): "null"}
    return next((name for kind, name in kinds.items() if isinstance(value, kind)), "a number")
