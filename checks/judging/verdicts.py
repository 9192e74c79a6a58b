"""The verdicts: a closed list, and one table of what each means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Verdict(StrEnum):
    """What was found of one entry; tried in this order."""

    EXACT = "exact"
    ROUNDED = "rounded"
    CLOSE = "close"
    FOLLOW_THROUGH = "follow-through"
    WRONG = "wrong"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One row of the table.

    `credit` is the share of the points: full, none, `assignment` (it says how much), or `excluded` (out of score and
    maximum). `needs_person` lists the entry for a person; `mark` and `ascii_mark` stand before it in a report.
    """

    sentence: str
    credit: Literal["full", "assignment", "none", "excluded"]
    needs_person: bool
    colour: Literal["green", "yellow", "red", "magenta"]
    mark: str
    ascii_mark: str


MEANINGS: dict[Verdict, Meaning] = {
    Verdict.EXACT: Meaning("proved equal to the key", "full", False, "green", "✓", "+"),
    Verdict.ROUNDED: Meaning("the key, rounded at the last digit written", "full", False, "green", "✓", "+"),
    Verdict.CLOSE: Meaning("within tolerance of the key", "full", False, "green", "≈", "~"),
    Verdict.FOLLOW_THROUGH: Meaning("right from your own earlier entries", "assignment", False, "yellow", "→", ">"),
    Verdict.WRONG: Meaning("proved different from the key", "none", False, "red", "✗", "x"),
    Verdict.MISSING: Meaning("not answered", "none", False, "red", "–", "-"),
    Verdict.UNREADABLE: Meaning("could not be read", "none", True, "magenta", "!", "!"),
    Verdict.UNDECIDED: Meaning("could not be decided; not counted", "excluded", True, "magenta", "?", "?"),
}

RIGHT = frozenset({Verdict.EXACT, Verdict.ROUNDED, Verdict.CLOSE})
"""The verdicts of an entry that needs no further word: its credit is full."""

_WORST_LAST = (
    Verdict.EXACT,
    Verdict.ROUNDED,
    Verdict.CLOSE,
    Verdict.FOLLOW_THROUGH,
    Verdict.UNDECIDED,
    Verdict.UNREADABLE,
    Verdict.MISSING,
    Verdict.WRONG,
)


def severity(verdict: Verdict) -> int:
    """How bad a verdict is for a vector or matrix that is judged as one: it has the worst of its entries' verdicts."""
    return _WORST_LAST.index(verdict)
