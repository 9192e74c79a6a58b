"""Rational numbers as an assignment writes them, exactly."""

from __future__ import annotations

import re
from fractions import Fraction

from exact.numbers.bounds import MAX_GIVEN_DIGITS

_RATIONAL = re.compile(r"([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d+))?(?:/(\d+))?", re.ASCII)


def read_rational(value: object) -> Fraction:
    """A number of an assignment, exactly: an int, or text such as "1/2", "-0.25", "1e-3".

    Raises ValueError with what was expected.
    """
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    match = _RATIONAL.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f'expected a number such as 2, 0.5 or "1/2", not {str(value)[:40]!r}')
    sign, digits, exponent, denominator = match.groups(default="")
    if len(digits) > MAX_GIVEN_DIGITS or len(denominator) > MAX_GIVEN_DIGITS:
        raise ValueError(f"a numeral of more than {MAX_GIVEN_DIGITS} digits")
    if len(exponent) > 6 or abs(int(exponent or 0)) > MAX_GIVEN_DIGITS:
        raise ValueError(f"a power of ten beyond {MAX_GIVEN_DIGITS}")
    if denominator and not int(denominator):
        raise ValueError("a denominator of zero")
    magnitude = Fraction(digits) * Fraction(10) ** int(exponent or 0) / int(denominator or 1)
    return -magnitude if sign == "-" else magnitude
