"""Reads a submitted `result.json` into rows, with every fault of its format.

    [{"index": 0, "activations": [0.1, ...], "classification": 7}, ...]

A file that is right in every detail is read by a decoder for just that; any other one by way of its faults.
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import Annotated, Any

import msgspec

from checks.bounds import MAX_FILE_BYTES
from checks.program.result_index import with_index
from checks.program.result_records import KEYS, UnreadableResult, records_in
from checks.program.result_rows import Result, Rows, result_of

BYTES_A_VALUE = 64
"""The room of a value in a right file, at most. In a larger file values are counted before any is built.

What is built of a file in one go takes up to 16 times its size.
"""


@cache
def _decoder(outputs: int) -> msgspec.json.Decoder[list[Any]]:
    """Reads records without a fault of their own, of that many activations, and raises for others."""
    classes = Annotated[int, msgspec.Meta(ge=0, lt=outputs)]
    fields = [("index", int), ("activations", tuple[(float,) * outputs]), ("classification", classes)]  # type: ignore[misc]
    record = msgspec.defstruct("Record", fields, gc=False)
    return msgspec.json.Decoder(list[record])  # type: ignore[valid-type]


def read_result(data: bytes, images: int, outputs: int) -> Result:
    """The result for `images` rows of `outputs` activations. Raises `UnreadableResult`."""
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableResult(f"{len(data)} bytes; a file has at most {MAX_FILE_BYTES}, so it was not read")
    is_small = len(data) <= BYTES_A_VALUE * images * (outputs + len(KEYS))
    if is_small and (result := _right_in_every_detail(data, images, outputs)) is not None:
        return result
    _expect_no_more_than(images, outputs, data)
    records, faults = records_in(data)
    rows = Rows(images, outputs, faults)
    for number, record in enumerate(with_index(records, images, faults)):
        rows.store(record, number)
    return rows.result(len(records))


def _expect_no_more_than(images: int, outputs: int, data: bytes) -> None:
    """Refuses, before anything is built from it, a file with many times the values that a right one holds."""
    if data.count(b"{") + data.count(b"[") > 4 * images + 100 or data.count(b",") > 3 * images * (outputs + 3) + 100:
        raise UnreadableResult(f"many times the values of {images} records; it was not read")


def _right_in_every_detail(data: bytes, images: int, outputs: int) -> Result | None:
    """The result of a file without a fault, else None.

    The decoder drops other names, and a name that is given twice, without a word; but every record holds the three
    names, so as many colons as these need leave none for another, nor for a record too many.
    """
    try:
        records = _decoder(outputs).decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, OverflowError):
        return None
    if data.count(b":") != len(KEYS) * images:
        return None
    index = [record.index for record in records]
    if index != [*range(images)]:
        if set(index) != {*range(images)}:
            return None
        records.sort(key=attrgetter("index"))
    return result_of(
        [record.activations for record in records], [record.classification for record in records], images, ()
    )
