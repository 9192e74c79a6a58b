"""Mistakes of the way back: the deltas."""

from __future__ import annotations

from fractions import Fraction

from exact.cells import Kind
from exact.mistakes.forward import total
from exact.mistakes.step import Mistake, NotThereError, Step
from exact.number import Number, sign
from exact.recomputation import Unknown
from exact.steps import Array, array


def one_hot(vector: Array) -> Array:
    """1 at the largest entry, the first of equals, and else 0; all must be known."""
    if any(isinstance(x, Unknown) for x in vector):
        raise NotThereError
    largest = 0
    for place in range(1, len(vector)):
        if sign(Number.of(vector[place]) - Number.of(vector[largest])) > 0:
            largest = place
    return array([Fraction(place == largest) for place in range(len(vector))])


def mean(vector: Array) -> Array:
    """Every entry the mean of all."""
    return array([total(vector) * Fraction(1, len(vector))] * len(vector))


def other_mask(c: Step) -> Array:
    """a' of another hidden layer of the same width."""
    for layer in range(1, c.problem.depth):
        if layer != c.l and len(c.cell(Kind.DA, layer)) == len(c.da):
            return c.cell(Kind.DA, layer)
    raise NotThereError


OUTPUT_DELTA = (
    Mistake("output-delta-sign", Kind.DELTA, "y - a was taken for a - y", lambda c: c.y - c.a, "output"),
    Mistake(
        "output-delta-mse",
        Kind.DELTA,
        "(a - y) a (1 - a) belongs to a squared error with sigmoid outputs",
        lambda c: (c.a - c.y) * c.a * (1 - c.a),
        "output",
    ),
    Mistake("output-delta-doubled", Kind.DELTA, "a - y was doubled", lambda c: (c.a - c.y) * 2, "output"),
    Mistake("target-not-subtracted", Kind.DELTA, "the target was not subtracted", lambda c: c.a, "output"),
    Mistake("gradient-by-activation", Kind.DELTA, "the gradient in a, not in s", lambda c: -c.y / c.a, "output"),
    Mistake(
        "softmax-jacobian-diagonal",
        Kind.DELTA,
        "only the diagonal of softmax's Jacobian was used",
        lambda c: -c.y * (1 - c.a),
        "output",
    ),
    Mistake("output-delta-from-logits", Kind.DELTA, "s - y was taken for a - y", lambda c: c.s - c.y, "output"),
    Mistake(
        "output-delta-averaged",
        Kind.DELTA,
        "a - y was divided by the number of outputs",
        lambda c: (c.a - c.y) * Fraction(1, len(c.y)),
        "output",
    ),
    Mistake(
        "target-is-prediction",
        Kind.DELTA,
        "the predicted class was taken for the target",
        lambda c: c.a - one_hot(c.a),
        "output",
    ),
    Mistake(
        "output-hardened",
        Kind.DELTA,
        "the outputs were rounded to 0 and 1 first",
        lambda c: one_hot(c.a) - c.y,
        "output",
    ),
)

HIDDEN_DELTA = (
    Mistake("relu-mask-forgotten", Kind.DELTA, "a' was left out", lambda c: c.back, "hidden", has_layer=True),
    Mistake(
        "activation-for-derivative", Kind.DELTA, "a was taken for its derivative", lambda c: c.a * c.back, "hidden"
    ),
    Mistake(
        "mask-of-wrong-layer", Kind.DELTA, "a' of another layer was taken", lambda c: other_mask(c) * c.back, "hidden"
    ),
    Mistake("delta-replaced-by-mean", Kind.DELTA, "the delta was averaged", lambda c: mean(c.da * c.back), "hidden"),
    Mistake(
        "updated-weights-in-backward",
        Kind.DELTA,
        "the updated weights were used on the way back",
        lambda c: c.da * (c.cell(Kind.W_NEW, c.l + 1).T @ c.behind),
        "hidden",
    ),
    Mistake(
        "transpose-forgotten-backward",
        Kind.DELTA,
        "the weights were not transposed",
        lambda c: c.da * (c.W(c.l + 1) @ c.behind),
        "hidden",
        has_layer=True,
    ),
    Mistake(
        "weights-left-out-backward",
        Kind.DELTA,
        "the weights were left out",
        lambda c: c.da * c.behind,
        "hidden",
        has_layer=True,
    ),
)
