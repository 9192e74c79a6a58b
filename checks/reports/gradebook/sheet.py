"""A grade book as Canvas or Moodle exports it: whose row is whose, and the cells of the assignment's column.

Only such cells are ever written; all else in the text stays as it is, to the letter.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checks.display import listed
from checks.errors import CallError, NotReadError
from checks.roster.csv_rows import Row, csv_rows, header_row
from checks.roster.directory import Directory
from checks.roster.roster import is_student
from checks.roster.student_columns import plain_title, student_columns
from checks.submissions.students import Student

EXPECTED = (
    "a grade book exported from Canvas (Student, ID, ...) or a grading worksheet of Moodle (Identifier, ..., Grade)"
)
_ID = re.compile(r"\s*\(\d+\)$")
"""What Canvas puts behind an assignment's title."""
_BEFORE_STUDENTS = 10
"""Rows in which Canvas tells the points possible."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A student's cell in the assignment's column: from where to where it stands, and what it says.

    `lacking` are the delimiters that a row needs before it where it ends too early; `locked` is a grade that Moodle
    says cannot be changed.
    """

    student: Student
    start: int
    end: int
    value: str
    lacking: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A grade book, read: its text, the column's title, a cell for each student in it, and what the column is worth.

    `directory` finds students by the places of their cells; `worth` is "" where the file does not say.
    """

    text: str
    column: str
    cells: tuple[Cell, ...]
    directory: Directory
    worth: str


def read_sheet(text: str, file: str, column: str | None, names: Sequence[str]) -> Sheet:
    """The grade book that a CSV text is.

    `column` is the column's title, with or without Canvas's number behind it; where it is None it is the one that has
    one of the assignment's `names` for a title, in Moodle the grade. Raises `CallError` where there is no such column,
    or several, with those that there are.
    """
    try:
        delimiter, header = header_row(text, lambda titles: len(student_columns(titles).all))
        early = list(itertools.islice(_below(text, delimiter, header), _BEFORE_STUDENTS))
        possible = next((row.fields for row in early if row.fields[0].strip().startswith("Points Possible")), ())
        chosen = _column(file, header, possible, column, names)
        return _sheet(text, header, chosen, possible, delimiter)
    except NotReadError as error:
        place = file if error.line is None else f"{file}:{error.line}"
        raise CallError(f"{place}: {error}; expected {EXPECTED}") from None


def _below(text: str, delimiter: str, header: Row) -> Iterator[Row]:
    """The rows below the header, one by one, as a large file's would take much memory."""
    return (row for row in csv_rows(text, delimiter) if row.line > header.line and row.fields)


def _column(file: str, header: Row, possible: Sequence[str], wanted: str | None, names: Sequence[str]) -> int:
    """The place of the assignment's column."""
    titles = [plain_title(title) for title in header.fields]
    students = student_columns(header.fields).all
    if "identifier" in titles and "grade" in titles:
        return _chosen(file, header.fields, students, wanted or "Grade", ())
    if titles[0] in {"student", "lastname"} and "id" in titles:
        read_only = {place for place, cell in enumerate(possible) if "read only" in cell.lower()}
        return _chosen(file, header.fields, students | read_only, wanted, names)
    raise CallError(f"{file}:{header.line}: expected {EXPECTED}; found {_titles(header.fields)}")


def _sheet(text: str, header: Row, chosen: int, possible: Sequence[str], delimiter: str) -> Sheet:
    titles = [plain_title(title) for title in header.fields]
    columns = student_columns(header.fields)
    worth = possible[chosen].strip() if chosen < len(possible) else ""
    cells, students = [], []
    for row in _below(text, delimiter, header):
        known = columns.known(row.fields)
        if is_student(known):
            worth = worth or _field(row, titles, "maximum grade")
            locked = _field(row, titles, "grade can be changed").lower() == "no"
            students.append(known)
            cells.append(_cell(row, chosen, delimiter, known.student, locked=locked))
    return Sheet(text, header.fields[chosen].strip(), tuple(cells), Directory(students), worth)


def _field(row: Row, titles: Sequence[str], title: str) -> str:
    """The row's field below a title, "" where there is none."""
    place = titles.index(title) if title in titles else len(row.fields)
    return row.fields[place].strip() if place < len(row.fields) else ""


def _cell(row: Row, column: int, delimiter: str, student: Student, *, locked: bool) -> Cell:
    if column < len(row.fields):
        return Cell(student, *row.spans[column], row.fields[column].strip(), locked=locked)
    end = row.spans[-1][1]
    return Cell(student, end, end, "", delimiter * (column - len(row.fields) + 1), locked)


def _chosen(
    file: str, titles: Sequence[str], excluded: frozenset[int], wanted: str | None, names: Sequence[str]
) -> int:
    """The place of the column: titled as wanted, else as wanted but for the number, else as one of the names."""
    free = {place: " ".join(title.split()) for place, title in enumerate(titles) if place not in excluded}
    stems = {place: _ID.sub("", title) for place, title in free.items()}
    if wanted is None:
        sought = " or ".join(f"'{name}'" for name in dict.fromkeys(names))
        same = {" ".join(name.split()).casefold() for name in names}
        found = [place for place, stem in stems.items() if stem.casefold() in same]
    else:
        sought = f"'{wanted}'"
        whole = " ".join(wanted.split())
        found = [place for place, title in free.items() if title == whole]
        found = found or [place for place, stem in stems.items() if stem == whole]
    if len(found) == 1:
        return found[0]
    if found:
        candidates, fault = found, f"{len(found)} columns are titled {sought}"
    else:
        candidates, fault = [place for place, title in free.items() if _ID.search(title)], f"no column {sought}"
    told = _titles([titles[place] for place in candidates or free])
    raise CallError(f"{file}: {fault}; expected --gradebook-column with one of {told}")


def _titles(titles: Sequence[str]) -> str:
    return listed([f"'{title.strip()}'" for title in titles], most=20, width=60)


def filled(sheet: Sheet, marks: Mapping[int, str]) -> str:
    """The text with these marks, by the places of their cells; a cell in quotation marks keeps them."""
    parts = []
    done = 0
    for place in sorted(marks):  # cells stand in the order of the text
        cell = sheet.cells[place]
        quotes = '"' if sheet.text.startswith('"', cell.start) and cell.end > cell.start else ""
        parts += [sheet.text[done : cell.start], cell.lacking, quotes, marks[place], quotes]
        done = cell.end
    return "".join([*parts, sheet.text[done:]])
