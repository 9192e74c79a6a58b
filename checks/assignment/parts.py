"""A calculation by hand as a frozen value, whatever built it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from checks.assignment.asked import Asked
from checks.assignment.graph_table import ReadGraph
from checks.assignment.letter_scope import Letters
from checks.assignment.partial_credit import PartialCredit
from checks.assignment.vary import Vary
from checks.judging.tolerance import Tolerance
from exact.calculation.naming import Naming
from exact.networks.problem import Problem


@dataclass(frozen=True, slots=True)
class HandPart:
    """A calculation by hand: what its quantities are called, which are asked for, and how they are marked.

    `prefix` is the part's id where the assignment has several, else "". `problem` is the network's, None where the
    calculation is given as formulas: `graph` is then what its table says. `points` are those of each entry that is
    asked for, by cell and place. `letters`: where some of what is given are letters; the calculation then has numbers
    in their place. `vary`: which given numbers differ from student to student.
    """

    prefix: str
    problem: Problem | None
    naming: Naming
    cells: tuple[Asked, ...]
    points: Mapping[tuple[str, int], Fraction]
    tolerance: Tolerance = field(default_factory=Tolerance)
    follow_through: Fraction = Fraction(1)
    charge_repeats: bool = False
    letters: Letters | None = None
    vary: Vary = field(default_factory=Vary)
    credit: PartialCredit = field(default_factory=PartialCredit)
    graph: ReadGraph | None = None

    @property
    def title(self) -> str:
        """What the work is called in reports."""
        return "Calculation by hand" if self.problem is None else "Backpropagation by hand"

    @property
    def heading(self) -> str:
        """The title, with the part's id where it has one."""
        return f"{self.title} ({self.prefix})" if self.prefix else self.title

    def name(self, entry: str) -> str:
        """The name of an entry in reports."""
        return f"{self.prefix}.{entry}" if self.prefix else entry

    def cell_name(self, cell: str) -> str:
        """What a cell is called in reports, from its canonical name."""
        return self.name(self.naming.cell(cell))

    def entry_name(self, cell: str, place: int) -> str:
        """What an entry is called in reports."""
        return self.name(self.naming.entry(cell, place))
