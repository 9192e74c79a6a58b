"""One submission, checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from checks.judging.findings import Decision, Finding, Section, Trouble
from checks.judging.verdicts import Verdict
from checks.submissions.students import Student


@dataclass(frozen=True, slots=True)
class Checked:
    """One submission, checked; `level` is how much of it is told.

    `students` are those who handed it in, in a group several; `seconds` is what it took to check. `files` are the
    SHA-256 of the files that it holds, by their known names; `decision` is what a person decided of it as a whole.
    """

    id: str
    sections: tuple[Section, ...]
    troubles: tuple[Trouble, ...]
    level: str = "full"
    students: tuple[Student, ...] = ()
    seconds: float = 0.0
    files: tuple[tuple[str, str], ...] = ()
    decision: Decision | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of all problems, in order."""
        return tuple(finding for section in self.sections for finding in section.findings)

    @property
    def score(self) -> Fraction:
        """The points reached, or what a person decided."""
        if self.decision and self.decision.points is not None:
            return self.decision.points
        return self.entries_score

    @property
    def max_score(self) -> Fraction:
        """The points that could be reached, undecided entries left out where no person decided the whole."""
        if self.decision:
            return self.worth
        return sum((section.max_score for section in self.sections), Fraction(0))

    @property
    def entries_score(self) -> Fraction:
        """The points of the entries, whatever a person decided of the whole."""
        return sum((section.score for section in self.sections), Fraction(0))

    @property
    def worth(self) -> Fraction:
        """The points of all entries together."""
        return sum((finding.max_points for finding in self.findings), Fraction(0))

    @property
    def decided(self) -> tuple[Finding, ...]:
        """The entries that a person decided."""
        return tuple(finding for finding in self.findings if finding.decision)

    @property
    def is_decided(self) -> bool:
        """Whether its score is a mark: every entry counts, or a person decided the whole."""
        return self.decision is not None or all(finding.is_counted for finding in self.findings)

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many entries have each verdict, in the order of the verdicts; 0 where none has."""
        found = Counter(finding.verdict for finding in self.findings)
        return {verdict: found[verdict] for verdict in Verdict}

    @property
    def all_right(self) -> bool:
        """Whether every entry is right for itself, or a person gave all its points, or all of the whole."""
        return self.score == self.worth if self.decision else all(finding.is_right for finding in self.findings)
