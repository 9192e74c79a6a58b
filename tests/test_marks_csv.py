"""The table of marks: what a spreadsheet makes of it."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.judging.verdicts import Verdict
from checks.marking.checked import Checked
from checks.reports.marks_csv import MarksTable, as_text
from checks.submissions.students import Student
from tests.conftest import Outcome
from tests.marked import marked
from tests.submissions import submission
from tests.worked_cases import ANSWERS

Backcheck = Callable[..., Outcome]
FIXED = ["id", "name", "score", "max_score", "mistakes", "submission", "decided"]


def table(*checked: Checked) -> list[list[str]]:
    """What a spreadsheet reads."""
    text = io.StringIO(newline="")
    writer = MarksTable(text)
    for one in checked:
        writer.add(one)
    writer.finish()
    return list(csv.reader(io.StringIO(text.getvalue(), newline="")))


def test_there_is_a_row_for_each_submission(backcheck: Backcheck, tmp_path: Path) -> None:
    for name, text in {"=SUM(A1)": ANSWERS, "007": "", "Zoë, the 2nd": "s1 = [5, 4]"}.items():
        submission(tmp_path / "class" / name, text)
    outcome = backcheck("check", tmp_path / "class", "--csv", tmp_path / "marks.csv", "--exit-zero")
    assert outcome.status == 0
    with (tmp_path / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == ["007", "'=SUM(A1)", "Zoë, the 2nd"]
    slipped = rows[1]
    assert (slipped["s1[1]"], slipped["b3_new[3]"], slipped["mistakes"]) == ("1", "0", "sign-slip")
    entries = list(slipped)[2:-5]
    assert list(slipped) == ["id", "name", *entries, "score", "max_score", "mistakes", "submission", "decided"]
    assert float(slipped["score"]) == sum(float(slipped[name]) for name in entries if slipped[name])
    assert (rows[2]["s1[1]"], rows[2]["s1[2]"], rows[2]["score"]) == ("1", "0", "1")


def test_every_student_of_a_group_has_a_row() -> None:
    group = [Student("007", "Doe, Jane", "jane@example.edu"), Student("7", '=cmd|"/C calc"!A1')]
    rows = table(
        marked("g1", Verdict.EXACT, Verdict.WRONG, students=group),
        marked("s2", Verdict.UNDECIDED, Verdict.EXACT, worth="1/3"),
    )
    assert rows == [
        ["id", "name", "s1[1]", "s1[2]", "score", "max_score", "mistakes", "submission", "decided"],
        ["007", "Doe, Jane", "1", "0", "1", "2", "", "g1", ""],
        ["7", '\'=cmd|"/C calc"!A1', "1", "0", "1", "2", "", "g1", ""],
        ["s2", "", "", "0.33", "0.33", "0.33", "", "s2", ""],
    ]


def test_of_no_submission_there_is_the_header() -> None:
    assert table() == [FIXED]


def test_it_is_written_row_by_row() -> None:
    file = io.StringIO()
    writer = MarksTable(file)
    lengths = []
    for number in range(3):
        writer.add(marked(f"s{number}", Verdict.EXACT))
        lengths.append(file.getvalue().count("\n"))
    assert lengths == [2, 3, 4]


TEXTS = st.text(st.sampled_from("=+-@\t\r\n,;\"'aé\u202e\u200f\x1b\x9b\uff1d\uff0b\u2212"), max_size=6)


@given(st.lists(st.tuples(TEXTS, st.lists(st.builds(Student, TEXTS, TEXTS, TEXTS), max_size=3)), max_size=4))
def test_whatever_names_hold_rows_are_students_and_cells_no_formulas(
    named: list[tuple[str, list[Student]]],
) -> None:
    rows = table(*(marked(name, Verdict.EXACT, students=students) for name, students in named))[1:]
    told = [[(one.id, one.name) for one in students] or [(name, "")] for name, students in named]
    assert [tuple(row[:2]) for row in rows] == [(as_text(a), as_text(b)) for a, b in itertools.chain(*told)]
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith((*"=+-@\t\r\uff1d\uff0b\u2212",))]
    assert not [cell for cell in cells if not cell.isprintable()]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "\\x1b[2J"),
        ("\u202eAnn", "\\u202eAnn"),
        ("A\u200fB", "A\\u200fB"),
        ("\t=1", "\\t=1"),
        ("A\u2028B\x85C\r\nD", "A B C  D"),
        ("李\u3000雷 O\u00a0B", "李\u3000雷 O\u00a0B"),
    ],
)
def test_what_has_no_picture_is_written_out(text: str, shown: str) -> None:
    assert as_text(text) == shown


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", "\ufe661", "\u22121"]
)
def test_nothing_is_a_formula(text: str) -> None:
    assert as_text(text) == f"'{text}"


def test_a_file_that_cannot_be_written_is_told(backcheck: Backcheck, tmp_path: Path) -> None:
    (tmp_path / "answers.txt").write_text("s1 = [5, -5]", encoding="utf-8")
    outcome = backcheck("check", tmp_path / "answers.txt", "--csv", tmp_path / "nowhere" / "marks.csv")
    assert outcome.status == 2
    assert "cannot be written" in outcome.err
