"""Quotients of polynomials with whole coefficients in numbered generators, some of which are roots.

FLINT's `fmpz_mpoly` does the work. A root R of degree q obeys R^q = v, v a polynomial in generators before it: powers
of R are brought below q, so that equal quotients have equal cross products as far as the generators are independent.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from flint import Ordering, fmpz, fmpz_mpoly_ctx

from exact.letters.bounds import (
    MAX_BITS,
    MAX_GCD,
    MAX_PAIRS,
    MAX_POWER,
    MAX_TERMS,
    MAX_WORK,
)
from exact.numbers.exponential_sums import TooLarge

Polynomial = Any
"""A `fmpz_mpoly` of one context."""

Monomials = dict[tuple[int, ...], fmpz]
"""Exponents of the generators to coefficient."""

OPERATION = 20
"""What an operation costs beside the pairs of terms."""


class Quotient(NamedTuple):
    """top / bottom; the bottom is not 0, and its leading coefficient is positive."""

    top: Polynomial
    bottom: Polynomial

    @property
    def is_zero(self) -> bool:
        """Whether it is 0, which roots whose powers are brought down show."""
        return bool(self.top.is_zero())


class Budget:
    """The work that one comparison may take, in pairs of terms multiplied."""

    def __init__(self) -> None:
        self.left = MAX_WORK

    def pay(self, work: int) -> None:
        """Takes work, and some for the operation itself. Raises `TooLarge` where no more is left."""
        self.left -= OPERATION + work
        if self.left < 0:
            raise TooLarge("more work than one comparison may take")


def size_of(polynomial: Polynomial) -> int:
    """What looking for the factors of a polynomial costs: its terms times its largest exponent."""
    return len(polynomial) * (1 + max(polynomial.degrees(), default=0))


class Quotients:
    """The arithmetic of quotients in `size` generators. What it does is paid; past the bounds it raises `TooLarge`."""

    def __init__(self, size: int, budget: Budget) -> None:
        self.context = fmpz_mpoly_ctx.get(("g", size), Ordering.lex)
        self.generators = self.context.gens()
        self.roots: dict[int, tuple[int, Polynomial]] = {}
        self.budget = budget

    def of(self, value: Fraction | int) -> Quotient:
        """A rational number."""
        return Quotient(self.context.constant(value.numerator), self.context.constant(value.denominator))

    def generator(self, index: int, power: int = 1) -> Quotient:
        """A power of a generator."""
        monomial, one = self.generators[index] ** abs(power), self.context.constant(1)
        return self.quotient(monomial, one) if power >= 0 else self.quotient(one, monomial)

    def add(self, left: Quotient, right: Quotient) -> Quotient:
        """left + right."""
        (a, b), (c, d) = left, right
        if b == d:
            return self.quotient(a + c, b)
        return self.quotient(self.product(a, d) + self.product(c, b), self.product(b, d))

    def negative(self, value: Quotient) -> Quotient:
        """-value."""
        return Quotient(-value.top, value.bottom)

    def multiply(self, left: Quotient, right: Quotient) -> Quotient:
        """left * right."""
        return self.quotient(self.product(left.top, right.top), self.product(left.bottom, right.bottom))

    def inverse(self, value: Quotient) -> Quotient:
        """1 / value. Raises `ZeroDivisionError`."""
        return self.quotient(value.bottom, value.top)

    def power(self, value: Quotient, exponent: int) -> Quotient:
        """value ^ exponent, by repeated squaring."""
        if abs(exponent) > MAX_POWER:
            raise TooLarge(f"powers go up to {MAX_POWER}")
        if exponent < 0:
            value, exponent = self.inverse(value), -exponent
        power, square = self.of(1), value
        while exponent:
            if exponent & 1:
                power = self.multiply(power, square)
            exponent >>= 1
            if exponent:
                square = self.multiply(square, square)
        return power

    def quotient(self, top: Polynomial, bottom: Polynomial) -> Quotient:
        """top / bottom with powers of roots brought down, and in lowest terms where that is cheap."""
        top, bottom = self.reduced(top), self.reduced(bottom)
        if bottom.is_zero():
            raise ZeroDivisionError("division by zero")
        if top.is_zero():
            return self.of(0)
        if not bottom.is_one():
            if self.is_cheap(top, bottom):
                divisor = top.gcd(bottom)
                if not divisor.is_one():
                    top, bottom = top // divisor, bottom // divisor
            if bottom.leading_coefficient() < 0:
                top, bottom = -top, -bottom
        return Quotient(top, bottom)

    def is_cheap(self, left: Polynomial, right: Polynomial) -> bool:
        """Whether common factors are quickly found."""
        return min(len(left), len(right)) == 1 or max(size_of(left), size_of(right)) <= MAX_GCD

    def product(self, left: Polynomial, right: Polynomial) -> Polynomial:
        """left * right, of polynomials."""
        pairs = len(left) * len(right)
        self.budget.pay(pairs)
        if pairs > MAX_PAIRS:
            raise TooLarge(f"a product with more than {MAX_PAIRS} pairs of terms")
        return self.bounded(left * right)

    def bounded(self, polynomial: Polynomial) -> Polynomial:
        """The same polynomial. Raises `TooLarge` past the bounds on terms, bits and exponents."""
        if len(polynomial) > MAX_TERMS:
            raise TooLarge(f"more than {MAX_TERMS} terms")
        if max(polynomial.degrees(), default=0) > MAX_POWER:
            raise TooLarge(f"powers go up to {MAX_POWER}")
        if len(polynomial) and sum(c.bit_length() for c in polynomial.coeffs()) > MAX_BITS:
            raise TooLarge(f"more than {MAX_BITS} bits")
        return polynomial

    def reduced(self, polynomial: Polynomial) -> Polynomial:
        """The polynomial with R^q replaced, for every root R, the last first: each is of what stands before it."""
        for index in sorted(self.roots, reverse=True):
            degree, radicand = self.roots[index]
            if polynomial.degrees()[index] < degree:
                continue
            parts: dict[int, Monomials] = {}
            for monomial, coefficient in polynomial.to_dict().items():
                times, rest = divmod(monomial[index], degree)
                parts.setdefault(times, {})[*monomial[:index], rest, *monomial[index + 1 :]] = coefficient
            polynomial = self.context.constant(0)
            power, reached = self.context.constant(1), 0
            for times, part in sorted(parts.items()):
                while reached < times:
                    power, reached = self.product(power, radicand), reached + 1
                polynomial += self.product(self.context.from_dict(part), power)
        return polynomial
