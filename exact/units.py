"""The hidden units: one row each, the function beside its derivative and its LaTeX.

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

    name: str
    slope: Fraction
    at_zero: Fraction
    latex: str

    def value(self, s: Fraction) -> Fraction:
        """h(s), exact."""
        return s if s > 0 else self.slope * s

    def derivative(self, s: Fraction) -> Fraction:
        """h'(s), exact; `at_zero` at s = 0."""
        if s == 0:
            return self.at_zero
        return Fraction(1) if s > 0 else self.slope


HIDDEN_UNITS: dict[str, Callable[[Fraction, Fraction], HiddenUnit]] = {
    "relu": lambda _, at_zero: HiddenUnit("relu", Fraction(0), at_zero, r"\max(0, s)"),
    "leaky_relu": lambda slope, at_zero: HiddenUnit("leaky_relu", slope, at_zero, r"\max(\alpha s, s)"),
    "identity": lambda *_: HiddenUnit("identity", Fraction(1), Fraction(1), "s"),
}
"""The unit of each name, from its slope below zero and its derivative at zero."""
