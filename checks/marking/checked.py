"""One submission, checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from checks.judging.findings import Finding, Section, Trouble
from checks.judging.verdicts import MEANINGS, Verdict
from checks.submissions.students import Student


@dataclass(frozen=True, slots=True)
class Checked:
    """One submission, checked; `level` is how much of it is told.

    `students` are those who handed it in, in a group several; `seconds` is what it took to check.
    """

    id: str
    sections: tuple[Section, ...]
    troubles: tuple[Trouble, ...]
    level: str = "full"
    students: tuple[Student, ...] = ()
    seconds: float = 0.0

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all problems, in order."""
        return tuple(finding for section in self.sections for finding in section.findings)

    @property
    def score(self) -> Fraction:
        """The points reached."""
        return sum((section.score for section in self.sections), Fraction(0))

    @property
    def max_score(self) -> Fraction:
        """The points that could be reached, undecided entries left out."""
        return sum((section.max_score for section in self.sections), Fraction(0))

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many entries have each verdict, in the order of the verdicts; 0 where none has."""
        found = Counter(finding.verdict for finding in self.findings)
        return {verdict: found[verdict] for verdict in Verdict}

    @property
    def all_right(self) -> bool:
        """Whether every entry has full credit for itself, or follows from an earlier one that has not."""
        return all(MEANINGS[finding.verdict].credit == "full" for finding in self.findings)
