"""Mistakes of the gradients, steps and new values of weights and biases."""

from __future__ import annotations

from fractions import Fraction

from exact.mistakes.mistake import Mistake

WEIGHTS_STEPS, BIASES_STEPS = ("weights-update",), ("biases-update",)
STEPS, WEIGHT_GRADIENT = ("weights-step", "biases-step"), ("weights-gradient",)

WEIGHTS = (
    Mistake("gradient-ascent", WEIGHTS_STEPS, lambda c, step: step(c.but(eta=-c.eta))),
    Mistake("learning-rate-forgotten", WEIGHTS_STEPS, lambda c, step: step(c.but(eta=Fraction(1)))),
    Mistake("learning-rate-squared", WEIGHTS_STEPS, lambda c, step: step(c.but(eta=c.eta * c.eta))),
    Mistake("step-for-new-value", WEIGHTS_STEPS, lambda c, step: step(c.but(W=0 * c.W))),
    Mistake("update-reversed", WEIGHTS_STEPS, lambda c, step: -step(c)),
    Mistake(
        "outer-product-reversed",
        WEIGHTS_STEPS,
        lambda c, step: step(c.but(delta=c.a_before, a_before=c.delta)),
        has_layer=True,
    ),
    Mistake("derivative-in-outer-product", WEIGHTS_STEPS, lambda c, step: step(c.but(a_before=c.da_before))),
    Mistake("same-layer-in-outer-product", WEIGHTS_STEPS, lambda c, step: step(c.but(a_before=c.a)), has_layer=True),
)

BIASES = (
    Mistake("learning-rate-forgotten", BIASES_STEPS, lambda c, step: step(c.but(eta=Fraction(1)))),
    Mistake("learning-rate-squared", BIASES_STEPS, lambda c, step: step(c.but(eta=c.eta * c.eta))),
    Mistake("bias-added", BIASES_STEPS, lambda c, step: step(c.but(eta=-c.eta))),
    Mistake("gradient-ascent", BIASES_STEPS, lambda c, step: step(c.but(eta=-c.eta)), first_in="W_new"),
    Mistake("bias-not-updated", BIASES_STEPS, lambda c, _: c.b),
    Mistake("step-for-new-value", BIASES_STEPS, lambda c, step: step(c.but(b=0 * c.b))),
    Mistake("update-reversed", BIASES_STEPS, lambda c, step: -step(c)),
)

GRADIENTS = (
    Mistake("gradient-transposed", WEIGHT_GRADIENT, lambda c, step: step(c).T, has_layer=True),
    Mistake("derivative-in-outer-product", WEIGHT_GRADIENT, lambda c, step: step(c.but(a_before=c.da_before))),
    Mistake("same-layer-in-outer-product", WEIGHT_GRADIENT, lambda c, step: step(c.but(a_before=c.a)), has_layer=True),
    Mistake("gradient-sign", ("weights-gradient", "biases-gradient"), lambda c, step: -step(c)),
)

TAKEN = (
    Mistake("gradient-for-step", STEPS, lambda c, step: step(c.but(eta=Fraction(-1)))),
    Mistake("step-sign", STEPS, lambda c, step: step(c.but(eta=-c.eta))),
    Mistake("learning-rate-forgotten", STEPS, lambda c, step: step(c.but(eta=Fraction(1)))),
    Mistake("learning-rate-squared", STEPS, lambda c, step: step(c.but(eta=c.eta * c.eta))),
)
