"""What a mistake is: a step of the calculation as somebody who errs would do it, on the numbers that are given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from exact.calculation.inputs import Inputs, NotThereError, worked_out
from exact.numbers.array import Array
from exact.numbers.exponential_sums import TooLarge, Undecided

Work = Callable[[Inputs], Array]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: at which steps it shows, by their names, and how the quantity comes out.

    `variant` has the inputs and the step that it varies: it does the step on other inputs, changes its result, or does
    something else altogether. `has_layer`: it is one for each layer. `first_in`: the letter of the quantity where it
    shows first, and must. `units`: the units with which it is one; if none are given, any.
    """

    id: str
    steps: tuple[str, ...]
    variant: Callable[[Inputs, Work], Array]
    has_layer: bool = False
    first_in: str = ""
    units: frozenset[str] = frozenset()

    def applies(self, c: Inputs) -> bool:
        """Whether the mistake can be made in the step that makes this quantity."""
        return c.quantity.step.name in self.steps and (not self.units or c.quantity.unit in self.units)

    def around(self, step: Work) -> Work:
        """The step with this mistake in it."""
        return lambda c: self.variant(c, step)


def cell_with(mistakes: Sequence[Mistake], c: Inputs) -> Array | None:
    """The quantity as it comes out with these mistakes at once, the last within the others.

    None where one of them is no mistake of this step, or it cannot be done with these inputs.
    """
    if not all(mistake.applies(c) for mistake in mistakes):
        return None
    step: Work = worked_out
    for mistake in reversed(mistakes):
        step = mistake.around(step)
    try:
        return step(c)
    except (NotThereError, ValueError, ZeroDivisionError, TooLarge, Undecided):
        return None
