"""Mistakes of the way back: the deltas."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from exact.mistakes.forward import SOFTMAX, each, total
from exact.mistakes.mistake import Mistake, Step
from exact.networks.cells import Kind
from exact.networks.inputs import Inputs, NotThereError
from exact.networks.recomputation import Unknown
from exact.networks.steps import Array, array
from exact.numbers.decimals import decimal
from exact.numbers.number import Number, Scalar, sign

EARLY_DECIMALS = (0, 1, 2)
"""Places to which a delta that is worked with further is rounded too early."""


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


def other_mask(c: Inputs) -> Array:
    """a' of another hidden layer of the same width."""
    for layer in range(1, c.problem.depth):
        if layer != c.l and len(c.cell(Kind.DA, layer)) == len(c.da):
            return c.cell(Kind.DA, layer)
    raise NotThereError


def rounded(number: Scalar, decimals: int) -> Fraction:
    """The number to so many decimals, halves to even."""
    return round(Fraction(decimal(Number.of(number))), decimals)


def with_rounded_delta(c: Inputs, step: Step, decimals: int) -> Array:
    """The step with the delta behind it rounded first."""
    return step(c.but(delta_behind=each(lambda x: rounded(x, decimals), c.delta_behind)))


def identity(size: int) -> Array:
    """The unit matrix."""
    return array([[Fraction(row == column) for column in range(size)] for row in range(size)])


PROBABILITIES = frozenset({"softmax", "sigmoid"})

OUTPUT_DELTA = (
    Mistake("output-delta-sign", Kind.DELTA, lambda c, step: -step(c), "output"),
    Mistake("output-delta-mse", Kind.DELTA, lambda c, step: step(c) * c.a * (1 - c.a), "output", units=PROBABILITIES),
    Mistake("output-delta-doubled", Kind.DELTA, lambda c, step: 2 * step(c), "output"),
    Mistake("target-not-subtracted", Kind.DELTA, lambda c, step: step(c.but(y=0 * c.y)), "output"),
    Mistake("gradient-by-activation", Kind.DELTA, lambda c, _: -c.y / c.a, "output", units=SOFTMAX),
    Mistake("softmax-jacobian-diagonal", Kind.DELTA, lambda c, _: -c.y * (1 - c.a), "output", units=SOFTMAX),
    Mistake("output-delta-from-logits", Kind.DELTA, lambda c, step: step(c.but(a=c.s)), "output", units=PROBABILITIES),
    Mistake("output-delta-averaged", Kind.DELTA, lambda c, step: step(c) * Fraction(1, len(c.y)), "output"),
    Mistake("target-is-prediction", Kind.DELTA, lambda c, step: step(c.but(y=one_hot(c.a))), "output", units=SOFTMAX),
    Mistake("output-hardened", Kind.DELTA, lambda c, step: step(c.but(a=one_hot(c.a))), "output", units=SOFTMAX),
)

HIDDEN_DELTA = (
    Mistake("relu-mask-forgotten", Kind.DELTA, lambda c, step: step(c.but(da=_ones(c))), "hidden", has_layer=True),
    Mistake("activation-for-derivative", Kind.DELTA, lambda c, step: step(c.but(da=c.a)), "hidden"),
    Mistake("mask-of-wrong-layer", Kind.DELTA, lambda c, step: step(c.but(da=other_mask(c))), "hidden"),
    Mistake("delta-replaced-by-mean", Kind.DELTA, lambda c, step: mean(step(c)), "hidden"),
    Mistake(
        "updated-weights-in-backward",
        Kind.DELTA,
        lambda c, step: step(c.but(W_behind=c.cell(Kind.W_NEW, c.l + 1))),
        "hidden",
    ),
    Mistake(
        "transpose-forgotten-backward",
        Kind.DELTA,
        lambda c, step: step(c.but(W_behind=c.W_behind.T)),
        "hidden",
        has_layer=True,
    ),
    Mistake(
        "weights-left-out-backward",
        Kind.DELTA,
        lambda c, step: step(c.but(W_behind=identity(len(c.da)))),
        "hidden",
        has_layer=True,
    ),
    *(
        Mistake(
            "delta-rounded-early",
            Kind.DELTA,
            partial(with_rounded_delta, decimals=decimals),
            "hidden",
            has_layer=True,
        )
        for decimals in EARLY_DECIMALS
    ),
)


def _ones(c: Inputs) -> Array:
    return array([Fraction(1)] * len(c.b))
