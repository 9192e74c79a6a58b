"""What mistakes do to the samples of a batch, each by itself: a sample alone is a vector, those of a batch a matrix."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from exact.calculation.expression import Expression
from exact.calculation.inputs import Inputs, NotThereError
from exact.calculation.operations import SCALE, is_plain
from exact.numbers.array import Array


def of_each_sample(c: Inputs, function: Callable[[Array], Array], values: Array) -> Array:
    """A function of vectors, of each sample by itself: those of a batch are columns, or rows on sheets of rows."""
    if len(values.shape) < 2:
        return function(values)
    in_rows = c.calculation.vectors_are_rows
    samples = values if in_rows else values.T
    made = [x for row in samples.rows() for x in function(Array(row, samples.shape[1:]))]
    found = Array(made, samples.shape)
    return found if in_rows else found.T


def units_of(c: Inputs, values: Array) -> int:
    """How many numbers a sample has."""
    return values.shape[1 if len(values.shape) > 1 and c.calculation.vectors_are_rows else 0]


def share_of(c: Inputs) -> Fraction:
    """The number before the difference from the target: 1/N of a mean over N samples; 1 where there is none."""
    waiting: list[Expression] = [c.quantity.step.formula]
    for formula in waiting:  # grows as it goes
        if formula.operation is SCALE and is_plain(formula.operands[0]):
            return formula.operands[0].constant
        waiting += formula.operands
    return Fraction(1)


def without_mean(c: Inputs, result: Array) -> Array:
    """The sum over the samples in the place of their mean. Raises `NotThereError` where there is no mean."""
    samples = result.size // units_of(c, result)
    if len(result.shape) < 2 or samples == 1 or share_of(c).denominator % samples:
        raise NotThereError
    return result * samples
