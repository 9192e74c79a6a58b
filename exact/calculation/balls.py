"""Formulas read in balls: what a formula makes of numbers that are each known to lie within a ball."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from exact.calculation.expression import Expression, Operation
from exact.calculation.quantity import Calculation, Quantity
from exact.numbers.array import Array
from exact.numbers.number import Number
from exact.numbers.unknown import UNKNOWN, is_known

SLACK_BITS, BITS = 128, 64
"""The precision of the balls in which a formula is read: to tell what rounding moves, and for a first look."""


def as_ball(value: Any) -> Any:
    """A ball that holds the number; what is unknown stays so."""
    if not is_known(value):
        return UNKNOWN
    return value.enclosure(SLACK_BITS) if isinstance(value, Number) else arb(fmpq(value.numerator, value.denominator))


def ball_value(formula: Expression, letters: Callable[[str], Array], known: dict[Expression, Array]) -> Array:
    """The array that the formula makes of balls, as the precision is set; unknown where it works on what is.

    `known` has the parts of formulas that were worked out with these letters.
    """
    operation = formula.operation
    if operation is None:
        return letters(formula.letter) if formula.letter else Array((as_ball(formula.constant),), ())
    if formula not in known:
        known[formula] = _balls(operation, [ball_value(operand, letters, known) for operand in formula.operands])
    return known[formula]


def _balls(operation: Operation, operands: list[Array]) -> Array:
    """The operation on balls; unknown where it works on what is."""
    if operation.grouped is not None:
        grouped = operation.grouped(operands[0].shape)
        return grouped.applied(operands[0], lambda group: _balls(grouped.within, [group]))
    forward = operation.ball or operation.forward
    if all(is_known(x) for one in operands for x in one):
        return forward(*operands).each(_ball_of_constant)
    if operation.works_by == "structure":
        return operation.forward(*operands).each(_ball_of_constant)
    if operation.works_by == "entries" and len(operands) == 1:
        return operands[0].each(lambda x: forward(Array((x,), ())).item() if is_known(x) else x)
    return operation.forward(*(one.each(lambda _: 1) for one in operands)).each(lambda _: UNKNOWN)


def _ball_of_constant(x: Any) -> Any:
    """A 0 that an operation puts beside its entries, as a ball."""
    return as_ball(x) if isinstance(x, Fraction) else x


def quantities_in_balls(
    calculation: Calculation, stated: Callable[[str], Array | None], changed: Mapping[str, Array]
) -> Callable[[str, Quantity | None], Array]:
    """The quantities by their steps, read in balls, from what is given and those that are `stated` (else None).

    `changed` has what stands in the place of what is given. A quantity that is handed over by itself is worked out
    whether it is stated or not, by whichever step it has.
    """
    known: dict[str, Array] = {}
    parts: dict[str, dict[Expression, Array]] = defaultdict(dict)  # of formulas, by whose letters they have

    def value(name: str, quantity: Quantity | None = None) -> Array:
        if quantity is None and name in known:
            return known[name]
        found = None if quantity else in_balls(changed[name]) if name in changed else stated(name)
        if found is None:
            made = quantity or calculation.by_name[name]
            with ctx.workprec(BITS):
                found = ball_value(made.step.formula, lambda letter: value(made.of[letter]), parts[name])
        if quantity is None:
            known[name] = found
        return found

    return value


def in_balls(values: Array) -> Array:
    """Given numbers, as balls."""
    with ctx.workprec(BITS):
        return values.each(as_ball)
