"""The marks of a class for its grade book: which cells are filled in, which are left, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from checks.display import listed
from checks.marking.checked import Checked
from checks.reports.awarded import BY_A_PERSON, decided_count, points
from checks.reports.gradebook.sheet import Sheet, filled
from checks.reports.report_text import heading
from checks.submissions.students import Student

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_NO_MARK = frozenset({"", "-"})
"""What an empty cell may say."""


class GradebookMarks:
    """Takes the submissions one by one; then `text` is the grade book filled in, and `notices` say what was done.

    Left as it is: the cell of a submission in which something is undecided (that must not become a low mark), of a
    student who is not found for certain or has more than one submission, and one that holds no number (EX for excused).
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._claims: dict[int, dict[str, str]] = {}  # the marks for a cell, by submission; "" where it has none yet
        self._undecided: list[str] = []
        self._by_a_person: list[str] = []
        self._absent: list[str] = []
        self._ambiguous: list[str] = []
        self._worth: Fraction | None = None

    def add(self, checked: Checked) -> None:
        """Keeps a submission's score for each of its students, under the submission's id where none is known."""
        if self._worth is None:
            self._worth = checked.worth
        decided = checked.is_decided
        if not decided:
            self._undecided.append(checked.id)
        if decided_count(checked):
            self._by_a_person.append(f"{heading(checked)} ({len(checked.decided) or 'the whole'})")
        for student in checked.students or (Student(checked.id),):
            places = self._sheet.directory.find(student)
            if len(places) == 1:
                self._claims.setdefault(places[0], {})[checked.id] = points(checked.score) if decided else ""
            else:
                (self._ambiguous if places else self._absent).append(str(student))

    @property
    def marks(self) -> dict[int, str]:
        """What is to be written, by the places of the cells."""
        return {
            place: mark
            for place, mark in self._decided().items()
            if not self._kept(place) and _number(self._sheet.cells[place].value) != _number(mark)
        }

    @property
    def text(self) -> str:
        """The grade book with the marks in it."""
        return filled(self._sheet, self.marks)

    def notices(self) -> Iterator[str]:
        """What the staff should know, a sentence each."""
        cells, marks, decided = self._sheet.cells, self.marks, self._decided()
        kept = [place for place in decided if self._kept(place)]
        there = len(decided) - len(kept) - len(marks)
        also = f"; {there} had that mark already" if there else ""
        yield f"{len(marks)} mark{'s' * (len(marks) != 1)} written to the column {listed([self._sheet.column])}{also}"
        changed = [
            f"{cells[place].student} from {cells[place].value} to {mark}"
            for place, mark in marks.items()
            if cells[place].value not in _NO_MARK
        ]
        if changed:
            yield f"{len(changed)} of them had another mark: {listed(changed)}"
        if self._by_a_person:
            yield f"entries {BY_A_PERSON}, or the whole mark: {listed(self._by_a_person)}"
        if self._undecided:
            yield f"something is undecided, so their cells are left as they are: {listed(self._undecided)}"
        if kept:
            told = [f"{cells[place].student} ({cells[place].value or 'locked'})" for place in kept]
            yield f"what these cells hold is not to be changed, so they are left: {listed(told)}"
        several = {place: claims for place, claims in self._claims.items() if len(claims) > 1}
        if several:
            told = [f"{cells[place].student} ({listed(claims, 3)})" for place, claims in several.items()]
            yield f"more than one submission, so their cells are left as they are: {listed(told, width=240)}"
        if self._absent:
            yield f"not in the file: {listed(self._absent)}"
        if self._ambiguous:
            yield f"may be any of several in the file, so none is filled in: {listed(self._ambiguous)}"
        worth = _number(self._sheet.worth)
        if self._claims and worth is not None and self._worth is not None and worth != self._worth:
            yield f"the file has {points(worth)} points for it, the assignment {points(self._worth)}; nothing is scaled"
        without = len(cells) - len(self._claims)
        if without:
            yield f"no submission from {without} of the {len(cells)} students in the file; their cells are left"

    def _decided(self) -> dict[int, str]:
        """The marks of students with one submission, of which nothing is undecided."""
        single = {place: mark for place, claims in self._claims.items() if len(claims) == 1 for mark in claims.values()}
        return {place: mark for place, mark in single.items() if mark}

    def _kept(self, place: int) -> bool:
        """Whether a cell holds what no program should replace: a word such as EX, or a locked grade."""
        cell = self._sheet.cells[place]
        return cell.locked or (cell.value not in _NO_MARK and _number(cell.value) is None)


def _number(text: str) -> Fraction | None:
    """A mark as grade books write it, with a point or a comma; None for anything else."""
    return Fraction(text.replace(",", ".")) if _NUMBER.fullmatch(text) and text.isascii() else None
