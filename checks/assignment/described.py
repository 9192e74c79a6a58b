"""What the keys of a hand problem's table describe, whichever table it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from checks.assignment.graph_table import ReadGraph
from exact.calculation.naming import Naming
from exact.networks.problem import Problem
from exact.numbers.array import array


@dataclass(frozen=True, slots=True)
class Described:
    """What the keys of a table describe: what its quantities are called, and how many steps are taken."""

    naming: Naming
    problem: Problem | None = None
    steps: int = 1
    graph: ReadGraph | None = None

    @property
    def distributions(self) -> list[Sequence[Fraction]]:
        """What is given as the target of a cross-entropy over classes: shares that add up to 1."""
        if self.graph is not None:
            return [self.graph.graph.given[name].entries for name in self.graph.class_targets]
        if self.problem is None or self.problem.loss.name != "cross-entropy":
            return []
        rows: list[Sequence[Fraction]] = []
        for one in self.problem.samples:
            rows += [row for row in one.y if isinstance(row, tuple)] or [array(list(one.y)).entries]
        return rows
