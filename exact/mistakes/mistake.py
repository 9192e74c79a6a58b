"""What a mistake is: a step of the calculation as somebody who errs would do it, on the numbers that are given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from exact.networks.cells import Kind
from exact.networks.inputs import Inputs, NotThereError
from exact.networks.recomputation import worked_out
from exact.networks.steps import Array
from exact.numbers.exponential_sums import TooLarge, Undecided

Step = Callable[[Inputs], Array]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: at which kind of cell it shows, and how that cell comes out.

    `variant` has the inputs and the step that it varies: it does the step on other inputs, changes its result, or does
    something else altogether. `at` tells a hidden layer's step from the last layer's, where they differ. `has_layer`:
    it is one for each layer. `first_in`: the kind of cell of the same layer where it shows first, and must. `units`:
    the hidden or output units with which it is one; if none are given, any.
    """

    id: str
    kind: Kind
    variant: Callable[[Inputs, Step], Array]
    at: str = "any"
    has_layer: bool = False
    first_in: Kind | None = None
    units: frozenset[str] = frozenset()

    def applies(self, c: Inputs) -> bool:
        """Whether the mistake can be made in the step that makes this cell."""
        unit = c.problem.output.name if c.is_last else c.problem.hidden.name
        is_at = self.at in ("any", "output" if c.is_last else "hidden")
        return self.kind is c.name.kind and is_at and (not self.units or unit in self.units)

    def around(self, step: Step) -> Step:
        """The step with this mistake in it."""
        return lambda c: self.variant(c, step)


def cell_with(mistakes: Sequence[Mistake], c: Inputs) -> Array | None:
    """The cell as it comes out with these mistakes at once, the last within the others.

    None where one of them is no mistake of this step, or it cannot be done with these inputs.
    """
    if not all(mistake.applies(c) for mistake in mistakes):
        return None
    step: Step = worked_out
    for mistake in reversed(mistakes):
        step = mistake.around(step)
    try:
        return step(c)
    except (NotThereError, ValueError, ZeroDivisionError, TooLarge, Undecided):
        return None
