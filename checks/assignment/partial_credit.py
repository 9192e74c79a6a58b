"""What an assignment gives for answers that are not simply right: shares of the points, and the most a cell loses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from checks.assignment.table_reader import TableReader
from checks.judging.verdicts import MEANINGS, Verdict
from checks.mistakes.advice import advice

CREDIT_KEYS = ("credit", "at_most_lost")

BY_VERDICT = tuple(verdict.value for verdict in Verdict if MEANINGS[verdict].credit != "excluded")
"""The verdicts that a share can be given for."""


@dataclass(frozen=True, slots=True)
class PartialCredit:
    """Shares of the points, from 0 to 1, by verdict or by id of a mistake; the most that a cell's entries lose.

    Cells are named as in reports, without an index.
    """

    shares: Mapping[str, Fraction] = field(default_factory=dict)
    at_most_lost: Mapping[str, Fraction] = field(default_factory=dict)

    @property
    def is_usual(self) -> bool:
        """Whether every verdict gives what it gives by itself."""
        return not self.shares and not self.at_most_lost


def read_partial_credit(
    reader: TableReader, table: Mapping[str, object], path: str, cells: Mapping[str, str]
) -> PartialCredit:
    """The partial credit that a problem's table asks for; faults go to the reader, with their path.

    `cells` are the names that the cells asked for may be given by, each with what reports call it.
    """
    shares = reader.table(table.get("credit", {}), f"{path}.credit", 'expected a table, such as { sign-slip = "1/2" }')
    for name in shares:
        if name not in BY_VERDICT and name not in advice():
            expected = f"expected one of {', '.join(BY_VERDICT)}, or a mistake's id"
            reader.fault(f"{path}.credit.{name}", f"no such verdict or mistake; {expected}")
    if "follow_through" in table and Verdict.FOLLOW_THROUGH.value in shares:
        reader.fault(f"{path}.credit.follow-through", "follow_through says it too; expected one of the two")
    lost = reader.table(table.get("at_most_lost", {}), f"{path}.at_most_lost", "expected a table, such as { a3 = 2 }")
    for name in lost:
        if name not in cells:
            there = ", ".join(dict.fromkeys(cells.values())) or "none"
            reader.fault(f"{path}.at_most_lost.{name}", f"no such cell is asked for; there are {there}")
    return PartialCredit(
        {name: reader.rational(share, f"{path}.credit.{name}", high=1) for name, share in shares.items()},
        {cells.get(name, name): reader.rational(most, f"{path}.at_most_lost.{name}") for name, most in lost.items()},
    )
