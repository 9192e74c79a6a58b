"""Mistakes of the updates of weights and biases."""

from __future__ import annotations

import numpy as np

from exact.cells import Kind
from exact.mistakes.step import Mistake

WEIGHTS = (
    Mistake(
        "gradient-ascent",
        Kind.W_NEW,
        "the step was added, not subtracted",
        lambda c: c.W(c.l) + c.gradient * c.problem.eta,
    ),
    Mistake("learning-rate-forgotten", Kind.W_NEW, "the learning rate was left out", lambda c: c.W(c.l) - c.gradient),
    Mistake(
        "learning-rate-squared",
        Kind.W_NEW,
        "the learning rate was applied twice",
        lambda c: c.W(c.l) - c.gradient * c.problem.eta**2,
    ),
    Mistake(
        "step-for-new-value",
        Kind.W_NEW,
        "the step alone was written, not the new value",
        lambda c: -c.gradient * c.problem.eta,
    ),
    Mistake(
        "update-reversed",
        Kind.W_NEW,
        "the old value was subtracted from the step",
        lambda c: c.gradient * c.problem.eta - c.W(c.l),
    ),
    Mistake(
        "outer-product-reversed",
        Kind.W_NEW,
        "a delta^T was taken for delta a^T",
        lambda c: c.W(c.l) - c.gradient.T * c.problem.eta,
        has_layer=True,
    ),
    Mistake(
        "derivative-in-outer-product",
        Kind.W_NEW,
        "a' of the layer before was taken for its a",
        lambda c: c.W(c.l) - np.outer(c.delta, c.cell(Kind.DA, c.l - 1)) * c.problem.eta,
    ),
    Mistake(
        "same-layer-in-outer-product",
        Kind.W_NEW,
        "a of the same layer was taken, not of the layer before",
        lambda c: c.W(c.l) - np.outer(c.delta, c.a) * c.problem.eta,
        has_layer=True,
    ),
)

BIASES = (
    Mistake("learning-rate-forgotten", Kind.B_NEW, "the learning rate was left out", lambda c: c.b - c.delta),
    Mistake(
        "learning-rate-squared",
        Kind.B_NEW,
        "the learning rate was applied twice",
        lambda c: c.b - c.delta * c.problem.eta**2,
    ),
    Mistake(
        "bias-added",
        Kind.B_NEW,
        "the step was added to the bias, not subtracted",
        lambda c: c.b + c.delta * c.problem.eta,
    ),
    Mistake(
        "gradient-ascent", Kind.B_NEW, "the step was added, not subtracted", lambda c: c.b + c.delta * c.problem.eta
    ),
    Mistake("bias-not-updated", Kind.B_NEW, "the bias was not updated", lambda c: c.b),
    Mistake(
        "step-for-new-value",
        Kind.B_NEW,
        "the step alone was written, not the new value",
        lambda c: -c.delta * c.problem.eta,
    ),
    Mistake(
        "update-reversed",
        Kind.B_NEW,
        "the old value was subtracted from the step",
        lambda c: c.delta * c.problem.eta - c.b,
    ),
)
