"""Mistakes of the forward pass: s, a, a' and the outputs."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any

from exact.cells import Kind
from exact.mistakes.step import Mistake, NotThereError, Step
from exact.number import Number, Scalar, sign
from exact.outputs import softmax
from exact.recomputation import Unknown, is_small
from exact.steps import Array, array
from exact.units import sigmoid_value


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


def softmax_of(s: Array) -> Array:
    """The outputs of softmax."""
    return array(softmax(tuple(small(s))))


def without_own_term(c: Step) -> Array:
    """e^(s_i) / sum of e^(s_j) over j other than i."""
    powers = exp(c.s)
    return array([power / (total(powers) - power) for power in powers])


PRE_ACTIVATION = (
    Mistake(
        "bias-forgotten",
        Kind.S,
        "the bias was not added",
        lambda c: c.W(c.l) @ c.before,
        has_layer=True,
    ),
    Mistake(
        "bias-subtracted",
        Kind.S,
        "the bias was subtracted",
        lambda c: c.W(c.l) @ c.before - c.b,
        has_layer=True,
    ),
    Mistake(
        "preactivation-propagated",
        Kind.S,
        "s of the layer before was used in the place of its a",
        lambda c: c.W(c.l) @ c.cell(Kind.S, c.l - 1) + c.b,
    ),
    Mistake(
        "weights-transposed-forward",
        Kind.S,
        "the weights were transposed",
        lambda c: c.W(c.l).T @ c.before + c.b,
        has_layer=True,
    ),
)

ACTIVATION = (
    Mistake("relu-skipped", Kind.A, "the activation function was left out", lambda c: c.s, "hidden"),
    Mistake("relu-absolute", Kind.A, "|s| was taken for max(s, 0)", lambda c: abs(c.s), "hidden"),
    Mistake("relu-inverted", Kind.A, "min(s, 0) was taken for max(s, 0)", lambda c: c.s - each(relu, c.s), "hidden"),
)

DERIVATIVE = (
    Mistake("relu-derivative-one", Kind.DA, "a' was taken to be 1 everywhere", lambda c: c.s * 0 + Fraction(1)),
    Mistake(
        "relu-derivative-sign",
        Kind.DA,
        "a' was taken to be the sign of s",
        lambda c: each(lambda s: Fraction(sign(s)), c.s),
    ),
    Mistake(
        "relu-derivative-inverted",
        Kind.DA,
        "a' was taken to be 1 where s is negative",
        lambda c: each(lambda s: Fraction(sign(s) < 0), c.s),
    ),
    Mistake("activation-for-derivative", Kind.DA, "a was written for its derivative", lambda c: c.a),
    Mistake(
        "sigmoid-derivative-on-relu",
        Kind.DA,
        "a (1 - a), the derivative of the sigmoid, was taken",
        lambda c: c.a * (1 - c.a),
    ),
)

OUTPUT = (
    Mistake("relu-on-output", Kind.A, "ReLU came before softmax", lambda c: softmax_of(each(relu, c.s)), "output"),
    Mistake(
        "softmax-numerator-not-exponentiated",
        Kind.A,
        "the numerator of softmax is s itself, not e^s",
        lambda c: c.s / total(exp(c.s)),
        "output",
    ),
    Mistake("softmax-without-exp", Kind.A, "softmax without exponentials", lambda c: c.s / total(c.s), "output"),
    Mistake("softmax-skipped", Kind.A, "softmax was left out", lambda c: c.s, "output"),
    Mistake(
        "sigmoid-instead-of-softmax",
        Kind.A,
        "the sigmoid was taken for softmax",
        lambda c: each(sigmoid_value, small(c.s)),
        "output",
    ),
    Mistake(
        "softmax-own-term-left-out",
        Kind.A,
        "each output's own term is missing in the denominator of softmax",
        without_own_term,
        "output",
    ),
)
