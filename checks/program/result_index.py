"""The index of records that count their images in another way, where it is certain which image each is about."""

from __future__ import annotations

from typing import Any

from checks.program.result_records import KEYS, Fault, JsonObject
from checks.program.result_rows import renamed, whole


def with_index(records: list[Any], images: int, faults: list[Fault]) -> list[Any]:
    """The records, with the right index where there is one record for each image and all of them tell it otherwise.

    They may have no index at all, count from 1, or start again from 0 in each batch; that is a fault of the format.
    """
    if len(records) != images or not all(isinstance(record, JsonObject) for record in records):
        return records
    plain = [record if set(record) == set(KEYS) else renamed(record) for record in records]
    given = [record.get("index") for record in plain]
    if all(index is None for index in given):
        faults.append(Fault("index-missing", "no record has an index; they were read in their order"))
        return _numbered(records, range(images))
    numbers = [whole(index, images + 1) for index in given]
    if set(numbers) == set(range(1, images + 1)):
        faults.append(Fault("index-from-one", f"the index goes from 1 to {images}, expected 0 to {images - 1}"))
        return _numbered(records, [number - 1 for number in numbers if number is not None])
    if _starts_again(numbers, records):
        second = numbers.index(0, 1)
        faults.append(Fault("index-restarts", f"record {second}: the index starts again from 0"))
        return _numbered(records, range(images))
    return records


def _starts_again(numbers: list[int | None], records: list[Any]) -> bool:
    """Whether the index counts from 0 in each of several batches of one size, and not because records are repeated."""
    batch = numbers.index(0, 1) if 0 in numbers[1:] else len(numbers)
    counts = all(number == place % batch for place, number in enumerate(numbers))
    return counts and 2 * batch <= len(numbers) and records[batch] != records[0]


def _numbered(records: list[Any], index: Any) -> list[Any]:
    return [JsonObject([*(record | {"index": number}).items()]) for record, number in zip(records, index, strict=True)]
