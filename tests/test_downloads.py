"""Downloads of Gradescope, Canvas and Moodle, as folders and zips: the right students with the right files."""

from __future__ import annotations

import json
import os
import stat
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from checks.errors import CallError
from checks.students import Student
from checks.submissions.contents import read_material
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
    "smith12_4505": ([Student("4505", "smith12")], []),
    "weilin_4504": ([Student("4504", "weilin")], []),
    "李雷_4503": ([Student("4503", "李雷")], ["answers.txt"]),
}
MOODLE = {
    "Ann Doe_12345": ([Student("12345", "Ann Doe")], ["answers.txt"]),
    "Émile O'Brien-Núñez_12346": ([Student("12346", "Émile O'Brien-Núñez")], ["answers.txt"]),
    "李 雷_12347": ([Student("12347", "李 雷")], ["answers.txt", "result.json"]),
    "Participant 7_12348": ([Student("12348", "Participant 7")], []),
    "Lin Wei_12349": ([Student("12349", "Lin Wei")], []),
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
    assert weilin["problems"][0]["message"] == "expected answers.txt, answers.json, result.json, found text.html"
    assert {entry["verdict"] for entry in weilin["entries"] if "." not in entry["name"]} == {"unreadable"}


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


def test_links_and_paths_that_lead_out_are_refused_one_by_one(backcheck: Backcheck, tmp_path: Path) -> None:
    folder = planted(
        tmp_path / "in",
        {f"{name}_{number}_assignsubmission_file_/": "" for number, name in enumerate(("ada", "bob", "cyd", "dee"))},
    )
    ada, bob, cyd, dee = sorted(folder.iterdir())
    (ada / "answers.txt").symlink_to("/etc/passwd")
    with zipfile.ZipFile(bob / "hw.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../x", "x")
        archive.writestr("../answers.txt", HALF)
        link = zipfile.ZipInfo("result.json")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("answers.json", b" " * 10 * 2**20)
    with (cyd / "result.json").open("wb") as sparse:
        sparse.truncate(2 * 2**30)
    (dee / "answers.txt").write_text(HALF)
    outcome = backcheck("check", folder, "--assignment", "sample", "--json")
    found = {one["students"][0]["name"]: one for one in json.loads(outcome.out)["submissions"]}
    told = {name: [(p["file"], p["message"]) for p in one["problems"]] for name, one in found.items()}
    assert told == {
        "ada": [("answers.txt", "a link; links are not followed")],
        "bob": [
            ("hw.zip/../../x", "a path that leads out by .."),
            ("hw.zip/../answers.txt", "a path that leads out by .."),
            ("hw.zip/result.json", "a link; links are not followed"),
            ("answers.json", "10485760 bytes; at most 262144 are read"),
        ],
        "cyd": [("result.json", "2147483648 bytes; at most 33554432 are read")],
        "dee": [],
    }
    assert found["dee"]["score"] == 2
    assert "root:" not in outcome.out


def test_a_zip_bomb_in_a_zip_costs_nothing(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("inner.zip", "w") as inner:
        for _ in range(40):
            inner.write(bytes(2**20))
    many = zip_bytes({f"{number}/x": "" for number in range(10_001)}, tmp_path)
    path = planted(tmp_path / "in", {"ada.zip": bomb.read_bytes(), "bob.zip": many, "cyd/answers.txt": HALF})
    ada, bob, cyd = find_submissions([path]).submissions
    assert ada.unread
    assert ada.unread.message == "41943040 bytes; at most 33554432 are read"
    assert bob.unread
    assert bob.unread.message == "10001 entries; at most 10000 are looked at"
    assert cyd.files


def test_a_zip_packed_in_any_way_and_damaged_costs_only_itself(tmp_path: Path) -> None:
    for method in (zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(tmp_path / "inner.zip", "w", method) as archive:
            archive.writestr("answers.txt", HALF * 200)
        damaged = bytearray((tmp_path / "inner.zip").read_bytes())
        damaged[45:60] = b"\xff" * 15
        path = planted(tmp_path / str(method), {"ada.zip": bytes(damaged), "bob/answers.txt": HALF})
        ada, bob = map(read_material, find_submissions([path]).submissions)
        assert "cannot be read from the zip" in str(dict(ada.files)["answers.txt"])
        assert dict(bob.files) == {"answers.txt": HALF.encode()}


def test_an_encrypted_zip_is_told_as_one(tmp_path: Path) -> None:
    data = bytearray(zip_bytes({"answers.txt": HALF}, tmp_path))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (ada,) = find_submissions([planted(tmp_path / "in", {"ada.zip": bytes(data)})]).submissions
    message = "encrypted in the zip; it cannot be read without its password"
    assert read_material(ada).files == (("answers.txt", message),)


def test_folders_in_a_zip_are_as_deep_as_people_make_them(tmp_path: Path) -> None:
    tree = {f"{number}/" + "a/" * 20_000 + "answers.txt": HALF for number in range(100)}
    start = time.perf_counter()
    for path in (zipped(tmp_path / "z.zip", tree), planted(tmp_path / "in", {"ada.zip": zip_bytes(tree, tmp_path)})):
        (one,) = find_submissions([path]).submissions
        assert not one.files
        assert one.unread
        assert one.unread.message == "more than 100 folders inside one another"
        assert sum(len(notice.place) for notice in one.notices) < 1_000
    assert time.perf_counter() - start < 10


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
    assert (eve.students, list(eve.files)) == ((Student("12346", "Eve"),), [])


def test_a_folder_whose_name_is_no_text_is_written_to_every_output(backcheck: Backcheck, tmp_path: Path) -> None:
    try:
        (tmp_path / "in" / "s\udcff").mkdir(parents=True)
    except OSError:
        pytest.skip("names of files are text here")
    outputs = ("--csv", tmp_path / "m.csv", "--junit", tmp_path / "j.xml", "--html", tmp_path / "pages")
    outcome = backcheck("check", tmp_path / "in", "--assignment", "sample", "--exit-zero", *outputs)
    assert outcome.status == 0
    assert "\ns\\udcff," in (tmp_path / "m.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["hw3_answers.txt", "Answers (final).txt", "answers.docx", "scan.pdf", "hw3/Homework 3.jpg", "answers.rar"]
)
def test_what_may_be_the_answers_under_another_name_is_left_to_a_person(
    name: str, backcheck: Backcheck, tmp_path: Path
) -> None:
    path = planted(tmp_path / "in", {"ada_1_assignsubmission_file_/result.json": "[]"})
    planted(path, {f"ada_1_assignsubmission_file_/{name}": HALF, "ada_1_assignsubmission_file_/nn.py": ""})
    (ada,) = json.loads(backcheck("check", path, "--assignment", "sample", "--json").out)["submissions"]
    verdicts = {entry["verdict"] for entry in ada["entries"] if not entry["name"].startswith("result.")}
    assert verdicts == {"unreadable"}
    assert ada["problems"][0]["message"] == f"expected answers.txt or answers.json, found {name}"


def test_a_name_of_which_canvas_leaves_nothing(tmp_path: Path) -> None:
    tree = {"_4509_90006_answers.txt": HALF, "_LATE_4510_90007_answers.txt": HALF}
    found = find_submissions([planted(tmp_path / "in", tree)])
    assert [one.students for one in found.submissions] == [(Student("4509"),), (Student("4510"),)]


def test_what_lies_below_a_submission_is_told(tmp_path: Path) -> None:
    tree = {"ada/answers.txt": HALF, "ada/code/result.json": "[]", "bob/answers.txt": HALF}
    ada, bob = find_submissions([planted(tmp_path / "in", tree)]).submissions
    message = "in a subfolder of a folder that is itself a submission; not looked at"
    assert [(one.place, one.message) for one in ada.notices] == [("code/result.json", message)]
    assert bob.notices == ()
    (all_,) = find_submissions([planted(tmp_path / "in", {"answers.txt": HALF})]).submissions
    assert [one.message for one in all_.notices] == [f"{message} (and 2 more)"]


def test_a_student_whom_gradescope_names_twice_is_one(tmp_path: Path) -> None:
    twice = "submission_1:\n  :submitters:\n" + "  - :name: Ada\n    :sid: '7'\n" * 2
    tree = {"submission_metadata.yml": twice, "submission_1/answers.txt": HALF}
    (one,) = find_submissions([planted(tmp_path / "in", tree)]).submissions
    assert one.students == (Student("7", "Ada"),)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.4\n1 0 obj\n", b"PK\x03\x04\x14\0\xff", b"{\\rtf1 s1 = [5, -5]\\par}", b"\0" * 99]
)
def test_a_document_named_as_the_answers_is_unreadable_and_not_missing(
    content: bytes, backcheck: Backcheck, tmp_path: Path
) -> None:
    path = planted(tmp_path / "ada", {"answers.txt": content})
    (ada,) = json.loads(backcheck("check", path, "--assignment", "sample", "--json").out)["submissions"]
    verdicts = {entry["verdict"] for entry in ada["entries"] if not entry["name"].startswith("result.")}
    assert verdicts == {"unreadable"}
    assert [problem["line"] for problem in ada["problems"][:1]] == [1]


def test_a_damaged_download_is_a_fault_of_the_call(backcheck: Backcheck, tmp_path: Path) -> None:
    path = zipped(tmp_path / "canvas.zip", CANVAS_TREE)
    path.write_bytes(path.read_bytes()[:-40])
    outcome = backcheck("check", path, "--assignment", "sample")
    assert (outcome.status, outcome.out) == (2, "")
    assert outcome.err == f"backcheck: {path}: not a zip that can be read: File is not a zip file\n"


def test_programs_and_a_readme_are_not_the_answers(tmp_path: Path) -> None:
    tree = {f"ada_1_assignsubmission_file_/{name}": "" for name in ("result.json", "nn.py", "README.md", "fig.png")}
    (ada,) = find_submissions([planted(tmp_path / "in", tree)]).submissions
    assert ada.unread is None


@pytest.mark.parametrize("tree", [{"ann/": "", "bob/": ""}, MOODLE_TREE])
def test_a_folder_that_cannot_be_read_is_not_an_empty_one(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = Path.iterdir

    def refused(folder: Path) -> Iterator[Path]:
        if folder.name.lower().startswith("an"):
            raise PermissionError(13, "Permission denied")
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", refused)
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


def test_a_zip_of_too_many_names_is_not_even_listed(tmp_path: Path) -> None:
    many = zip_bytes({f"{number:06}{'x' * 400}": "" for number in range(10_000)}, tmp_path)
    (ada,) = find_submissions([planted(tmp_path / "in", {"ada.zip": many})]).submissions
    assert ada.unread
    assert ada.unread.message == "a list of contents of 4520000 bytes; at most 4194304 are looked at"
