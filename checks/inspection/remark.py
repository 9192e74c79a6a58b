"""What is remarked on a problem: as frozen values, with the words for each kind of remark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from checks.assignment.parts import HandPart


@dataclass(frozen=True, slots=True)
class Words:
    """What every remark of a kind says besides what it is about: why it matters, and what to change."""

    why: str
    change: str


WORDS: Final[Mapping[str, Words]] = {
    "mistake-not-shown": Words(
        "whoever makes this mistake is marked right and does not learn of it", "change a number so that it shows"
    ),
    "mistakes-alike": Words(
        "a wrong cell names either mistake, and nobody can tell which", "change a number so that the cells differ"
    ),
    "never-masked": Words(
        "a mask that is forgotten, or taken from elsewhere, changes nothing here", "make one of these numbers negative"
    ),
    "all-masked": Words(
        "no number before it has any influence, and all gradients behind it are 0", "make one of these numbers positive"
    ),
    "at-a-kink": Words(
        "the derivative is a convention there, and conventions differ", "move the number away from the kink"
    ),
    "tie": Words("which one is taken is a convention, and the gradient goes there alone", "make one of them larger"),
    "saturated": Words(
        "its digits do not fit on paper, and gradients through it are lost in rounding",
        "take smaller weights, so that it lies between 0.01 and 0.99",
    ),
    "cancels": Words(
        "large terms leave next to nothing: rounded numbers and floats give anything, so that a right way of working "
        "looks wrong",
        "change a number so that the terms do not cancel",
    ),
    "long-numbers": Words(
        "time goes into digits, and slips of the pen into the marks", "take whole numbers or short fractions"
    ),
}
"""The kinds of remarks, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark: its kind, the entries or cells and the mistakes that it is about, by the names of reports.

    `message` says what is so. `mending` is a change of one number that settles it, such as `x[2] = 1`, "" where none
    was found or looked for.
    """

    kind: str
    message: str
    cells: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    mending: str = ""

    @property
    def why(self) -> str:
        """Why it matters."""
        return WORDS[self.kind].why

    @property
    def change(self) -> str:
        """What to change."""
        return f"with {self.mending} it is settled" if self.mending else WORDS[self.kind].change


@dataclass(frozen=True, slots=True)
class Counts:
    """What there is to work out: entries, products, sums, functions; numbers that are long; units at work and dead."""

    entries: int
    products: int
    sums: int
    functions: int
    long: int
    live: Mapping[str, int]
    dead: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found of one hand problem.

    `settled` are remarks on what the structure settles, whatever the numbers are. `shown` are the listed mistakes
    that show, each with its layer where it is one of each. `has_letters`: numbers stand as letters, so that little can
    be said.
    """

    part: HandPart
    counts: Counts
    shown: tuple[str, ...]
    remarks: tuple[Remark, ...]
    settled: tuple[Remark, ...]
    has_letters: bool = False
