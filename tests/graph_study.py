"""The study of random graphs: keys and gradients against plain arithmetic, and the number of paths."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from mpmath import mp

from checks.assignment.assignment import read_assignment
from checks.errors import InvalidAssignment
from checks.hand.key import HandReference, hand_reference
from exact.calculation.expression import Expression
from exact.calculation.quantity import Calculation
from tests.formula_rows import DIGITS, in_mp, slopes
from tests.random_graphs import RandomGraph, random_graph
from tests.test_operations import flat, in_many_digits

PRECISION = mp.mpf(10) ** -12


@dataclass
class Studied:
    """What was compared, and what differed."""

    values: int = 0
    gradients: int = 0
    kinks: int = 0
    differing: int = 0
    refused: int = 0


def reference_of(graph: RandomGraph) -> HandReference:
    (part,) = read_assignment({"id": "t", "title": "T", "graph": [graph.table]}).hand_parts
    return hand_reference(part)


def study(seed: int, found: Studied) -> None:
    """One random graph: every value, and every gradient of what is given."""
    with mp.workdps(DIGITS):
        graph = random_graph(seed)
        try:
            solution = reference_of(graph).solution
        except InvalidAssignment:
            found.refused += 1  # 0/0 in a gradient, or a difference that is 0 and cannot be seen to be
            return
        given = {
            name: np.array([in_mp(x) for x in one], dtype=object).reshape(one.shape)
            for name, one in solution.calculation.given.items()
        }

        def made() -> dict[str, Any]:
            return graph.made({name: one if one.shape else one.item() for name, one in given.items()})

        for name, value in made().items():
            for one, other in zip(solution.values(name), flat(value), strict=True):
                found.values += 1
                found.differing += not _near(in_many_digits(one), other)
        for name, place in given.items():
            gradient = solution.values(f"grad_{name}")
            for number, index in enumerate(np.ndindex(place.shape)):
                above, below = slopes(lambda: made()["f"], place, index)
                found.gradients += 1
                if abs(above - below) > mp.mpf("1e-6") * max(1, abs(above)):
                    found.kinks += 1
                    continue
                found.differing += not _near(in_many_digits(gradient[number]), (above + below) / 2)


def _near(one: Any, other: Any) -> bool:
    return bool(abs(one - other) <= PRECISION * max(1, abs(other)))


def paths(calculation: Calculation, name: str) -> int:
    """How often the name stands in formulas that lead to the output."""
    needed = {calculation.cost}
    count = 0
    for quantity in reversed(calculation.quantities):
        if quantity.origin is None and quantity.name in needed:
            letters = list(quantity.step.formula.letters())
            needed |= set(letters)
            count += letters.count(name)
    return count


def terms(formula: Expression) -> int:
    """The terms of a sum, a sum within a difference or behind a sign among them."""
    if formula.operation is not None and formula.operation.name == "+":
        return sum(map(terms, formula.operands))
    return 1
