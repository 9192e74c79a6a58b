"""Writes the pages of a class into a folder: `index.html` for the staff, and one for each submission in `students/`.

A page is written as soon as its submission is checked, and only what the class page needs is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from checks.marking.checked import Checked
from checks.marking.class_notes import ClassNotes
from checks.marking.reference import Reference
from checks.reports.feedback import at_level
from checks.reports.pages.class_page import class_page
from checks.reports.pages.class_summary import ClassTally
from checks.reports.pages.page_names import page_name
from checks.reports.pages.student_page import StudentPages

STUDENTS = "students"
"""The folder of the submissions' pages; the class page links there."""


class PagesFolder:
    """The folder that the pages are written to, made where it is not there. Raises `OSError` where that fails.

    `level` is how much a submission's page tells; the class page always tells all. `reference_of` gives what a
    submission was held against, by its id, where that is not the same for all.
    """

    def __init__(
        self,
        folder: Path,
        reference: Reference,
        level: str,
        reference_of: Callable[[str], Reference] | None = None,
    ) -> None:
        self._folder, self._reference, self._level = folder, reference, level
        self._reference_of = reference_of or (lambda _: reference)
        self._pages = StudentPages(reference)
        self._tally = ClassTally()
        self._taken: set[str] = set()
        (folder / STUDENTS).mkdir(parents=True, exist_ok=True)

    def add(self, checked: Checked) -> None:
        """Writes a submission's page. `checked` tells all, whatever the level. Raises `OSError`."""
        name = page_name(checked.id, self._taken)
        self._taken.add(name)
        own = self._reference_of(checked.id)
        pages = self._pages if own is self._reference else StudentPages(own)
        page = pages.page(at_level(checked, self._level))
        (self._folder / STUDENTS / f"{name}.html").write_text(page, encoding="utf-8", newline="\n")
        self._tally.add(checked, name)

    def finish(self, notes: ClassNotes) -> Path:
        """Writes the class page. Raises `OSError`."""
        path = self._folder / "index.html"
        path.write_text(class_page(self._tally.summary(), self._reference, notes), encoding="utf-8", newline="\n")
        return path

    def left_over(self) -> int:
        """How many pages of an earlier run still lie there, which may tell more than these do."""
        written = {f"{name}.html" for name in self._taken}
        return sum(path.name not in written for path in (self._folder / STUDENTS).glob("*.html"))
