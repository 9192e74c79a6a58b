"""Quotients of sums of alpha e^beta, alpha real algebraic, beta such a quotient again: numbers of nested exponentials.

Here answers with roots are decided, and numbers such as tanh(2 tanh(1/2) + 1). Two of them that are formally equal are
equal. Where all exponents are algebraic the converse holds too, for the powers of e are then linearly independent (the
Lindemann-Weierstrass theorem; A. Baker, Transcendental Number Theory, 1975, theorem 1.4). Beyond that it is open, so a
difference with a term left says nothing, and an enclosure has to show that it is not 0.

The cost of algebraic numbers grows with their degree, so whoever builds them bounds it.
"""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

from exact.numbers.algebraic import BALLS, QQBAR, Algebraic, Ball, Symbol, algebraic, as_fraction
from exact.numbers.bounds import MAX_TOWER_PAIRS
from exact.numbers.exponential_sums import TooLarge
from exact.numbers.field import Element
from exact.numbers.tower_sums import Exponent, Nested, Terms, alike, as_exponent, collected, equal, plus, product, times

THREE = BALLS(3)


class Tower(Nested):
    """A real number, numerator / denominator, each a sum of alpha e^beta. Instances are immutable.

    `+ - * /` and integer powers are exact; they raise `ZeroDivisionError` and, past `exact.numbers.bounds`, `TooLarge`.
    """

    __slots__ = ("_denominator", "_numerator", "_sample")

    def __init__(self, numerator: Terms, denominator: Terms) -> None:
        self._numerator, self._denominator = numerator, denominator
        self._sample: Ball | None = None

    @classmethod
    def of(cls, value: Fraction | int) -> Tower:
        """The rational number `value`."""
        return cls.constant(algebraic(value))

    @classmethod
    def constant(cls, value: Algebraic) -> Tower:
        """The algebraic number `value`."""
        return cls([] if value.is_zero() else [(QQBAR(0), value)], [(QQBAR(0), QQBAR(1))])

    @classmethod
    def lift(cls, element: Element) -> Tower:
        """An element of the smaller field."""
        top, bottom = ([(algebraic(r), algebraic(c)) for r, c in terms] for terms in element.quotient())
        return cls(top, bottom)

    @classmethod
    def symbol(cls, symbol: Symbol | None = None) -> Tower:
        """A number of which nothing else is known: e to the power of e to the power of a symbol."""
        return cls([(symbol or Symbol(), QQBAR(1))], [(QQBAR(0), QQBAR(1))]).exp()

    @classmethod
    def power(cls, exponent: Exponent) -> Tower:
        """e to the power of an exponent of one of the terms."""
        return cls([(exponent, QQBAR(1))], [(QQBAR(0), QQBAR(1))])

    def quotient(self) -> tuple[Terms, Terms]:
        """The terms of the numerator and of the denominator."""
        return self._numerator, self._denominator

    def exp(self) -> Tower:
        """The number e^self."""
        return Tower([(as_exponent(self), QQBAR(1))], [(QQBAR(0), QQBAR(1))])

    def as_constant(self) -> Algebraic | None:
        """The algebraic number that this formally is; else None."""
        if not self._numerator:
            return QQBAR(0)
        if len(self._numerator) != len(self._denominator):
            return None
        exponent, coefficient = self._denominator[0]
        match = next((c for r, c in self._numerator if equal(r, exponent)), None)
        if match is None:
            return None
        ratio = match / coefficient
        if len(self._denominator) > 1:
            scaled = [(r, -ratio * c) for r, c in self._denominator]
            if collected(self._numerator + scaled):
                return None
        return ratio

    def as_fraction(self) -> Fraction | None:
        """The value where it is formally rational, else None."""
        constant = self.as_constant()
        return None if constant is None else as_fraction(constant)

    def as_element(self) -> Element | None:
        """The value in the smaller field, where all coefficients and exponents have become rational; else None."""
        if not self._numerator:
            return Element.of(0)
        shift, scale = self._denominator[0]
        sums = []
        for terms in (self._numerator, self._denominator):
            exponents = [plus(r, -shift) for r, _ in terms]
            pairs = [
                (as_fraction(c / scale), None if isinstance(r, Symbol | Tower) else as_fraction(r))
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

    @property
    def sample(self) -> Ball:
        """An enclosure of what this is with 3 in the place of e, and symbols at their samples.

        What is formally equal stays so whatever stands there: samples apart prove two numbers not formally equal.
        """
        if self._sample is None:
            top, bottom = (
                sum((_sample(c) * THREE ** _sample(r) for r, c in terms), start=BALLS(0))
                for terms in (self._numerator, self._denominator)
            )
            self._sample = top / bottom
        return self._sample

    def equals(self, other: Tower) -> bool:
        """Whether the two are formally equal, which proves that they are equal. Raises `TooLarge`."""
        if self is other:
            return True
        with suppress(AssertionError):  # a sample that is no number
            if (self.sample - other.sample).is_zero() is False:
                return False
        mine, theirs = self.as_constant(), other.as_constant()
        if mine is not None and theirs is not None:
            return bool(mine == theirs)  # their minimal polynomials tell; those of a difference can be huge
        return (self - other).is_zero()

    @property
    def terms(self) -> int:
        """The terms of the numerator or of the denominator, whichever has more."""
        return max(len(self._numerator), len(self._denominator))

    def __len__(self) -> int:
        """The number of terms it is written with, those of its exponents included: what work on it costs."""
        terms = self._numerator + self._denominator
        return len(terms) + sum(len(r) for r, _ in terms if isinstance(r, Tower))

    def __neg__(self) -> Tower:
        return Tower([(r, -c) for r, c in self._numerator], self._denominator)

    def __add__(self, other: Tower) -> Tower:
        _payable(self, other)
        if alike(self._denominator, other._denominator):
            return Tower(collected(self._numerator + other._numerator), self._denominator)
        left = product(self._numerator, other._denominator)
        right = product(other._numerator, self._denominator)
        return Tower(collected(left + right), product(self._denominator, other._denominator))

    def __sub__(self, other: Tower) -> Tower:
        return self + -other

    def __mul__(self, other: Tower) -> Tower:
        _payable(self, other)
        return Tower(product(self._numerator, other._numerator), product(self._denominator, other._denominator))

    def __truediv__(self, other: Tower) -> Tower:
        if other.is_zero():
            raise ZeroDivisionError("division by zero")
        if alike(self._denominator, other._denominator):
            return Tower(self._numerator, other._numerator)
        return self * Tower(other._denominator, other._numerator)

    def __pow__(self, exponent: int) -> Tower:
        if exponent < 0:
            return Tower.of(1) / self**-exponent
        constant = self.as_constant()
        if constant is not None:
            return Tower.constant(constant**exponent)
        if self.terms == 1:
            return Tower(*([(times(r, exponent), c**exponent)] for [(r, c)] in (self._numerator, self._denominator)))
        power = Tower.of(1)
        for _ in range(exponent):
            power = power * self
        return power


def _payable(left: Tower, right: Tower) -> None:
    if len(left) * len(right) > MAX_TOWER_PAIRS:
        raise TooLarge(f"an operation on nested exponentials with more than {MAX_TOWER_PAIRS} pairs of terms")


def _sample(number: Exponent) -> Ball:
    return number.sample if isinstance(number, Symbol | Tower) else BALLS(number)
