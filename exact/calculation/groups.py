"""Operations on groups of entries, each apart from the others: pools, the softmax of each row, the largest entry."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache, reduce
from itertools import pairwise
from typing import Any

from flint import arb

from exact.calculation.expression import Expression, Grouped, Operation, Way
from exact.calculation.functions import SOFTMAX, place_of_largest
from exact.calculation.index_maps import contraction, windows
from exact.calculation.operations import minus, times
from exact.calculation.samples import over_samples, spread_over_samples
from exact.numbers.array import Array, Shape, array


def _marks(x: Array) -> Array:
    largest = place_of_largest(x.entries)
    return array([Fraction(place == largest) for place in range(x.size)])


def _ball_marks(x: Array) -> Array:
    def mark(place: int) -> arb:
        others = [other for n, other in enumerate(x) if n != place]
        if any(other > x[place] for other in others):
            return arb(0)
        return arb(1) if all(x[place] > other for other in others) else arb(0).union(arb(1))

    return array([mark(place) for place in range(x.size)])


_FLAT: Callable[[Way], tuple[None]] = lambda _: (None,)  # noqa: E731  one row of a table
LARGEST_OF = Operation(
    "largest",
    lambda x: array([x[place_of_largest(x.entries)]]),
    _FLAT,
    str,
    works_by="all",
    ball=lambda x: array([reduce(lambda one, other: one.max(other), x)]),
)
MARKS = Operation("marks", _marks, _FLAT, str, works_by="all", ball=_ball_marks)
"""The largest entry of a vector, and 1 at its place beside zeros; the first of equals."""


def _in_groups(
    name: str,
    within: Operation,
    grouped: Callable[[Shape], Grouped],
    back: Callable[[Way], Any],
    latex: Callable[[str], str],
) -> Operation:
    """The operation of each group, in one row."""
    return Operation(
        name,
        lambda x: grouped(x.shape).applied(x, within.forward),
        back,
        latex,
        works_by="all",
        ball=lambda x: grouped(x.shape).applied(x, within.ball or within.forward),
        has_powers=within.has_powers,
        grouped=grouped,
    )


def _largest_of_groups(
    name: str, places: list[tuple[int, ...]], shapes: tuple[Shape, Shape], latex: Callable[[str], str]
) -> Operation:
    """The largest entry of each group of places; backwards the gradient goes to where that stands."""
    before, after = shapes
    starts = [sum(map(len, places[:k])) for k in range(len(places) + 1)]
    spots = [tuple(range(start, end)) for start, end in pairwise(starts)]
    marked = Grouped(MARKS, tuple(zip(places, spots, strict=True)), (starts[-1],))
    marks = _in_groups(
        f"marks of {name}",
        MARKS,
        lambda _: marked,
        _FLAT,
        lambda x: rf"\mathbf{{1}}_{{\max}}\bigl({x}\bigr)",
    )
    triples = tuple(
        (spot, k, place)
        for k, (group, own) in enumerate(zip(places, spots, strict=True))
        for place, spot in zip(group, own, strict=True)
    )
    handed_back = contraction(
        f"{name} backwards", triples, ((starts[-1],), after, before), lambda mask, g: rf"{mask}\, {g}"
    )
    grouped = Grouped(LARGEST_OF, tuple((group, (k,)) for k, group in enumerate(places)), after)

    def back(way: Way) -> tuple[Expression]:
        return (Expression(handed_back, (Expression(marks, way.operands), way.g)),)

    return _in_groups(name, LARGEST_OF, lambda _: grouped, back, latex)


@cache
def largest(shape: Shape) -> Operation:
    """The largest of all entries, a number."""
    size = shape[0] * (shape[1] if len(shape) == 2 else 1)
    return _largest_of_groups("max", [tuple(range(size))], (shape, ()), lambda x: rf"\max\bigl({x}\bigr)")


@cache
def max_pool(shape: Shape, size: int, stride: int) -> Operation:
    """The largest entry of each window."""
    looked_at, after = windows(shape, (size, size), stride)
    places = [tuple(source for _, source in window) for window in looked_at]
    return _largest_of_groups(
        "maxpool", places, (shape, after), lambda x: rf"\mathrm{{maxpool}}_{{{size}}}\bigl({x}\bigr)"
    )


@cache
def _lines(shape: Shape, *, in_rows: bool) -> Grouped:
    """A softmax of each row, or of each column."""
    rows, columns = shape
    if in_rows:
        lines = [tuple(range(i * columns, (i + 1) * columns)) for i in range(rows)]
    else:
        lines = [tuple(range(j, rows * columns, columns)) for j in range(columns)]
    return Grouped(SOFTMAX, tuple((line, line) for line in lines), shape)


def _softmax_of_each(*, in_rows: bool) -> Operation:
    def back(way: Way) -> tuple[Expression]:
        """a (g - a . g), of each line."""
        weighted = over_samples(times(way.out, way.g), in_rows=not in_rows)
        return (times(way.out, minus(way.g, spread_over_samples(weighted, way.out, in_rows=not in_rows))),)

    return _in_groups(
        "softmax_rows" if in_rows else "softmax_columns",
        SOFTMAX,
        lambda shape: _lines(shape, in_rows=in_rows),
        back,
        lambda s: rf"\mathrm{{softmax}}\bigl({s}\bigr)",
    )


SOFTMAX_OF_ROWS, SOFTMAX_OF_COLUMNS = _softmax_of_each(in_rows=True), _softmax_of_each(in_rows=False)
