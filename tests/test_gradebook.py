"""The grade book: the right cells, and not a byte besides."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.errors import CallError
from checks.judging.verdicts import Verdict
from checks.marking.checked import Checked
from checks.reports.gradebook.gradebook_file import Gradebook
from checks.reports.gradebook.sheet import filled, read_sheet
from checks.submissions.students import Student
from tests.marked import marked

CANVAS = (
    '\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,Homework 2 (990),"Homework 3 (991)",Final Score\r\n'
    ",,,,,,Manual Posting,\r\n"
    "    Points Possible,,,,,10.00,2.00,(read only)\r\n"
    '"Doe, Jane",41,007,jane@example.edu,"A, B",9.00,,90.5\r\n'
    '"=cmd|\'/C calc\'!A1",42,7,rroe,"say ""hi"",\nthere",8.00,"",\r\n'
    "Ångström Zoë,43,,zoe@example.edu,A,,1.00,\r\n"
    'שרה,44,,sara,A,,"2.00",\r\n'
    "Twin,45,,,A,,,\r\n"
    "Twin,46,,,A,,,\r\n"
    "Excused,47,,,A,,EX,\r\n"
    "Short,48\r\n"
    '"Student, Test",49,,abc,A,,,'
)
MOODLE = (
    "Identifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\n"
    "Participant 501,Jane Doe,007,jane@example.edu,Submitted,,2.00,Yes,,-,\n"
    'Participant 502,"Roe, Richard",,rroe@example.edu,"Submitted\nfor grading",-,2.00,Yes,,-,"<p>a, b</p>"\n'
    "Participant 503,Locked Lee,9,,Submitted,1.50,2.00,No,,-,\n"
)
RIGHT, WRONG, UNDECIDED = Verdict.EXACT, Verdict.WRONG, Verdict.UNDECIDED


def full(name: str, *students: Student) -> Checked:
    """A submission with both of its two points."""
    return marked(name, RIGHT, RIGHT, students=students)


def run(tmp_path: Path, text: str, *checked: Checked, column: str | None = None) -> tuple[str, list[str]]:
    """The file's text after the submissions, and the notices without the path."""
    path = tmp_path / "grades.csv"
    path.write_bytes(text.encode())
    book = Gradebook.read(path, column, "HOMEWORK 3", "ee541-hw3")
    for one in checked:
        book.add(one)
    notices = [notice.replace(str(tmp_path) + os.sep, "") for notice in book.finish()]
    return path.read_bytes().decode(), notices


@pytest.mark.parametrize(
    ("student", "before", "after"),
    [
        (Student("41"), 'B",9.00,,90.5', 'B",9.00,1,90.5'),
        (Student("007"), 'B",9.00,,90.5', 'B",9.00,1,90.5'),
        (Student("x", "", "JANE@EXAMPLE.EDU"), 'B",9.00,,90.5', 'B",9.00,1,90.5'),
        (Student("Doe, Jane"), 'B",9.00,,90.5', 'B",9.00,1,90.5'),
        (Student("41", "doejane"), 'B",9.00,,90.5', 'B",9.00,1,90.5'),
        (Student("7"), ',8.00,"",', ',8.00,"1",'),
        (Student("שרה"), ',"2.00",', ',"1",'),
        (Student("48"), "Short,48", "Short,48,,,,,1"),
    ],
)
def test_one_cell_changes_and_nothing_else(student: Student, before: str, after: str, tmp_path: Path) -> None:
    text, _ = run(tmp_path, CANVAS, marked("s", RIGHT, WRONG, students=[student]))
    assert text == CANVAS.replace(before, after)
    assert text != CANVAS


def test_decomposed_accents_are_no_difference_and_an_equal_mark_is_left(tmp_path: Path) -> None:
    zoe = Student("x", "A\u030angstro\u0308m Zoe\u0308")
    text, notices = run(tmp_path, CANVAS, marked("s", RIGHT, WRONG, students=[zoe]))
    assert text == CANVAS
    assert notices[0].endswith("0 marks written to the column Homework 3 (991); 1 had that mark already")
    assert run(tmp_path, CANVAS, full("s", zoe))[0] == CANVAS.replace(",1.00,\r", ",2,\r")


@pytest.mark.parametrize(
    "student", [Student("Twin"), Student("0041"), Student("Student, Test"), Student("49"), Student("doe, jane")]
)
def test_nobody_is_guessed(student: Student, tmp_path: Path) -> None:
    text, notices = run(tmp_path, CANVAS, full("s", student))
    assert text == CANVAS
    assert notices[0] == "grades.csv: 0 marks written to the column Homework 3 (991)"
    which = "may be any of several in the file, so none is filled in" if student.id == "Twin" else "not in the file"
    assert notices[1] == f"grades.csv: {which}: {student}"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["grades.csv"]


