"""A class of 60: marked, decided on, handed in again, marked by another key; no word of the staff is lost."""

from __future__ import annotations

import csv
import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.bench.class_of import planted_class
from tests.students import answers, at, sheet
from tests.submissions import ROOT, Backcheck

PEOPLE = 60
TITLE = "EE 541 Homework 3"
Report = dict[str, dict[str, Any]]
"""Submissions by their ids."""


def hand_assignment(folder: Path, name: str = "hand.toml", **changed: str) -> Path:
    text = (ROOT / "checks" / "assignments" / "ee541-hw3.toml").read_text(encoding="utf-8")
    text = text[: text.index("[mnist]")] + text[text.index("[backprop]") :]
    for key, value in changed.items():
        text, count = re.subn(rf"^{key} = .*$", f"{key} = {value}", text, flags=re.MULTILINE)
        assert count == 1
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def book(path: Path, students: list[str]) -> Path:
    rows = [["Student", "ID", "SIS User ID", "Section", f"{TITLE} (77)"], ["    Points Possible", "", "", "", "48"]]
    rows += [[f"Doe, {number}", str(9000 + number), name, "A", ""] for number, name in enumerate(students)]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def marks(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row[2]: row[4] for row in csv.reader(file)}


def entries(submission: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {entry["name"]: entry for entry in submission["entries"]}


def first(report: Report, verdict: str, used: set[str]) -> tuple[str, dict[str, Any]]:
    """The first entry with a verdict, of a submission that none was taken from."""
    for id_, one in report.items():
        for entry in one["entries"]:
            if id_ not in used and entry["verdict"] == verdict:
                used.add(id_)
                return id_, entry
    raise AssertionError(verdict)


def table(student: str, **fields: object) -> str:
    lines = [f"{key} = {json.dumps(value)}" for key, value in {"student": student, **fields}.items()]
    return "\n".join(["[[override]]", *lines, 'reason = "decided in the office hour"', "", ""])


def points_of(report: Report) -> dict[tuple[str, str], tuple[float, float]]:
    """The points and maxima of every entry, and of every whole."""
    found = {}
    for id_, one in report.items():
        found[id_, ""] = (one["score"], one["max_score"])
        for entry in one["entries"]:
            is_counted = entry["verdict"] != "undecided" or "decided" in entry
            found[id_, entry["name"]] = (entry["points"], entry["max_points"] if is_counted else 0.0)
    return found


def moved(before: Report, now: Report) -> set[tuple[str, str]]:
    """What moved, worked out from two reports."""
    old, new = points_of(before), points_of(now)
    return {place for place in {*old, *new} if old.get(place) != new.get(place)}


class Class:
    """The class, run with different files."""

    def __init__(self, backcheck: Backcheck, folder: Path) -> None:
        self.backcheck, self.folder = backcheck, folder
        self.submissions = planted_class(folder / "in", PEOPLE, 0)
        self.students = sorted(path.name for path in self.submissions.iterdir())
        self._carry_a_slip_on(self.submissions / self.students[4])
        self.call = ("check", self.submissions, "--store", folder / "store", "-j", "1")

    @staticmethod
    def _carry_a_slip_on(own: Path) -> None:
        """One student whose slip in s1 went through all that follows."""
        problem = tomllib.loads((ROOT / "checks" / "assignments" / "ee541-hw3.toml").read_text(encoding="utf-8"))
        cells = sheet(problem["backprop"], {"s1": at(0, lambda x: x + 2)})
        (own / "answers.txt").write_text(answers(cells), encoding="utf-8")

    def report(self, name: str, *more: object) -> tuple[Report, str]:
        """The report, kept under a name too, and what was told besides."""
        outcome = self.backcheck(*self.call, "--json", "--exit-zero", *more)
        assert outcome.status == 0, outcome.err
        (self.folder / name).write_text(outcome.out, encoding="utf-8")
        return {one["id"]: one for one in json.loads(outcome.out)["submissions"]}, outcome.err

    def moves(self, previous: str, *more: object) -> tuple[dict[str, dict[str, Any]], int]:
        """What the command says that moved, and its exit status."""
        outcome = self.backcheck(*self.call, "--against", self.folder / previous, "--json", *more)
        return {one["id"]: one for one in json.loads(outcome.out)["moves"]}, outcome.status

    def graded(self, name: str, *more: object) -> dict[str, str]:
        path = book(self.folder / name, self.students)
        self.backcheck(*self.call, "--gradebook", path, *more)
        return marks(path)


def told_moves(moves: dict[str, dict[str, Any]]) -> set[tuple[str, str]]:
    told = {(id_, entry["name"]) for id_, move in moves.items() for entry in move["entries"]}
    scores = {(id_, "") for id_, move in moves.items() if [move["score"][0], move["max_score"][0]] != [
        move["score"][1], move["max_score"][1]]}  # fmt: skip
    return told | scores


@pytest.fixture
def people(backcheck: Backcheck, tmp_path: Path) -> Class:
    return Class(backcheck, tmp_path)


def test_nothing_that_a_person_decided_is_lost_or_applied_wrongly(people: Class, tmp_path: Path) -> None:
    key = hand_assignment(tmp_path)
    by_key = ("--assignment", key)
    plain, _ = people.report("plain.json", *by_key)
    book_before = people.graded("before.csv", *by_key)

    # Ten decisions of every kind, in two files.
    used: set[str] = set()
    rare = ("follow-through", "unreadable", "missing", "rounded")
    followed, unread, missing, rounded = (first(plain, verdict, used) for verdict in rare)
    full, half, right = (first(plain, "wrong", used) for _ in range(3))
    charged = first(plain, "exact", used)
    free = [id_ for id_ in plain if id_ not in used and plain[id_]["digest"] != plain[missing[0]]["digest"]]
    whole, excused = free[:2]
    tables = [
        table(full[0], entry=full[1]["name"], given=full[1]["given"], points=1),
        table(half[0], entry=half[1]["name"], given=half[1]["given"], points="1/2"),
        table(right[0], entry=right[1]["name"], given=right[1]["given"], verdict="exact"),
        table(charged[0], entry=charged[1]["name"], given=charged[1]["given"], verdict="wrong"),
        table(missing[0], entry=missing[1]["name"], digest="any", points=1),
        table(followed[0], entry=followed[1]["name"], given=followed[1]["given"], points="1/4"),
        table(rounded[0], entry=rounded[1]["name"], given=rounded[1]["given"], points=0),
        table(whole, digest=plain[whole]["digest"], points=40),
        table(excused, digest="any", points=0),
    ]
    (tmp_path / "o.toml").write_text("".join(tables), encoding="utf-8")
    people.backcheck(*people.call, *by_key, "--open", tmp_path / "open.csv")
    with (tmp_path / "open.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen = next(row for row in rows if row["student"] == unread[0])
    chosen |= {"points": chosen["worth"], "reason": "legible to me"}
    with (tmp_path / "open.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    staff = (*by_key, "--overrides", tmp_path / "o.toml", "--overrides", tmp_path / "open.csv")

    decided, err = people.report("decided.json", *staff)
    assert "not applied" not in err
    by_hand = {place: points for place, points in points_of(decided).items() if place[1]}
    expected = {
        (full[0], full[1]["name"]): 1,
        (half[0], half[1]["name"]): 0.5,
        (right[0], right[1]["name"]): 1,
        (charged[0], charged[1]["name"]): 0,
        (missing[0], missing[1]["name"]): 1,
        (followed[0], followed[1]["name"]): 0.25,
        (rounded[0], rounded[1]["name"]): 0,
    }
    if chosen["entry"]:
        expected[chosen["student"], chosen["entry"]] = float(chosen["worth"])
    assert {place: by_hand[place][0] for place in expected} == expected
    assert (decided[whole]["score"], decided[excused]["score"]) == (40, 0)
    changed = {id_ for id_, _ in moved(plain, decided)}
    assert {place for place in moved(plain, decided) if place[1]} == expected.keys()
    assert changed == {id_ for id_, _ in expected} | {whole, excused, chosen["student"]}
    for id_ in decided.keys() - changed:
        assert decided[id_] == plain[id_]
    moves, status = people.moves("plain.json", *staff)
    assert (told_moves(moves), status) == (moved(plain, decided), 1)
    assert {cause for move in moves.values() for entry in move["entries"] for cause in entry["causes"]} == {"decision"}
    book_decided = people.graded("decided.csv", *staff)
    differing = {name for name in book_before if book_before[name] != book_decided[name]}
    assert differing == {id_ for id_ in changed if decided[id_]["score"] != plain[id_]["score"]}

    # Three hand in again: an answer that was decided on, a whole that was, and one that was not.
    other = next(id_ for id_ in plain if id_ not in {*changed, *used})
    for id_, name in ((full[0], full[1]["name"]), (whole, "s1[1]"), (other, "s2[1]")):
        with (people.submissions / id_ / "answers.txt").open("a", encoding="utf-8") as file:
            file.write(f"\n{name} = 12345\n")
    again, err = people.report("again.json", *staff)
    assert f"{full[0]}, {full[1]['name']}: another answer was handed in since; not applied" in err
    assert f"{whole}, the whole submission: other files were handed in since; not applied" in err
    assert err.count("not applied") == 2
    moves, status = people.moves("decided.json", *staff)
    assert status == 1
    assert told_moves(moves) == moved(decided, again)
    assert moves.keys() == {full[0], whole, other}
    causes = {entry["name"]: entry["causes"] for move in moves.values() for entry in move["entries"]}
    assert "answer" in causes[full[1]["name"]]
    assert all(entry["causes"][0] == "answer" for move in moves.values() for entry in move["entries"])
    kept = {place: points for place, points in expected.items() if place[0] != full[0]}
    assert {place: points_of(again)[place][0] for place in kept} == kept
    assert again[excused]["score"] == 0

    # The key is corrected: what a person decided by points stands, and the rest moves for that reason.
    corrected = ("--assignment", hand_assignment(tmp_path, "corrected.toml", eta='"1/4"'), *staff[2:])
    new, err = people.report("new.json", *corrected)
    assert err.count("not applied") == 2
    moves, status = people.moves("again.json", *corrected)
    assert (told_moves(moves), status) == (moved(again, new), 1)
    assert len(moves) > PEOPLE / 2
    found = {entry["causes"][0] for move in moves.values() for entry in move["entries"]}
    assert found == {"key"}
    assert {place: points_of(new)[place][0] for place in kept} == kept
    assert new[excused]["score"] == 0

    # Another version of the program, which took one answer for wrong.
    older = json.loads((tmp_path / "again.json").read_text(encoding="utf-8"))
    older["made_by"]["program"] = "0" * 64
    victim = next(one for one in older["submissions"] if one["id"] == other)
    entry = next(entry for entry in victim["entries"] if entry["verdict"] == "exact")
    entry |= {"verdict": "wrong", "points": 0.0}
    victim["score"] -= 1
    (tmp_path / "older.json").write_text(json.dumps(older), encoding="utf-8")
    moves, status = people.moves("older.json", *staff)
    assert (moves.keys(), status) == ({other}, 1)
    assert [(one["name"], one["causes"]) for one in moves[other]["entries"]] == [(entry["name"], ["program"])]

    # One who is gone, and one who is new.
    shutil.move(people.submissions / other, people.submissions / "zoe")
    moves, status = people.moves("again.json", *staff)
    assert status == 1
    assert (moves[other]["score"][1], moves["zoe"]["score"][0]) == (None, None)


def test_where_nothing_moved_it_says_so(people: Class, tmp_path: Path) -> None:
    key = ("--assignment", hand_assignment(tmp_path))
    people.report("plain.json", *key)
    outcome = people.backcheck(*people.call, *key, "--against", tmp_path / "plain.json", "--html", tmp_path / "h")
    assert (outcome.status, outcome.out) == (0, "Against plain.json: 0 of 60 marks moved\n")
    page = (tmp_path / "h" / "moves.html").read_text(encoding="utf-8")
    assert "0 of 60 marks moved" in page
