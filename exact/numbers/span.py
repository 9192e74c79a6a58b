"""How far a number may be from another, either way: an interval of rational numbers, both ends in it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb

BITS, LEAST_EXPONENT = 64, -20_000
"""The precision of ends that are rounded outward, and the power of two below which a number counts as that power."""


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers from `low` to `high`.

    >>> Span(Fraction(-1), Fraction(2)) * Span(Fraction(3), Fraction(4))
    Span(low=Fraction(-4, 1), high=Fraction(8, 1))
    """

    low: Fraction
    high: Fraction

    @classmethod
    def around(cls, radius: Fraction) -> Span:
        """From -radius to radius."""
        return cls(-radius, radius)

    @classmethod
    def of(cls, value: Fraction | int | arb) -> Span | None:
        """A span that holds the number, hardly wider than the ball it is in; None where the ball is not finite."""
        if not isinstance(value, arb):
            return cls(Fraction(value), Fraction(value))
        return cls(-upper(-value), upper(value)) if value.is_finite() else None

    @property
    def width(self) -> Fraction:
        """The largest size in it."""
        return max(abs(self.low), abs(self.high))

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def __mul__(self, other: Span) -> Span:
        ends = [one * two for one in (self.low, self.high) for two in (other.low, other.high)]
        return Span(min(ends), max(ends))

    def hull(self, other: Span) -> Span:
        """The smallest span that holds both."""
        return Span(min(self.low, other.low), max(self.high, other.high))

    def within(self, other: Span) -> Span | None:
        """What both have in common; None where that is nothing."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Span(low, high) if low <= high else None


ZERO = Span(Fraction(0), Fraction(0))


def upper(ball: arb) -> Fraction:
    """A rational number not below any in the finite ball, and hardly above the largest."""
    mantissa, exponent = (int(part) for part in ball.upper().man_exp())
    if exponent < LEAST_EXPONENT:
        return Fraction(2) ** LEAST_EXPONENT * (mantissa > 0)
    return mantissa * Fraction(2) ** exponent
