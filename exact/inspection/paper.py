"""Numbers as they stand on paper: whether two of them can be told apart there, and whether one is long to write.

On paper a number that is not rational is rounded, so that one within a thousandth of it is the same; and what is a
millionth of the largest beside it is as good as 0. Rational numbers are written as they are. Two numbers whose balls do
not tell them apart are the same on paper, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import arb

from exact.calculation.balls import as_ball
from exact.numbers.array import Array
from exact.numbers.decimals import ends
from exact.numbers.number import Number
from exact.numbers.unknown import is_known

NEAR, NOTHING = arb(1) / 1000, arb(1) / 1_000_000

MOST_DIGITS, LARGEST_DENOMINATOR = 6, 100
"""Significant digits of a decimal, and the denominator of a fraction, beyond which a number is long."""


def differ_on_paper(left: Array, right: Array, places: Sequence[int]) -> bool | None:
    """Whether some entry at these places is another one on paper; None where one of them is not known."""
    if left.shape != right.shape:
        return True
    pairs = [(left[place], right[place]) for place in places]
    if not all(is_known(x) and is_known(y) for x, y in pairs):
        return None
    largest = max((abs(as_ball(x)).upper() for pair in pairs for x in pair), default=arb(0), key=float)
    return any(_differ(x, y, largest) for x, y in pairs)


def _differ(x: Any, y: Any, largest: arb) -> bool:
    if isinstance(x, Fraction | int) and isinstance(y, Fraction | int):
        return bool(x != y)
    one, other = as_ball(x), as_ball(y)
    if not (abs(one) > largest * NOTHING or abs(other) > largest * NOTHING):
        return False
    return bool(abs(one - other) > NEAR * abs(one)) and bool(abs(one - other) > NEAR * abs(other))


def is_nothing_beside(value: Any, size: Any) -> bool:
    """Whether a number that is not 0 is a millionth of a size or less."""
    if not is_known(value) or not is_known(size) or value == 0:
        return False
    return bool(abs(as_ball(value)) <= as_ball(size) * NOTHING) and not (isinstance(value, Number) and _is_zero(value))


def _is_zero(value: Number) -> bool:
    return value.as_fraction() == 0


def about(value: Any) -> float:
    """The number, as a float."""
    return float(as_ball(value).mid())


def is_near(value: Any, to: int) -> bool:
    """Whether a number is within a millionth of a whole one, and not it."""
    return is_known(value) and value != to and bool(abs(as_ball(value) - to) < NOTHING)


def is_long(value: Any) -> bool:
    """Whether a rational number takes many digits, as a decimal where it ends, else as a fraction.

    >>> is_long(Fraction(15, 2)), is_long(Fraction(355, 113)), is_long(Fraction(1, 2**20))
    (False, True, True)
    """
    fraction = value.as_fraction() if isinstance(value, Number) else value
    if not isinstance(fraction, Fraction | int):
        return False
    fraction = Fraction(fraction)
    if fraction.denominator <= LARGEST_DENOMINATOR:
        return len(str(abs(fraction.numerator))) > MOST_DIGITS
    if not ends(fraction.denominator):
        return True
    places = 0
    while (fraction * 10**places).denominator > 1:
        places += 1
    return len(str(abs(int(fraction * 10**places)))) > MOST_DIGITS
