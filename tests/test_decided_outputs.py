"""What a person decided shows as such in every output; the reason only where feedback is full."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import Outcome
from tests.submissions import EXAMPLES, submission

Backcheck = Callable[..., Outcome]

ANSWERS = "s1 = [5, 6]\na1 = [5, 0]\ns2[1] = 0,5\ns2[2] = 15\n"
REASON = "shown in the office hour"
ORAL = "an oral exam instead"


def overrides(folder: Path, *, whole: bool = False) -> Path:
    entries = [("s1[2]", "6", "points = 1"), ("s2[1]", "0,5", 'verdict = "wrong"'), ("s2[2]", "15", 'points = "1/2"')]
    text = "".join(
        f'[[override]]\nstudent = "ann"\nentry = "{name}"\ngiven = "{given}"\n{decision}\nreason = "{REASON}"\n'
        for name, given, decision in entries
    )
    if whole:
        text += f'[[override]]\nstudent = "ann"\ndigest = "any"\npoints = 66\nreason = "{ORAL}"\n'
    (folder / "o.toml").write_text(text, encoding="utf-8")
    return folder / "o.toml"


@pytest.fixture
def call(tmp_path: Path) -> tuple[object, ...]:
    folder = submission(tmp_path / "ann", ANSWERS)
    return ("check", folder, "--assignment", "sample", "--exit-zero")


def test_the_report_tells_it(backcheck: Backcheck, call: tuple[object, ...], tmp_path: Path) -> None:
    out = backcheck(*call, "--overrides", overrides(tmp_path)).out
    assert "✗ s1[2]: wrong, 1 of 1, decided by a person\n" in out
    assert "✗ s2[1]: wrong, 0 of 1, decided by a person (unreadable to the program)\n" in out
    assert "✓ s2[2]: exact, 0.5 of 1, decided by a person\n" in out
    assert out.count(f"reason    {REASON}") == 3
    assert "right: s1[1] a1\n" in out
    assert "For a person to look at" not in out
    out = backcheck(*call, "--overrides", overrides(tmp_path, whole=True)).out
    assert f"Score: 66 of 73\nDecided by a person; its entries give 4.5: {ORAL}\n" in out


@pytest.mark.parametrize("level", ["marks", "hint"])
def test_the_reason_is_told_in_full_alone(
    level: str, backcheck: Backcheck, call: tuple[object, ...], tmp_path: Path
) -> None:
    files = ["--junit", tmp_path / "j.xml", "--html", tmp_path / "h", "--tex", tmp_path / "t.tex"]
    more = (*files, "--overrides", overrides(tmp_path, whole=True), "--feedback", level)
    told = [backcheck(*call, *more).out, backcheck(*call, *more, "--json").out]
    told += [(tmp_path / "j.xml").read_text(encoding="utf-8"), (tmp_path / "t.tex").read_text(encoding="utf-8")]
    told.append((tmp_path / "h" / "students" / "ann.html").read_text(encoding="utf-8"))
    for text in told:
        assert REASON not in text
        assert ORAL not in text
        assert "decided" in text.lower()
    class_page = (tmp_path / "h" / "index.html").read_text(encoding="utf-8")  # for the staff
    assert REASON in class_page
    assert ORAL in class_page


def test_the_json_tells_it(backcheck: Backcheck, call: tuple[object, ...], tmp_path: Path) -> None:
    report = json.loads(backcheck(*call, "--json", "--overrides", overrides(tmp_path)).out)
    (one,) = report["submissions"]
    entries = {entry["name"]: entry for entry in one["entries"]}
    assert entries["s2[1]"]["decided"] == {"found": "unreadable", "reason": REASON}
    assert (entries["s2[1]"]["verdict"], entries["s2[2]"]["points"]) == ("wrong", 0.5)
    assert "decided" not in entries["s1[1]"]
    assert report["overrides"] == {"applied": 3, "undecided": 0, "not_applied": []}
    plain = json.loads(backcheck(*call, "--json").out)
    assert "overrides" not in plain
    changed = {"s1[2]", "s2[1]", "s2[2]"}
    for entry in plain["submissions"][0]["entries"]:
        assert (entry == entries[entry["name"]]) == (entry["name"] not in changed)


def test_tables_and_dashboards_tell_it(backcheck: Backcheck, call: tuple[object, ...], tmp_path: Path) -> None:
    more = ("--csv", tmp_path / "m.csv", "--junit", tmp_path / "j.xml")
    backcheck(*call, *more, "--overrides", overrides(tmp_path))
    with (tmp_path / "m.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["decided"], row["s1[2]"], row["s2[2]"]) == ("s1[2] s2[1] s2[2]", "1", "0.5")
    suite = ElementTree.parse(tmp_path / "j.xml").getroot()[0]  # noqa: S314 - our own file
    cases = {case.get("name"): [child.tag for child in case] for case in suite.iter("testcase")}
    assert (cases["s1[2]"], cases["s2[1]"], cases["s2[2]"]) == (["system-out"], ["failure"], ["failure"])
    backcheck(*call, *more, "--overrides", overrides(tmp_path, whole=True))
    with (tmp_path / "m.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["decided"], row["score"], row["max_score"]) == ("all s1[2] s2[1] s2[2]", "66", "73")
    assert f"decided by a person; its entries give 4.5: {ORAL}" in (tmp_path / "j.xml").read_text(encoding="utf-8")


def test_gradescope_shows_it_without_the_reason_to_students(
    backcheck: Backcheck, call: tuple[object, ...], tmp_path: Path
) -> None:
    backcheck(*call, "--gradescope", tmp_path / "g.json", "--overrides", overrides(tmp_path, whole=True))
    results = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))
    assert results["score"] == 66
    assert "Decided by a person; its entries give 4.5\n" in results["output"]
    visible = [test for test in results["tests"] if test["visibility"] == "visible"]
    (s2,) = (test for test in visible if test["name"] == "s2")
    assert "exact, 0.5 of 1, decided by a person" in s2["output"]
    assert (s2["score"], s2["status"]) == (0.5, "failed")
    (s1,) = (test for test in visible if test["name"] == "s1")
    assert (s1["score"], s1["status"]) == (2.0, "passed")
    assert REASON not in json.dumps([results["output"], visible])
    assert REASON in json.dumps([test for test in results["tests"] if test["visibility"] == "hidden"])


def test_pages_list_it_and_link_what_is_open_to_its_place(
    backcheck: Backcheck, call: tuple[object, ...], tmp_path: Path
) -> None:
    backcheck(*call, "--html", tmp_path / "h")
    index = (tmp_path / "h" / "index.html").read_text(encoding="utf-8")
    page = (tmp_path / "h" / "students" / "ann.html").read_text(encoding="utf-8")
    assert 'href="students/ann.html#at-s2%5B1%5D"' in index
    assert page.count('id="at-s2[1]"') == 1
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "Decided by a person" not in index
    backcheck(*call, "--html", tmp_path / "h", "--overrides", overrides(tmp_path))
    index = (tmp_path / "h" / "index.html").read_text(encoding="utf-8")
    page = (tmp_path / "h" / "students" / "ann.html").read_text(encoding="utf-8")
    assert "3 decisions of the staff that were applied." in index
    assert f'<td>1 of 1, decided by a person</td><td class="long">{REASON}</td>' in index
    assert f"<strong>1 of 1, decided by a person</strong>: {REASON}" in page


def test_every_link_to_what_is_open_leads_somewhere(backcheck: Backcheck, tmp_path: Path) -> None:
    """Also where a whole cell, or a whole file, stands for its entries."""
    answers = {
        "ann": "s1 = [1, 2, 3]\ns2[1] = 0,5\nW1.shape = (",
        "bob": "s3 = [1; ; ln(2)*ln(3)]\na3 = [,,(]",
        "cyd": "nothing like it",
    }
    for name, text in answers.items():
        submission(tmp_path / "in" / name, text, {"no": "list"})
    backcheck("check", tmp_path / "in", "--assignment", "sample", "--html", tmp_path / "h", "-j", "1")
    index = (tmp_path / "h" / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="students/(\w+)\.html#([^"]+)"', index)
    assert {name for name, _ in links} == set(answers)
    for name, anchor in links:
        page = (tmp_path / "h" / "students" / f"{name}.html").read_text(encoding="utf-8")
        place = anchor.replace("%5B", "[").replace("%5D", "]").replace("%2C", ",")
        assert page.count(f'id="{place}"') == 1, (name, place)


def test_a_decision_that_gives_all_points_is_right(backcheck: Backcheck, tmp_path: Path) -> None:
    """The exit status goes by what a person decided."""
    right = (EXAMPLES / "all-right" / "answers.txt").read_text(encoding="utf-8")
    folder = submission(tmp_path / "ann", re.sub(r"correct *=.*", "correct = 1", right))
    (folder / "result.json").write_bytes((EXAMPLES / "all-right" / "result.json").read_bytes())
    call = ("check", folder, "--assignment", "sample")
    assert backcheck(*call).status == 1
    text = '[[override]]\nstudent = "ann"\nentry = "correct"\ngiven = "1"\npoints = 1\nreason = "x"\n'
    (tmp_path / "o.toml").write_text(text, encoding="utf-8")
    assert backcheck(*call, "--overrides", tmp_path / "o.toml").status == 0
