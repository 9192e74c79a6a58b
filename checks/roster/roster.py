"""The roster: who takes the course, from a CSV file with a header row."""

from __future__ import annotations

from dataclasses import dataclass

from checks.display import listed
from checks.errors import CallError, NotReadError
from checks.roster.csv_rows import Row, csv_rows, header_row
from checks.roster.directory import Known
from checks.roster.student_columns import StudentColumns, plain_cell, student_columns

EXPECTED = "a header row that names a column id, email or name (or first name and last name)"


@dataclass(frozen=True, slots=True)
class Roster:
    """Everyone in the file, in its order; `file` is its name."""

    file: str
    known: tuple[Known, ...]


def read_roster(text: str, file: str) -> Roster:
    """The roster that a CSV text is: one's own, or the grade book exported from Canvas or Moodle.

    Columns are found by their titles, fields may be separated by commas, semicolons or tabs. Rows that name no one,
    Canvas's row of points possible and its test student are left out. Ids stay text. Raises `CallError`, with the line,
    where there is no header that names a column, no student, or one id in two rows.
    """
    try:
        delimiter, header = header_row(text, lambda titles: len(student_columns(titles).all))
        columns = student_columns(header.fields)
        if not columns.usable:
            found = listed([f"'{title}'" for title in header.fields], width=30)
            raise CallError(f"{file}:{header.line}: expected {EXPECTED}; found {found}")
        rows = [row for row in csv_rows(text, delimiter) if row.line > header.line]
    except NotReadError as error:
        place = file if error.line is None else f"{file}:{error.line}"
        raise CallError(f"{place}: {error}; expected {EXPECTED}, and a row for each student") from None
    _refuse_repeated(rows, columns, file)
    known = tuple(one for row in rows if is_student(one := columns.known(row.fields)))
    if not known:
        raise CallError(f"{file}:{header.line}: no student below the header; expected a row for each")
    return Roster(file, known)


def is_student(known: Known) -> bool:
    """Whether a row is one of a student, not of the points possible, of notes, or of Canvas's test student."""
    if "Student, Test" in known.names:
        return False
    return bool(known.ids or known.emails or any(not name.startswith("Points Possible") for name in known.names))


def _refuse_repeated(rows: list[Row], columns: StudentColumns, file: str) -> None:
    """Raises `CallError` for an id that stands twice in one column."""
    for column in columns.ids:
        lines: dict[str, int] = {}
        for row in rows:
            value = plain_cell(row.fields[column]) if column < len(row.fields) else ""
            if value and lines.setdefault(value, row.line) != row.line:
                name = listed([value])
                raise CallError(
                    f"{file}:{row.line}: the id {name} stands in line {lines[value]} too; expected one row a student"
                )
