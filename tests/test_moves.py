"""What moved a mark is told: the answer, a person, the key, the assignment, the data, the program."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.judging.findings import Decision, Finding, Section
from checks.judging.verdicts import Verdict
from checks.marking.checked import Checked
from checks.moves.moves import Cause, Move, Moves
from checks.moves.previous_file import Decided, Entry, MadeBy, Previous, PreviousReport
from checks.overrides.tie import digest_of_files
from checks.reports.console import Console
from checks.reports.moves_report import moves_json, moves_text
from checks.submissions.students import Student
from tests.submissions import Backcheck, submission

CONSOLE = Console(width=100, colour=False, unicode=True)
NOW = MadeBy("p", "a", {"x.hdf5": "1"})
ONE = Decision("because", Fraction(1), Verdict.WRONG)


def finding(name: str, given: str | None, verdict: Verdict, key: str = "5", **more: Any) -> Finding:
    return Finding(name, Fraction(1), key, key, given, verdict, **more)


RIGHT = finding("s1[1]", "5", Verdict.EXACT)
WRONG = finding("s1[2]", "6", Verdict.WRONG, "7")
FOLLOWS = finding("a1[1]", "6", Verdict.FOLLOW_THROUGH, "7")
RESULT = finding("result.activations", "360 rows", Verdict.CLOSE, "360 rows")


def checked(*findings: Finding, answers: str = "1", whole: Decision | None = None) -> Checked:
    files = (("answers.txt", answers),)
    return Checked("s1", (Section("", findings),), (), "full", (Student("7", "Ann"),), files=files, decision=whole)


def as_it_was(one: Checked) -> Previous:
    """The submission as a report tells it."""
    entries = tuple(
        Entry(
            f.name,
            f.verdict.value,
            float(f.points),
            float(f.max_points),
            f.given,
            f.expected,
            f.decimal,
            Decided(f.decision.reason) if f.decision else None,
        )
        for f in one.findings
    )
    decided = Decided(one.decision.reason) if one.decision else None
    digest = digest_of_files(one.files)
    return Previous(one.id, float(one.score), float(one.max_score), entries, digest, decided)


def move(before: Checked, now: Checked, made_by: MadeBy | None = NOW) -> Move | None:
    report = PreviousReport("backcheck/report/2", "hw", (as_it_was(before),), made_by)
    return Moves(report, NOW).of(now)


def causes(before: Checked, now: Checked, made_by: MadeBy | None = NOW) -> dict[str, tuple[Cause, ...]]:
    found = move(before, now, made_by)
    return {} if found is None else {entry.name: entry.causes for entry in found.entries}


def test_the_cause_of_a_move_is_what_differs() -> None:
    was = checked(RIGHT, WRONG, FOLLOWS)
    better = replace(WRONG, given="7", verdict=Verdict.EXACT)
    lost = replace(FOLLOWS, verdict=Verdict.WRONG)
    assert causes(was, was) == {}
    assert causes(was, checked(RIGHT, better, FOLLOWS, answers="2")) == {"s1[2]": (Cause.ANSWER,)}
    assert causes(was, checked(RIGHT, better, lost, answers="2"))["a1[1]"] == (Cause.ANSWER,)
    by_key = replace(WRONG, expected="6", decimal="6", verdict=Verdict.EXACT)
    assert causes(was, checked(RIGHT, by_key, lost)) == {"s1[2]": (Cause.KEY,), "a1[1]": (Cause.KEY,)}
    decided = replace(WRONG, decision=ONE)
    assert causes(was, checked(RIGHT, decided, FOLLOWS)) == {"s1[2]": (Cause.DECISION,)}
    assert causes(checked(RIGHT, decided, FOLLOWS), was) == {"s1[2]": (Cause.DECISION,)}
    less = replace(WRONG, decision=replace(ONE, points=Fraction(1, 2)))
    assert causes(checked(RIGHT, decided, FOLLOWS), checked(RIGHT, less, FOLLOWS)) == {"s1[2]": (Cause.DECISION,)}
    worth = replace(RIGHT, max_points=Fraction(2))
    assert causes(was, checked(worth, WRONG, FOLLOWS)) == {"s1[1]": (Cause.ASSIGNMENT,)}
    assert causes(was, checked(RIGHT, WRONG)) == {"a1[1]": (Cause.ASSIGNMENT,)}
    assert causes(checked(RIGHT), checked(RIGHT, WRONG)) == {"s1[2]": (Cause.ASSIGNMENT,)}


@pytest.mark.parametrize(
    ("made_by", "cause"),
    [
        (MadeBy("q", "a", {"x.hdf5": "1"}), (Cause.PROGRAM,)),
        (MadeBy("p", "b", {"x.hdf5": "1"}), (Cause.ASSIGNMENT,)),
        (MadeBy("p", "a", {"x.hdf5": "2"}), (Cause.DATA,)),
        (MadeBy("q", "b", {"x.hdf5": "1"}), (Cause.ASSIGNMENT, Cause.PROGRAM)),
        (None, (Cause.ASSIGNMENT, Cause.DATA, Cause.PROGRAM)),
        (NOW, (Cause.UNKNOWN,)),
    ],
)
def test_where_nothing_of_the_submission_differs_it_is_the_run(made_by: MadeBy | None, cause: object) -> None:
    was = checked(RIGHT, WRONG)
    assert causes(was, checked(RIGHT, replace(WRONG, verdict=Verdict.CLOSE)), made_by) == {"s1[2]": cause}


def test_another_result_file_is_another_answer_though_it_is_told_alike() -> None:
    was, worse = checked(RIGHT, RESULT), replace(RESULT, verdict=Verdict.WRONG)
    assert causes(was, checked(RIGHT, worse, answers="2")) == {"result.activations": (Cause.ANSWER,)}
    by_data = MadeBy("p", "a", {"x.hdf5": "2"})
    assert causes(was, checked(RIGHT, worse), by_data) == {"result.activations": (Cause.DATA,)}


def test_a_decision_that_was_about_the_earlier_answer_is_told() -> None:
    was = checked(RIGHT, replace(WRONG, decision=ONE))
    found = move(was, checked(RIGHT, replace(WRONG, given="8"), answers="2"))
    assert found
    (entry,) = found.entries
    assert entry.causes == (Cause.ANSWER, Cause.DECISION)
    assert entry.detail == "what a person decided was about the earlier answer"


def test_a_whole_that_a_person_decided_moves_without_its_entries() -> None:
    was = checked(RIGHT, WRONG)
    by_hand = checked(RIGHT, WRONG, whole=Decision("oral", Fraction(2)))
    found = move(was, by_hand)
    assert found
    assert (found.scores, found.entries, found.causes) == ((1.0, 2.0), (), (Cause.DECISION,))
    back = move(by_hand, checked(RIGHT, WRONG, answers="2"))
    assert back
    assert back.causes == (Cause.ANSWER, Cause.DECISION)


def test_who_is_new_and_who_is_gone() -> None:
    report = PreviousReport("backcheck/report/2", "hw", (as_it_was(replace(checked(RIGHT), id="old")),), NOW)
    moves = Moves(report, NOW)
    new = moves.of(checked(RIGHT))
    assert new
    assert new.is_new
    (gone,) = moves.gone()
    assert (gone.id, gone.scores) == ("old", (1.0, None))
    assert moves_text([new, gone], moves.compared, "p.json", CONSOLE).splitlines() == [
        "Against p.json: 0 of 0 marks moved; 1 not there any more; 1 new",
        "  Ann (7): new, 1 of 1",
        "  old: not there any more, 1 of 1 before, by the answer",
    ]


def test_the_text_says_what_and_why() -> None:
    was = checked(RIGHT, WRONG, FOLLOWS)
    by_key = replace(WRONG, expected="6", decimal="6", verdict=Verdict.EXACT)
    found = move(was, checked(RIGHT, by_key, replace(FOLLOWS, verdict=Verdict.WRONG)))
    assert found
    text = moves_text([found], 1, "p.json", CONSOLE)
    assert text.splitlines() == [
        "Against p.json: 1 of 1 marks moved",
        "  Ann (7): 2 -> 2 of 3",
        "    s1[2]: 0 -> 1 (wrong -> exact), by the key; expected 7, now 6",
        "    a1[1]: 1 -> 0 (follow-through -> wrong), by the key; it follows from s1[2]",
    ]
    told = json.loads(moves_json([found], 1, "hw"))
    assert (told["schema"], told["compared"], told["moves"][0]["score"]) == ("backcheck/moves/1", 1, [2.0, 2.0])
    assert [entry["causes"] for entry in told["moves"][0]["entries"]] == [["key"], ["key"]]


FINDINGS = st.lists(
    st.builds(
        Finding,
        st.sampled_from(["s1[1]", "s1[2]", "a1[1]", "result.count"]),
        st.sampled_from([Fraction(1), Fraction(1, 3)]),
        st.sampled_from(["5", "6", None]),
        st.none(),
        st.sampled_from(["5", "6", None]),
        st.sampled_from(list(Verdict)),
        decision=st.sampled_from([None, Decision("a", Fraction(1, 3)), Decision("b")]),
    ),
    max_size=4,
    unique_by=lambda one: one.name,
)
WHOLES = st.sampled_from([None, None, Decision("w", Fraction(1))])


@given(FINDINGS, FINDINGS, WHOLES, WHOLES, st.sampled_from(["1", "2"]))
def test_every_moved_mark_is_told_and_no_other_with_a_cause(
    before: list[Finding], now: list[Finding], first: Decision | None, second: Decision | None, answers: str
) -> None:
    old, new = checked(*before, whole=first), checked(*now, whole=second, answers=answers)
    found = move(old, new)
    points = [{f.name: (f.points, f.counted) for f in one.findings} for one in (old, new)]
    moved = {name for name in {*points[0], *points[1]} if points[0].get(name) != points[1].get(name)}
    is_same = (old.score, old.max_score) == (new.score, new.max_score)
    assert (found is None) == (is_same and not moved)
    if found:
        assert {entry.name for entry in found.entries} == moved
        assert all(entry.causes for entry in found.entries)
        assert found.entries or found.causes


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "expected a report of check --json"),
        ("[]", "expected a report of check --json"),
        ('{"schema": "x", "assignment": "sample", "submissions": []}', "its schema is 'x'"),
        ('{"schema": "backcheck/report/1", "assignment": "hw", "submissions": []}', "a report on 'hw'"),
        ('{"schema": "backcheck/report/1", "assignment": "sample", "submissions": 1}', "expected a report of check"),
    ],
)
def test_what_is_no_report_is_told_in_one_line(text: str, fault: str, backcheck: Backcheck, tmp_path: Path) -> None:
    folder = submission(tmp_path / "ann", "s1 = [5, -5]")
    (tmp_path / "p.json").write_text(text, encoding="utf-8")
    outcome = backcheck("check", folder, "--assignment", "sample", "--against", tmp_path / "p.json")
    assert (outcome.status, outcome.out, outcome.err.count("\n")) == (2, "", 2)  # the notice of the data, and this
    assert f"{tmp_path}/p.json: " in outcome.err
    assert fault in outcome.err


def test_a_report_below_full_cannot_be_compared_with(backcheck: Backcheck, tmp_path: Path) -> None:
    call = ("check", submission(tmp_path / "ann", "s1 = [5, 6]"), "--assignment", "sample")
    (tmp_path / "p.json").write_text(backcheck(*call, "--json", "--feedback", "hint").out, encoding="utf-8")
    outcome = backcheck(*call, "--against", tmp_path / "p.json")
    assert outcome.status == 2
    assert "it does not tell the key; expected a report made with --feedback full" in outcome.err
    assert "made_by" not in (tmp_path / "p.json").read_text(encoding="utf-8")


def test_the_page_shows_what_students_wrote_as_text(backcheck: Backcheck, tmp_path: Path) -> None:
    folder = submission(tmp_path / "ann", "s1 = [5, -5]")
    call = ("check", folder, "--assignment", "sample")
    (tmp_path / "p.json").write_text(backcheck(*call, "--json").out, encoding="utf-8")
    (folder / "answers.txt").write_text("s1[1] = <script>alert(1)</script>", encoding="utf-8")
    outcome = backcheck(*call, "--against", tmp_path / "p.json", "--html", tmp_path / "h")
    assert outcome.status == 1
    page = (tmp_path / "h" / "moves.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert "<script" not in page
