"""Real algebraic numbers: FLINT's qqbar, exact, each kept by its minimal polynomial; and symbols beside them.

python-flint gives its generic numbers neither names nor types; what is used of them stands here.
"""

from __future__ import annotations

import itertools
import re
from fractions import Fraction
from typing import Any

from flint import fmpq
from flint.types import _gr  # type: ignore[attr-defined]  # it has no stub yet

from exact.numbers.bounds import MAX_ALGEBRAIC_BITS, MAX_ALGEBRAIC_DIGITS
from exact.numbers.exponential_sums import TooLarge

Algebraic = Any
"""A real algebraic number."""

Ball = Any
"""A real ball of 128 bits."""

QQBAR, BALLS = _gr.gr_real_qqbar_ctx.new(), _gr.gr_real_arb_ctx.new(128)
"""What makes algebraic numbers, and balls, of integers; and balls of algebraic numbers."""

_RATIONAL = re.compile(r"(-?\d+)(?:/(\d+))?")


class Symbol:
    """A number of which nothing is known but that it is one; each is its own. `sample` is some value for it."""

    __slots__ = ("sample",)
    _counter = itertools.count(2)

    def __init__(self) -> None:
        self.sample: Ball = BALLS(1) / BALLS(next(self._counter))


def algebraic(value: Fraction | fmpq | int) -> Algebraic:
    """A rational number. Raises `TooLarge` past the bound on its bits."""
    top, bottom = (int(value.p), int(value.q)) if isinstance(value, fmpq) else (value.numerator, value.denominator)
    if max(abs(top), bottom).bit_length() > MAX_ALGEBRAIC_BITS:
        raise TooLarge(f"a number of more than {MAX_ALGEBRAIC_BITS} bits beside roots")
    return QQBAR(top) / QQBAR(bottom)


def as_fraction(number: Algebraic) -> Fraction | None:
    """The number, where FLINT's own text for it is that of a rational."""
    match = _RATIONAL.fullmatch(repr(number))
    if match is None or len(match.group()) > MAX_ALGEBRAIC_DIGITS:
        return None
    return Fraction(int(match[1]), int(match[2] or 1))


def real_root(number: Algebraic, degree: int) -> Algebraic:
    """The real root of that degree. Raises ValueError for an even one of a negative number."""
    sign = int(as_fraction(number.sgn()) or 0)
    if sign < 0 and degree % 2 == 0:
        raise ValueError("an even root of a negative number")
    return sign * (sign * number) ** algebraic(Fraction(1, degree)) if sign else QQBAR(0)
