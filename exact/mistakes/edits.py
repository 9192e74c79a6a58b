"""Edits of a formula: what somebody may have worked with instead, one change at one place, the likeliest first.

An operand stands in another's place, a term or factor is left out, doubled or squared, a sign, a transpose or a
function is another. Listed mistakes are edits that have a name; these have none, and are told as the formula that they
make.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from exact.calculation.expression import Expression, Operation, constant, letter
from exact.calculation.functions import SIGMOID, SOFTMAX, TANH
from exact.calculation.gradients import shape
from exact.calculation.index_maps import linear
from exact.calculation.operations import (
    ADD,
    DIVIDE,
    INNER,
    MATRIX_PRODUCT,
    OUTER,
    SCALE,
    SUBTRACT,
    TIMES,
    TRANSPOSE,
    divided,
    minus,
    negative,
    outer_product,
    plus,
    product,
    scaled,
    square,
    times,
    transposed,
)
from exact.calculation.powers import EXP
from exact.calculation.quantity import Calculation, Quantity
from exact.numbers.array import Shape

MOST_EDITS = 400
"""Edits of one formula that are tried."""

PRODUCTS = (MATRIX_PRODUCT, INNER, OUTER, TIMES, SCALE, DIVIDE)


@dataclass(frozen=True, slots=True)
class Edit:
    """A formula in the place of another one.

    `what` tells the change and its place: the same in formulas of one kind, "" for one that has no like elsewhere.
    `rank` says how far from the right formula it is.
    """

    formula: Expression
    what: str
    rank: int


def edits(calculation: Calculation, quantity: Quantity) -> list[Edit]:
    """The edits of the quantity's formula, in order; letters that are no letters of the step are names."""
    pen = _Pen(calculation, quantity)
    found = sorted(pen.edited(quantity.step.formula, "", lambda one: one), key=lambda one: one.rank)
    return found[:MOST_EDITS]


