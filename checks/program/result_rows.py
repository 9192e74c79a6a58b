"""The rows of a `result.json`, filled from its records; what a record says for certain counts, with its faults told."""

from __future__ import annotations

import json
import math
import re
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from checks.program.result_records import KEYS, SHAPE, Fault, JsonObject, kind

OTHER_NAMES = {
    "index": ("idx", "id", "image", "imageindex"),
    "activations": ("activation", "output", "outputs", "probabilities", "softmax"),
    "classification": ("class", "classify", "prediction", "predicted", "label", "digit"),
}
"""Names that stand for the right ones without a doubt, in small letters."""

WRONG_TYPE = "wrong-type"

_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,4})?\s*")
_WHOLE = re.compile(r"\s*[0-9]{1,9}\s*")


@dataclass(frozen=True, slots=True)
class Result:
    """The rows of a result file, by index.

    `activations` are n times m floats row after row, NaN where a row has none that can be read; `classes` are n
    64-bit numbers, -1 likewise; `records` is the number of records in the file, `faults` what is wrong with their
    format, in order.
    """

    activations: array[float]
    classes: array[int]
    records: int
    faults: tuple[Fault, ...]


class Rows:
    """The rows as they fill up: m activations each, None where an index has not had its record."""

    def __init__(self, images: int, outputs: int, faults: list[Fault]) -> None:
        self.activations: list[list[float] | None] = [None] * images
        self.classes = [-1] * images
        self.outputs = outputs
        self.faults = faults

    def result(self, records: int) -> Result:
        """All that was stored, the images without a record told."""
        missing = [index for index, row in enumerate(self.activations) if row is None]
        if missing:
            told = f"{len(missing)} of {len(self.activations)} images have no record, the first is index {missing[0]}"
            self.faults.append(Fault("records-missing", told))
        rows = (self._unread() if row is None else row for row in self.activations)
        return result_of(rows, self.classes, records, tuple(self.faults))

    def store(self, record: Any, number: int) -> None:
        """One record's row, where it can be told which that is; the first record of an index counts."""

        def fault(name: str, message: str) -> None:
            self.faults.append(Fault(name, f"record {number}: {message}"))

        if not isinstance(record, JsonObject):
            fault(WRONG_TYPE, f"{kind(record)}; expected an object with {', '.join(KEYS)}")
            return
        if record.twice is not None:
            fault("key-names", f"'{record.twice[:20]}' is given twice")
        if set(record) != set(KEYS):
            names = ", ".join(name[:20] for name in list(record)[:5]) or "none"
            fault("key-names", f"the names are {names}; expected {', '.join(KEYS)}")
            record = renamed(record)
        images, outputs = len(self.activations), self.outputs
        given = record.get("index")
        if type(given) is not int or not 0 <= given < images:
            fault(WRONG_TYPE, f"index is {_shown(given)}; expected a whole number from 0 to {images - 1}")
        index = whole(given, images)
        if index is None:
            return
        row = self._activations(record.get("activations"), fault)
        if (first := self.activations[index]) is not None:
            again = "records-repeated" if _is_same(row, first) else "index-not-unique"
            fault(again, f"index {index} is there a second time; the first one counts")
            return
        self.activations[index] = row
        given = record.get("classification")
        if type(given) is not int or not 0 <= given < outputs:
            fault(WRONG_TYPE, f"classification is {_shown(given)}; expected a whole number from 0 to {outputs - 1}")
        digit = whole(given[0] if isinstance(given, list) and len(given) == 1 else given, outputs)
        if digit is not None:
            self.classes[index] = digit

    def _activations(self, given: Any, fault: Callable[[str, str], None]) -> list[float]:
        """The record's m activations, NaN where they cannot be read."""
        outputs = self.outputs
        if isinstance(given, list) and len(given) != outputs and len(given) == 1 and isinstance(given[0], list):
            fault("activations-nested", f"activations are an array within an array; expected {outputs} numbers")
            given = given[0]
        if not isinstance(given, list) or len(given) != outputs:
            found = f"{len(given)} entries" if isinstance(given, list) else _shown(given)
            is_one = isinstance(given, int | float) or (isinstance(given, list) and len(given) == 1)
            fault(
                "activations-only-maximum" if is_one else WRONG_TYPE,
                f"activations are {found}; expected {outputs} numbers",
            )
            return self._unread()
        bad = [x for x in given if type(x) not in (int, float) or not _finite(x)]
        if bad:
            name = SHAPE if isinstance(bad[0], float) else WRONG_TYPE
            fault(name, f"an activation is {_shown(bad[0])}; expected a finite number")
        if all(isinstance(x, str) and _NUMBER.fullmatch(x) for x in bad):
            return [float(x) for x in given]
        return self._unread()

    def _unread(self) -> list[float]:
        return [math.nan] * self.outputs


def result_of(
    rows: Iterable[Iterable[float]], classes: Iterable[int], records: int, faults: tuple[Fault, ...]
) -> Result:
    """The result with these rows of activations, in order of their index."""
    return Result(array("d", [*chain.from_iterable(rows)]), array("q", classes), records, faults)


def _is_same(row: list[float], other: list[float]) -> bool:
    """Whether all activations are the same, NaN that of NaN."""
    return all(a == b or (math.isnan(a) and math.isnan(b)) for a, b in zip(row, other, strict=True))


def renamed(record: JsonObject) -> JsonObject:
    """The record with the names that stand for the right ones without a doubt."""
    plain = {re.sub(r"[\s_-]", "", name).lower(): value for name, value in record.items()}
    names = {key: next((n for n in (key, *others) if n in plain), None) for key, others in OTHER_NAMES.items()}
    return JsonObject([(key, plain[name]) for key, name in names.items() if name])


def whole(value: Any, below: int) -> int | None:
    """The whole number from 0 that the value says for certain: 7, 7.0 or "7"; else None."""
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return value if type(value) is int and 0 <= value < below else None


def _finite(number: float) -> bool:
    try:
        return math.isfinite(number)
    except OverflowError:  # an int beyond every float
        return False


def _shown(value: Any) -> str:
    if isinstance(value, str | int | float) or value is None:
        return json.dumps(value)[:30] if not isinstance(value, int) or abs(value) < 10**20 else "a huge number"
    return kind(value)
