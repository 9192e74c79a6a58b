"""The marks as a table: one row for each student, one column for each entry."""

from __future__ import annotations

import csv
from typing import TextIO
from unicodedata import category, normalize

from checks.marking.checked import Checked
from checks.reports.awarded import points
from checks.submissions.students import Student

FORMULA_STARTS = ("=", "+", "-", "@", "\N{MINUS SIGN}")
"""What makes a spreadsheet take text for a formula, in whatever width it is written."""

_LINE_ENDS = str.maketrans("\r\n\v\f\x85\u2028\u2029", " " * 7)


class MarksTable:
    """Writes the table, row by row: id, name, the points of every entry, score, maximum, mistakes, submission, decided.

    A submission gives one row for each of its students; where none is known its id is the student's. An entry that a
    person has to look at is left empty. `mistakes` are ids, `submission` says whose row comes from which,
    `decided` names what a person decided: entries, or `all`.
    """

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file, lineterminator="\n")
        self._entries: tuple[str, ...] | None = None

    def add(self, checked: Checked) -> None:
        """Writes the rows of a submission; the first one's entries are the columns."""
        if self._entries is None:
            self._begin(tuple(finding.name for finding in checked.findings))
        worth = {finding.name: points(finding.points) if finding.counted else "" for finding in checked.findings}
        mistakes = dict.fromkeys(name for finding in checked.findings for name in finding.mistakes)
        marks = [*(worth.get(name, "") for name in self._entries or ()), points(checked.score)]
        marks += [points(checked.max_score), " ".join(mistakes), as_text(checked.id)]
        marks += [" ".join(["all"] * bool(checked.decision) + [finding.name for finding in checked.decided])]
        for student in checked.students or (Student(checked.id),):
            self._writer.writerow([as_text(student.id), as_text(student.name), *marks])

    def finish(self) -> None:
        """Writes the header where there was no submission to write it for."""
        if self._entries is None:
            self._begin(())

    def _begin(self, entries: tuple[str, ...]) -> None:
        self._entries = entries
        self._writer.writerow(["id", "name", *entries, "score", "max_score", "mistakes", "submission", "decided"])


def as_text(value: str) -> str:
    r"""Text in one line that no spreadsheet runs: behind an apostrophe where it would begin a formula.

    Characters without a picture of their own, which move a cursor or turn the text around, are written as escapes.

    >>> as_text("=1+1"), as_text("Ann\u202e Doe"), as_text("\uff1d1")
    ("'=1+1", 'Ann\\u202e Doe', "'\uff1d1")
    """
    value = "".join(_shown(c) for c in value.translate(_LINE_ENDS))
    return f"'{value}" if normalize("NFKC", value[:1]).startswith(FORMULA_STARTS) else value


def _shown(character: str) -> str:
    if character.isprintable() or category(character) in ("Zs", "Cs"):  # half surrogates are the file's own affair
        return character
    return character.encode("unicode_escape").decode("ascii")
