"""Expressions without letters as exact numbers."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import arb, ctx

from exact.letters.symbolic import Function, Pi, Power, Product, Rational, Sum, Symbolic, bottom_up
from exact.numbers.arithmetics import Operation
from exact.numbers.number import Number, Scalar, sign


class NoNumber(Exception):
    """The expression has letters, or no value."""


class _Pi:
    """The number pi, of which enclosures alone are known."""

    exact = None

    def tower(self, *, symbolic: bool = False) -> None:
        """None: it does not lie among the nested exponentials."""

    def antilogarithm(self, *, symbolic: bool = False) -> None:
        """None: e to its power is not known either."""

    def enclosure(self, precision: int) -> arb:
        """A ball that holds it."""
        with ctx.workprec(precision):
            return arb.pi()


PI = Number(Operation.LEAF, _Pi())


def number_of(root: Symbolic) -> Number:
    """The number that an expression without letters is. Raises `NoNumber`, and `Undecided` where a sign is not seen.

    >>> from exact.letters.symbolic import exp, symbolic
    >>> number_of(exp(2) * exp(-2) + symbolic(1)).as_fraction()
    Fraction(2, 1)
    """
    found: dict[int, Scalar] = {}
    try:
        for node in bottom_up(root):
            found[id(node)] = _value(node, found)
    except ZeroDivisionError:
        raise NoNumber from None
    return Number.of(found[id(root)])


def _value(node: Symbolic, found: dict[int, Scalar]) -> Any:
    match node:
        case Rational(value=value):
            return value
        case Sum(terms=terms):
            return sum((found[id(term)] for term in terms[1:]), start=found[id(terms[0])])
        case Product(factors=factors):
            product = found[id(factors[0])]
            for factor in factors[1:]:
                product = product * found[id(factor)]
            return product
        case Power(base=base, exponent=exponent):
            return _power(found[id(base)], exponent)
        case Function(name=name, argument=argument):
            return _applied(name, found[id(argument)])
        case Pi():
            return PI
        case _:
            raise NoNumber


def _power(base: Scalar, exponent: Fraction) -> Scalar:
    if exponent.denominator == 1:
        power: Scalar = Fraction(1)
        for _ in range(abs(exponent.numerator)):
            power = power * base
        return power if exponent >= 0 else 1 / power
    if sign(base) <= 0:
        if sign(base) == 0 and exponent > 0:
            return Fraction(0)
        raise NoNumber
    number = Number.of(base)
    if exponent.denominator == 2:
        return _power(number.sqrt(), Fraction(exponent.numerator))
    return Number.of(Number.of(number.log()) * exponent).exp()


def _applied(name: str, x: Scalar) -> Scalar:
    match name:
        case "relu":
            return x if sign(x) > 0 else Fraction(0)
        case "abs":
            return x if sign(x) >= 0 else -x
        case "step" | "sign":
            side = sign(x)
            if side == 0:
                raise NoNumber
            return Fraction(max(side, 0) if name == "step" else side)
        case "exp":
            return Fraction(1) if x == 0 else Number.of(x).exp()
        case "ln":
            if sign(x) <= 0:
                raise NoNumber
            return Fraction(0) if x == 1 else Number.of(x).log()
        case "sigmoid":
            return Fraction(1, 2) if x == 0 else 1 / (1 + Number.of(-x).exp())
        case "tanh":
            return Fraction(0) if x == 0 else 1 - 2 / (Number.of(2 * x).exp() + 1)
        case _:
            raise NoNumber
