"""Hostile and odd submissions through all of `check`: each is told, none stops the run or touches another's marks."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks.answers.names import Vocabulary
from checks.assignment.assignment_file import load_assignment
from checks.judging.verdicts import Verdict
from checks.marking import checking
from checks.program.data_folder import find_data
from checks.submissions.contents import Material, read_material
from checks.submissions.submission_file import find_submissions
from tests.conftest import Outcome
from tests.submissions import submission

Backcheck = Callable[..., Outcome]

ENTRIES = {
    "thousands of zeros in an exponent": "s1[1] = 1e" + "0" * 4400 + "1",
    "an exponent of thousands of digits": "s1[1] = 1*10^" + "1" * 5000,
    "a tower of powers of e": "s1[1] = " + "(" * 11 + "e^10000" + ")^10000" * 11,
    "a difference too small to see": "delta1[2] = (e^(1e-5000)-1)^15",
    "a root of one": "W3_new[1,1] = sqrt((e^(1e-5000)-1)^20)",
    "a chain with one": "W3_new[1,1] = (e^(1e-5000)-1)^20 = 0",
    "a number of 5000 decimals": "s1[1] = 5+1e-4400",
    "another": "delta1[2] = 1e-4400",
    "a huge product": "delta2[1] = (1e5000)^5",
    "long sums, many times": "s1[1] = " + "+".join(["(1+e)^198"] * 390),
    "long quotients, many times": "s1[1] = " + "+".join(["((1+e)^40/(2+e)^40)"] * 150),
    "a chain of two thousand": "s1[1] = " + "1=" * 1990 + "2",
    "a chain of vectors": "s1 = " + "[1,1]=" * 2600 + "[1,1]",
    "spaces in a name": "a" + " " * 200_000 + "b = 1",
    "a value of newlines": "s1 = [" + "\n" * 200_000,
    "products of matrices": "W2_new = " + "*".join(["([" + " 1" * 26 + "]*[" + " 1" * 26 + "]^T)"] * 100),
    "not real at high precision": "W3_new[1,1] = ln(pi-pi*1.0000000000000000000000000000001)",
    "not a number, unseen": "s1[1] = 1/(sqrt(2)-sqrt(2))",
    "a sum of hundreds": "a3[1] = " + "+".join(f"e^.{i:03}" for i in range(1, 560)),
    "a long softmax": "softmax = [" + ",".join(["(1+e)^198"] * 1500) + "]",
    "brackets without end": "s1 = " + "[" * 10_000,
    "a command": "s1[1] = __import__('os').system('touch hacked')",
    "TeX": r"s1[1] = \input{/etc/passwd}",
    "right to left": "s1[1] = \u202e5\u200b",
}


@pytest.mark.parametrize("case", ENTRIES)
def test_one_hostile_entry_costs_nothing_but_itself(case: str, backcheck: Backcheck, tmp_path: Path) -> None:
    kim = submission(tmp_path / "kim", f"s2 = [6, 15]\n{ENTRIES[case]}\na2 = [6, 15]\n")
    outcome = backcheck("check", kim, "--assignment", "sample", "--json")
    report = json.loads(outcome.out)["submissions"][0]
    verdicts = {entry["name"]: entry["verdict"] for entry in report["entries"]}
    assert [verdicts[name] for name in ("s2[1]", "s2[2]", "a2[1]", "a2[2]")] == ["exact"] * 4
    assert report["score"] == 4
    assert not any("backcheck failed" in problem["message"] for problem in report["problems"])
    text = backcheck("check", tmp_path / "kim", "--assignment", "sample", "--explain").out
    assert "Score: 4 of" in text


JSON_FILES: dict[str, bytes] = {
    "an error after the last newline": b'{"s1":\n',
    "objects in objects": b'{"s1":' + b'{"a":' * 900 + b"1" + b"}" * 901,
    "half a surrogate pair": b'{"\\ud801": 5, "s1": ["\\ud800", -5]}',
    "a control character": b'{"\\u001b[31m": 5}',
    "Latin-1": '{"s1": [5, -5], "x": "é"}'.encode("latin-1"),
    "lists of lists": b'{"s1": [[[[5]]], true]}',
}


@pytest.mark.parametrize("case", JSON_FILES)
def test_odd_answers_json(case: str, backcheck: Backcheck, tmp_path: Path) -> None:
    (tmp_path / "kim").mkdir()
    (tmp_path / "kim" / "answers.json").write_bytes(JSON_FILES[case])
    for option in ("--json", "--explain"):
        outcome = backcheck("check", tmp_path / "kim", "--assignment", "sample", option)
        assert outcome.status == 1
        assert "\x1b" not in outcome.out
        assert "backcheck failed" not in outcome.out


RESULTS: dict[str, bytes] = {
    "empty text": b'[{"index": 0, "activations": ["", 1, 1, 1, 1, 1, 1, 1, 1, 1], "classification": 1}]',
    "null": b'[{"index": 0, "activations": [null, 1, 1, 1, 1, 1, 1, 1, 1, 1], "classification": 1}]',
    "false": b'[{"index": 0, "activations": [false, 1, 1, 1, 1, 1, 1, 1, 1, 1], "classification": 1}]',
    "a list": b'[{"index": 0, "activations": [[], 1, 1, 1, 1, 1, 1, 1, 1, 1], "classification": 1}]',
    "1e400": b'[{"index": 0, "activations": [1e400, 1, 1, 1, 1, 1, 1, 1, 1, 1], "classification": 1}]',
    "half a surrogate pair": b'[{"\\ud801": 5}]',
    "many keys": b"[{" + b",".join(b'"k%d": 1' % i for i in range(5000)) + b', "k1": 1}]',
    "very large": b'[{"index": 0, "activations": [1e308, 1, 1, 1, 1, 1, 1, 1, 1, 1], "classification": 1}]',
    "millions of numbers": b"[" + b"0," * 8_000_000 + b"0]",
    "millions of objects": b"[" + b"{}," * 8_000_000 + b"{}]",
    "too large": b" " * (33 * 2**20),
}


@pytest.mark.parametrize("case", RESULTS)
def test_odd_results_are_wrong_or_for_a_person(case: str, backcheck: Backcheck, tmp_path: Path) -> None:
    (tmp_path / "kim").mkdir()
    (tmp_path / "kim" / "result.json").write_bytes(RESULTS[case])
    outcome = backcheck("check", tmp_path / "kim", "--assignment", "sample", "--json")
    report = json.loads(outcome.out)["submissions"][0]
    verdicts = {entry["name"]: entry["verdict"] for entry in report["entries"]}
    assert verdicts["result.format"] in ("wrong", "unreadable")
    assert verdicts["result.activations"] in ("wrong", "unreadable")
    assert "backcheck failed" not in backcheck("check", tmp_path / "kim", "--assignment", "sample").out
    if case == "too large":
        assert "at most" in report["problems"][0]["message"]
        assert len(report["problems"]) == 1


def test_names_and_ids_cannot_write_to_the_terminal(backcheck: Backcheck, tmp_path: Path) -> None:
    folder = tmp_path / "id\x1b[31mred\nFAKE: Score 73 of 73"
    folder.mkdir()
    (folder / "answers.txt").write_bytes(b"\x1b[2J\x1b]0;title\x07 = 5\ns1[1] = \x1b[31m5\n")
    outcome = backcheck("check", folder, "--assignment", "sample")
    assert "\x1b" not in outcome.out + outcome.err
    assert "\x07" not in outcome.out
    assert not any(line.startswith("FAKE") for line in outcome.out.splitlines())


def test_statements_that_are_not_asked_for_are_told(backcheck: Backcheck, tmp_path: Path) -> None:
    (tmp_path / "kim.txt").write_text(
        "W9.shape = (1, 2)\ns9 = 1\ncorrect = 1\ncorrect = 338\ncorrect =\ns1 = [5, -5]\ns1 = [5 -+\n"
    )
    report = json.loads(backcheck("check", tmp_path / "kim.txt", "--assignment", "sample", "--json").out)[
        "submissions"
    ][0]
    messages = [problem["message"].splitlines()[0] for problem in report["problems"]]
    assert messages == [
        "the name 's9' is not known; there are s1 a1 da1 s2 a2 da2 s3 a3 delta3 delta2 delta1 W3_new ...",
        "correct is given again here; the last one counts",
        "the assignment does not ask for W9.shape",
        "s1 is given again here; the last one counts",
        "s1: expected a number, found ']'" if "]" in messages[-1] else messages[-1],
    ]
    assert next(entry["verdict"] for entry in report["entries"] if entry["name"] == "correct") == "exact"


def test_odd_files_in_a_class_are_told_one_by_one(backcheck: Backcheck, tmp_path: Path) -> None:
    group = tmp_path / "class"
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "answers.txt").write_text("s1 = [5, -5]")
    for name in ("ann", "bob", "cyd", "dee", "eve"):
        (group / name).mkdir(parents=True)
    (group / "ann" / "Answers.TXT").write_text("s1 = [5, -5]")
    os.mkfifo(group / "bob" / "answers.txt")
    (group / "cyd" / "answers.txt").symlink_to(outside / "answers.txt")
    (group / "dee" / "answers.txt").mkdir()
    (group / "eve" / "answers.txt").write_text("s1 = [5, -5]")
    (group / "fay").symlink_to(outside)
    report = json.loads(backcheck("check", group, "--assignment", "sample", "--json").out)
    found = {
        one["id"]: (one["score"], [problem["message"] for problem in one["problems"]]) for one in report["submissions"]
    }
    assert found == {
        "ann": (2.0, []),
        "bob": (0.0, ["not a regular file"]),
        "cyd": (0.0, ["a link; links are not followed"]),
        "dee": (0.0, ["expected answers.txt, answers.json, result.json, found answers.txt/"]),
        "eve": (2.0, []),
        "fay": (0.0, ["a link; links are not followed"]),
    }


def zipped(path: Path, **members: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


def test_zips_are_submissions_and_are_measured_before_they_are_read(backcheck: Backcheck, tmp_path: Path) -> None:
    group = tmp_path / "class"
    group.mkdir()
    zipped(group / "ann.zip", **{"hw3/answers.txt": b"s1 = [5, -5]", "hw3/__MACOSX/answers.txt": b"x"})
    zipped(group / "bob.zip", **{"answers.txt": b"#" * 50_000_000})
    zipped(group / "cyd.zip", **{"../answers.txt": b"s1 = [5, -5]", "/answers.txt": b"s1 = [5, -5]"})
    (group / "dee.zip").write_bytes(b"PK no zip")
    zipped(group / "eve.zip", **{"answers.txt": bytes(range(256)) * 100})
    damaged = bytearray((group / "eve.zip").read_bytes())
    damaged[60:100] = b"\xff" * 40
    (group / "eve.zip").write_bytes(damaged)
    report = json.loads(backcheck("check", group, "--assignment", "sample", "--json").out)
    found: dict[str, Any] = {
        one["id"]: (one["score"], [p["message"] for p in one["problems"]]) for one in report["submissions"]
    }
    eve = found.pop("eve")
    assert eve[0] == 0
    assert eve[1][0].startswith("cannot be read from the zip: ")
    assert found == {
        "ann": (2.0, ["what macOS adds"]),
        "bob": (0.0, ["50000000 bytes; at most 262144 are read"]),
        "cyd": (0.0, ["an absolute path", "a path that leads out by .."]),
        "dee": (0.0, ["not a zip that can be read: File is not a zip file"]),
    }
    single = json.loads(backcheck("check", group / "ann.zip", "--assignment", "sample", "--json").out)
    assert [(one["id"], one["score"]) for one in single["submissions"]] == [("ann", 2.0)]


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_packed_in_an_unusual_way_is_told_and_not_unpacked(packing: int, tmp_path: Path) -> None:
    """zipfile would unpack all of it, gigabytes from kilobytes, and fails on damaged LZMA with an error of its own."""
    for name in ("bomb", "damaged"):
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w", packing) as archive:
            archive.writestr("answers.txt", b"#" * 100_000)
    path = tmp_path / "damaged.zip"
    content = bytearray(path.read_bytes())
    place = content.index(b"answers.txt") + 15
    content[place : place + 5] = b"\xff" * 5
    path.write_bytes(content)
    for sent in find_submissions([tmp_path]).submissions:
        (told,) = (held for _, held in read_material(sent).files)
        assert told == "cannot be read from the zip: packed in another way than the usual one (deflate)"


def test_a_bug_of_ours_leaves_one_submission_to_a_person_and_the_others_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ann", "bob"):
        submission(tmp_path / name, f"s1 = [5, -5]  # {name}")
    honest = checking.contents_of

    def broken(material: Material, vocabulary: Vocabulary) -> Any:
        if b"ann" in dict(material.files).get("answers.txt", b""):
            raise RecursionError("made in a test")
        return honest(material, vocabulary)

    monkeypatch.setattr(checking, "contents_of", broken)
    assignment = load_assignment("sample")
    reference = checking.make_reference(assignment, find_data(None, "sample").path, "")
    ann, bob = (checking.check_submission(one, reference) for one in find_submissions([tmp_path]).submissions)
    assert {finding.verdict for finding in ann.findings} == {Verdict.UNDECIDED}
    assert (ann.score, ann.max_score, bob.score, bob.max_score) == (0, 0, 2, 73)
    assert "backcheck failed on this submission (RecursionError: made in a test)" in ann.troubles[0].message


def test_a_console_that_cannot_print_everything(
    backcheck: Backcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checks.reports.console.can_colorize", lambda: False)
    (tmp_path / "kim.txt").write_text("s1 = [5, é∑漢]", encoding="utf-8")
    outcome = backcheck("check", tmp_path / "kim.txt", "--json")
    assert outcome.out.isascii()
    lines = backcheck("check", tmp_path / "kim.txt").out.splitlines()
    place = next(i for i, line in enumerate(lines) if "é∑漢" in line)
    assert lines[place + 1].index("^") == lines[place].index("é")


def test_a_path_that_is_too_long_is_a_fault_of_the_call(backcheck: Backcheck) -> None:
    outcome = backcheck("check", "x" * 300)
    assert outcome.status == 2
    assert "cannot be read: File name too long" in outcome.err
