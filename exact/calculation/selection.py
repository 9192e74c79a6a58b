"""Operations that choose entries: one of an array, and entries of several arrays that are one parameter."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import prod

from exact.calculation.expression import Chosen, Expression, Operation, Way
from exact.calculation.quantity import index_text
from exact.calculation.typesetting import indexed_latex
from exact.numbers.array import Array, Shape, total


@cache
def _pick(place: int, shape: Shape) -> Operation:
    """One entry; backwards, that entry beside zeros."""

    def picked(x: Array) -> Array:
        return Array((x.entries[place],), ())

    def alone(x: Array) -> Array:
        return Array((x.item() if other == place else Fraction(0) for other in range(prod(shape))), shape)

    index, chosen = index_text(shape, place), Chosen(shape, (place,))
    back = Operation(
        "beside zeros",
        alone,
        lambda way: (Expression(pick, (way.g,)),),
        lambda g: rf"{g}\, \mathbf{{e}}_{{{index}}}",
        size=lambda _, sizes: alone(sizes[0]),
        binding=3,
        needs=(3,),
        chosen=chosen,
    )
    pick = Operation(
        "entry",
        picked,
        lambda way: (Expression(back, (way.g,)),),
        lambda x: indexed_latex(x, index),
        size=lambda _, sizes: picked(sizes[0]),
        needs=(9,),
        chosen=chosen,
    )
    return pick


def entry_of(x: Expression, place: int, shape: Shape) -> Expression:
    """One entry of an array, by its place row by row."""
    return Expression(_pick(place, shape), (x,)) if shape else x


def beside_zeros(x: Expression, place: int, shape: Shape) -> Expression:
    """A number in its place of an array that is else zero."""
    if not shape:
        return x
    way = Way(x, x, (x,), (shape,))
    return _pick(place, shape).back(way)[0] or x


def tied(raw: list[tuple[Expression, Shape]], groups: tuple[tuple[tuple[int, int], ...], ...], own: int) -> Expression:
    """One of several arrays, in which every entry of a group of tied ones is the sum of the group's.

    A group has the number of an array and a place in it for each of its entries.
    """
    shape = raw[own][1]
    sums = {one: group for group in groups for one in group}

    def forward(*arrays: Array) -> Array:
        return Array(
            (
                total(arrays[number].entries[at] for number, at in sums.get((own, place), ((own, place),)))
                for place in range(prod(shape))
            ),
            shape,
        )

    operation = Operation(
        "tied", forward, lambda _: (None,) * len(raw), lambda *x: x[own], size=lambda _, sizes: forward(*sizes)
    )
    return Expression(operation, tuple(one for one, _ in raw))