def test_a_class(tmp_path: Path) -> None:
    zoe = Student("43", "Zoë")
    text, notices = run(
        tmp_path,
        CANVAS,
        full("g1", Student("41"), Student("7")),
        full("g2", zoe),
        full("44"),
        marked("45", RIGHT, UNDECIDED),
        full("a", Student("46")),
        full("b", Student("46")),
        full("47"),
    )
    expected = CANVAS.replace(",,90.5", ",2,90.5").replace('8.00,""', '8.00,"2"').replace(",,1.00,", ",,2,")
    assert text == expected
    assert notices == [
        "grades.csv: 3 marks written to the column Homework 3 (991); 1 had that mark already",
        "grades.csv: 1 of them had another mark: Ångström Zoë (43) from 1.00 to 2",
        "grades.csv: something is undecided, so their cells are left as they are: 45",
        "grades.csv: what these cells hold is not to be changed, so they are left: Excused (47) (EX)",
        "grades.csv: more than one submission, so their cells are left as they are: Twin (46) (a, b)",
        "grades.csv: no submission from 1 of the 8 students in the file; their cells are left",
        "grades.csv.bak: the grade book as it was",
    ]


def test_moodles_worksheet(tmp_path: Path) -> None:
    jane, richard = Student("007"), Student("502", "Richard Roe")
    text, notices = run(
        tmp_path,
        MOODLE,
        marked("g", RIGHT, WRONG, students=[jane, richard]),
        full("9"),
    )
    assert text == MOODLE.replace("Submitted,,2.00", "Submitted,1,2.00").replace('",-,2.00', '",1,2.00')
    assert notices[1] == (
        "grades.csv: what these cells hold is not to be changed, so they are left: Locked Lee (9) (1.50)"
    )


def test_other_points_are_told_and_not_scaled(tmp_path: Path) -> None:
    for text in (CANVAS.replace(",2.00,(read", ',"100,00",(read'), MOODLE.replace("2.00", "100.00")):
        after, notices = run(tmp_path, text, full("007"))
        assert list(csv.reader(io.StringIO(after, newline="")))
        assert any("the file has 100 points for it, the assignment 2; nothing is scaled" in one for one in notices)


@pytest.mark.parametrize(
    ("header", "column", "found"),
    [
        ("Homework 3 (991)", None, True),
        ("ee541-HW3 (7)", None, True),
        ("homework  3", None, True),
        ("Lab 1 (12)", "Lab 1", True),
        ("Lab 1 (12)", "Lab 1 (12)", True),
        ("Lab 1 (12),Lab 1 (13)", "Lab 1 (12)", True),
        ("Lab 1 (12),Lab 1 (13)", "Lab 1", False),
        ("Homework 3 (1),Homework 3 (2)", None, False),
        ("Homework 30 (1)", None, False),
        ("Lab 1 (12)", "lab 1", False),
        ("Lab 1 (12)", "ID", False),
    ],
)
def test_the_column_is_the_only_one_of_its_title(header: str, column: str | None, found: bool) -> None:
    text = f"Student,ID,Section,{header}\nA,1,,5,6\n"
    if found:
        assert read_sheet(text, "g.csv", column, ("Homework 3", "ee541-hw3")).cells[0].value == "5"
    else:
        with pytest.raises(CallError, match=r"expected --gradebook-column with one of '.*\d\)'"):
            read_sheet(text, "g.csv", column, ("Homework 3", "ee541-hw3"))


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        (CANVAS, "Lab", r"g.csv: no column 'Lab'; .* with one of 'Homework 2 \(990\)', 'Homework 3 \(991\)'$"),
        (CANVAS, "Final Score", "g.csv: no column 'Final Score'"),
        (MOODLE, "Mark", "g.csv: no column 'Mark'; .* one of 'Status', 'Grade'"),
        ("", None, "g.csv: empty; expected a grade book exported from Canvas"),
        ("name,marks\nA,1\n", None, "g.csv:1: expected a grade book .*; found 'name', 'marks'"),
        (CANVAS + '\n"', None, "g.csv:14: a quotation mark opens here"),
    ],
)
def test_what_cannot_be_filled_in_is_told(text: str, column: str | None, message: str) -> None:
    with pytest.raises(CallError, match=message):
        read_sheet(text, "g.csv", column, ("Homework 3", "ee541-hw3"))


