"""The units: one row each, the function h beside its derivative and its LaTeX.

The piecewise linear ones keep rational numbers rational; tanh and sigmoid lead to exponentials. The derivative at a
kink is a convention (the problem's `relu_at_zero`), and so is what a step gives at 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache

from flint import arb

from exact.calculation.expression import Expression, Operation, constant
from exact.calculation.functions import SIGMOID, SIGMOID_SLOPE, SOFTMAX, TANH, TANH_SLOPE, ball_of, entry_function
from exact.numbers.number import Scalar, sign


@dataclass(frozen=True, slots=True)
class Kinks:
    """What an assignment says of units with a kink or a jump: the slope of leaky_relu below 0, and values at 0."""

    slope: Fraction = Fraction(1, 10)
    relu_at_zero: Fraction = Fraction(0)
    step_at_zero: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Unit:
    """a = h(s): `function` on s; `slope` is h'(s), of s where the unit `is_piecewise_linear`, of a where it is curved.

    Both are exact, and keep 0 and 1 rational. `works_by_entry`: each a is a function of its own s, so that there is a
    slope. `has_probabilities`: as outputs the a are called p_1, p_2, ... and kept as symbols; `sums_to_one`: their sum
    is 1. `kinks` is what it was made with. `latex` is h(s), `latex_derivative` h'(s); of a softmax a_i of all s.
    """

    name: str
    function: Operation
    slope: Operation | None
    latex: str
    latex_derivative: str = ""
    is_piecewise_linear: bool = False
    has_probabilities: bool = False
    sums_to_one: bool = False
    kinks: Kinks = Kinks()

    @property
    def latex_of_entry(self) -> str:
        """The formula of the i-th output."""
        return self.latex if "_i" in self.latex else re.sub(r"\bs\b", "s_i", self.latex)

    @property
    def works_by_entry(self) -> bool:
        """Whether each a is a function of its own s."""
        return self.slope is not None

    def of(self, s: Expression, symbol: str = "") -> Expression:
        """The formula h(s), written with another symbol than the function's own, where one is given."""
        return Expression(_called(self.function, symbol) if symbol else self.function, (s,))

    def slope_of(self, s: Expression, symbol: str = "") -> Expression:
        """The formula h'(s), or of a, likewise."""
        if self.slope is None:
            raise TypeError(f"{self.name} has no slope entry by entry")
        return Expression(_called(self.slope, symbol) if symbol else self.slope, (s,))


@cache
def _called(operation: Operation, symbol: str) -> Operation:
    return replace(operation, latex=lambda s: rf"{symbol}\bigl({s}\bigr)")


def _piecewise(
    name: str, below: Fraction, above: Fraction, at_zero: Fraction, latex: str, latex_derivative: str
) -> Unit:
    """s times the slope of its side."""

    def value(s: Scalar) -> Scalar:
        if below == above == 1:
            return s
        return s * above if sign(s) > 0 else s * below

    def derivative(s: Scalar) -> Scalar:
        return above if below == above else {1: above, 0: at_zero, -1: below}[sign(s)]

    def ball(s: arb) -> arb:
        low, high = ball_of(below), ball_of(above)
        return s.max(arb(0)) * high + s.min(arb(0)) * low if not (s >= 0 or s <= 0) else s * (high if s >= 0 else low)

    def slopes(s: arb) -> arb:
        if below == above or s > 0 or s < 0:
            return ball_of(below if s < 0 else above)
        return ball_of(below).union(ball_of(above)).union(ball_of(at_zero)) if not s.is_zero() else ball_of(at_zero)

    slope = entry_function(f"{name}'", derivative, lambda *_: constant(0), lambda s: rf"h'\bigl({s}\bigr)", slopes)
    function = entry_function(
        name, value, lambda s, _: Expression(slope, (s,)), lambda s: rf"\mathrm{{{name}}}\bigl({s}\bigr)", ball
    )
    function = replace(function, slope=slope)
    return Unit(name, function, slope, latex, latex_derivative, is_piecewise_linear=True)


@cache
def _relu(slope: Fraction, at_zero: Fraction) -> Unit:
    smaller = rf" + {slope} \min(s, 0)" if slope else ""
    below = rf"{slope} & s \le 0" if at_zero == slope else rf"{at_zero} & s = 0 \\ {slope} & s < 0"
    cases = rf"\begin{{cases}} 1 & s > 0 \\ {below} \end{{cases}}"
    name = "leaky_relu" if slope else "relu"
    unit = _piecewise(name, slope, Fraction(1), at_zero, rf"\max(s, 0){smaller}", cases)
    return replace(unit, kinks=Kinks(slope=slope, relu_at_zero=at_zero))


@cache
def _identity(name: str) -> Unit:
    one = Fraction(1)
    unit = _piecewise(name, one, one, one, "s", "1")
    return replace(unit, function=replace(unit.function, latex=lambda s: s))


@cache
def _jump(name: str, below: int, at_zero: Fraction) -> Unit:
    """1 above 0, another value below; flat on both sides, so that its derivative is 0."""

    def value(s: Scalar) -> Scalar:
        return {1: Fraction(1), 0: at_zero, -1: Fraction(below)}[sign(s)]

    def ball(s: arb) -> arb:
        return arb(1) if s > 0 else arb(below) if s < 0 else arb(1).union(arb(below))

    flat = entry_function(f"{name}'", lambda _: Fraction(0), lambda *_: constant(0), lambda _: "0", lambda _: arb(0))
    written = rf"\mathrm{{{name}}}"
    function = entry_function(
        name, value, lambda s, _: Expression(flat, (s,)), lambda s: rf"{written}\bigl({s}\bigr)", ball
    )
    cases = rf"\begin{{cases}} 1 & s > 0 \\ {at_zero} & s = 0 \\ {below} & s < 0 \end{{cases}}"
    kinks = Kinks(step_at_zero=at_zero)
    return Unit(name, function, flat, cases, "0", is_piecewise_linear=True, kinks=kinks)


_SIGMOID = Unit("sigmoid", SIGMOID, SIGMOID_SLOPE, r"\frac{1}{1 + e^{-s}}", r"h(s) (1 - h(s))", has_probabilities=True)
_TANH = Unit("tanh", TANH, TANH_SLOPE, r"\tanh s", r"1 - h(s)^2")
_SOFTMAX = Unit("softmax", SOFTMAX, None, r"\frac{e^{s_i}}{\sum_j e^{s_j}}", has_probabilities=True, sums_to_one=True)


UNITS: Mapping[str, Callable[[Kinks], Unit]] = {
    "relu": lambda kinks: _relu(Fraction(0), kinks.relu_at_zero),
    "leaky_relu": lambda kinks: _relu(kinks.slope, kinks.relu_at_zero),
    "identity": lambda _: _identity("identity"),
    "linear": lambda _: _identity("linear"),
    "sigmoid": lambda _: _SIGMOID,
    "tanh": lambda _: _TANH,
    "softmax": lambda _: _SOFTMAX,
    "step": lambda kinks: _jump("step", 0, kinks.step_at_zero),
    "sign": lambda kinks: _jump("sign", -1, kinks.step_at_zero),
}
"""The unit of each name."""

HIDDEN = ("relu", "leaky_relu", "identity", "sigmoid", "tanh")
"""The units of hidden layers; the first is the default."""

OUTPUTS = ("softmax", "sigmoid", "tanh", "relu", "leaky_relu", "linear", "step", "sign")
"""The units of the last layer; the first is the default."""
