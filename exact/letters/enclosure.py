"""Rigorous enclosures of expressions with letters at a point, by Arb's balls."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import arb, ctx, fmpq

from exact.letters.functions import FUNCTIONS, NOWHERE
from exact.letters.symbolic import Function, Letter, Pi, Power, Product, Rational, Sum, Symbolic

Point = Mapping[str, Fraction]
"""A rational value for each letter."""


def enclosures(nodes: tuple[Symbolic, ...], roots: tuple[Symbolic, ...], point: Point, precision: int) -> list[arb]:
    """Balls that hold the values of `roots` at the point; `nodes` are their parts, each after what is below it.

    A finite ball proves that the value exists. One that is not finite says nothing.
    """
    balls: dict[int, arb] = {}
    with ctx.workprec(precision):
        for node in nodes:
            balls[id(node)] = _ball(node, balls, point)
    return [balls[id(root)] for root in roots]


def _ball(node: Symbolic, balls: dict[int, arb], point: Point) -> arb:
    match node:
        case Rational(value=value):
            return _of(value)
        case Letter(name=name):
            return _of(point[name])
        case Sum(terms=terms):
            total = balls[id(terms[0])]
            for term in terms[1:]:
                total += balls[id(term)]
            return total
        case Product(factors=factors):
            total = balls[id(factors[0])]
            for factor in factors[1:]:
                total *= balls[id(factor)]
            return total
        case Power(base=base, exponent=exponent):
            return _power(balls[id(base)], exponent)
        case Function(name=name, argument=argument):
            found: arb = FUNCTIONS[name].ball(balls[id(argument)])
            return found
        case Pi():
            return arb.pi()
        case _:
            raise AssertionError(node)


def _of(value: Fraction) -> arb:
    return arb(fmpq(value.numerator, value.denominator))


def _power(base: arb, exponent: Fraction) -> arb:
    """base ^ exponent; 0^0 has no value."""
    if exponent.denominator == 1:
        if exponent > 0:
            return base**exponent.numerator
        return NOWHERE if base.contains(0) else base**exponent.numerator
    if base > 0:
        return base ** _of(exponent)
    return arb(0) if base == 0 and exponent > 0 else NOWHERE
