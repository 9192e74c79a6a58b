"""The marks as a table: one row for each submission, one column for each entry."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TextIO

from checks.judging.findings import Checked
from checks.reports.report_text import points

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take text for a formula."""


def marks_csv(checked: Sequence[Checked]) -> str:
    """The table: id, score, maximum, the points of every entry, and the ids of the mistakes.

    Entries in the order of the report; one that a person has to look at is left empty.
    """
    names = [finding.name for finding in checked[0].findings] if checked else []
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", "score", "max_score", *names, "mistakes"])
    for one in checked:
        worth = {finding.name: points(finding.points) if finding.counted else "" for finding in one.findings}
        mistakes = dict.fromkeys(name for finding in one.findings for name in finding.mistakes)
        row = [points(one.score), points(one.max_score), *(worth[name] for name in names), " ".join(mistakes)]
        writer.writerow([as_text(one.id), *row])
    return text.getvalue()


class MarksTable:
    """Placeholder."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._checked: list[Checked] = []

    def add(self, checked: Checked) -> None:
        """Adds."""
        self._checked.append(checked)

    def finish(self) -> None:
        """Writes."""
        self._file.write(marks_csv(self._checked))


def as_text(value: str) -> str:
    """Text that no spreadsheet runs: behind an apostrophe where it would begin a formula."""
    return f"'{value}" if value.startswith(FORMULA_STARTS) else value
