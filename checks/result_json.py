"""Reads a submitted `result.json` into arrays, with every fault of its format.

[{"index": 0, "activations": [0.1, ...], "classification": 7}, ...]
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checks.bounds import MAX_FILE_BYTES

KEYS = ("index", "activations", "classification")


class UnreadableResult(Exception):
    """A file that is not a JSON array; the message says what it is, `line` and `column` where that was seen."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.message, self.line, self.column = message, line, column


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a result file, by index.

    activations has shape (n, m), NaN where a row has none that can be read; classes has shape (n,), -1 likewise;
    `records` is the number of records in the file, `faults` what is wrong with their format, in order.
    """

    activations: NDArray[np.float64]
    classes: NDArray[np.int64]
    records: int
    faults: tuple[str, ...]


def read_result(data: bytes, images: int, outputs: int) -> Result:
    """The result for `images` rows of `outputs` activations. Raises `UnreadableResult`."""
    _expect_no_more_than(images, outputs, data)
    records = _records(data)
    rows = _Rows(np.full((images, outputs), np.nan), np.full(images, -1), np.zeros(images, dtype=bool), [])
    for number, record in enumerate(records):
        rows.store(record, number)
    missing = np.flatnonzero(~rows.seen)
    if len(missing):
        rows.faults.append(f"{len(missing)} of {images} images have no record, the first is index {missing[0]}")
    return Result(rows.activations, rows.classes, len(records), tuple(rows.faults))


def _expect_no_more_than(images: int, outputs: int, data: bytes) -> None:
    """Refuses, before anything is built from it, a file with many times the values that a right one holds."""
    if data.count(b"{") + data.count(b"[") > 4 * images + 100 or data.count(b",") > 3 * images * (outputs + 3) + 100:
        raise UnreadableResult(f"many times the values of {images} records; it was not read")


def _records(data: bytes) -> list[Any]:
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableResult(f"{len(data)} bytes; a file has at most {MAX_FILE_BYTES}, so it was not read")
    if not data.strip():
        raise UnreadableResult("the file is empty; expected a JSON array of records")
    try:
        content = json.loads(data.decode(json.detect_encoding(data)), object_pairs_hook=_Record)
    except UnicodeDecodeError as error:
        raise UnreadableResult(f"not {error.encoding.upper()} text, at byte {error.start}") from None
    except json.JSONDecodeError as error:
        raise UnreadableResult(f"not JSON: {error.msg}", error.lineno, error.colno) from None
    except (RecursionError, ValueError):
        raise UnreadableResult("not read: nested too deep, or a number of thousands of digits") from None
    if not isinstance(content, list):
        raise UnreadableResult(f"holds {_kind(content)}; expected an array of records", 1, 1)
    return content


class _Record(dict[str, Any]):
    """A JSON object that remembers the first name it was given twice."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        seen: set[str] = set()
        self.twice = next((name for name, _ in pairs if name in seen or seen.add(name)), None)  # type: ignore[func-returns-value]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows as they fill up: as in `Result`, and `seen`, shape (n,), where an index has had its record."""

    activations: NDArray[np.float64]
    classes: NDArray[np.int64]
    seen: NDArray[np.bool_]
    faults: list[str]

    def store(self, record: Any, number: int) -> None:
        """One record's row, where it can be told which that is; the first record of an index counts."""

        def fault(message: str) -> None:
            self.faults.append(f"record {number}: {message}")

        if not isinstance(record, _Record):
            fault(f"{_kind(record)}; expected an object with {', '.join(KEYS)}")
            return
        if record.twice is not None:
            fault(f"'{record.twice[:20]}' is given twice")
        if set(record) != set(KEYS):
            names = ", ".join(name[:20] for name in list(record)[:5]) or "none"
            fault(f"the names are {names}; expected {', '.join(KEYS)}")
        images, outputs = self.activations.shape
        index = record.get("index")
        if type(index) is not int or not 0 <= index < images:
            fault(f"index is {_shown(index)}; expected a whole number from 0 to {images - 1}")
            return
        if self.seen[index]:
            fault(f"index {index} is there a second time; the first one counts")
            return
        self.seen[index] = True
        activations = record.get("activations")
        if not isinstance(activations, list) or len(activations) != outputs:
            found = f"{len(activations)} entries" if isinstance(activations, list) else _shown(activations)
            fault(f"activations are {found}; expected {outputs} numbers")
        elif bad := [x for x in activations if type(x) not in (int, float) or not _finite(x)]:
            fault(f"an activation is {_shown(bad[0])}; expected a finite number")
        else:
            self.activations[index] = activations
        classification = record.get("classification")
        if type(classification) is not int or not 0 <= classification < outputs:
            fault(f"classification is {_shown(classification)}; expected a whole number from 0 to {outputs - 1}")
        else:
            self.classes[index] = classification


def _finite(number: float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:  # an int beyond every float
        return False


def _kind(value: Any) -> str:
    kinds = {dict: "an object", list: "an array", str: "a text", bool: "true or false", type(None): "null"}
    return next((name for kind, name in kinds.items() if isinstance(value, kind)), "a number")


def _shown(value: Any) -> str:
    if isinstance(value, str | int | float) or value is None:
        return json.dumps(value)[:30] if not isinstance(value, int) or abs(value) < 10**20 else "a huge number"
    return _kind(value)
