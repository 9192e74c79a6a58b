"""Writes what `backcheck read` found into a folder: an answers.txt for each submission, and the page to confirm on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checks.assignment.assignment import Assignment
from checks.marking.read_submission import ReadSubmission, entry_names
from checks.reports.pages.confirming_page import confirming_page
from checks.reports.pages.page_names import page_name
from checks.reports.reading_answers import reading_answers

PAGE = "confirm.html"


def write_readings(folder: Path, assignment: Assignment, readings: Sequence[ReadSubmission]) -> Path:
    """The page's path. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    expected = tuple(entry_names(assignment))
    taken: set[str] = set()
    for reading in readings:
        name = page_name(reading.id, taken)
        taken.add(name)
        own = folder / name
        own.mkdir(exist_ok=True)
        (own / "answers.txt").write_text(reading_answers(reading, expected), encoding="utf-8", newline="\n")
    page = folder / PAGE
    page.write_text(confirming_page(assignment, readings), encoding="utf-8", newline="\n")
    return page
