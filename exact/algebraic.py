"""Quotients of sums of alpha e^beta with real algebraic alpha, beta: where answers with roots are decided.

Lindemann-Weierstrass holds for algebraic coefficients and distinct algebraic exponents too (A. Baker, Transcendental
Number Theory, 1975, theorem 1.4), so a sum is zero exactly if it has no term left. The algebraic numbers are FLINT's
qqbar, exact, each with its minimal polynomial: their cost grows with the degree, so whoever builds them bounds it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from flint.types import _gr  # type: ignore[attr-defined]  # it has no stub yet

from exact.bounds import MAX_ALGEBRAIC_BITS, MAX_ALGEBRAIC_DIGITS, MAX_ALGEBRAIC_TERMS
from exact.exponential_sums import TooLarge
from exact.field import Element

Number = Any
"""A real algebraic number; python-flint gives its generic types no names."""

Terms = list[tuple[Number, Number]]
"""Pairs (exponent, coefficient), the exponents distinct, no coefficient zero."""

QQBAR = _gr.gr_real_qqbar_ctx.new()

_RATIONAL = re.compile(r"(-?\d+)(?:/(\d+))?")


class Algebraic:
    """An exact real number, numerator / denominator, each a sum of alpha e^beta. Instances are immutable.

    `+ - * /` and integer powers are exact; they raise `ZeroDivisionError` and, past `exact.bounds`, `TooLarge`.
    """

    __slots__ = ("_denominator", "_numerator")

    def __init__(self, numerator: Terms, denominator: Terms) -> None:
        self._numerator, self._denominator = numerator, denominator

    @classmethod
    def of(cls, value: Fraction | int) -> Algebraic:
        """The rational number `value`."""
        return cls.constant(_number(value))

    @classmethod
    def constant(cls, value: Number) -> Algebraic:
        """The algebraic number `value`."""
        return cls([] if value.is_zero() else [(QQBAR(0), value)], [(QQBAR(0), QQBAR(1))])

    @classmethod
    def exponential(cls, exponent: Number) -> Algebraic:
        """e to an algebraic power."""
        return cls([(exponent, QQBAR(1))], [(QQBAR(0), QQBAR(1))])

    @classmethod
    def lift(cls, element: Element) -> Algebraic:
        """An element of the smaller field."""
        top, bottom = ([(_number(r), _number(c)) for r, c in terms] for terms in element.quotient())
        return cls(top, bottom)

    def as_constant(self) -> Number | None:
        """The algebraic number that this is, as written without any power of e; else None."""
        if not self._numerator:
            return QQBAR(0)
        (top, *more), (bottom, *rest) = self._numerator, self._denominator
        if more or rest or not (top[0] - bottom[0]).is_zero():
            return None
        return top[1] / bottom[1]

    def as_fraction(self) -> Fraction | None:
        """The value where it is written without e and rational, else None."""
        constant = self.as_constant()
        return None if constant is None else _fraction(constant)

    def as_element(self) -> Element | None:
        """The value in the smaller field, where all coefficients and exponents have become rational; else None."""
        if not self._numerator:
            return Element.of(0)
        scale, shift = self._denominator[0][1], self._denominator[0][0]
        sums = []
        for terms in (self._numerator, self._denominator):
            pairs = [(_fraction(c / scale), _fraction(r - shift)) for r, c in terms]
            rational = [(c, r) for c, r in pairs if c is not None and r is not None]
            if len(rational) < len(pairs):
                return None
            sums.append(Element.exponentials(rational))
        return sums[0] / sums[1]

    def is_zero(self) -> bool:
        """Proved zero: the numerator has no term."""
        return not self._numerator

    def root(self, degree: int) -> Algebraic | None:
        """The real root of an algebraic number, None where this is none. Raises ValueError where that is not real."""
        constant = self.as_constant()
        if constant is None:
            return None
        sign = int(_fraction(constant.sgn()) or 0)
        if sign < 0 and degree % 2 == 0:
            raise ValueError("an even root of a negative number")
        if sign == 0:
            return Algebraic.of(0)
        return Algebraic.constant(sign * (sign * constant) ** _number(Fraction(1, degree)))

    def __len__(self) -> int:
        return len(self._numerator) + len(self._denominator)

    def __neg__(self) -> Algebraic:
        return Algebraic([(r, -c) for r, c in self._numerator], self._denominator)

    def __add__(self, other: Algebraic) -> Algebraic:
        if self._denominator == other._denominator:
            return Algebraic(_collected(self._numerator + other._numerator), self._denominator)
        left = _product(self._numerator, other._denominator)
        right = _product(other._numerator, self._denominator)
        return Algebraic(_collected(left + right), _product(self._denominator, other._denominator))

    def __mul__(self, other: Algebraic) -> Algebraic:
        return Algebraic(_product(self._numerator, other._numerator), _product(self._denominator, other._denominator))

    def __truediv__(self, other: Algebraic) -> Algebraic:
        if other.is_zero():
            raise ZeroDivisionError("division by zero")
        return self * Algebraic(other._denominator, other._numerator)

    def __pow__(self, exponent: int) -> Algebraic:
        if exponent < 0:
            return Algebraic.of(1) / self**-exponent
        constant = self.as_constant()
        if constant is not None:
            return Algebraic.constant(constant**exponent)
        power = Algebraic.of(1)
        for _ in range(exponent):
            power = power * self
        return power


def _number(value: Any) -> Number:
    if max(abs(int(value.numerator)), int(value.denominator)).bit_length() > MAX_ALGEBRAIC_BITS:
        raise TooLarge(f"a number of more than {MAX_ALGEBRAIC_BITS} bits beside roots")
    return QQBAR(int(value.numerator)) / QQBAR(int(value.denominator))


def _fraction(number: Number) -> Fraction | None:
    """The number, where FLINT's own text for it is that of a rational."""
    match = _RATIONAL.fullmatch(repr(number))
    if match is None or len(match.group()) > MAX_ALGEBRAIC_DIGITS:
        return None
    return Fraction(int(match[1]), int(match[2] or 1))


def _collected(terms: Terms) -> Terms:
    """The terms with equal exponents brought together, those that cancel left out."""
    total: Terms = []
    for exponent, coefficient in terms:
        place = next((i for i, (r, _) in enumerate(total) if r == exponent), None)
        if place is None:
            total.append((exponent, coefficient))
        else:
            total[place] = (exponent, total[place][1] + coefficient)
    kept = [(r, c) for r, c in total if not c.is_zero()]
    if len(kept) > MAX_ALGEBRAIC_TERMS:
        raise TooLarge(f"more than {MAX_ALGEBRAIC_TERMS} different powers of e beside roots")
    return kept


def _product(left: Terms, right: Terms) -> Terms:
    if len(left) * len(right) > 4 * MAX_ALGEBRAIC_TERMS:
        raise TooLarge(f"a product with more than {4 * MAX_ALGEBRAIC_TERMS} pairs of terms beside roots")
    return _collected([(r + s, c * d) for r, c in left for s, d in right])
