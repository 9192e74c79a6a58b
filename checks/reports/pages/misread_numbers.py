"""Numbers of the problem that several submissions misread alike: a misprint in the handout looks like that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checks.judging.findings import Finding
from checks.reports.pages.class_lists import Listed, Some

FEWEST, MOST = 3, 20
"""Submissions that misread a number alike, from which on it is shown; and how many such numbers are."""

MOST_SHOWN = 40
"""Submissions that are named for one number."""


@dataclass(frozen=True, slots=True)
class MisreadNumber:
    """A number that several misread: what it is called, what is given, what it was read as, and by whom."""

    number: str
    given: str
    read_as: str
    by: Some[Listed]


class MisreadTally:
    """Counts misread numbers, one submission at a time."""

    def __init__(self) -> None:
        self._counted: dict[tuple[str, str, str], Some[Listed]] = {}

    def add(self, findings: Iterable[Finding], by: Listed) -> None:
        """Counts what a submission misread, each number once."""
        for key in dict.fromkeys(_misread(finding) for finding in findings if finding.detail):
            if key is not None:
                self._counted[key] = self._counted.get(key, Some(MOST_SHOWN)) + by

    def shared(self) -> tuple[MisreadNumber, ...]:
        """Those that several misread, the most frequent first."""
        shared = [(key, by) for key, by in self._counted.items() if by.total >= FEWEST]
        shared.sort(key=lambda item: (-item[1].total, item[0]))
        return tuple(MisreadNumber(*key, by) for key, by in shared[:MOST])


def _misread(finding: Finding) -> tuple[str, str, str] | None:
    match dict(finding.detail):
        case {"number": number, "given": given, "read_as": read_as}:
            return number, given, read_as
    return None
