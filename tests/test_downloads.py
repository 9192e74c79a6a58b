"""Downloads of Gradescope, Canvas and Moodle, as folders and zips: the right students with the right files."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from checks.errors import CallError
from checks.submissions.students import Student
from checks.submissions.submission_file import Found, find_submissions
from tests.downloads import CANVAS_TREE, GRADESCOPE_TREE, HALF, MOODLE_TREE, Tree, planted, zip_bytes, zipped
from tests.submissions import Backcheck


def held(found: Found) -> dict[str, tuple[list[Student], list[str]]]:
    """Students and known files of every submission."""
    return {one.id: (list(one.students), sorted(one.files)) for one in found.submissions}


GRADESCOPE = {
    "submission_101": ([Student("007", "Ann Doe", "ada@example.edu")], ["answers.txt", "result.json"]),
    "submission_102": (
        [Student("42", "Émile O'Brien-Núñez", "emile@example.edu"), Student("", "Lin_Wei", "")],
        ["answers.txt"],
    ),
    "submission_103": ([Student("0100", "李 雷", "li@example.edu")], []),
}


CANVAS = {
    "anon_aB3xY": ([Student("anon_aB3xY")], ["answers.txt"]),
    "anon_qq1ZZ": ([Student("anon_qq1ZZ")], ["answers.txt"]),
    "doeann_4501": ([Student("4501", "doeann")], ["answers.txt", "result.json"]),
    "obrien_nunezemile_4502": ([Student("4502", "obrien_nunezemile")], ["answers.txt"]),
    "smith12_4505": ([Student("4505", "smith12")], ["12_34_answers.txt"]),
    "weilin_4504": ([Student("4504", "weilin")], ["text.html"]),
    "李雷_4503": ([Student("4503", "李雷")], ["answers.txt"]),
}


MOODLE = {
    "Ann Doe_12345": ([Student("12345", "Ann Doe")], ["answers.txt"]),
    "Émile O'Brien-Núñez_12346": ([Student("12346", "Émile O'Brien-Núñez")], ["answers.txt"]),
    "李 雷_12347": ([Student("12347", "李 雷")], ["answers.txt", "result.json"]),
    "Participant 7_12348": ([Student("12348", "Participant 7")], []),
    "Lin Wei_12349": ([Student("12349", "Lin Wei")], ["onlinetext.html"]),
}


DOWNLOADS: dict[str, tuple[Tree, Any, str]] = {
    "Gradescope": (GRADESCOPE_TREE, GRADESCOPE, "Gradescope export, 3 files, 4 students"),
    "Canvas": (CANVAS_TREE, CANVAS, "Canvas download, 9 files, 7 students"),
    "Moodle": (MOODLE_TREE, MOODLE, "Moodle download, 5 files, 5 students"),
}


@pytest.mark.parametrize("platform", DOWNLOADS)
@pytest.mark.parametrize("form", ["folder", "zip", "zip with a folder around it", "folder in a folder"])
def test_who_handed_in_what(platform: str, form: str, tmp_path: Path) -> None:
    tree, expected, source = DOWNLOADS[platform]
    if form.startswith("zip"):
        around = "export_7/" if "around" in form else ""
        path = zipped(tmp_path / "download.zip", {around + name: content for name, content in tree.items()})
    else:
        path = tmp_path / "download"
        planted(path / "export_7" if "in a" in form else path, tree)
    found = find_submissions([path])
    assert held(found) == expected
    assert found.source == source
    assert [one.id for one in found.submissions] == sorted(expected)


def test_a_canvas_download_tells_what_is_late_and_takes_the_newest_upload(backcheck: Backcheck, tmp_path: Path) -> None:
    outcome = backcheck("check", planted(tmp_path / "in", CANVAS_TREE), "--assignment", "sample", "--json")
    report = json.loads(outcome.out)
    assert report["source"] == "Canvas download, 9 files, 7 students"
    found = {one["id"]: one for one in report["submissions"]}
    emile = found["obrien_nunezemile_4502"]
    assert emile["score"] == 2
    assert emile["students"] == [{"id": "4502", "name": "obrien_nunezemile", "email": ""}]
    assert [problem["message"] for problem in emile["problems"]] == [
        "read as answers.txt, the newest of several; not answers.txt",
        "handed in late, says Canvas",
    ]
    weilin = found["weilin_4504"]
    read = {
        entry["name"]: (entry["verdict"], entry["reading"]) for entry in weilin["entries"] if "." not in entry["name"]
    }
    assert read.pop("s1[1]") == read.pop("s1[2]") == ("exact", "certain")
    assert set(read.values()) == {("undecided", None)}


def test_what_a_platform_did_not_write_is_left_aside_with_a_word(tmp_path: Path) -> None:
    path = planted(tmp_path / "in", {**CANVAS_TREE, "notes.md": "mine", "key/answers.txt": HALF})
    found = find_submissions([path])
    assert held(found) == CANVAS
    assert found.notices == (
        "Canvas download: left aside what it did not write: key",
        "Canvas download: left aside what it did not write: notes.md",
    )


def test_zips_within_a_download_are_looked_into(tmp_path: Path) -> None:
    inner = zip_bytes({"__MACOSX/._answers.txt": "x", "hw3/answers.txt": HALF, "hw3/results.json": "[]"}, tmp_path)
    trees: list[Tree] = [
        {"doeann_4501_90001_hw3.zip": inner, "lin_4502_90002_answers.txt": HALF},
        {"Ann Doe_4501_assignsubmission_file_/hw3.zip": inner},
        {"submission_metadata.yml": "submission_1:\n", "submission_1/hw3.zip": inner},
        {"ada.zip": inner, "bob/answers.txt": HALF},
    ]
    for number, tree in enumerate(trees):
        for path in (planted(tmp_path / str(number), tree), zipped(tmp_path / f"{number}.zip", tree)):
            found = find_submissions([path])
            ada = next(one for one in found.submissions if len(one.files) == 2)
            assert sorted(ada.files) == ["answers.txt", "result.json"]
            assert ada.files["answers.txt"].read(100) == HALF.encode()
            assert any(notice.message == "what macOS adds" for notice in ada.notices)
            assert any(notice.message == "read as result.json" for notice in ada.notices)


def test_a_zip_is_one_submission_or_a_class(tmp_path: Path) -> None:
    cases: list[tuple[Tree, list[str]]] = [
        ({"answers.txt": HALF}, ["z"]),
        ({"hw3/answers.txt": HALF, "hw3/code/result.json": "[]"}, ["z"]),
        ({"part1/answers.txt": HALF, "part2/result.json": "[]"}, ["z"]),
        ({"ada/answers.txt": HALF, "bob/answers.txt": HALF}, ["ada", "bob"]),
        ({"class/ada/answers.txt": HALF, "class/bob/answers.txt": HALF, "class/cyd/": ""}, ["ada", "bob", "cyd"]),
        ({"readme.md": "x"}, ["z"]),
    ]
    for tree, expected in cases:
        found = find_submissions([zipped(tmp_path / "z.zip", tree)])
        assert [one.id for one in found.submissions] == expected


@pytest.mark.parametrize("platform", DOWNLOADS)
def test_a_report_among_a_download_does_not_make_it_one_submission(platform: str, tmp_path: Path) -> None:
    tree, expected, _ = DOWNLOADS[platform]
    assert held(find_submissions([planted(tmp_path / "in", {**tree, "results.json": "{}"})])) == expected


def test_a_file_name_in_the_shape_of_moodles_is_its_own_students(tmp_path: Path) -> None:
    tree = {
        "Ann Doe_12345_assignsubmission_file_answers.txt": HALF,
        "Eve_12346_assignsubmission_file_x_12345_assignsubmission_file_answers.txt": "s1 = [0, 0]",
    }
    ada, eve = find_submissions([planted(tmp_path / "in", tree)]).submissions
    assert (ada.students, list(ada.files)) == ((Student("12345", "Ann Doe"),), ["answers.txt"])
    assert ada.files["answers.txt"].read(100) == HALF.encode()
    assert eve.students == (Student("12346", "Eve"),)
    assert list(eve.files) == ["x_12345_assignsubmission_file_answers.txt"]


def test_a_folder_whose_name_is_no_text_is_written_to_every_output(backcheck: Backcheck, tmp_path: Path) -> None:
    try:
        (tmp_path / "in" / "s\udcff").mkdir(parents=True)
    except OSError:
        pytest.skip("names of files are text here")
    outputs = ("--csv", tmp_path / "m.csv", "--junit", tmp_path / "j.xml", "--html", tmp_path / "pages")
    outcome = backcheck("check", tmp_path / "in", "--assignment", "sample", "--exit-zero", *outputs)
    assert outcome.status == 0
    assert "\ns\\udcff," in (tmp_path / "m.csv").read_text(encoding="utf-8")


def test_a_name_of_which_canvas_leaves_nothing(tmp_path: Path) -> None:
    tree = {"_4509_90006_answers.txt": HALF, "_LATE_4510_90007_answers.txt": HALF}
    found = find_submissions([planted(tmp_path / "in", tree)])
    assert [one.students for one in found.submissions] == [(Student("4509"),), (Student("4510"),)]


def test_a_student_whom_gradescope_names_twice_is_one(tmp_path: Path) -> None:
    twice = "submission_1:\n  :submitters:\n" + "  - :name: Ada\n    :sid: '7'\n" * 2
    tree = {"submission_metadata.yml": twice, "submission_1/answers.txt": HALF}
    (one,) = find_submissions([planted(tmp_path / "in", tree)]).submissions
    assert one.students == (Student("7", "Ada"),)


@pytest.mark.parametrize("tree", [{"ann/": "", "bob/": ""}, MOODLE_TREE])
def test_a_folder_that_cannot_be_read_is_not_an_empty_one(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = os.scandir

    def refused(folder: Path) -> object:
        if Path(folder).name.lower().startswith("an"):
            raise PermissionError(13, "Permission denied")
        return listed(folder)

    monkeypatch.setattr(os, "scandir", refused)
    ada = find_submissions([planted(tmp_path / "in", tree)]).submissions[0]
    assert ada.unread
    assert ada.unread.message == "cannot be read: Permission denied"


def test_metadata_that_cannot_be_read_is_a_fault_of_the_call(tmp_path: Path) -> None:
    for text in ("a: [", "- a list", "\0", "a: &a [*a, *a]\nb: {" + "[" * 5000):
        path = planted(tmp_path / "in", {"submission_metadata.yml": text})
        with pytest.raises(CallError, match=r"submission_metadata\.yml: "):
            find_submissions([path])


def test_submissions_beside_the_metadata(tmp_path: Path) -> None:
    tree = {"submission_metadata.yml": "submission_1:\n  :submitters: nobody\n", "submission_2/answers.txt": HALF}
    one, two = find_submissions([planted(tmp_path / "in", tree)]).submissions
    assert (one.id, one.students) == ("submission_1", ())
    assert one.unread
    assert one.unread.message == "named in submission_metadata.yml, but not in the export"
    assert (two.id, two.students, list(two.files)) == ("submission_2", (), ["answers.txt"])


def test_a_zip_that_may_be_a_class_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "hw3.zip", {"ada/answers.txt": HALF, "bob/answers.docx": "PK"})
    found = find_submissions([path])
    assert [one.id for one in found.submissions] == ["hw3"]
    assert found.notices == (
        f"{path}: taken for one submission, with 2 folders in it; unpack it if each is a student's",
    )
