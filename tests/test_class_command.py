"""A whole class by the command: from the downloaded zip to the grade book, every output from the same findings."""

from __future__ import annotations

import csv
import json
import shlex
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.downloads import CANVAS_TREE, GRADESCOPE_TREE, HALF, MOODLE_TREE, planted, zipped
from tests.processes import call_of
from tests.submissions import EXAMPLES, ROOT, Backcheck
from tests.worked_cases import ANSWERS

CANVAS_BOOK = (
    "Student,ID,SIS User ID,SIS Login ID,Section,EE 541 Homework 3 (77),Final Score\r\n"
    "    Points Possible,,,,,73,(read only)\r\n"
    '"Doe, Ann",4501,007,ada@example.edu,A,,\r\n'
    '"O\'Brien, Émile",4502,008,emile@example.edu,A,,\r\n'
    '"雷, 李",4503,009,,A,,\r\n'
    '"Lin, Wei",4504,010,,A,EX,\r\n'
    '"Absent, Abe",4509,011,,A,,\r\n'
)
MOODLE_BOOK = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Feedback comments\n"
    "Participant 12345,Ann Doe,ada@example.edu,Submitted,,73.00,\n"
    "Participant 12347,李 雷,li@example.edu,Submitted,1.00,73.00,\n"
)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_canvas_class_from_the_zip_to_the_grade_book(backcheck: Backcheck, tmp_path: Path) -> None:
    tree = {name: content for name, content in CANVAS_TREE.items() if not name.endswith("result.json")}
    book = tmp_path / "grades.csv"
    book.write_text(CANVAS_BOOK, encoding="utf-8", newline="")
    outputs = ("--csv", tmp_path / "m.csv", "--junit", tmp_path / "j.xml", "--html", tmp_path / "pages")
    call = ("check", zipped(tmp_path / "in.zip", tree), "--assignment", "sample", "--roster", book)
    outcome = backcheck(*call, "--gradebook", book, *outputs, "--json")
    assert outcome.status == 1
    report = {one["id"]: one for one in json.loads(outcome.out)["submissions"]}
    assert report["doeann_4501"]["students"] == [{"id": "007", "name": "Doe, Ann", "email": "ada@example.edu"}]
    marks = {row["submission"]: row for row in rows(tmp_path / "m.csv")}
    assert {one: float(row["score"]) for one, row in marks.items()} == {
        one: found["score"] for one, found in report.items()
    }
    assert (marks["doeann_4501"]["id"], marks["doeann_4501"]["name"]) == ("007", "Doe, Ann")
    filled = book.read_bytes().decode()
    assert filled == CANVAS_BOOK.replace(",007,ada@example.edu,A,,", ",007,ada@example.edu,A,2,").replace(
        ",008,emile@example.edu,A,,", ",008,emile@example.edu,A,2,"
    ).replace(",009,,A,,", ",009,,A,2,")
    assert (tmp_path / "grades.csv.bak").read_bytes().decode() == CANVAS_BOOK
    suites = {suite.get("name"): suite for suite in ElementTree.parse(tmp_path / "j.xml").getroot()}  # noqa: S314
    assert suites.keys() == report.keys()
    assert all(len(suite.findall("testcase")) == len(report[str(name)]["entries"]) for name, suite in suites.items())
    pages = [path.stem for path in (tmp_path / "pages" / "students").iterdir()]
    assert len(pages) == len(report)
    index = (tmp_path / "pages" / "index.html").read_text(encoding="utf-8")
    assert "Canvas download, 8 files, 7 students" in index
    for told in ("no submission from 1 of 5: Absent, Abe (011)", "not in the roster: "):
        assert told in outcome.err
        assert told in index


def test_a_group_has_a_row_for_each_of_its_students(backcheck: Backcheck, tmp_path: Path) -> None:
    backcheck("check", planted(tmp_path / "in", GRADESCOPE_TREE), "--assignment", "sample", "--csv", tmp_path / "m.csv")
    group = [row for row in rows(tmp_path / "m.csv") if row["submission"] == "submission_102"]
    assert [(row["id"], row["name"], row["score"]) for row in group] == [
        ("42", "Émile O'Brien-Núñez", "2"),
        ("", "Lin_Wei", "2"),
    ]


