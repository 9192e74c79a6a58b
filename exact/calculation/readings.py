"""Readings of a quantity's formula: the size of its terms, where its entries come from, how far rounding moves them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from math import prod
from operator import or_
from typing import Any

from flint import ctx

from exact.calculation.balls import SLACK_BITS, as_ball, ball_value
from exact.calculation.expression import Expression, Operation
from exact.calculation.inputs import Inputs, carefully, value_with, worked_out
from exact.calculation.operations import ADD, DIVIDE, SUBTRACT
from exact.calculation.quantity import Calculation, Quantity
from exact.numbers.array import Array, Shape
from exact.numbers.span import ZERO, Span
from exact.numbers.unknown import UNKNOWN, is_known


def sizes(c: Inputs, before: Callable[[str], Array] | None = None) -> Array:
    """The sum of |terms| of each entry: the size against which a rounding error of that entry is measured.

    A difference counts as a sum; what is no sum of products has the size of its own value. A piecewise linear function
    hands on the size of the terms before it, where these are told: `before` has the sizes of a quantity.
    """
    formula = c.quantity.step.formula
    slope = formula.operation.slope if formula.operation else None
    if slope is not None and before is not None and (source := c.quantity.of.get(formula.operands[0].letter)):
        return abs(carefully(slope, value_with(formula.operands[0], c))) * before(source)
    return _measured(formula, c)[1]


def measured(c: Inputs) -> tuple[Array, Array]:
    """The quantity that its step makes of these inputs, as `worked_out` gives it, and the sizes of its entries."""
    return _measured(c.quantity.step.formula, c)


def _measured(formula: Expression, c: Inputs) -> tuple[Array, Array]:
    """The value of a formula and its size."""
    operation = formula.operation
    if operation is None:
        value = value_with(formula, c)
        return value, abs(value)
    operands = [_measured(operand, c) for operand in formula.operands]
    values, sizes_of_operands = tuple(value for value, _ in operands), tuple(size for _, size in operands)
    value, size = carefully(operation, *values), operation.size
    if size is None:
        return value, abs(value)
    if operation.works_by == "structure":
        return value, size(values, sizes_of_operands)
    return value, carefully(replace(operation, forward=lambda *known: size(known, ())), *values)


@dataclass(frozen=True, slots=True)
class Places:
    """A number that is but where it comes from: entries of letters. Sums and products come from both sides."""

    places: frozenset[tuple[str, int]] = frozenset()

    def _joined(self, other: object) -> Places:
        return Places(self.places | other.places) if isinstance(other, Places) else self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _joined

    def __neg__(self) -> Places:
        return self


def _places(formula: Expression, letters: Callable[[str], Array]) -> Array:
    operation = formula.operation
    if operation is None:
        return letters(formula.letter) if formula.letter else Array((Places(),), ())
    return _joined(operation, [_places(operand, letters) for operand in formula.operands])


def _joined(operation: Operation, operands: list[Array]) -> Array:
    """Where the entries of the result come from."""
    if operation.works_by == "structure":
        return operation.forward(*operands)
    if operation.works_by == "entries":
        return reduce(lambda x, y: x + y, operands)
    if operation.grouped is not None:
        grouped = operation.grouped(operands[0].shape)
        return grouped.applied(operands[0], lambda group: _joined(grouped.within, [group]))
    everything = Places(reduce(or_, (x.places for one in operands for x in one)))
    return operation.forward(*(one.each(lambda _: 1) for one in operands)).each(lambda _: everything)


def sources(calculation: Calculation, quantity: Quantity) -> tuple[frozenset[tuple[str, int]], ...]:
    """What each entry of a quantity is made of: entries of other quantities and of what is given, by name and place."""
    known, step = calculation.known_sources, (quantity.name, id(quantity.step))
    if step not in known:

        def letters(letter: str) -> Array:
            source = quantity.of[letter]
            shape = calculation.shape_of(source)
            return Array((Places(frozenset({(source, place)})) for place in range(prod(shape))), shape)

        found = _places(quantity.step.formula, letters)
        known[step] = tuple(one.places if isinstance(one, Places) else frozenset() for one in found)
    return known[step]


def reach(c: Inputs, off: Callable[[str], Array], centre: Array) -> Array:
    """How far what was meant by each entry can be from its value, where every input is `off`: spans.

    `centre` is what the step makes of the inputs. The formula is read in balls that hold, for each number, all that can
    have been meant by it. None where an entry is not known, or no ball of it is finite.
    """
    letters = set(c.quantity.step.formula.letters())
    spans = {letter: off(c.quantity.of[letter]) for letter in letters if c.quantity.of[letter] in c.calculation.by_name}
    if all(span == ZERO for one in spans.values() for span in one):
        return centre.each(lambda value: ZERO if is_known(value) else None)
    with ctx.workprec(SLACK_BITS):

        def around(letter: str) -> Array:
            values = c.letter(letter)
            if letter not in spans:
                return values.each(as_ball)
            return Array(map(_ball_around, values, spans[letter]), values.shape)

        spread = ball_value(c.quantity.step.formula, around, {})
        return Array(map(_span, spread, centre), centre.shape)


def _ball_around(value: Any, off: Span) -> Any:
    if not is_known(value):
        return UNKNOWN
    ball = as_ball(value)
    return ball if off == ZERO else (ball + as_ball(off.low)).union(ball + as_ball(off.high))


def _span(ball: Any, value: Any) -> Span | None:
    """How far the ball reaches from the value."""
    return Span.of(ball - as_ball(value)) if is_known(ball) and is_known(value) else None


def is_sum(quantity: Quantity) -> bool:
    """Whether the step is a sum of products, which has terms; a function has but its value."""
    return all(one.works_by == "structure" and one.name != "square" for one in quantity.step.formula.operations())


def added_to(formula: Expression) -> Iterator[str]:
    """The letters to which the formula adds something, or from which it takes it: the old value in an update."""
    if formula.operation in (ADD, SUBTRACT):
        left, right = formula.operands
        yield from (one.letter for one in (left, *[right] * (formula.operation is ADD)) if one.letter)


def made_trivial_by(calculation: Calculation, quantity: Quantity) -> frozenset[str]:
    """The names of what the step works on, of which zeros make it no calculation; none where it is one all the same.

    What takes no calculation is 0, the old weights and biases, or the target. A quotient takes none where what is
    divided takes none: its divisor is not among the names.
    """
    known, step = calculation.known_trivial, (quantity.name, id(quantity.step))
    if step not in known:
        formula = _undivided(quantity.step.formula)
        is_trivial = _is_trivial_on_zeros(calculation, quantity, formula)
        names = frozenset(quantity.of[letter] for letter in formula.letters()) if is_trivial else frozenset()
        known[step] = quantity.step, names  # with the step, so that no other one is where this one was
    return known[step][1]


def _is_trivial_on_zeros(calculation: Calculation, quantity: Quantity, formula: Expression) -> bool:
    operations = list(formula.operations())
    if all(one.works_by == "structure" for one in operations):
        return True
    step = replace(quantity.step, formula=formula)
    inputs = Inputs(calculation, replace(quantity, step=step), lambda name: _zeros(calculation.shape_of(name)))
    return not any(one.has_powers for one in operations) and all(is_known(x) for x in worked_out(inputs))


def _undivided(formula: Expression) -> Expression:
    """The formula without what is divided by, but where a constant is divided."""
    if formula.operation is None:
        return formula
    operands = tuple(map(_undivided, formula.operands))
    if formula.operation is DIVIDE and any(operands[0].letters()):
        return operands[0]
    return Expression(formula.operation, operands)


def _zeros(shape: Shape) -> Array:
    return Array([Fraction(0)] * prod(shape), shape)
