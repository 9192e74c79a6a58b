"""Units and costs as sympy writes them, from their definitions: one row each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy

from exact.networks.units import Kinks, Unit

Expr = Any
"""A sympy expression."""

Grid = Any
"""A sympy matrix."""


def rational(value: Fraction | int) -> Expr:
    """The number as sympy has it."""
    return sympy.Rational(value.numerator, value.denominator)


@dataclass(frozen=True, slots=True)
class Activations:
    """What a layer puts out: a, and for costs ln a and ln(1 - a)."""

    a: list[Expr]
    ln_a: Callable[[int], Expr]
    ln_rest: Callable[[int], Expr]


SMOOTH: Mapping[str, Callable[[Expr], Expr]] = {
    "identity": lambda s: s,
    "linear": lambda s: s,
    "sigmoid": lambda s: 1 / (1 + sympy.exp(-s)),
    "tanh": sympy.tanh,
}
"""h(s) of the units that are one formula everywhere."""


def piece(name: str, kinks: Kinks, s: Expr, sign: int) -> Expr:
    """h(s) of a unit with a kink or a jump, below 0, at 0 (with the derivative that is agreed on there) or above 0."""
    slope_below, at_kink, at_jump = (
        rational(number) for number in (kinks.slope, kinks.relu_at_zero, kinks.step_at_zero)
    )
    one = sympy.Integer(1)
    rows = {
        "relu": (0 * s, at_kink * s, s),
        "leaky_relu": (slope_below * s, at_kink * s, s),
        "step": (0 * s, at_jump, one),
        "sign": (-one, at_jump, one),
    }
    return rows[name][sign + 1]


def activations(unit: Unit, s: Sequence[Expr], sign: Callable[[Expr], int]) -> Activations:
    """The outputs of a layer for its s; `sign` tells that of an s at the point."""
    if unit.name == "softmax":
        total = sum(map(sympy.exp, s))
        a = [sympy.exp(one) / total for one in s]
        return Activations(a, lambda k: s[k] - sympy.log(total), lambda k: sympy.log(1 - a[k]))
    if unit.name == "sigmoid":
        a = [SMOOTH["sigmoid"](one) for one in s]
        return Activations(a, lambda k: -sympy.log(1 + sympy.exp(-s[k])), lambda k: -sympy.log(1 + sympy.exp(s[k])))
    return of_outputs(
        [SMOOTH[unit.name](one) if unit.name in SMOOTH else piece(unit.name, unit.kinks, one, sign(one)) for one in s]
    )


def of_outputs(a: list[Expr]) -> Activations:
    """Outputs that are known by themselves alone."""
    return Activations(a, lambda k: sympy.log(a[k]), lambda k: sympy.log(1 - a[k]))


SLOPES_AT_OUTPUT: Mapping[str, Callable[[Expr], Expr]] = {
    "identity": lambda _: sympy.Integer(1),
    "linear": lambda _: sympy.Integer(1),
    "sigmoid": lambda a: a * (1 - a),
    "tanh": lambda a: 1 - a**2,
}
"""h' of smooth units as a function of a = h(s), where only a is known."""


def slope(unit: Unit, s: Expr, sign: Callable[[Expr], int]) -> Expr:
    """h'(s), by sympy."""
    at = sympy.Dummy(real=True)
    if unit.name in SMOOTH:
        return sympy.diff(SMOOTH[unit.name](at), at).xreplace({at: s})
    return sympy.diff(piece(unit.name, unit.kinks, at, sign(s)), at)


def _squared_error(found: Activations, y: Sequence[Expr]) -> list[Expr]:
    return [(one - wanted) ** 2 for one, wanted in zip(found.a, y, strict=True)]


def _cross_entropy(found: Activations, y: Sequence[Expr]) -> list[Expr]:
    return [-wanted * found.ln_a(k) for k, wanted in enumerate(y) if wanted]


def _binary_cross_entropy(found: Activations, y: Sequence[Expr]) -> list[Expr]:
    return [
        -(wanted * found.ln_a(k) if wanted else 0) - ((1 - wanted) * found.ln_rest(k) if wanted != 1 else 0)
        for k, wanted in enumerate(y)
    ]


COSTS: Mapping[str, Callable[[Activations, Sequence[Expr]], list[Expr]]] = {
    "squared-error": _squared_error,
    "cross-entropy": _cross_entropy,
    "binary-cross-entropy": _binary_cross_entropy,
}
"""The terms of C of one sample, without the factor before it; their sum is C."""
