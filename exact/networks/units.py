"""The hidden units: one row each, the function h beside its derivative and its LaTeX.

The piecewise linear ones keep rational numbers rational; tanh and sigmoid lead to exponentials. The derivative at a
kink is a convention (the problem's `relu_at_zero`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from exact.numbers.number import Number, Scalar, sign


@dataclass(frozen=True, slots=True)
class HiddenUnit:
    """a = h(s): `value` of s, `derivative` h'(s) of s and a (some are simplest in one, some in the other).

    Both are exact, and keep 0 and 1 rational. `is_linear`: piecewise linear, so h' is one of a few rational numbers.
    `latex` is h(s), `latex_derivative` is h'(s).
    """

    name: str
    value: Callable[[Scalar], Scalar]
    derivative: Callable[[Scalar, Scalar], Scalar]
    latex: str
    latex_derivative: str
    is_linear: bool = False


def sigmoid_value(s: Scalar) -> Scalar:
    """The logistic function 1 / (1 + e^-s)."""
    return Fraction(1, 2) if s == 0 else 1 / (1 + Number.of(-s).exp())


def tanh_value(s: Scalar) -> Scalar:
    """tanh s = 1 - 2 / (e^(2 s) + 1)."""
    return Fraction(0) if s == 0 else 1 - 2 / (Number.of(s * 2).exp() + 1)


@cache
def _leaky(slope: Fraction, at_zero: Fraction) -> HiddenUnit:
    def value(s: Scalar) -> Scalar:
        return s if sign(s) > 0 else slope * s

    def derivative(s: Scalar, _: Scalar) -> Scalar:
        return {1: Fraction(1), 0: at_zero, -1: slope}[sign(s)]

    smaller = rf" + {slope} \min(s, 0)" if slope else ""
    below = rf"{slope} & s \le 0" if at_zero == slope else rf"{at_zero} & s = 0 \\ {slope} & s < 0"
    pieces = rf"1 & s > 0 \\ {below}"
    cases = rf"\begin{{cases}} {pieces} \end{{cases}}"
    name = "leaky_relu" if slope else "relu"
    return HiddenUnit(name, value, derivative, rf"\max(s, 0){smaller}", cases, is_linear=True)


_IDENTITY = HiddenUnit("identity", lambda s: s, lambda *_: Fraction(1), "s", "1", is_linear=True)
_SIGMOID = HiddenUnit("sigmoid", sigmoid_value, lambda _, a: a * (1 - a), r"\frac{1}{1 + e^{-s}}", r"h(s) (1 - h(s))")
_TANH = HiddenUnit("tanh", tanh_value, lambda _, a: 1 - a * a, r"\tanh s", r"1 - h(s)^2")

HIDDEN_UNITS: dict[str, Callable[[Fraction, Fraction], HiddenUnit]] = {
    "relu": lambda _, at_zero: _leaky(Fraction(0), at_zero),
    "leaky_relu": _leaky,
    "identity": lambda *_: _IDENTITY,
    "sigmoid": lambda *_: _SIGMOID,
    "tanh": lambda *_: _TANH,
}
"""The unit of each name, from its slope below zero and its derivative at zero."""