def test_a_moodle_worksheet_is_filled_in(backcheck: Backcheck, tmp_path: Path) -> None:
    book = tmp_path / "worksheet.csv"
    book.write_text(MOODLE_BOOK, encoding="utf-8")
    tree = {name: content for name, content in MOODLE_TREE.items() if not name.endswith("result.json")}
    outcome = backcheck("check", planted(tmp_path / "in", tree), "--assignment", "sample", "--gradebook", book)
    assert book.read_text(encoding="utf-8") == MOODLE_BOOK.replace("Submitted,,", "Submitted,2,").replace("1.00", "2")
    assert "Moodle download, 4 files, 5 students" in outcome.out
    assert "1.00" in outcome.err


def test_what_could_not_be_decided_is_no_mark(backcheck: Backcheck, tmp_path: Path) -> None:
    book = tmp_path / "grades.csv"
    book.write_text("Student,ID,Section,sample (7)\nAda,ada,A,\nBob,bob,A,\n", encoding="utf-8")
    record = {"index": 0, "activations": [0.1] * 10, "classification": 1}  # there are no data to hold it against
    tree = {"ada/answers.txt": ANSWERS, "ada/result.json": json.dumps([record]), "bob/answers.txt": ANSWERS}
    call = ("check", planted(tmp_path / "in", tree), "--gradebook", book, "--gradebook-column", "sample", "--json")
    outcome = backcheck(*call)
    ada, bob = json.loads(outcome.out)["submissions"]
    assert (ada["max_score"], bob["max_score"]) == (57, 73)
    assert book.read_text(encoding="utf-8").splitlines()[1:] == ["Ada,ada,A,", f"Bob,bob,A,{bob['score']:g}"]
    assert "ada" in outcome.err


BAD_CALLS: dict[str, tuple[tuple[str, ...], str]] = {
    "no roster": (("--roster", "nowhere.csv"), "nowhere.csv: "),
    "a roster without names": (("--roster", "bad.csv"), "bad.csv:1: expected a header row"),
    "no grade book": (("--gradebook", "bad.csv"), "bad.csv:1: expected a grade book"),
    "a column alone": (("--gradebook-column", "x"), "expected --gradebook FILE too"),
    "a table nowhere": (("--csv", "no/such/folder/m.csv"), "m.csv: cannot be written"),
    "pages in a file": (("--html", "bad.csv"), "bad.csv: cannot be written"),
    "no jobs": (("-j", "0"), "expected a whole number from 1 to 1000000, not '0'"),
}


@pytest.mark.parametrize("case", BAD_CALLS)
def test_a_bad_call_is_told_before_the_run(case: str, backcheck: Backcheck) -> None:
    options, message = BAD_CALLS[case]
    planted(Path("in"), {"ada/answers.txt": HALF, "bob/answers.txt": HALF})
    Path("bad.csv").write_text("what,ever\n1,2\n")
    outcome = backcheck("check", "in/ada", *options, "--assignment", "sample")
    assert outcome.status == 2
    assert message in outcome.err
    assert "Score" not in outcome.out


def test_results_for_gradescope_are_those_of_one(backcheck: Backcheck) -> None:
    planted(Path("in"), {"ada/answers.txt": HALF, "bob/answers.txt": HALF})
    outcome = backcheck("check", "in/ada", "in/bob", "--gradescope", "g.json", "--assignment", "sample")
    assert outcome.status == 2
    assert "--gradescope writes the results of one submission; there are 2" in outcome.err


def test_a_second_page_folder_tells_of_the_first(backcheck: Backcheck, tmp_path: Path) -> None:
    planted(tmp_path / "in", {"ada/answers.txt": HALF, "bob/answers.txt": HALF})
    call = ("--assignment", "sample", "--html", tmp_path / "pages")
    backcheck("check", tmp_path / "in", *call)
    outcome = backcheck("check", tmp_path / "in" / "ada", *call)
    assert "pages of an earlier run are there too (1)" in outcome.err


@pytest.mark.parametrize("closed", [">&-", "2>&-"])
def test_output_that_is_closed_costs_nothing_else(closed: str, tmp_path: Path) -> None:
    table = tmp_path / "m.csv"
    call = call_of("check", EXAMPLES, "--assignment", "sample", "--csv", table, "--exit-zero", "--no-store")
    command = f"{shlex.join(call)} {closed}"
    assert subprocess.run(command, shell=True, cwd=ROOT, check=False, stdout=subprocess.DEVNULL).returncode == 0  # noqa: S602
    assert len(rows(table)) == 4
