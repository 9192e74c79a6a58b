"""What was found: one value for each entry, and for each thing about a file that its writer should know."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from checks.display import columns, printable
from checks.judging.verdicts import MEANINGS, Verdict


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something about a submitted file: where (line and column from 1, or None) and what.

    `text` is the line that it is about, "" where there is none to show, and `offset` the place in it, from 0.
    """

    file: str
    line: int | None
    column: int | None
    message: str
    text: str = ""
    offset: int = 0

    @property
    def place(self) -> str:
        """`answers.txt:7:24`, as far as it is known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    def excerpt(self, width: int = 60) -> tuple[str, str] | None:
        r"""The line and a caret under the place, cut to `width` characters around it; None where there is no line.

        >>> print("\n".join(Trouble("answers.txt", 7, 24, "expected ')'", "exp(42)/(exp(1)", 15).excerpt()))
        exp(42)/(exp(1)
                       ^
        """
        if not self.text:
            return None
        start = max(0, min(self.offset - width // 2, len(self.text) - width + 6))
        cut = self.text[start : start + width - 6]
        before, after = ("..." if start else ""), ("..." if start + len(cut) < len(self.text) else "")
        left = before + printable(cut[: self.offset - start])
        return f"{left}{printable(cut[self.offset - start :])}{after}", " " * columns(left) + "^"


class Reading(StrEnum):
    """How sure it is that an answer is what its writer meant to say."""

    TYPED = "typed"
    CERTAIN = "certain"
    TO_CONFIRM = "to-confirm"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer stands: line and column from 1, as far as its kind of file has them.

    `part` is the page of a PDF or the cell of a notebook, from 1, and `part_name` says which of these it is.
    """

    file: str
    line: int | None = None
    column: int | None = None
    part: int | None = None
    part_name: str = ""

    def __str__(self) -> str:
        """`writeup.md:379`, `homework.pdf, page 3`."""
        if self.part is not None and self.part_name == "page":
            return f"{self.file}, page {self.part}"
        where = f", {self.part_name} {self.part}" if self.part is not None else ""
        line = f", line {self.line}" if where and self.line else f":{self.line}" if self.line else ""
        return f"{self.file}{where}{line}"


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """Why an entry without an answer may have one all the same, "" where that is not so; `but` are those without."""

    reason: str = ""
    but: frozenset[str] = frozenset()

    def covers(self, name: str) -> bool:
        """Whether an entry without an answer is left to a person."""
        return bool(self.reason) and name not in self.but and not name.startswith("result.")


NOTHING_OPEN = LeftOpen()
"""What is not answered is missing."""


def cell_of(entry: str) -> str:
    """The name of the cell that an entry is part of, from the entry's name in reports; else that itself.

    >>> cell_of("p2.W3_new[3,1]"), cell_of("C"), cell_of("d(a2[1])/d(s2[1])")
    ('p2.W3_new', 'C', 'd(a2[1])/d(s2[1])')
    """
    return entry if "/" in entry else entry.partition("[")[0]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, and why; `found` is the verdict before, None of a whole submission.

    `points` is None where it is the verdict that was decided. `reason` is "" where feedback does not tell it.
    """

    reason: str
    points: Fraction | None = None
    found: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict on one entry; to begin with it is missing.

    `given` is None where nothing was, `decimal` where the key is no single number; `trouble` tells where an unreadable
    entry stands. `mistakes` are the ids of what explains a wrong entry, `layer` where that is a matter of one layer;
    `alternatives` are ids that explain the same entries, `deciding` is what would tell them apart; `hint` says what to
    look at without giving the key away. `detail` has what was found of a mistake that is in no list, by name: the
    number that was misread, what is given and what it was read as. `rows` are the first wrong rows of a result file,
    from 0. `cell` is the canonical name, where the assignment has another. `in_outputs`: the answer is written in p.
    `credit` is what the assignment's table of partial credit gives, None where it says nothing, and `credit_for` what
    it is given for; `decision` is what a person decided, who has the last word. `source` is where the answer stands,
    and `reading` how sure that is.
    """

    name: str
    max_points: Fraction
    expected: str | None = None
    decimal: str | None = None
    given: str | None = None
    verdict: Verdict = Verdict.MISSING
    note: str = ""
    evidence: str = ""
    follow_through: Fraction = Fraction(1)
    trouble: Trouble | None = None
    mistakes: tuple[str, ...] = ()
    alternatives: tuple[str, ...] = ()
    layer: int | None = None
    deciding: str = ""
    hint: str = ""
    detail: tuple[tuple[str, str], ...] = ()
    rows: tuple[int, ...] = ()
    cell: str = ""
    in_outputs: bool = False
    credit: Fraction | None = None
    credit_for: str = ""
    decision: Decision | None = None
    source: Source | None = None
    reading: Reading = Reading.TYPED

    @property
    def decided_points(self) -> Fraction | None:
        """The points that a person decided; None where none were."""
        return self.decision.points if self.decision else None

    @property
    def points(self) -> Fraction:
        """What a person decided, else what the assignment's table gives, else the credit of the verdict."""
        if self.decided_points is not None:
            return self.decided_points
        if self.credit is not None and self.is_counted:
            return self.credit
        match MEANINGS[self.verdict].credit:
            case "full":
                return self.max_points
            case "assignment":
                return self.max_points * self.follow_through
            case _:
                return Fraction(0)

    @property
    def counted(self) -> Fraction:
        """What the entry adds to the maximum: nothing where it could not be decided."""
        return self.max_points if self.is_counted else Fraction(0)

    @property
    def is_counted(self) -> bool:
        """Whether the entry counts in score and maximum: it could be decided, or a person decided it."""
        return self.decision is not None or MEANINGS[self.verdict].credit != "excluded"

    @property
    def needs_person(self) -> bool:
        """Whether a person has to look at the entry, and has not decided it yet."""
        return self.decision is None and MEANINGS[self.verdict].needs_person

    @property
    def is_right(self) -> bool:
        """Whether the entry needs no more: its verdict is right by itself, or a person gave all its points."""
        if self.decision is not None:
            return self.points == self.max_points
        return MEANINGS[self.verdict].credit == "full"


@dataclass(frozen=True, slots=True)
class Section:
    """The findings of one problem of the assignment, in order; `outputs` says what p_1, p_2, ... are.

    `enclosed` names the entries whose key is known to every digit asked, not in closed form.
    """

    title: str
    findings: tuple[Finding, ...]
    outputs: str = ""
    enclosed: frozenset[str] = frozenset()

    @property
    def score(self) -> Fraction:
        """The points reached."""
        return sum((finding.points for finding in self.findings), Fraction(0))

    @property
    def max_score(self) -> Fraction:
        """The points that could be reached, undecided entries left out."""
        return sum((finding.counted for finding in self.findings), Fraction(0))
