"""Quotients of sums of alpha e^beta, alpha real algebraic, beta such a quotient again: numbers of nested exponentials.

Here answers with roots are decided, and numbers such as tanh(2 tanh(1/2) + 1). Two of them that are formally equal are
equal. Where all exponents are algebraic the converse holds too, for the powers of e are then linearly independent (the
Lindemann-Weierstrass theorem; A. Baker, Transcendental Number Theory, 1975, theorem 1.4). Beyond that it is open, so a
difference with a term left says nothing, and an enclosure has to show that it is not 0.

The algebraic numbers are FLINT's qqbar, exact, each with its minimal polynomial: their cost grows with the degree, so
whoever builds them bounds it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from flint.types import _gr  # type: ignore[attr-defined]  # it has no stub yet

from exact.bounds import MAX_ALGEBRAIC_BITS, MAX_ALGEBRAIC_DIGITS, MAX_ALGEBRAIC_TERMS, MAX_TOWER_PAIRS
from exact.exponential_sums import TooLarge
from exact.field import Element

Algebraic = Any
"""A real algebraic number; python-flint gives its generic types no names."""

Exponent = Any
"""A real algebraic number, or a `Tower` that is formally none, or a `Symbol`."""

Terms = list[tuple[Exponent, Algebraic]]
"""Pairs (exponent, coefficient), the exponents distinct, no coefficient zero."""

QQBAR = _gr.gr_real_qqbar_ctx.new()

_RATIONAL = re.compile(r"(-?\d+)(?:/(\d+))?")


class Symbol:
    """A number of which nothing is known but that it is one; each is its own."""


class Tower:
    """A real number, numerator / denominator, each a sum of alpha e^beta. Instances are immutable.

    `+ - * /` and integer powers are exact; they raise `ZeroDivisionError` and, past `exact.bounds`, `TooLarge`.
    """

    __slots__ = ("_denominator", "_numerator")

    def __init__(self, numerator: Terms, denominator: Terms) -> None:
        self._numerator, self._denominator = numerator, denominator

    @classmethod
    def of(cls, value: Fraction | int) -> Tower:
        """The rational number `value`."""
        return cls.constant(_number(value))

    @classmethod
    def constant(cls, value: Algebraic) -> Tower:
        """The algebraic number `value`."""
        return cls([] if value.is_zero() else [(QQBAR(0), value)], [(QQBAR(0), QQBAR(1))])

    @classmethod
    def lift(cls, element: Element) -> Tower:
        """An element of the smaller field."""
        top, bottom = ([(_number(r), _number(c)) for r, c in terms] for terms in element.quotient())
        return cls(top, bottom)

    @classmethod
    def symbol(cls) -> Tower:
        """A positive number of which nothing else is known: e to the power of e to the power of a symbol."""
        return cls([(Symbol(), QQBAR(1))], [(QQBAR(0), QQBAR(1))]).exp()

    def exp(self) -> Tower:
        """The number e^self."""
        return Tower([(_exponent(self), QQBAR(1))], [(QQBAR(0), QQBAR(1))])

    def as_constant(self) -> Algebraic | None:
        """The algebraic number that this formally is; else None."""
        if not self._numerator:
            return QQBAR(0)
        if len(self._numerator) != len(self._denominator):
            return None
        exponent, coefficient = self._denominator[0]
        match = next((c for r, c in self._numerator if _equal(r, exponent)), None)
        if match is None:
            return None
        ratio = match / coefficient
        if len(self._denominator) > 1:
            scaled = [(r, -ratio * c) for r, c in self._denominator]
            if _collected(self._numerator + scaled):
                return None
        return ratio

    def as_fraction(self) -> Fraction | None:
        """The value where it is formally rational, else None."""
        constant = self.as_constant()
        return None if constant is None else _fraction(constant)

    def as_element(self) -> Element | None:
        """The value in the smaller field, where all coefficients and exponents have become rational; else None."""
        if not self._numerator:
            return Element.of(0)
        shift, scale = self._denominator[0]
        sums = []
        for terms in (self._numerator, self._denominator):
            exponents = [_plus(r, -shift) for r, _ in terms]
            pairs = [
                (_fraction(c / scale), None if isinstance(r, Symbol | Tower) else _fraction(r))
                for r, (_, c) in zip(exponents, terms, strict=True)
            ]
            rational = [(c, r) for c, r in pairs if c is not None and r is not None]
            if len(rational) < len(pairs):
                return None
            sums.append(Element.exponentials(rational))
        return sums[0] / sums[1]

    def is_zero(self) -> bool:
        """Formally zero, which proves that it is 0: the numerator has no term."""
        return not self._numerator

    def root(self, degree: int) -> Tower | None:
        """The real root of an algebraic number, None where this is none. Raises ValueError where that is not real."""
        constant = self.as_constant()
        if constant is None:
            return None
        sign = int(_fraction(constant.sgn()) or 0)
        if sign < 0 and degree % 2 == 0:
            raise ValueError("an even root of a negative number")
        if sign == 0:
            return Tower.of(0)
        return Tower.constant(sign * (sign * constant) ** _number(Fraction(1, degree)))

    def __len__(self) -> int:
        """The number of terms it is written with, those of its exponents included: what work on it costs."""
        terms = self._numerator + self._denominator
        return len(terms) + sum(len(r) for r, _ in terms if isinstance(r, Tower))

    def __neg__(self) -> Tower:
        return Tower([(r, -c) for r, c in self._numerator], self._denominator)

    def __add__(self, other: Tower) -> Tower:
        _payable(self, other)
        if _alike(self._denominator, other._denominator):
            return Tower(_collected(self._numerator + other._numerator), self._denominator)
        left = _product(self._numerator, other._denominator)
        right = _product(other._numerator, self._denominator)
        return Tower(_collected(left + right), _product(self._denominator, other._denominator))

    def __sub__(self, other: Tower) -> Tower:
        return self + -other

    def __mul__(self, other: Tower) -> Tower:
        _payable(self, other)
        return Tower(_product(self._numerator, other._numerator), _product(self._denominator, other._denominator))

    def __truediv__(self, other: Tower) -> Tower:
        if other.is_zero():
            raise ZeroDivisionError("division by zero")
        if _alike(self._denominator, other._denominator):
            return Tower(self._numerator, other._numerator)
        return self * Tower(other._denominator, other._numerator)

    def __pow__(self, exponent: int) -> Tower:
        if exponent < 0:
            return Tower.of(1) / self**-exponent
        constant = self.as_constant()
        if constant is not None:
            return Tower.constant(constant**exponent)
        power = Tower.of(1)
        for _ in range(exponent):
            power = power * self
        return power


def _payable(left: Tower, right: Tower) -> None:
    if len(left) * len(right) > MAX_TOWER_PAIRS:
        raise TooLarge(f"an operation on nested exponentials with more than {MAX_TOWER_PAIRS} pairs of terms")


def _number(value: Any) -> Algebraic:
    if max(abs(int(value.numerator)), int(value.denominator)).bit_length() > MAX_ALGEBRAIC_BITS:
        raise TooLarge(f"a number of more than {MAX_ALGEBRAIC_BITS} bits beside roots")
    return QQBAR(int(value.numerator)) / QQBAR(int(value.denominator))


def _fraction(number: Algebraic) -> Fraction | None:
    """The number, where FLINT's own text for it is that of a rational."""
    match = _RATIONAL.fullmatch(repr(number))
    if match is None or len(match.group()) > MAX_ALGEBRAIC_DIGITS:
        return None
    return Fraction(int(match[1]), int(match[2] or 1))


