"""Reads a submitted `result.json` into rows, with every fault of its format.

    [{"index": 0, "activations": [0.1, ...], "classification": 7}, ...]

A file that is right in every detail is read by a decoder for just that; any other one by way of its faults.
"""

from __future__ import annotations

from operator import attrgetter

import msgspec

from checks.bounds import MAX_FILE_BYTES
from checks.program.result_index import with_index
from checks.program.result_records import UnreadableResult, records_in
from checks.program.result_rows import Result, Rows, result_of


class _Record(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    index: int
    activations: list[float]
    classification: int


_DECODER = msgspec.json.Decoder(list[_Record])
_QUOTES = 2 * len(_Record.__struct_fields__)


def read_result(data: bytes, images: int, outputs: int) -> Result:
    """The result for `images` rows of `outputs` activations. Raises `UnreadableResult`."""
    if len(data) > MAX_FILE_BYTES:
        raise UnreadableResult(f"{len(data)} bytes; a file has at most {MAX_FILE_BYTES}, so it was not read")
    _expect_no_more_than(images, outputs, data)
    if (result := _right_in_every_detail(data, images, outputs)) is not None:
        return result
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

    The decoder drops a name that is given twice without a word; but every record holds the three names, so as many
    quotes as these need leave none for another.
    """
    try:
        records = _DECODER.decode(data)
        if len(records) != images or data.count(b'"') != _QUOTES * images:
            return None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, OverflowError):
        return None
    if any(len(record.activations) != outputs for record in records):
        return None
    if not all(0 <= record.classification < outputs for record in records):
        return None
    index = [record.index for record in records]
    if index != [*range(images)]:
        if set(index) != {*range(images)}:
            return None
        records.sort(key=attrgetter("index"))
    activations = (record.activations for record in records)
    return result_of(activations, (record.classification for record in records), images, ())
