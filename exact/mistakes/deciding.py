"""What would tell two mistakes apart that make the same of a quantity: a small change of a given number."""

from __future__ import annotations

from collections.abc import Callable

from exact.calculation.inputs import Inputs, worked_out_once
from exact.calculation.quantity import Calculation, Quantity
from exact.mistakes.mistake import Mistake, cell_with
from exact.numbers.array import Array
from exact.numbers.exponential_sums import Undecided
from exact.numbers.number import Number, sign
from exact.numbers.unknown import is_known

Mistakes = tuple[Mistake, ...]

MOST_CHANGES = 60
"""Changes that are tried."""


def deciding_change(
    calculation: Calculation,
    quantity: Quantity,
    mistakes: Mistakes,
    others: tuple[Mistakes, ...],
    called: Callable[[str, int], str],
) -> str:
    """The first of some small changes after which these mistakes make another quantity of the step than all others do.

    `eta = 1/3`, `x[2] = 0`, `b1[1] = 2` and the like, as the course calls them; "" where none does.
    """
    for number, (name, place, value) in enumerate(calculation.small_changes()):
        if number == MOST_CHANGES:
            break
        changed = calculation.with_given(name, place, value)
        inputs = Inputs(changed, quantity, worked_out_once(changed, {}))
        values = cell_with(mistakes, inputs)
        rest = [cell_with(other, inputs) for other in others]
        if values is not None and all(other is None or _differ(values, other) for other in rest):
            return f"{called(name, place)} = {value}"
    return ""


def _differ(one: Array, other: Array) -> bool:
    """Whether an entry is proved to be another; no, where one is not known."""
    if not all(map(is_known, (*one, *other))):
        return False
    try:
        return one.shape != other.shape or any(
            sign(Number.of(x) - Number.of(y)) != 0 for x, y in zip(one, other, strict=True)
        )
    except Undecided:
        return False
