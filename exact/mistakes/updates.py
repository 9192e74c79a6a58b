"""Mistakes of the updates of weights and biases."""

from __future__ import annotations

from fractions import Fraction

from exact.mistakes.mistake import Mistake
from exact.networks.cells import Kind

WEIGHTS = (
    Mistake("gradient-ascent", Kind.W_NEW, lambda c, step: step(c.but(eta=-c.eta))),
    Mistake("learning-rate-forgotten", Kind.W_NEW, lambda c, step: step(c.but(eta=Fraction(1)))),
    Mistake("learning-rate-squared", Kind.W_NEW, lambda c, step: step(c.but(eta=c.eta**2))),
    Mistake("step-for-new-value", Kind.W_NEW, lambda c, step: step(c.but(W=0 * c.W))),
    Mistake("update-reversed", Kind.W_NEW, lambda c, step: -step(c)),
    Mistake(
        "outer-product-reversed",
        Kind.W_NEW,
        lambda c, step: step(c.but(delta=c.a_before, a_before=c.delta)),
        has_layer=True,
    ),
    Mistake("derivative-in-outer-product", Kind.W_NEW, lambda c, step: step(c.but(a_before=c.cell(Kind.DA, c.l - 1)))),
    Mistake("same-layer-in-outer-product", Kind.W_NEW, lambda c, step: step(c.but(a_before=c.a)), has_layer=True),
)

BIASES = (
    Mistake("learning-rate-forgotten", Kind.B_NEW, lambda c, step: step(c.but(eta=Fraction(1)))),
    Mistake("learning-rate-squared", Kind.B_NEW, lambda c, step: step(c.but(eta=c.eta**2))),
    Mistake("bias-added", Kind.B_NEW, lambda c, step: step(c.but(eta=-c.eta))),
    Mistake("gradient-ascent", Kind.B_NEW, lambda c, step: step(c.but(eta=-c.eta)), first_in=Kind.W_NEW),
    Mistake("bias-not-updated", Kind.B_NEW, lambda c, _: c.b),
    Mistake("step-for-new-value", Kind.B_NEW, lambda c, step: step(c.but(b=0 * c.b))),
    Mistake("update-reversed", Kind.B_NEW, lambda c, step: -step(c)),
)
