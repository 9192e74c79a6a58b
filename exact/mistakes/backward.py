"""Mistakes of the way back: the deltas, and gradients by activations."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from exact.calculation.inputs import Inputs, NotThereError
from exact.mistakes.forward import SOFTMAX, each
from exact.mistakes.mistake import Mistake, Work
from exact.mistakes.samples import of_each_sample, share_of, units_of, without_mean
from exact.numbers.array import Array, array, total
from exact.numbers.decimals import decimal
from exact.numbers.number import Number, Scalar, sign
from exact.numbers.unknown import is_known

EARLY_DECIMALS = (0, 1, 2)
"""Places to which a delta that is worked with further is rounded too early."""


def one_hot(vector: Array) -> Array:
    """1 at the largest entry, the first of equals, and else 0; all must be known."""
    if not all(map(is_known, vector)):
        raise NotThereError
    largest = 0
    for place in range(1, vector.size):
        if sign(Number.of(vector[place]) - Number.of(vector[largest])) > 0:
            largest = place
    return Array((Fraction(place == largest) for place in range(vector.size)), vector.shape)


def mean(vector: Array) -> Array:
    """Every entry the mean of all."""
    return Array([total(vector) * Fraction(1, vector.size)] * vector.size, vector.shape)


def rounded(number: Scalar, decimals: int) -> Fraction:
    """The number to so many decimals, halves to even."""
    return round(Fraction(decimal(Number.of(number))), decimals)


def with_rounded_delta(c: Inputs, step: Work, decimals: int) -> Array:
    """The step with the delta that it works on rounded first."""
    return step(c.but(delta_next=each(lambda x: rounded(x, decimals), c.delta_next)))


def identity(size: int) -> Array:
    """The unit matrix."""
    return array([[Fraction(row == column) for column in range(size)] for row in range(size)])


SQUARED = ("squared-output-delta",)
OUTPUT_STEPS, HIDDEN_STEP = ("output-delta", "squared-output-delta"), ("hidden-delta",)

LINEAR = frozenset({"linear"})
PROBABILITIES = frozenset({"softmax", "sigmoid"})

OUTPUT_DELTA = (
    Mistake("batch-not-averaged", OUTPUT_STEPS, lambda c, step: without_mean(c, step(c))),
    Mistake("output-delta-sign", OUTPUT_STEPS, lambda c, step: -step(c)),
    Mistake("output-delta-mse", OUTPUT_STEPS, lambda c, step: step(c) * c.a * (1 - c.a), units=PROBABILITIES),
    Mistake("output-delta-doubled", OUTPUT_STEPS, lambda c, step: 2 * step(c)),
    Mistake("target-not-subtracted", OUTPUT_STEPS, lambda c, step: step(c.but(y=0 * c.y))),
    Mistake("gradient-by-activation", OUTPUT_STEPS, lambda c, _: -share_of(c) * c.y / c.a, units=SOFTMAX),
    Mistake("softmax-jacobian-diagonal", OUTPUT_STEPS, lambda c, _: -share_of(c) * c.y * (1 - c.a), units=SOFTMAX),
    Mistake("output-delta-from-logits", OUTPUT_STEPS, lambda c, step: step(c.but(a=c.s)), units=PROBABILITIES),
    Mistake("output-delta-averaged", OUTPUT_STEPS, lambda c, step: step(c) * Fraction(1, units_of(c, c.y))),
    Mistake(
        "target-is-prediction",
        OUTPUT_STEPS,
        lambda c, step: step(c.but(y=of_each_sample(c, one_hot, c.a))),
        units=SOFTMAX,
    ),
    Mistake(
        "output-hardened", OUTPUT_STEPS, lambda c, step: step(c.but(a=of_each_sample(c, one_hot, c.a))), units=SOFTMAX
    ),
    Mistake("delta-replaced-by-mean", OUTPUT_STEPS, lambda c, step: of_each_sample(c, mean, step(c))),
)

SQUARED_DELTA = (
    Mistake("output-slope-forgotten", SQUARED, lambda c, step: step(c.but(da=_ones(c)))),
    Mistake("factor-two-forgotten", SQUARED, lambda c, step: step(c) * Fraction(1, 2)),
    Mistake("factor-two-forgotten", ("output-delta",), lambda c, step: step(c) * Fraction(1, 2), units=LINEAR),
)

HIDDEN_DELTA = (
    Mistake("relu-mask-forgotten", HIDDEN_STEP, lambda c, step: step(c.but(da=_ones(c))), has_layer=True),
    Mistake("activation-for-derivative", HIDDEN_STEP, lambda c, step: step(c.but(da=c.a))),
    Mistake("mask-of-wrong-layer", HIDDEN_STEP, lambda c, step: step(c.but(da=c.other_da))),
    Mistake("delta-replaced-by-mean", HIDDEN_STEP, lambda c, step: of_each_sample(c, mean, step(c))),
    Mistake(
        "updated-weights-in-backward",
        HIDDEN_STEP,
        lambda c, step: step(c.but(W_next=c.W_next_new)),
    ),
    Mistake(
        "transpose-forgotten-backward",
        HIDDEN_STEP,
        lambda c, step: step(c.but(W_next=c.W_next.T)),
        has_layer=True,
    ),
    Mistake(
        "weights-left-out-backward",
        HIDDEN_STEP,
        lambda c, step: step(c.but(W_next=identity(units_of(c, c.da)))),
        has_layer=True,
    ),
    *(
        Mistake(
            "delta-rounded-early",
            HIDDEN_STEP,
            partial(with_rounded_delta, decimals=decimals),
            has_layer=True,
        )
        for decimals in EARLY_DECIMALS
    ),
)


def _ones(c: Inputs) -> Array:
    da: Array = c.da
    return da.each(lambda _: Fraction(1))
