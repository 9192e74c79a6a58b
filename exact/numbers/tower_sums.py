"""Sums of alpha e^beta as lists of terms: the arithmetic under `exact.numbers.tower`.

An exponent beta is algebraic, a symbol, or such a number again: a `Nested`, of which only its arithmetic is known here.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction
from typing import Any, Self

from exact.numbers.algebraic import Algebraic, Symbol
from exact.numbers.bounds import MAX_ALGEBRAIC_TERMS
from exact.numbers.exponential_sums import TooLarge

Exponent = Any
"""A real algebraic number, or a `Nested` that is formally none, or a `Symbol`."""

Terms = list[tuple[Exponent, Algebraic]]
"""Pairs (exponent, coefficient), the exponents distinct, no coefficient zero."""


class Nested(ABC):
    """A number that can stand in an exponent: its arithmetic, its formal equality, and whether it is algebraic."""

    __slots__ = ()

    @classmethod
    @abstractmethod
    def constant(cls, value: Algebraic) -> Self:
        """The algebraic number `value`."""

    @classmethod
    @abstractmethod
    def of(cls, value: Fraction | int) -> Self:
        """The rational number `value`."""

    @abstractmethod
    def as_constant(self) -> Algebraic | None:
        """The algebraic number that this formally is; else None."""

    @abstractmethod
    def equals(self, other: Self) -> bool:
        """Whether the two are formally equal."""

    @abstractmethod
    def __add__(self, other: Self) -> Self: ...

    @abstractmethod
    def __mul__(self, other: Self) -> Self: ...


def as_exponent(value: Nested) -> Exponent:
    """The number as an exponent: algebraic where it formally is."""
    constant = value.as_constant()
    return value if constant is None else constant


def plus(left: Exponent, right: Exponent) -> Exponent:
    """The sum of two exponents. Raises `TooLarge` for one of symbols."""
    for one, other in ((left, right), (right, left)):
        if not isinstance(one, Symbol | Nested) and one.is_zero():
            return other
    if isinstance(left, Symbol) or isinstance(right, Symbol):
        raise TooLarge("a product of symbols in an exponent")
    if isinstance(left, Nested) or isinstance(right, Nested):
        nested = left if isinstance(left, Nested) else right
        one, other = (value if isinstance(value, Nested) else nested.constant(value) for value in (left, right))
        return as_exponent(one + other)
    return left + right


def times(exponent: Exponent, factor: int) -> Exponent:
    """A whole multiple of an exponent."""
    return as_exponent(exponent * exponent.of(factor)) if isinstance(exponent, Nested) else exponent * factor


def equal(left: Exponent, right: Exponent) -> bool:
    """Whether two exponents are formally equal."""
    kind = type(left)
    if left is right or kind is not type(right):
        return left is right
    return left.equals(right) if isinstance(left, Nested) else kind is not Symbol and bool(left == right)


def alike(left: Terms, right: Terms) -> bool:
    """Whether two sums are written alike, in the same order."""
    if left is right:
        return True
    if len(left) != len(right):
        return False
    return all(c == d and equal(r, s) for (r, c), (s, d) in zip(left, right, strict=True))


def collected(terms: Terms) -> Terms:
    """The terms with equal exponents brought together, those that cancel left out."""
    total: Terms = []
    for exponent, coefficient in terms:
        place = next((i for i, (r, _) in enumerate(total) if equal(r, exponent)), None)
        if place is None:
            total.append((exponent, coefficient))
        else:
            total[place] = (exponent, total[place][1] + coefficient)
    kept = [(r, c) for r, c in total if not c.is_zero()]
    if len(kept) > MAX_ALGEBRAIC_TERMS:
        raise TooLarge(f"more than {MAX_ALGEBRAIC_TERMS} different powers of e beside roots")
    return kept


def product(left: Terms, right: Terms) -> Terms:
    """The product of two sums, its terms collected. Raises `TooLarge`."""
    if len(left) * len(right) > 4 * MAX_ALGEBRAIC_TERMS:
        raise TooLarge(f"a product with more than {4 * MAX_ALGEBRAIC_TERMS} pairs of terms beside roots")
    return collected([(plus(r, s), c * d) for r, c in left for s, d in right])