class _Pen:
    """What may be put into the formula of a quantity."""

    def __init__(self, calculation: Calculation, quantity: Quantity) -> None:
        self.calculation, self.quantity = calculation, quantity
        later = _dependents(calculation, quantity.name)
        near = {**quantity.beside, **quantity.of}
        self.near = {name: source for name, source in near.items() if source not in later}
        self.functions = _functions(calculation)

    def edited(self, one: Expression, at: str, within: Callable[[Expression], Expression]) -> Iterator[Edit]:
        """All edits of a part of the formula, which stands at a place `within` the whole."""
        for rank, what, changed in self._changes(one):
            told = f"{what} at {at}" if what else ""
            yield Edit(within(changed), told, rank)
        for number, operand in enumerate(one.operands):

            def inside(changed: Expression, number: int = number) -> Expression:
                operands = (*one.operands[:number], changed, *one.operands[number + 1 :])
                return within(replace(one, operands=operands))

            yield from self.edited(operand, f"{at}{number}", inside)

    def _changes(self, one: Expression) -> Iterator[tuple[int, str, Expression]]:
        """How far it is, what it is, and what becomes of a part of the formula."""
        yield 1, "sign", negative(one)
        yield from self._structure(one)
        if one.operation is None and one.letter:
            yield from self._operands(one)
        yield from self._function(one)
        yield 3, "doubled", scaled(constant(2), one)
        yield 3, "squared", square(one)
        yield 4, "halved", divided(one, constant(2))
        for name, other in self._fitting(one):
            yield 4, f"times {name}", times(one, other)
            yield 5, f"plus {name}", plus(one, other)
            yield 5, f"minus {name}", minus(one, other)

    def _structure(self, one: Expression) -> Iterator[tuple[int, str, Expression]]:
        """Another sign between two terms, a term or a factor left out, factors turned or in another order."""
        operation = one.operation
        if operation in (ADD, SUBTRACT):
            left, right = one.operands
            yield 1, "other sign", minus(left, right) if operation is ADD else plus(left, right)
            yield 1, "left alone", left
            yield 1, "right alone", right
        elif operation in PRODUCTS:
            left, right = one.operands
            yield 1, "left alone", left
            yield 1, "right alone", right
            yield from self._turned(operation, left, right)
        elif operation is TRANSPOSE:
            yield 2, "not transposed", one.operands[0]
        if operation is not TRANSPOSE:
            yield 2, "transposed", Expression(TRANSPOSE, (one,))

    def _turned(
        self, operation: Operation | None, left: Expression, right: Expression
    ) -> Iterator[tuple[int, str, Expression]]:
        if operation is OUTER:
            yield 2, "turned", outer_product(right, left)
        if operation is DIVIDE:
            yield 2, "turned", divided(right, left)
            yield 2, "product", times(left, right)
        if operation is MATRIX_PRODUCT:
            yield 2, "left transposed", product(transposed(left), right)
            yield 3, "turned", product(right, left)
            yield 3, "by entries", times(left, right)
        if operation in (TIMES, SCALE):
            yield 4, "quotient", divided(left, right)
            yield 4, "sum", plus(left, right)

    def _operands(self, one: Expression) -> Iterator[tuple[int, str, Expression]]:
        """Another quantity in the place of a letter: one of the step, or beside it, or of the same shape."""
        own = self._shape_of(one.letter)
        if len(own) == 1 and own[0] > 1:
            yield 3, "next index", Expression(_moved(own[0], 1), (one,))
            yield 3, "index before", Expression(_moved(own[0], -1), (one,))
        for name, other in self._fitting(one):
            if name != one.letter:
                yield 2, f"{name} for it", other
        known = {*self.near, *self.near.values()}
        names = [one.name for one in self.calculation.quantities]
        before = names[: names.index(self.quantity.name)]
        for name in (*self.calculation.given, *before):
            if name not in known and self.calculation.shape_of(name) == own:
                yield 6, "", letter(name)

    def _fitting(self, one: Expression) -> Iterator[tuple[str, Expression]]:
        """The letters of the step, and those beside it, that may stand where this does."""
        if one.operation is None and not one.letter:
            return
        wanted = shape(one, self._shape_of)
        for name, source in self.near.items():
            is_there = source in self.calculation.given or source in self.calculation.by_name
            if is_there and self.calculation.shape_of(source) == wanted:
                yield name, letter(name if name in self.quantity.of else source)

    def _shape_of(self, name: str) -> Shape:
        return self.calculation.shape_of(self.quantity.of[name])

    def _function(self, one: Expression) -> Iterator[tuple[int, str, Expression]]:
        operation = one.operation
        if operation is None or len(one.operands) != 1 or operation.works_by == "structure":
            return
        yield 2, "function left out", one.operands[0]
        for other in self.functions:
            if other.name != operation.name:
                yield 3, f"{other.name} for it", Expression(other, one.operands)


@cache
def _moved(size: int, by: int) -> Operation:
    """The entries of a vector, each in the place of its neighbour."""
    pairs = tuple((place, (place + by) % size) for place in range(size))
    return linear("shifted", pairs, ((size,), (size,)), lambda x: rf"\mathrm{{shifted}}\bigl({x}\bigr)")


def _dependents(calculation: Calculation, name: str) -> set[str]:
    """The quantity, and all that is worked out from it: nothing of that can stand in its formula."""
    found = {name}
    for quantity in calculation.quantities:
        if found & set(quantity.of.values()):
            found.add(quantity.name)
    return found


def _functions(calculation: Calculation) -> list[Operation]:
    """Functions that may stand in another's place: those of the calculation, and the usual ones."""
    used = [
        one
        for quantity in calculation.quantities
        for one in quantity.step.formula.operations()
        if one.works_by == "entries" and one.size is None and one.name != "/" and not one.name.startswith("power")
    ]
    return list({one.name: one for one in (*used, SIGMOID, TANH, SOFTMAX, EXP)}.values())
