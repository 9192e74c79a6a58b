"""What a class has done, gathered one submission at a time: counts, and lists that end at a stated length.

No finding is kept, so that a class of any size takes the memory of its list of names and scores.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from statistics import median

from checks.judging.findings import Section, cell_of
from checks.judging.verdicts import RIGHT, Verdict
from checks.marking.checked import Checked
from checks.reports.awarded import awarded, decided_count, points, reason
from checks.reports.pages.class_lists import Listed, Some, T
from checks.reports.pages.misread_numbers import MisreadNumber, MisreadTally
from checks.reports.report_text import alike, entry_names
from checks.reports.values import given_text

MOST_IN_A_CELL = 12
"""Submissions that are named for one entry and verdict."""

MOST_FOR_A_MISTAKE = 40
"""Submissions that are named for one mistake."""

MOST_FOR_A_PERSON = 500
"""Entries that need a person's eye and are listed."""

MOST_SLOW, MOST_UNREADABLE = 10, 50
"""Submissions that are listed as slow, and as hard to read."""

BARS = 10
"""Bars of the distribution of scores."""


@dataclass(frozen=True, slots=True)
class ForPerson:
    """Entries of one submission that a person has to look at, for one reason, and what they are worth.

    `first` is the name of the first of them.
    """

    by: Listed
    names: str
    first: str
    verdict: Verdict
    given: str
    note: str
    worth: Fraction


@dataclass(frozen=True, slots=True)
class ByPerson:
    """What a person decided of one submission: the entry, or "" for the whole, what was decided, and why."""

    by: Listed
    name: str
    told: str
    reason: str


@dataclass(frozen=True, slots=True)
class HardToRead:
    """A submission of which something could not be read: how many entries, and the first thing that was said."""

    by: Listed
    entries: int
    message: str


@dataclass(frozen=True, slots=True)
class EntryCounts:
    """How many submissions have which verdict on one entry, and which these are where it is not right."""

    name: str
    by_verdict: Mapping[Verdict, Some[Listed]]


@dataclass(frozen=True, slots=True)
class ClassSummary:
    """A whole class. `sections` are the problems' titles with their entries, grouped by cell."""

    submissions: tuple[Listed, ...]
    sections: Mapping[str, tuple[tuple[EntryCounts, ...], ...]]
    mistakes: Mapping[str, Some[Listed]]
    misread: tuple[MisreadNumber, ...]
    for_a_person: Some[ForPerson]
    by_a_person: Some[ByPerson]
    worth: Fraction
    slowest: tuple[tuple[float, Listed], ...]
    hard_to_read: tuple[HardToRead, ...]

    @property
    def most(self) -> Fraction:
        """The points that can be reached."""
        return max((one.max_score for one in self.submissions), default=Fraction(0))

    @property
    def mean(self) -> Fraction:
        """The mean score; 0 for no submissions."""
        return sum((one.score for one in self.submissions), Fraction(0)) / max(1, len(self.submissions))

    @property
    def median(self) -> Fraction:
        """The median score; 0 for no submissions."""
        return median([one.score for one in self.submissions] or [Fraction(0)])

    @property
    def bars(self) -> tuple[int, ...]:
        """How many submissions reached which tenth of their points, the lowest first; then those that reached all."""
        counts = [0] * (BARS + 1)
        for one in self.submissions:
            if one.max_score:
                counts[min(BARS, int(BARS * one.score / one.max_score))] += 1
        return tuple(counts)


class ClassTally:
    """Gathers a class."""

    def __init__(self) -> None:
        self._submissions: list[Listed] = []
        self._sections: dict[str, dict[str, dict[Verdict, Some[Listed]]]] = {}
        self._mistakes: dict[str, Some[Listed]] = {}
        self._misread = MisreadTally()
        self._for_a_person: Some[ForPerson] = Some(MOST_FOR_A_PERSON)
        self._by_a_person: Some[ByPerson] = Some(MOST_FOR_A_PERSON)
        self._worth = Fraction(0)
        self._slowest: list[tuple[float, int, Listed]] = []
        self._hard_to_read: list[tuple[float, int, HardToRead]] = []

    def add(self, checked: Checked, page: str) -> None:
        """Counts a submission, its findings told in full, whose page has this name."""
        counts = checked.counts
        verdicts = tuple(counts.values())
        students = tuple(map(str, checked.students))
        listed = Listed(checked.id, students, checked.score, checked.max_score, page, verdicts, decided_count(checked))
        if checked.decision:
            self._by_a_person += ByPerson(listed, "", points(checked.score), checked.decision.reason)
        for finding in checked.decided:
            self._by_a_person += ByPerson(listed, finding.name, awarded(finding), reason(finding.decision))
        place = len(self._submissions)
        self._submissions.append(listed)
        for section in checked.sections:
            self._count(section, listed)
            if not checked.decision:
                self._leave_to_a_person(section, listed)
        for name in dict.fromkeys(name for finding in checked.findings for name in finding.mistakes):
            self._mistakes[name] = self._mistakes.get(name, Some(MOST_FOR_A_MISTAKE)) + listed
        self._misread.add(checked.findings, listed)
        if checked.seconds > 0:
            _keep(self._slowest, (checked.seconds, -place, listed), MOST_SLOW)
        unread = counts[Verdict.UNREADABLE]
        troubles = [trouble for trouble in checked.troubles if unread or trouble.line is None]
        if troubles:
            first = f"{troubles[0].place}: {troubles[0].message}"
            _keep(self._hard_to_read, (unread, -place, HardToRead(listed, unread, first)), MOST_UNREADABLE)

    def _count(self, section: Section, listed: Listed) -> None:
        entries = self._sections.setdefault(section.title, {})
        for finding in section.findings:
            verdicts = entries.setdefault(finding.name, {})
            most = 0 if finding.verdict in RIGHT else MOST_IN_A_CELL
            verdicts[finding.verdict] = verdicts.get(finding.verdict, Some(most)) + listed

    def _leave_to_a_person(self, section: Section, listed: Listed) -> None:
        for group in alike(finding for finding in section.findings if finding.needs_person):
            worth = sum((finding.max_points for finding in group), Fraction(0))
            names = " ".join(entry_names(section, group))
            first = group[0]
            self._for_a_person += ForPerson(
                listed, names, first.name, first.verdict, given_text(first), first.note, worth
            )
            self._worth += worth

    def summary(self) -> ClassSummary:
        """What has been gathered so far."""
        return ClassSummary(
            tuple(self._submissions),
            {title: _by_cell(entries) for title, entries in self._sections.items()},
            dict(sorted(self._mistakes.items(), key=lambda item: (-item[1].total, item[0]))),
            self._misread.shared(),
            self._for_a_person,
            self._by_a_person,
            self._worth,
            tuple((seconds, listed) for seconds, _, listed in sorted(self._slowest, reverse=True)),
            tuple(hard for _, _, hard in sorted(self._hard_to_read, key=lambda item: item[:2], reverse=True)),
        )


def _by_cell(entries: Mapping[str, Mapping[Verdict, Some[Listed]]]) -> tuple[tuple[EntryCounts, ...], ...]:
    counted = [EntryCounts(name, verdicts) for name, verdicts in entries.items()]
    return tuple(tuple(group) for _, group in groupby(counted, key=lambda entry: cell_of(entry.name)))


def _keep(heap: list[tuple[float, int, T]], item: tuple[float, int, T], most: int) -> None:
    """Keeps the largest items, of equals the first; their places tell them apart."""
    if len(heap) < most:
        heapq.heappush(heap, item)
    else:
        heapq.heappushpop(heap, item)
