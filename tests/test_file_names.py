"""Which file of a submission is read as which, and what is said of those that are not."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path

import pytest

from checks.submissions.submission_file import find_submissions
from tests.downloads import HALF, planted
from tests.submissions import Backcheck

NEWEST: dict[str, tuple[dict[str, int], str]] = {
    "a copy by the browser": ({"answers.txt": 5, "answers(1).txt": 5}, "answers(1).txt"),
    "the one changed last": ({"answers.txt": 9, "answers(1).txt": 5}, "answers.txt"),
    "capitals": ({"Answers.TXT": 5}, "Answers.TXT"),
    "spelled as expected": ({"ANSWERS.txt": 5, "answers.txt": 5}, "answers.txt"),
    "copy 10 after copy 9": ({"answers (9).txt": 5, "answers (10).txt": 5}, "answers (10).txt"),
    "nearest the top": ({"hw/answers.txt": 1, "hw/old/answers.txt": 9}, "hw/answers.txt"),
}


@pytest.mark.parametrize("case", NEWEST)
def test_the_newest_of_several_counts(case: str, tmp_path: Path) -> None:
    times, expected = NEWEST[case]
    (tmp_path / "class").mkdir()
    for name, seconds in times.items():
        path = planted(tmp_path / "class" / "ada", {name: name}) / name
        os.utime(path, (seconds, seconds))
    (ada,) = find_submissions([tmp_path / "class"]).submissions
    assert ada.files["answers.txt"].read(100).decode() == expected
    same_depth = [name for name in times if name.count("/") == expected.count("/")]
    assert any("newest" in notice.message for notice in ada.notices) == (len(same_depth) > 1)


@pytest.mark.parametrize("name", ["answers.rtf", "hw3/Homework 3.jpg", "answers.rar"])
def test_what_may_be_the_answers_under_another_name_is_left_to_a_person(
    name: str, backcheck: Backcheck, tmp_path: Path
) -> None:
    path = planted(tmp_path / "in", {"ada_1_assignsubmission_file_/result.json": "[]"})
    planted(path, {f"ada_1_assignsubmission_file_/{name}": HALF, "ada_1_assignsubmission_file_/nn.py": ""})
    (ada,) = json.loads(backcheck("check", path, "--assignment", "sample", "--json").out)["submissions"]
    verdicts = {entry["verdict"] for entry in ada["entries"] if not entry["name"].startswith("result.")}
    assert verdicts == {"unreadable"}
    assert ada["problems"][0]["message"] == f"expected answers.txt or answers.json, found {name}"


@pytest.mark.parametrize(
    ("name", "read"),
    [("hw3_answers.txt", 2), ("Answers (final).txt", 2), ("hw3/notes.md", 2), ("answers.docx", 0), ("scan.pdf", 0)],
)
def test_a_document_is_read_and_what_is_not_found_in_it_is_left_to_a_person(
    name: str, read: int, backcheck: Backcheck, tmp_path: Path
) -> None:
    path = planted(tmp_path / "in", {f"ada_1_assignsubmission_file_/{name}": HALF})
    (ada,) = json.loads(backcheck("check", path, "--assignment", "sample", "--json").out)["submissions"]
    found = Counter(entry["verdict"] for entry in ada["entries"] if not entry["name"].startswith("result."))
    assert found == Counter(exact=read, undecided=56 - read)


def test_what_lies_below_a_submission_is_told(tmp_path: Path) -> None:
    tree = {"ada/answers.txt": HALF, "ada/code/result.json": "[]", "bob/answers.txt": HALF}
    ada, bob = find_submissions([planted(tmp_path / "in", tree)]).submissions
    message = "in a subfolder of a folder that is itself a submission; not looked at"
    assert [(one.place, one.message) for one in ada.notices] == [("code/result.json", message)]
    assert bob.notices == ()
    (all_,) = find_submissions([planted(tmp_path / "in", {"answers.txt": HALF})]).submissions
    assert [one.message for one in all_.notices] == [f"{message} (and 2 more)"]


@pytest.mark.parametrize(
    "content", [b"%PDF-1.4\n1 0 obj\n", b"PK\x03\x04\x14\0\xff", b"{\\rtf1 s1 = [5, -5]\\par}", b"\0" * 99]
)
def test_a_document_named_as_the_answers_is_unreadable_and_not_missing(
    content: bytes, backcheck: Backcheck, tmp_path: Path
) -> None:
    path = planted(tmp_path / "ada", {"answers.txt": content})
    (ada,) = json.loads(backcheck("check", path, "--assignment", "sample", "--json").out)["submissions"]
    verdicts = {entry["verdict"] for entry in ada["entries"] if not entry["name"].startswith(("result.", "s1"))}
    assert len(verdicts) == 1
    assert verdicts <= {"unreadable", "undecided"}
    assert [problem["line"] for problem in ada["problems"][:1]] == [1]


def test_programs_and_a_readme_are_not_the_answers(tmp_path: Path) -> None:
    tree = {f"ada_1_assignsubmission_file_/{name}": "" for name in ("result.json", "nn.py", "README.md", "fig.png")}
    (ada,) = find_submissions([planted(tmp_path / "in", tree)]).submissions
    assert ada.unread is None
