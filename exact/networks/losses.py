"""The costs: one row each, the formula of C beside the units that it goes with.

For softmax with cross-entropy, sigmoid with binary cross-entropy and linear outputs with half the squared error dC/ds
is a - y (C. Bishop, Pattern Recognition and Machine Learning, 2006, section 5.3.1).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from exact.calculation.costs import (
    BINARY_CROSS_ENTROPY,
    BINARY_CROSS_ENTROPY_OF_LOGITS,
    CROSS_ENTROPY,
    CROSS_ENTROPY_OF_LOGITS,
)
from exact.calculation.expression import Expression, Operation
from exact.calculation.operations import minus, square, summed
from exact.networks.units import Unit

Vector = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Loss:
    """A cost C of the outputs a and the target y.

    `of`: its formula, without the factor before it; `share_of`: the same output by output, where it is a sum of those.
    `of_logits`: the operation on s and y that keeps it exact, where there is one. `outputs`: the names of the units
    that it goes with, any if none are given. `is_natural`: dC/ds is a - y, times the factor. `latex` is C.
    `own_factor` is the factor where an assignment names none. A rule for the deltas alone has no cost.
    """

    name: str
    of: Callable[[Expression, Expression], Expression]
    latex: str
    share_of: Callable[[Expression, Expression], Expression] | None = None
    of_logits: Operation | None = None
    outputs: tuple[str, ...] = ()
    is_natural: bool = True
    own_factor: Fraction = Fraction(1)
    has_cost: bool = True


def _no_cost(_: Expression, __: Expression) -> Expression:
    raise TypeError("a rule without a cost")


LOSSES: Mapping[str, Loss] = {
    loss.name: loss
    for loss in (
        Loss(
            "cross-entropy",
            lambda a, y: Expression(CROSS_ENTROPY, (a, y)),
            r"-\sum_k y_k \ln a_k",
            of_logits=CROSS_ENTROPY_OF_LOGITS,
            outputs=("softmax",),
        ),
        Loss(
            "binary-cross-entropy",
            lambda a, y: Expression(BINARY_CROSS_ENTROPY, (a, y)),
            r"-\sum_k \left( y_k \ln a_k + (1 - y_k) \ln(1 - a_k) \right)",
            of_logits=BINARY_CROSS_ENTROPY_OF_LOGITS,
            outputs=("sigmoid",),
        ),
        Loss(
            "squared-error",
            lambda a, y: summed(square(minus(a, y))),
            r"\sum_k (a_k - y_k)^2",
            share_of=lambda a, y: square(minus(a, y)),
            is_natural=False,
            own_factor=Fraction(1, 2),
        ),
        Loss("perceptron", _no_cost, "", outputs=("step", "sign"), has_cost=False),
    )
}
"""The cost of each name."""


def usual_loss(output: str) -> str:
    """The cost that goes with an output unit where an assignment names none."""
    return next((loss.name for loss in LOSSES.values() if output in loss.outputs), "squared-error")


def fault_of_target(output: Unit, loss: Loss, y: Vector) -> str:
    """What is wrong with a target, "" where it is one."""
    if not loss.is_natural or not output.has_probabilities:
        return ""
    if output.sums_to_one and (any(share < 0 for share in y) or sum(y) != 1):
        return "expected a target distribution: no entry negative, their sum 1"
    if any(not 0 <= share <= 1 for share in y):
        return "expected targets from 0 to 1"
    return ""
