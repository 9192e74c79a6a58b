"""The rows of a CSV file, every field with its place, so that one can be changed and all else stays as it is.

Read as Python's csv module reads it, but for a quotation mark that is never closed: that is a fault, for it swallows
all rows below it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from checks.errors import NotReadError

DELIMITERS = (",", ";", "\t")
"""What may stand between two fields; spreadsheets write semicolons where the comma is the decimal sign."""

BYTE_ORDER_MARK = "\ufeff"


class Row(NamedTuple):
    """One row: the line that it begins in (from 1), its fields, and from where to where each stands in the text."""

    line: int
    fields: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


def csv_rows(text: str, delimiter: str) -> Iterator[Row]:
    r"""All rows in order, empty lines as rows without a field. Raises `NotReadError` for an open quotation mark.

    >>> [(row.line, row.fields) for row in csv_rows('a,"b, c"\r\n"d\ne",\nf', ",")]
    [(1, ('a', 'b, c')), (2, ('d\ne', '')), (4, ('f',))]
    """
    barrier = re.escape(delimiter)
    pattern = re.compile(rf'"((?:[^"]++|"")*+)("?)([^{barrier}\r\n]*+)|([^{barrier}\r\n]*+)')
    place = len(BYTE_ORDER_MARK) if text.startswith(BYTE_ORDER_MARK) else 0
    line = 1
    while place < len(text):
        first = line
        fields: list[str] = []
        spans: list[tuple[int, int]] = []
        while True:
            match = pattern.match(text, place)
            assert match is not None  # noqa: S101  # the second half of the pattern fits the empty text
            quoted, closed, rest, bare = match.groups()
            if bare is None:
                if not closed:
                    raise NotReadError("a quotation mark opens here and is never closed", line)
                fields.append(quoted.replace('""', '"') + rest)
                line += quoted.count("\n") + quoted.count("\r") - quoted.count("\r\n")
            else:
                fields.append(bare)
            spans.append(match.span())
            place = match.end()
            if not text.startswith(delimiter, place):
                break
            place += len(delimiter)
        if spans == [(place, place)]:
            fields, spans = [], []
        place += 2 if text.startswith("\r\n", place) else 1
        yield Row(first, tuple(fields), tuple(spans))
        line += 1


def header_row(text: str, known: Callable[[tuple[str, ...]], int]) -> tuple[str, Row]:
    """The delimiter, and the first row with a letter or a digit; `known` counts the columns of it that are recognised.

    The delimiter is the one with which most of them are. Raises `NotReadError` where there is no such row, or it cannot
    be read.
    """
    headers, faults = [], []
    for delimiter in DELIMITERS:
        try:
            rows = csv_rows(text, delimiter)
            headers.append((delimiter, next(row for row in rows if any(c.isalnum() for c in "".join(row.fields)))))
        except StopIteration:
            faults.append(NotReadError("empty"))
        except NotReadError as error:  # with another delimiter the mark may stand inside a field
            faults.append(error)
    if not headers:
        raise faults[0]
    return max(headers, key=lambda one: (known(one[1].fields), len(one[1].fields)))
