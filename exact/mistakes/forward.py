"""Mistakes of the forward pass: s, a, a', the outputs, and the cost."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from exact.calculation.functions import sigmoid_value
from exact.calculation.inputs import Inputs, NotThereError, is_small
from exact.mistakes.mistake import Mistake, Work
from exact.mistakes.samples import of_each_sample
from exact.numbers.array import Array, total
from exact.numbers.number import Number, Scalar, sign
from exact.numbers.unknown import is_known


def each(function: Any, vector: Array) -> Array:
    """The function's values, entry by entry; what is unknown stays so."""
    return vector.each(lambda x: function(x) if is_known(x) else x)


def small(s: Array) -> Array:
    """The logits, all known and small enough to be powers of e. Raises `NotThereError` for others."""
    if not all(map(is_small, s)):
        raise NotThereError
    return s


def exp(s: Array) -> Array:
    """The powers of e."""
    return each(lambda x: Number.of(x).exp(), small(s))


def relu(s: Any) -> Scalar:
    """max(s, 0)."""
    return s if sign(s) > 0 else Fraction(0)


def negative_part(s: Array) -> Array:
    """min(s, 0)."""
    return s - each(relu, s)


def where_negative(s: Array) -> Array:
    """1 where s is negative, else 0."""
    return each(lambda x: Fraction(sign(x) < 0), s)


def sigmoids(s: Array) -> Array:
    """The logistic function of each."""
    return each(sigmoid_value, small(s))


def without_own_term(s: Array) -> Array:
    """e^(s_i) / sum of e^(s_j) over j other than i."""
    powers = exp(s)
    return powers.each(lambda power: power / (total(powers) - power))


def _of_each(function: Callable[[Array], Array]) -> Callable[[Inputs, Work], Array]:
    return lambda c, _: of_each_sample(c, function, c.s)


RELU = frozenset({"relu"})
PIECEWISE = frozenset({"relu", "leaky_relu"})
CURVED_OR_BENT = frozenset({"relu", "leaky_relu", "sigmoid", "tanh"})
SOFTMAX = frozenset({"softmax"})
"""Units with which a step can be mistaken in a certain way."""

PRE, HIDDEN, OUT, SLOPE, COST = ("pre-activation",), ("activation",), ("output",), ("derivative",), ("cost",)

PRE_ACTIVATION = (
    Mistake("bias-forgotten", PRE, lambda c, step: step(c.but(b=0 * c.b)), has_layer=True),
    Mistake("bias-subtracted", PRE, lambda c, step: step(c.but(b=-c.b)), has_layer=True),
    Mistake("preactivation-propagated", PRE, lambda c, step: step(c.but(a_before=c.s_before))),
    Mistake("weights-transposed-forward", PRE, lambda c, step: step(c.but(W=c.W.T)), has_layer=True),
)

ACTIVATION = (
    Mistake("relu-skipped", HIDDEN, lambda c, _: c.s, units=CURVED_OR_BENT),
    Mistake("relu-absolute", HIDDEN, lambda c, _: abs(c.s), units=RELU),
    Mistake("relu-inverted", HIDDEN, lambda c, _: negative_part(c.s), units=RELU),
)

DERIVATIVE = (
    Mistake("relu-derivative-one", SLOPE, lambda c, _: 0 * c.s + Fraction(1), units=CURVED_OR_BENT),
    Mistake("relu-derivative-sign", SLOPE, lambda c, _: each(lambda s: Fraction(sign(s)), c.s), units=RELU),
    Mistake("relu-derivative-inverted", SLOPE, lambda c, _: where_negative(c.s), units=RELU),
    Mistake("relu-inverted", SLOPE, lambda c, _: each(lambda s: Fraction(sign(s) < 0), c.s), first_in="a", units=RELU),
    Mistake("activation-for-derivative", SLOPE, lambda c, _: c.a, units=CURVED_OR_BENT),
    Mistake("sigmoid-derivative-on-relu", SLOPE, lambda c, _: c.a * (1 - c.a), units=PIECEWISE),
)

OUTPUT = (
    Mistake("relu-on-output", OUT, lambda c, step: step(c.but(s=each(relu, c.s))), units=SOFTMAX),
    Mistake("softmax-numerator-not-exponentiated", OUT, _of_each(lambda s: s / total(exp(s))), units=SOFTMAX),
    Mistake("softmax-without-exp", OUT, _of_each(lambda s: s / total(s)), units=SOFTMAX),
    Mistake("softmax-skipped", OUT, lambda c, _: c.s, units=SOFTMAX),
    Mistake("sigmoid-instead-of-softmax", OUT, lambda c, _: each(sigmoid_value, small(c.s)), units=SOFTMAX),
    Mistake("softmax-own-term-left-out", OUT, _of_each(without_own_term), units=SOFTMAX),
)

COST_MISTAKES = (
    Mistake("half-of-square-forgotten", COST, lambda c, step: 2 * step(c), units=frozenset({"half-squared-error"})),
)
