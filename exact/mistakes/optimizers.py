"""Mistakes of optimizers: of what they keep from step to step, and of the step that they take."""

from __future__ import annotations

from exact.calculation.expression import Expression
from exact.calculation.inputs import Inputs
from exact.calculation.powers import SQRT, SQUARE_OF_EACH
from exact.mistakes.formulas import by
from exact.mistakes.mistake import Mistake, Work
from exact.numbers.array import Array

STATES = ("weights-v", "biases-v", "weights-m", "biases-m")
CORRECTED = ("weights-mhat", "biases-mhat", "weights-vhat", "biases-vhat")
STEPS = ("weights-step", "biases-step", "weights-update", "biases-update")


def _without_state(c: Inputs, step: Work) -> Array:
    old = "m_old" if c.quantity.step.name.endswith("-m") else "v_old"
    return step(c.but(**{old: 0 * c.letter(old)}))


def _uncorrected(c: Inputs, _: Work) -> Array:
    return c.letter("m" if c.quantity.step.name.endswith("-mhat") else "v")


def _not_squared(one: Expression) -> Expression | None:
    return one.operands[0] if one.operation is SQUARE_OF_EACH else None


def _without_root(one: Expression) -> Expression | None:
    return one.operands[0] if one.operation is SQRT else None


OPTIMIZERS = (
    Mistake("state-left-out", STATES, _without_state),
    Mistake("gradient-not-squared", STATES, by(_not_squared)),
    Mistake("bias-correction-left-out", CORRECTED, _uncorrected),
    Mistake("bias-correction-left-out", STEPS, lambda c, step: step(c.but(mhat=c.m, vhat=c.v))),
    Mistake("root-left-out", STEPS, by(_without_root)),
)
