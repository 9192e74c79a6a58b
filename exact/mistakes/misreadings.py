"""Ways to copy given numbers wrongly in which there is no number to solve for: swapped, turned around, mixed up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from exact.calculation.quantity import Calculation
from exact.numbers.array import Array

LARGEST = 16
"""Entries of an array in which any two are swapped for a trial; of a larger one neighbours alone."""


@dataclass(frozen=True, slots=True)
class Misreading:
    """What was read in the place of what is given, by name; `places` are the entries concerned, in order.

    `manner` says how in words with a gap for the names, "" where there is nothing to say but the numbers.
    """

    changed: dict[str, Array]
    places: tuple[tuple[str, int], ...]
    manner: str = ""


def misreadings(calculation: Calculation, names: frozenset[str]) -> Iterator[Misreading]:
    """Those that concern one of the names; none that changes nothing."""
    for name in sorted(names):
        values = calculation.given[name]
        for one, other in _pairs(values):
            yield _swapped(name, values, one, other)
        yield from _turned(name, values)
    for first, second in combinations(sorted(calculation.given), 2):
        left, right = calculation.given[first], calculation.given[second]
        if names & {first, second} and left.shape and left.shape == right.shape and left != right:
            places = tuple((name, place) for name in (first, second) for place in range(left.size))
            yield Misreading({first: right, second: left}, places, "{} mixed up")


def _pairs(values: Array) -> Iterator[tuple[int, int]]:
    columns = values.shape[-1] if values.shape else 1
    for one, other in combinations(range(values.size), 2):
        are_near = values.size <= LARGEST or other - one in (1, columns)
        if are_near and values[one] != values[other]:
            yield one, other


def _swapped(name: str, values: Array, one: int, other: int) -> Misreading:
    changed = values.replaced(one, values[other]).replaced(other, values[one])
    return Misreading({name: changed}, ((name, one), (name, other)), "{} swapped")


def _turned(name: str, values: Array) -> Iterator[Misreading]:
    """Rows or columns swapped, rows written as columns."""
    if len(values.shape) != 2:
        return
    rows, columns = values.shape
    for length, is_row in ((rows, True), (columns, False)):
        for one, other in combinations(range(length), 2):
            order = list(range(length))
            order[one], order[other] = order[other], order[one]
            at = [
                (order[i] if is_row else i) * columns + (j if is_row else order[j])
                for i in range(rows)
                for j in range(columns)
            ]
            lines = "rows" if is_row else "columns"
            yield from _moved(name, values, at, f"{lines} {one + 1} and {other + 1} of {{}} swapped")
    if rows == columns:
        at = [j * columns + i for i in range(rows) for j in range(columns)]
        yield from _moved(name, values, at, "{} transposed")


def _moved(name: str, values: Array, at: list[int], manner: str) -> Iterator[Misreading]:
    changed = Array((values[place] for place in at), values.shape)
    places = tuple((name, place) for place in range(values.size) if values[place] != changed[place])
    if len(places) > 2:  # two are swapped, which has been tried
        yield Misreading({name: changed}, places, manner)