def _exponent(value: Tower) -> Exponent:
    """The number as an exponent: algebraic where it formally is."""
    constant = value.as_constant()
    return value if constant is None else constant


def _plus(left: Exponent, right: Exponent) -> Exponent:
    if isinstance(left, Symbol) or isinstance(right, Symbol):
        symbol, other = (left, right) if isinstance(left, Symbol) else (right, left)
        if isinstance(other, Symbol | Tower) or not other.is_zero():
            raise TooLarge("a product of symbols in an exponent")
        return symbol
    if isinstance(left, Tower) or isinstance(right, Tower):
        left, right = (one if isinstance(one, Tower) else Tower.constant(one) for one in (left, right))
        return _exponent(left + right)
    return left + right


def _equal(left: Exponent, right: Exponent) -> bool:
    """Whether two exponents are formally equal."""
    if isinstance(left, Tower) and isinstance(right, Tower):
        return left is right or (left - right).is_zero()
    if isinstance(left, Symbol | Tower) or isinstance(right, Symbol | Tower):
        return left is right
    return bool(left == right)


def _alike(left: Terms, right: Terms) -> bool:
    """Whether two sums are written alike, in the same order."""
    if left is right:
        return True
    if len(left) != len(right):
        return False
    return all(c == d and _equal(r, s) for (r, c), (s, d) in zip(left, right, strict=True))


def _collected(terms: Terms) -> Terms:
    """The terms with equal exponents brought together, those that cancel left out."""
    total: Terms = []
    for exponent, coefficient in terms:
        place = next((i for i, (r, _) in enumerate(total) if _equal(r, exponent)), None)
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
    return _collected([(_plus(r, s), c * d) for r, c in left for s, d in right])
