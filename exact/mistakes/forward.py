"""Mistakes of the forward pass: s, a, a' and the outputs."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any

from exact.mistakes.mistake import Mistake
from exact.networks.cells import Kind
from exact.networks.inputs import Inputs, NotThereError
from exact.networks.recomputation import Unknown, is_small
from exact.networks.steps import Array, array
from exact.networks.units import sigmoid_value
from exact.numbers.number import Number, Scalar, sign


def each(function: Callable[[Any], Scalar], vector: Array) -> Array:
    """The function's values, entry by entry; what is unknown stays so."""
    return array([x if isinstance(x, Unknown) else function(x) for x in vector])


def small(s: Array) -> Array:
    """The logits, all known and small enough to be powers of e. Raises `NotThereError` for others."""
    if not all(map(is_small, s)):
        raise NotThereError
    return s


def exp(s: Array) -> Array:
    """The powers of e."""
    return each(lambda x: Number.of(x).exp(), small(s))


def total(vector: Array) -> Any:
    """The sum of the entries."""
    return reduce(add, vector)


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


def without_own_term(c: Inputs) -> Array:
    """e^(s_i) / sum of e^(s_j) over j other than i."""
    powers = exp(c.s)
    return array([power / (total(powers) - power) for power in powers])


RELU = frozenset({"relu"})
PIECEWISE = frozenset({"relu", "leaky_relu"})
CURVED_OR_BENT = frozenset({"relu", "leaky_relu", "sigmoid", "tanh"})
SOFTMAX = frozenset({"softmax"})
"""Units with which a step can be mistaken in a certain way."""

PRE_ACTIVATION = (
    Mistake("bias-forgotten", Kind.S, lambda c, step: step(c.but(b=0 * c.b)), has_layer=True),
    Mistake("bias-subtracted", Kind.S, lambda c, step: step(c.but(b=-c.b)), has_layer=True),
    Mistake("preactivation-propagated", Kind.S, lambda c, step: step(c.but(a_before=c.cell(Kind.S, c.l - 1)))),
    Mistake("weights-transposed-forward", Kind.S, lambda c, step: step(c.but(W=c.W.T)), has_layer=True),
)

ACTIVATION = (
    Mistake("relu-skipped", Kind.A, lambda c, _: c.s, "hidden", units=CURVED_OR_BENT),
    Mistake("relu-absolute", Kind.A, lambda c, _: abs(c.s), "hidden", units=RELU),
    Mistake("relu-inverted", Kind.A, lambda c, _: negative_part(c.s), "hidden", units=RELU),
)

DERIVATIVE = (
    Mistake("relu-derivative-one", Kind.DA, lambda c, _: 0 * c.s + Fraction(1), units=CURVED_OR_BENT),
    Mistake("relu-derivative-sign", Kind.DA, lambda c, _: each(lambda s: Fraction(sign(s)), c.s), units=RELU),
    Mistake("relu-derivative-inverted", Kind.DA, lambda c, _: where_negative(c.s), units=RELU),
    Mistake(
        "relu-inverted", Kind.DA, lambda c, _: each(lambda s: Fraction(sign(s) < 0), c.s), first_in=Kind.A, units=RELU
    ),
    Mistake("activation-for-derivative", Kind.DA, lambda c, _: c.a, units=CURVED_OR_BENT),
    Mistake("sigmoid-derivative-on-relu", Kind.DA, lambda c, _: c.a * (1 - c.a), units=PIECEWISE),
)

OUTPUT = (
    Mistake("relu-on-output", Kind.A, lambda c, step: step(c.but(s=each(relu, c.s))), "output", units=SOFTMAX),
    Mistake("softmax-numerator-not-exponentiated", Kind.A, lambda c, _: c.s / total(exp(c.s)), "output", units=SOFTMAX),
    Mistake("softmax-without-exp", Kind.A, lambda c, _: c.s / total(c.s), "output", units=SOFTMAX),
    Mistake("softmax-skipped", Kind.A, lambda c, _: c.s, "output", units=SOFTMAX),
    Mistake(
        "sigmoid-instead-of-softmax", Kind.A, lambda c, _: each(sigmoid_value, small(c.s)), "output", units=SOFTMAX
    ),
    Mistake("softmax-own-term-left-out", Kind.A, lambda c, _: without_own_term(c), "output", units=SOFTMAX),
)
