"""What is counted of a problem and looked at in its numbers, but for mistakes."""

from __future__ import annotations

from dataclasses import dataclass

from exact.calculation.inputs import Inputs
from exact.calculation.needed import leading_to
from exact.calculation.quantity import Calculation, Given, Quantity
from exact.calculation.readings import sizes
from exact.inspection.labour import Labour, labour_of
from exact.inspection.paper import is_long, is_near, is_nothing_beside
from exact.inspection.pieces import Piece, pieces
from exact.inspection.showing import Wanted
from exact.numbers.array import Array

Place = tuple[str, int]
"""An entry: its quantity, and its place there, row by row from 0."""

SATURATING = ("softmax", "sigmoid", "tanh")


@dataclass(frozen=True, slots=True)
class Figures:
    """The entries that are asked for, and what is striking: entries that cancel or are long, outputs near 0 or 1."""

    labour: Labour
    entries: int
    pieces: tuple[Piece, ...]
    cancelled: tuple[Place, ...]
    saturated: tuple[Place, ...]
    long: tuple[Place, ...]


def figures_of(calculation: Calculation, wanted: Wanted, value: Given) -> Figures:
    """What the problem's numbers come to; `value` has the quantities, worked out."""
    way = leading_to(calculation.quantities, wanted)
    size = _sizes(calculation, value)
    cancelled, long = [], []
    for name, places in wanted.items():
        values, grown = value(name), size(name)
        cancelled += [(name, place) for place in places if is_nothing_beside(values[place], grown[place])]
        long += [(name, place) for place in places if is_long(values[place])]
    saturated = [
        (quantity.name, place)
        for quantity in way
        if _root(quantity).startswith(SATURATING) and "slope" not in _root(quantity)
        for place, x in enumerate(value(quantity.name))
        if is_near(x, 1) or is_near(x, 0 if not _root(quantity).startswith("tanh") else -1)
    ]
    return Figures(
        labour_of(calculation, way, value),
        sum(map(len, wanted.values())),
        tuple(pieces(calculation, way, value)),
        tuple(cancelled),
        tuple(saturated),
        tuple(long),
    )


def _root(quantity: Quantity) -> str:
    operation = quantity.step.formula.operation
    return operation.name if operation else ""


def _sizes(calculation: Calculation, value: Given) -> Given:
    """The sums of |terms| of quantities, and the sizes of what is given."""

    def size(name: str) -> Array:
        if name in calculation.given:
            return abs(calculation.given[name])
        return sizes(Inputs(calculation, calculation.by_name[name], value), size)

    return size
