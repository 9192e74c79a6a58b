"""Decimals of exact numbers, correctly rounded to any number of significant digits.

A rigorous ball, raised in precision until both its ends round alike, decides the digits; mpmath prints them. Such a
precision is always reached for a number of the field: what is not rational there is transcendental, so it is no
midpoint between two decimals.
"""

from __future__ import annotations

import decimal as decimal_arithmetic
from fractions import Fraction

from flint import arb, ctx
from mpmath import libmp

from exact.numbers.bounds import LAST_PRECISION, MAX_NUMBER_PRECISION
from exact.numbers.exponential_sums import Undecided, precisions
from exact.numbers.field import Element
from exact.numbers.number import Number

DECIMAL_DIGITS = 20
"""Significant digits of a decimal where nobody asks for another number."""

GUARD_DIGITS = 10
BITS_PER_DIGIT = 3.33
NEAREST = "n"


def decimal(value: Element | Number, digits: int = DECIMAL_DIGITS) -> str:
    """The value rounded to `digits` significant digits; shorter where that is exact (`8.5`, `0`).

    Plain for magnitudes from 1e-5 to 10^digits, else scientific (`1.9792597960067817061e-32`). Raises `Undecided` for
    a number whose exact value is not known, and that no enclosure tells from 0 or from a midpoint of two decimals.

    >>> decimal(Element.exponential(-73), 5), decimal(Element.of(Fraction(17, 2)))
    ('1.9793e-32', '8.5')
    """
    rational = value.as_fraction()
    if rational is not None:
        return rational_decimal(rational, digits)
    first = int((digits + GUARD_DIGITS) * BITS_PER_DIGIT)
    last = LAST_PRECISION if isinstance(value, Element) else max(MAX_NUMBER_PRECISION, 4 * first)
    for precision in precisions(first, last):
        ball = value.enclosure(precision)
        if not ball.is_finite():
            continue
        with ctx.workprec(precision):
            low, high = _of_ball(ball.lower(), digits), _of_ball(ball.upper(), digits)
        if low == high:
            return low
    raise Undecided(f"no enclosure shows {digits} digits")


def rational_decimal(value: Fraction, digits: int = DECIMAL_DIGITS) -> str:
    """The same for a rational number; of two decimals equally near, the one further from 0."""
    rounded = _rounded(value, digits)
    return _written(rounded, digits, strip_zeros=rounded == value)


def ends(denominator: int) -> bool:
    """Whether fractions with this denominator end as decimals.

    >>> ends(40), ends(6)
    (True, False)
    """
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return denominator == 1


def _of_ball(end: arb, digits: int) -> str:
    mantissa, exponent = end.man_exp()
    return _written(_rounded(int(mantissa) * Fraction(2) ** int(exponent), digits), digits, strip_zeros=False)


def _rounded(value: Fraction, digits: int) -> Fraction:
    """The nearest decimal with so many significant digits, exactly."""
    context = decimal_arithmetic.Context(
        prec=digits,
        rounding=decimal_arithmetic.ROUND_HALF_UP,
        Emax=decimal_arithmetic.MAX_EMAX,
        Emin=decimal_arithmetic.MIN_EMIN,
    )
    return Fraction(context.divide(value.numerator, value.denominator))


def _written(rounded: Fraction, digits: int, *, strip_zeros: bool) -> str:
    """A number of no more than `digits` digits, printed; the guard digits keep it from being rounded again."""
    precision = int((digits + GUARD_DIGITS) * BITS_PER_DIGIT)
    number = libmp.from_rational(rounded.numerator, rounded.denominator, precision, NEAREST)
    text: str = libmp.to_str(number, digits, strip_zeros=strip_zeros, min_fixed=-6, max_fixed=max(digits, 1))
    mantissa, mark, exponent = text.partition("e")
    if strip_zeros or digits == 1:
        mantissa = mantissa.removesuffix(".0")
    return mantissa.removesuffix(".") + mark + exponent.removeprefix("+")
