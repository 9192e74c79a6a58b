"""Readings of a quantity's formula: the size of its terms, where its entries come from, how far rounding moves them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import prod
from operator import or_
from typing import Any

from flint import arb, ctx, fmpq

from exact.calculation.expression import Expression
from exact.calculation.inputs import Inputs, carefully
from exact.calculation.quantity import Calculation
from exact.numbers.array import Array
from exact.numbers.number import Number
from exact.numbers.unknown import UNKNOWN, is_known

SLACK_BITS = 128
"""The precision in which slack is enclosed."""


def sizes(c: Inputs) -> Array:
    """The sum of |terms| of each entry: the size against which a rounding error of that entry is measured.

    A difference counts as a sum; what is no sum of products has the size of its own value.
    """
    return _size(c.quantity.step.formula, c)


def _size(formula: Expression, c: Inputs) -> Array:
    operation = formula.operation
    if operation is None:
        return abs(_value(formula, c))
    values = tuple(_value(operand, c) for operand in formula.operands)
    if operation.size is None:
        return abs(carefully(operation, *values))
    if operation.works_by == "structure":
        return operation.size(values, tuple(_size(operand, c) for operand in formula.operands))
    if all(is_known(x) for one in values for x in one):
        return operation.size(values, ())
    return carefully(operation, *values)


def _value(formula: Expression, c: Inputs) -> Array:
    if formula.operation is None:
        return formula.value(c.letter)
    return carefully(formula.operation, *(_value(operand, c) for operand in formula.operands))


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
    operands = [_places(operand, letters) for operand in formula.operands]
    if operation.works_by == "structure":
        return operation.forward(*operands)
    if operation.works_by == "entries":
        return reduce(lambda x, y: x + y, operands)
    everything = Places(reduce(or_, (x.places for one in operands for x in one)))
    return operation.forward(*(one.each(lambda _: 1) for one in operands)).each(lambda _: everything)


def sources(calculation: Calculation, name: str) -> tuple[frozenset[tuple[str, int]], ...]:
    """What each entry of a quantity is made of: entries of other quantities and of what is given, by name and place."""
    known = calculation.known_sources
    if name not in known:
        quantity = calculation.by_name[name]

        def letters(letter: str) -> Array:
            source = quantity.of[letter]
            shape = calculation.shape_of(source)
            return Array((Places(frozenset({(source, place)})) for place in range(prod(shape))), shape)

        found = _places(quantity.step.formula, letters)
        known[name] = tuple(one.places if isinstance(one, Places) else frozenset() for one in found)
    return known[name]


def slack(c: Inputs, off: Callable[[str], Array]) -> Array:
    """How far each entry can move where every input moves by as much as it can be `off`; `UNKNOWN` where nothing tells.

    The formula is read in balls around the inputs. Rational numbers not below the bound, and hardly above it.
    """
    with ctx.workprec(SLACK_BITS):

        def letters(name: str) -> Array:
            values, source = c.letter(name), c.quantity.of.get(name, "")
            around = off(source) if source and source in c.calculation.by_name else values.each(lambda _: Fraction(0))
            return Array(map(_around, values, around), values.shape)

        spread, centre = _ball(c.quantity.step.formula, letters), _value(c.quantity.step.formula, c)
        return Array(map(_reach, spread, centre), centre.shape)


def _around(value: Any, off: Any) -> Any:
    if not is_known(value) or not is_known(off):
        return UNKNOWN
    return _as_ball(value) + arb(0, _upper(_as_ball(off))) if off != 0 else _as_ball(value)


def _as_ball(value: Any) -> arb:
    if isinstance(value, Number):
        return value.enclosure(SLACK_BITS)
    return arb(fmpq(value.numerator, value.denominator))


def _upper(ball: arb) -> arb:
    return abs(ball).upper()


def _ball(formula: Expression, letters: Callable[[str], Array]) -> Array:
    operation = formula.operation
    if operation is None:
        return letters(formula.letter) if formula.letter else Array((_as_ball(formula.constant),), ())
    operands = [_ball(operand, letters) for operand in formula.operands]
    known = all(is_known(x) for one in operands for x in one)
    if operation.works_by == "structure" and (known or operation.ball is None):
        return (operation.ball or operation.forward)(*operands)
    if known:
        return (operation.ball or operation.forward)(*operands)
    if operation.works_by == "entries" and len(operands) == 1:
        return Array(
            (
                x if not is_known(x) else (operation.ball or operation.forward)(Array((x,), ())).item()
                for x in operands[0]
            ),
            operands[0].shape,
        )
    return operation.forward(*(one.each(lambda _: 1) for one in operands)).each(lambda _: UNKNOWN)


def _reach(ball: Any, value: Any) -> Any:
    """How far the ball reaches from the value."""
    if not is_known(ball) or not is_known(value) or not ball.is_finite():
        return UNKNOWN
    reach = _upper(ball - _as_ball(value))
    mantissa, exponent = (int(part) for part in reach.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent if mantissa else Fraction(0)
