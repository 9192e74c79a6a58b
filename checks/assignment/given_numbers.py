"""Puts other given numbers into the text of an assignment, which otherwise stays as its author wrote it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

import tomlkit
from tomlkit.items import Array as TomlArray
from tomlkit.items import Float, Integer

from checks.assignment.assignment import Assignment
from checks.assignment.hand_parts import KINDS
from checks.assignment.parts import HandPart
from checks.assignment.vary import where_written
from exact.numbers.array import Array
from exact.numbers.decimals import rational_decimal

DIGITS = 20

Given = Mapping[str, Array]
"""Given numbers by name; those that are not named stay as they are."""


def with_given(text: str, assignment: Assignment, given: Mapping[str, Given]) -> str:
    """The text with other numbers, by the prefix of each hand problem. `assignment` is what the text says."""
    document = tomlkit.parse(text)
    tables = list(_tables(document))
    for part, table in zip(assignment.hand_parts, tables, strict=True):
        for name, values in given.get(part.prefix, {}).items():
            _put(table, part, name, values)
    return tomlkit.dumps(document)


def _tables(document: Any) -> Iterator[Any]:
    """The tables of the hand problems, in the order in which they are read."""
    for kind in KINDS:
        tables = document.get(kind, [])
        yield from tables if isinstance(tables, list) else [tables]


def _put(table: Any, part: HandPart, name: str, values: Array) -> None:
    place = where_written(table, part.problem, name)
    if place is None:
        raise KeyError(name)
    holder, key = place
    entries = values.T if _is_turned(part, name) else values
    if not isinstance(holder[key], TomlArray):
        holder[key] = _number(holder[key], entries.entries[0])
        return
    remaining = iter(entries.entries)
    _fill(holder[key], remaining)


def _fill(items: Any, values: Iterator[Fraction]) -> None:
    """Puts the values in the place of the numbers of a list, or of the lists in it, row by row."""
    for place, item in enumerate(list(items)):
        if isinstance(item, TomlArray):
            _fill(item, values)
        else:
            items[place] = _number(item, next(values))


def _is_turned(part: HandPart, name: str) -> bool:
    """Whether the text has a row for each sample where the calculation has a column."""
    problem = part.problem
    return problem is not None and name[0] in ("x", "y") and problem.is_batch and not problem.in_rows


def _number(before: Any, value: Fraction) -> Any:
    """The number as it is written in TOML: as the one before it was, where that can be."""
    if value.denominator == 1 and isinstance(before, Integer):
        return int(value)
    as_decimal = rational_decimal(value, DIGITS)
    if isinstance(before, Float) and Fraction(as_decimal) == value:
        return tomlkit.float_(as_decimal if "." in as_decimal or "e" in as_decimal else f"{as_decimal}.0")
    return int(value) if value.denominator == 1 else str(value)