def test_the_file_keeps_its_permissions_its_link_and_its_oldest_original(tmp_path: Path) -> None:
    real = tmp_path / "real.csv"
    real.write_bytes(CANVAS.encode())
    real.chmod(0o640)
    link = tmp_path / "grades.csv"
    link.symlink_to(real)
    for name in ("41", "7"):
        book = Gradebook.read(link, None, "Homework 3", "hw3")
        book.add(full(name))
        notices = book.finish()
    assert notices[-1].endswith("real.csv.bak: was there already, and is left as it is")
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "real.csv.bak").read_bytes() == CANVAS.encode()
    assert real.read_bytes().decode() == CANVAS.replace(",,90.5", ",2,90.5").replace('8.00,""', '8.00,"2"')
    assert sorted(one.name for one in tmp_path.iterdir()) == ["grades.csv", "real.csv", "real.csv.bak"]


def test_a_file_that_was_changed_meanwhile_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    path.write_bytes(CANVAS.encode())
    book = Gradebook.read(path, None, "Homework 3", "hw3")
    path.write_bytes(MOODLE.encode())
    book.add(full("41"))
    with pytest.raises(CallError, match="was changed while submissions were checked; no mark was written"):
        book.finish()
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [MOODLE.encode()]


def test_a_disk_that_fails_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "grades.csv"
    path.write_bytes(CANVAS.encode())
    book = Gradebook.read(path, None, "Homework 3", "hw3")
    book.add(full("41"))

    def fails(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(CallError, match=r"cannot be written: No space left on device"):
        book.finish()
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("grades.csv", CANVAS.encode())]


CELLS = st.text(st.sampled_from('ab7é",;\t\r\n =\u05d0\u202e\u2028'), max_size=5)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str, int]:
    """A CSV text with a Canvas header, written in some style; its delimiter; how many students it has."""
    delimiter = draw(st.sampled_from([",", ";", "\t"]))
    extra = draw(st.lists(CELLS, max_size=2))
    header = ["Student", "ID", *extra, "Homework 3 (991)", *draw(st.lists(CELLS, max_size=1))]
    count = draw(st.integers(0, 4))
    rows = [
        [draw(CELLS), str(number), *(draw(CELLS) for _ in extra), draw(st.sampled_from(["", "-", "1", "2.00", "0,5"]))]
        for number in range(100, 100 + count)
    ]
    style = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    text = io.StringIO(newline="")
    # a lone carriage return is quoted only where it is in the line end
    csv.writer(text, delimiter=delimiter, quoting=style, lineterminator="\r\n").writerows([header, *rows])
    return draw(st.sampled_from(["", "\ufeff"])) + text.getvalue(), delimiter, count


@given(written(), st.sets(st.integers(0, 3)))
def test_read_again_the_file_differs_in_the_cells_filled_in(book: tuple[str, str, int], chosen: set[int]) -> None:
    text, delimiter, count = book
    sheet = read_sheet(text, "g.csv", "Homework 3 (991)", ())
    assert len(sheet.cells) == count
    assert filled(sheet, {}) == text
    marks = {place: f"{place}.5" for place in chosen if place < count}
    before, after = (
        list(csv.reader(io.StringIO(one, newline=""), delimiter=delimiter)) for one in (text, filled(sheet, marks))
    )
    column = before[0].index("Homework 3 (991)")
    for place, mark in marks.items():
        before[1 + place][column] = mark
    assert after == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_every_encoding_is_kept(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    path.write_bytes(CANVAS.encode(encoding))
    book = Gradebook.read(path, None, "Homework 3", "hw3")
    book.add(full("41"))
    book.finish()
    assert path.read_bytes() == CANVAS.replace(",,90.5", ",2,90.5").encode(encoding)


@pytest.mark.parametrize("byte", [*range(0x80, 0x100)])
def test_every_byte_is_kept(byte: int, tmp_path: Path) -> None:
    path = tmp_path / "grades.csv"
    before = b"Student;ID;Homework 3 (9)\nA\xe9" + bytes([byte]) + b";1;\n"
    path.write_bytes(before)
    book = Gradebook.read(path, None, "Homework 3", "hw3")
    book.add(full("1"))
    book.finish()
    assert path.read_bytes() == before.replace(b";1;", b";1;2")


def test_a_large_grade_book_takes_seconds(tmp_path: Path) -> None:
    rows = "".join(f'"Doe, Jane {i}",{i},S{i},j{i}@x.edu,A{",1.00" * 20},,\r\n' for i in range(50_000))
    header = "".join(f",Lab {i} ({i})" for i in range(20))
    path = tmp_path / "grades.csv"
    path.write_text(f"Student,ID,SIS User ID,SIS Login ID,Section{header},Homework 3 (99),\r\n{rows}", newline="")
    book = Gradebook.read(path, None, "Homework 3", "hw3")
    for number in range(10_000):
        book.add(full(f"S{number}"))
    assert "10000 marks written" in book.finish()[0]
