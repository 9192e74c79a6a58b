"""What an assignment gives for answers that are not simply right: shares of the points, and the most a cell loses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from checks.judging.verdicts import MEANINGS, Verdict
from checks.mistakes.advice import advice

CREDIT_KEYS = ("credit", "at_most_lost")

BY_VERDICT = tuple(verdict.value for verdict in Verdict if MEANINGS[verdict].credit != "excluded")
"""The verdicts that a share can be given for."""

Rational = Callable[[object, str, int | None], Fraction]
"""Reads a number from 0, up to a bound where there is one; the text is its path."""


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
    table: Mapping[str, object],
    path: str,
    cells: Iterable[str],
    named: Callable[[str], str],
    rational: Rational,
    fault: Callable[[str, str], None],
) -> PartialCredit:
    """The partial credit that a problem's table asks for; faults go to `fault`, with their path.

    `cells` are those asked for, `named` says what reports call them.
    """
    shares = _table(table.get("credit", {}), f"{path}.credit", 'such as { sign-slip = "1/2" }', fault)
    known = {*BY_VERDICT, *advice()}
    for name in shares:
        if name not in known:
            verdicts = ", ".join(BY_VERDICT)
            fault(f"{path}.credit.{name}", f"no such verdict or mistake; expected one of {verdicts}, or a mistake's id")
    if "follow_through" in table and Verdict.FOLLOW_THROUGH.value in shares:
        fault(f"{path}.credit.follow-through", "follow_through says it too; expected one of the two")
    lost = _table(table.get("at_most_lost", {}), f"{path}.at_most_lost", "such as { a3 = 2 }", fault)
    there = tuple(cells)
    for name in lost:
        if name not in there:
            fault(f"{path}.at_most_lost.{name}", f"no such cell is asked for; there are {' '.join(there) or 'none'}")
    return PartialCredit(
        {name: rational(share, f"{path}.credit.{name}", 1) for name, share in shares.items()},
        {named(name): rational(most, f"{path}.at_most_lost.{name}", None) for name, most in lost.items()},
    )


def _table(value: object, path: str, example: str, fault: Callable[[str, str], None]) -> Mapping[str, object]:
    if isinstance(value, Mapping):
        return value
    fault(path, f"expected a table, {example}")
    return {}
