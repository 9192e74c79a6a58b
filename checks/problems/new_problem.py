"""A new problem: drawn until inspecting it finds nothing to say, or else the best of those that were drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from random import Random

from checks.assignment.assignment_file import AssignmentText
from checks.inspection.inspecting import faults_in, wanted_of
from checks.problems.drawing import draw_numbers
from checks.problems.plan import Numbers, Plan, PlanError, as_toml
from exact.calculation.inputs import worked_out_once
from exact.calculation.quantity import Calculation
from exact.inspection.figures import figures_of
from exact.inspection.structure import structure_of
from exact.numbers.array import array

MOST_DRAWS = 150
"""Problems that are drawn and inspected before the best of them is taken."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A problem, and how many faults inspecting it finds."""

    numbers: Numbers
    faults: int


def drawn_problem(plan: Plan, seed: int) -> Drawn:
    """The first problem of the plan and seed in which there is no fault; else one with the fewest.

    The same plan and seed give the same problem. Raises `PlanError` where no numbers fit the plan.
    """
    random = Random(seed)  # noqa: S311  not for secrets
    draws = _numbers(plan, random)
    first = next(draws, None)
    if first is None:
        raise PlanError("no numbers were found that fit these layers; try other widths or units")
    (part,) = AssignmentText("new", as_toml(plan, first, "new", "new")).parsed().hand_parts
    model, wanted = part.naming.calculation, wanted_of(part)
    structure = structure_of(model, wanted)

    def drawn(numbers: Numbers, most: int | None = None) -> Drawn:
        """The problem, with its faults, which are counted up to the most that are of interest."""
        calculation = with_numbers(model, numbers)
        value = worked_out_once(calculation, {})
        faults = faults_in(calculation, wanted, structure, figures_of(calculation, wanted, value), value)
        return Drawn(numbers, sum(1 for _ in islice(faults, most)))

    best = drawn(first)
    while best.faults and (numbers := next(draws, None)) is not None:
        best = min(best, drawn(numbers, best.faults), key=lambda one: one.faults)
    return best


def _numbers(plan: Plan, random: Random) -> Iterator[Numbers]:
    """Up to so many draws that are worth a look, of ten times as many."""
    found = (numbers for _ in range(10 * MOST_DRAWS) if (numbers := draw_numbers(plan, random)) is not None)
    return islice(found, MOST_DRAWS)


def with_numbers(calculation: Calculation, numbers: Numbers) -> Calculation:
    """A network's calculation with these numbers."""
    given = dict(calculation.given)
    for layer, (W, b) in enumerate(numbers.layers, start=1):
        given[f"W{layer}"], given[f"b{layer}"] = array([*map(list, W)]), array([*b])
    given["x"], given["y"] = array([*numbers.x]), array([*numbers.y])
    return replace(calculation, given=given)
