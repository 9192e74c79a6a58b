"""Powers, roots, exponentials, logarithms and sizes as operations, entry by entry: one row each.

What is rational stays rational; a root that is none is kept exact as far as `exact.numbers.tower` knows it.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

from flint import arb

from exact.calculation.expression import Expression, Operation, constant, constant_latex
from exact.calculation.functions import entry_function, ln_value
from exact.calculation.operations import SQUARE, divided, scaled
from exact.calculation.typesetting import raised
from exact.numbers.arithmetics import rational_sqrt
from exact.numbers.exponential_sums import Undecided
from exact.numbers.number import Number, Scalar, sign


def exp_value(x: Scalar) -> Scalar:
    """e^x."""
    return Fraction(1) if x == 0 else Number.of(x).exp()


def sqrt_value(x: Scalar) -> Scalar:
    """The root that is not negative. Raises `ZeroDivisionError` where there is none, and `Undecided`.

    Of a sum of squares nobody need know whether it is 0.
    """
    try:
        side = sign(x)
    except Undecided:
        if not (isinstance(x, Number) and x.is_never_negative()):
            raise
        return x.from_zero().sqrt()
    if side < 0:
        raise ZeroDivisionError
    if isinstance(x, Number):
        return Fraction(0) if side == 0 else x.sqrt().settled()
    root = rational_sqrt(Fraction(x))
    return Number.of(x).sqrt().settled() if root is None else root


def root_ball(x: arb) -> arb:
    """The roots of what is not negative in the ball; no number where nothing is."""
    return x.sqrt() if x < 0 else x.nonnegative_part().sqrt()


def _whole_power(x: Any, exponent: int) -> Any:
    """By repeated squaring; raises `ZeroDivisionError` for a negative power of 0."""
    if exponent < 0:
        return 1 / _whole_power(x, -exponent)
    result: Any = Fraction(1)
    for bit in bin(exponent)[2:]:
        result = result * result * (x if bit == "1" else 1)
    return result


def _power_value(x: Scalar, exponent: Fraction) -> Scalar:
    """x to a rational power. Raises `ZeroDivisionError` where it has no real value."""
    if exponent < 0 and sign(x) == 0:
        raise ZeroDivisionError
    if exponent.denominator == 1:
        found: Scalar = _whole_power(x, exponent.numerator)
        return found
    if exponent.denominator == 2:
        root: Scalar = _whole_power(sqrt_value(x), exponent.numerator)
        return root
    if sign(x) < 0:
        raise ZeroDivisionError
    return Fraction(0) if x == 0 else Number.of(ln_value(x) * exponent).exp()


def _power_ball(x: arb, exponent: Fraction) -> arb:
    if exponent.denominator == 1:
        return x**exponent.numerator
    if exponent.denominator == 2:
        return root_ball(x) ** exponent.numerator
    return (x.log() * exponent.numerator / exponent.denominator).exp()


def _above(exponent: Fraction, *, of_array: bool) -> str:
    written = constant_latex(exponent) if exponent.denominator == 1 else str(exponent)
    return rf"{{\circ {written}}}" if of_array else f"{{{written}}}"


@cache
def _power(exponent: Fraction, *, of_array: bool) -> Operation:
    operation = entry_function(
        f"power {exponent}",
        lambda x: _power_value(x, exponent),
        lambda x, _: scaled(constant(exponent), power(x, exponent - 1, of_array=of_array)),
        lambda x: raised(x, _above(exponent, of_array=of_array)),
        lambda x: _power_ball(x, exponent),
    )
    return replace(operation, binding=5, needs=(6,))


def power(x: Expression, exponent: Fraction, *, of_array: bool = False) -> Expression:
    """Every entry to a rational power, which is no power of matrices."""
    if exponent == 0:
        return constant(1)
    if exponent == 1:
        return x
    if exponent == Fraction(1, 2):
        return Expression(SQRT, (x,))
    if exponent == 2:
        return Expression(SQUARE_OF_EACH if of_array else SQUARE, (x,))
    return Expression(_power(exponent, of_array=of_array), (x,))


SQUARE_OF_EACH = replace(SQUARE, latex=lambda x: raised(x, r"{\circ 2}"))
EXP = replace(
    entry_function("exp", exp_value, lambda _, y: y, lambda x: f"e^{{{x}}}", lambda x: x.exp(), has_powers=True),
    binding=5,
)
SQRT = entry_function(
    "sqrt",
    sqrt_value,
    lambda _, y: divided(constant(Fraction(1, 2)), y),
    lambda x: rf"\sqrt{{{x}}}",
    root_ball,
)


def _ball_sign(x: arb) -> arb:
    if x > 0 or x < 0:
        return arb(1 if x > 0 else -1)
    return arb(0) if x.is_zero() else arb(-1).union(arb(1))


_SIGN = entry_function(
    "sgn", lambda x: Fraction(sign(x)), lambda *_: constant(0), lambda x: rf"\mathrm{{sgn}}\bigl({x}\bigr)", _ball_sign
)
ABS = replace(
    entry_function("abs", abs, lambda x, _: Expression(_SIGN, (x,)), lambda x: rf"\left|{x}\right|", abs),
    slope=_SIGN,
)
"""|x|; its derivative at 0 is taken to be 0."""
