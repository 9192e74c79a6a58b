"""Mistakes of the forward pass: s, a, a' and the outputs."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any

from exact.cells import Kind
from exact.inputs import Inputs, NotThereError
from exact.mistakes.mistake import Mistake
from exact.number import Number, Scalar, sign
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


def negative_part(s: Array) -> Array:
    """min(s, 0)."""
    return s - each(relu, s)


def without_own_term(c: Inputs) -> Array:
    """e^(s_i) / sum of e^(s_j) over j other than i."""
    powers = exp(c.s)
    return array([power / (total(powers) - power) for power in powers])


PRE_ACTIVATION = (
    Mistake("bias-forgotten", Kind.S, lambda c, step: step(c.but(b=0 * c.b)), has_layer=True),
    Mistake("bias-subtracted", Kind.S, lambda c, step: step(c.but(b=-c.b)), has_layer=True),
    Mistake("preactivation-propagated", Kind.S, lambda c, step: step(c.but(a_before=c.cell(Kind.S, c.l - 1)))),
    Mistake("weights-transposed-forward", Kind.S, lambda c, step: step(c.but(W=c.W.T)), has_layer=True),
)

ACTIVATION = (
    Mistake("relu-skipped", Kind.A, lambda c, _: c.s, "hidden"),
    Mistake("relu-absolute", Kind.A, lambda c, _: abs(c.s), "hidden"),
    Mistake("relu-inverted", Kind.A, lambda c, _: negative_part(c.s), "hidden"),
)

DERIVATIVE = (
    Mistake("relu-derivative-one", Kind.DA, lambda c, _: 0 * c.s + Fraction(1)),
    Mistake("relu-derivative-sign", Kind.DA, lambda c, _: each(lambda s: Fraction(sign(s)), c.s)),
    Mistake("relu-derivative-inverted", Kind.DA, lambda c, _: each(lambda s: Fraction(sign(s) < 0), c.s)),
    Mistake("relu-inverted", Kind.DA, lambda c, _: each(lambda s: Fraction(sign(s) < 0), c.s), first_in=Kind.A),
    Mistake("activation-for-derivative", Kind.DA, lambda c, _: c.a),
    Mistake("sigmoid-derivative-on-relu", Kind.DA, lambda c, _: c.a * (1 - c.a)),
)

OUTPUT = (
    Mistake("relu-on-output", Kind.A, lambda c, step: step(c.but(s=each(relu, c.s))), "output"),
    Mistake("softmax-numerator-not-exponentiated", Kind.A, lambda c, _: c.s / total(exp(c.s)), "output"),
    Mistake("softmax-without-exp", Kind.A, lambda c, _: c.s / total(c.s), "output"),
    Mistake("softmax-skipped", Kind.A, lambda c, _: c.s, "output"),
    Mistake("sigmoid-instead-of-softmax", Kind.A, lambda c, _: each(sigmoid_value, small(c.s)), "output"),
    Mistake("softmax-own-term-left-out", Kind.A, lambda c, _: without_own_term(c), "output"),
)
