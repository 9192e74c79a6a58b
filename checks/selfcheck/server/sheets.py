"""The sheets that a server's process holds: that of the assignment, and those of students with numbers of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from checks.assignment.assignment_file import AssignmentText
from checks.selfcheck.sheet import Settings, Sheet, open_sheet

KEPT = 64
"""Students' own sheets that a process keeps; what it held of another is worked out again when it comes back."""


@dataclass(frozen=True, slots=True)
class Opening:
    """How the sheets are opened; small, and the same in every process. `megabytes` is what one may take besides.

    `own` are the students' own assignments by the tokens of their links; empty where all have the same.
    """

    text: AssignmentText
    settings: Settings
    data: Path | None
    sought: str
    megabytes: int = 512
    own: Mapping[str, AssignmentText] = field(default_factory=dict)

    def sheet(self) -> Sheet:
        """The sheet of the assignment."""
        return open_sheet(self.text, self.settings, self.data, self.sought)

    def own_sheet(self, token: str, common: Sheet) -> Sheet:
        """The sheet of the student with the token. Raises KeyError for a token of nobody."""
        return open_sheet(self.own[token], self.settings, self.data, self.sought, common)


class Sheets:
    """The sheets of one process."""

    def __init__(self, opening: Opening) -> None:
        self.common = opening.sheet()
        self._own = lru_cache(maxsize=KEPT)(lambda token: opening.own_sheet(token, self.common))

    def of(self, token: str) -> Sheet:
        """The sheet behind a link; that of the assignment where the link has no token. Raises KeyError."""
        return self._own(token) if token else self.common
