"""Write-ups end to end: documents of every kind through `check` and `read`, and what becomes of what is doubtful."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Outcome
from tests.downloads import HALF, planted, zipped
from tests.hands.desk import Desk
from tests.hands.files import ENGINE, KINDS, as_file, typed
from tests.hands.habits import HABITS
from tests.hands.problems import PROBLEMS
from tests.hands.writeup import entries as standing
from tests.submissions import Backcheck, entries

HOMEWORK = PROBLEMS["homework"]
WRITTEN = r"""
## Problem 1

| array | shape |
|---|---|
| W1 | (200, 784) |
| b1 | (200,) |

softmax([0, 1, 2]) = [0.09, 0.24, 0.67], and 9790 of 10000 images are right: 97.9 %.

## Problem 2

$$
s^{(1)} = W^{(1)} x + b^{(1)} = \begin{bmatrix} 1 & -2 & 1 \\ 3 & 4 & -2 \end{bmatrix}
\begin{bmatrix} 1 \\ -1 \\ 1 \end{bmatrix} + \begin{bmatrix} 1 \\ -2 \end{bmatrix}
= \begin{bmatrix} 5 \\ -5 \end{bmatrix}
$$

$$ a^{(1)} = h(s^{(1)}) = \begin{bmatrix} 5 \\ 0 \end{bmatrix} $$
"""


def line_of(text: str) -> int:
    """The line of what is written."""
    return WRITTEN[: WRITTEN.index(text)].count("\n") + 1


VALUE = line_of(r"\begin{bmatrix} 5 \\ -5")


def hand_written(hand: str, kind: str) -> bytes:
    return as_file(HABITS[hand](Desk(HOMEWORK)), kind)


def read(outcome: Outcome, number: int = 0) -> dict[str, Any]:
    report = json.loads(outcome.out)
    assert report["schema"] == "backcheck/reading/1"
    submission: dict[str, Any] = report["submissions"][number]
    return submission


@pytest.mark.parametrize("kind", KINDS)
def test_a_write_up_of_every_kind_is_read_and_marked(kind: str, backcheck: Backcheck, tmp_path: Path) -> None:
    if kind == "pdf" and ENGINE is None:
        pytest.skip("no pdflatex is installed")
    path = planted(tmp_path, {f"ann.{kind}": hand_written("one display", kind)}) / f"ann.{kind}"
    found = entries(backcheck("check", path, "--assignment", "sample", "--json"))
    hand = {name: entry for name, entry in found.items() if "[" in name}
    assert len(hand) == 48
    assert {entry["verdict"] for entry in hand.values()} == {"exact", "rounded", "close"}
    assert {entry["reading"] for entry in hand.values()} == {"certain"}
    assert {entry["source"]["file"] for entry in hand.values()} == {f"ann.{kind}"}
    assert all(entry["source"]["line"] for entry in hand.values())
    part = {"pdf": "page", "ipynb": "cell"}.get(kind)
    assert all((part in entry["source"]) == (part is not None) for entry in hand.values())


def test_what_is_read_is_what_stands_in_the_text(backcheck: Backcheck, tmp_path: Path) -> None:
    write_up = HABITS["over displays"](Desk(HOMEWORK))
    path = planted(tmp_path, {"ann.md": typed(write_up).text}) / "ann.md"
    found = {one["name"]: one for one in read(backcheck("read", path, "--json"))["entries"]}
    assert {name: float(found[name]["value"].replace(r" \times 10^{", "e").rstrip("}")) for name in found} == {
        name: float(value) for name, value in standing(write_up)
    }
    lines = path.read_text().split("\n")
    for one in found.values():
        assert lines[one["line"] - 1][one["column"] - 1 :].startswith(r"\begin{pmatrix}")


def test_short_answers_are_read_too(backcheck: Backcheck, tmp_path: Path) -> None:
    path = planted(tmp_path, {"ann.md": WRITTEN}) / "ann.md"
    found = {one["name"]: (one["value"], one["reading"]) for one in read(backcheck("read", path, "--json"))["entries"]}
    assert found["W1.shape"] == ("(200, 784)", "certain")
    assert found["softmax"] == ("[0.09, 0.24, 0.67]", "certain")
    assert found["correct"] == ("9790", "certain")
    assert found["a1[2]"] == ("0", "certain")
    without = WRITTEN.replace(": 97.9 %", "")
    planted(tmp_path, {"bob.md": without})
    bob = {one["name"]: one for one in read(backcheck("read", tmp_path / "bob.md", "--json"))["entries"]}
    assert bob["correct"]["reading"] == "to-confirm"


def test_what_is_to_be_confirmed_is_undecided_and_so_is_what_rests_on_it(backcheck: Backcheck, tmp_path: Path) -> None:
    text = WRITTEN + "\n$$ s^{(1)} = \\begin{bmatrix} 7 \\\\ -5 \\end{bmatrix} $$\n"
    text = text.replace(r"= \begin{bmatrix} 5 \\ 0", r"= \begin{bmatrix} 7 \\ 0")
    path = planted(tmp_path, {"ann.md": text}) / "ann.md"
    outcome = backcheck("check", path, "--assignment", "sample", "--json")
    found = entries(outcome)
    assert found["s1[1]"]["verdict"] == "undecided"
    assert found["s1[1]"]["reading"] == "to-confirm"
    assert found["s1[1]"]["note"].startswith("read as 5 at ann.md:1")
    assert "another value, 7, stands at ann.md" in found["s1[1]"]["note"]
    assert found["s1[2]"]["verdict"] == "exact"
    assert found["a1[1]"]["verdict"] == "undecided"
    assert {entry["verdict"] for name, entry in found.items() if name.startswith("W3_new")} == {"undecided"}
    assert "missing" not in {e["verdict"] for name, e in found.items() if not name.startswith("result.")}
    assert "read from: " in backcheck("check", path, "--assignment", "sample").out


def test_files_of_answers_win_over_the_write_up(backcheck: Backcheck, tmp_path: Path) -> None:
    path = planted(tmp_path / "ann", {"hw.md": WRITTEN, "answers.txt": "s1 = [5, -4]\n"})
    outcome = backcheck("check", path, "--assignment", "sample", "--json")
    found = entries(outcome)
    assert (found["s1[2]"]["given"], found["s1[2]"]["verdict"], found["s1[2]"]["reading"]) == ("-4", "wrong", "typed")
    assert found["a1[1]"]["reading"] == "certain"
    told = [one["message"] for one in json.loads(outcome.out)["submissions"][0]["problems"]]
    assert "read only for what answers.txt does not give" in told


@pytest.mark.parametrize("content", [b"%PDF-1.4\n", b"", b"\0\1\2"])
def test_a_document_without_text_is_left_to_a_person(content: bytes, backcheck: Backcheck, tmp_path: Path) -> None:
    name = "Ann Doe_4501_assignsubmission_file_/scan.pdf"
    path = zipped(tmp_path / "in.zip", {name: content, "Bob_4502_assignsubmission_file_/answers.txt": HALF})
    outcome = backcheck("check", path, "--assignment", "sample", "--json")
    found = entries(outcome)
    verdicts = {entry["verdict"] for name, entry in found.items() if not name.startswith("result.")}
    assert verdicts == {"undecided"}
    assert found["s1[1]"]["note"].startswith("not found in scan.pdf (")
    assert "left to a person" in found["s1[1]"]["note"]


def test_a_folder_of_documents_is_one_submission_and_many_are_refused(backcheck: Backcheck, tmp_path: Path) -> None:
    path = planted(tmp_path / "ann", {"hw.md": WRITTEN, "fig.png": b"x", "nn.py": ""})
    assert read(backcheck("read", path, "--json"))["id"] == "ann"
    many = planted(tmp_path / "class", {f"s{n}.md": WRITTEN for n in range(11)})
    outcome = backcheck("read", many)
    assert outcome.status == 2
    assert "11 documents and no folders; name the files themselves" in outcome.err


def test_out_writes_answers_that_can_be_handed_in(backcheck: Backcheck, tmp_path: Path) -> None:
    path = planted(tmp_path, {"ann.md": WRITTEN.replace(": 97.9 %", "")}) / "ann.md"
    outcome = backcheck("read", path, "--out", tmp_path / "out")
    assert outcome.status == 1
    text = (tmp_path / "out" / "ann" / "answers.txt").read_text()
    assert f"s1[2] = -5   # ann.md:{VALUE}\n" in text
    assert f"# correct = 9790   # ann.md:{line_of('9790')}: to confirm, " in text
    assert "# delta3[1] =   # not found" in text
    found = entries(backcheck("check", tmp_path / "out" / "ann", "--assignment", "sample", "--json"))
    assert (found["s1[2]"]["verdict"], found["s1[2]"]["reading"]) == ("exact", "typed")
    assert found["correct"]["verdict"] == "missing"


def decisions(path: Path, rows: list[dict[str, object]]) -> Path:
    content = {"schema": "backcheck/decisions/1", "assignment": "sample", "decisions": rows}
    path.write_text(json.dumps(content))
    return path


def test_decisions_settle_what_is_doubtful_for_that_document_alone(backcheck: Backcheck, tmp_path: Path) -> None:
    from hashlib import sha256

    path = planted(tmp_path, {"ann.md": WRITTEN.replace(": 97.9 %", "")}) / "ann.md"
    digest = sha256(path.read_bytes()).hexdigest()
    row = {"submission": "ann", "file": "ann.md", "document": digest}
    told = [
        {**row, "entry": "correct", "value": "338"},
        {**row, "entry": "a1[2]", "value": None},
        {**row, "entry": "delta3[3]", "value": "-1"},
    ]
    saved = decisions(tmp_path / "decisions.json", told)
    call = ("check", path, "--assignment", "sample", "--json", "--decisions", saved)
    found = entries(backcheck(*call))
    assert (found["correct"]["verdict"], found["correct"]["given"]) == ("exact", "338")
    assert found["a1[2]"]["verdict"] == "missing"
    assert found["delta3[3]"]["verdict"] == "rounded"
    path.write_text(path.read_text() + "\nand more\n")
    outcome = backcheck(*call)
    assert entries(outcome)["correct"]["verdict"] == "undecided"
    assert "3 decisions on ann are about another document than is handed in; not used" in outcome.err


@pytest.mark.parametrize("content", ["", "[]", "{", '{"schema": "x", "decisions": []}', '{"schema": 1}', "[" * 9999])
def test_other_files_than_decisions_are_refused(content: str, backcheck: Backcheck, tmp_path: Path) -> None:
    planted(tmp_path, {"ann.md": WRITTEN, "d.json": content})
    outcome = backcheck("check", tmp_path / "ann.md", "--decisions", tmp_path / "d.json")
    assert (outcome.status, outcome.err.count("\n")) == (2, 1)
    assert "d.json: " in outcome.err


def test_every_report_tells_where_answers_were_read(backcheck: Backcheck, tmp_path: Path) -> None:
    path = planted(tmp_path, {"ann.md": WRITTEN}) / "ann.md"
    outputs = ("--html", tmp_path / "pages", "--junit", tmp_path / "j.xml", "--gradescope", tmp_path / "g.json")
    backcheck("check", path, "--assignment", "sample", *outputs, "--feedback", "marks")
    for report in (tmp_path / "pages/students/ann.html", tmp_path / "g.json"):
        assert f"ann.md:{VALUE}" in report.read_text()
