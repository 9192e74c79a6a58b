"""The hidden units: one row each, the function beside its derivative.

All are piecewise linear with rational slopes, so they keep rational numbers rational. The derivative at the kink is a
convention (the problem's `relu_at_zero`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class HiddenUnit:
    """h(s) = s for s > 0 and slope * s for s < 0, with h'(0) = at_zero by convention."""

    slope: Fraction
    at_zero: Fraction

    def value(self, s: Fraction) -> Fraction:
        """h(s), exact."""
        return s if s > 0 else self.slope * s

    def derivative(self, s: Fraction) -> Fraction:
        """h'(s), exact; `at_zero` at s = 0."""
        if s == 0:
            return self.at_zero
        return Fraction(1) if s > 0 else self.slope


HIDDEN_UNITS: dict[str, Callable[[Fraction, Fraction], HiddenUnit]] = {
    "relu": lambda _, at_zero: HiddenUnit(Fraction(0), at_zero),
    "leaky_relu": HiddenUnit,
    "identity": lambda *_: HiddenUnit(Fraction(1), Fraction(1)),
}
"""The unit of each name, from its slope below zero and its derivative at zero."""
