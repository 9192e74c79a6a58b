"""Partial credit in the assignment: what it gives, what is refused, and that no score leaves its bounds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.assignment.assignment_file import AssignmentText
from checks.assignment.partial_credit import BY_VERDICT, PartialCredit
from checks.errors import InvalidAssignment
from checks.judging.findings import Finding, Section
from checks.judging.verdicts import MEANINGS, Verdict
from checks.marking.credit import credited
from checks.mistakes.advice import advice
from tests.conftest import Outcome
from tests.submissions import ROOT, submission
from tests.worked_cases import ANSWERS

Backcheck = Callable[..., Outcome]

HAND = (ROOT / "checks" / "assignments" / "ee541-hw3.toml").read_text(encoding="utf-8")
HAND = HAND[: HAND.index("[mnist]")] + HAND[HAND.index("[backprop]") :]


def entry(name: str, verdict: Verdict, *mistakes: str, worth: object = 1, **more: Any) -> Finding:
    return Finding(name, Fraction(str(worth)), verdict=verdict, mistakes=mistakes, **more)


def points(table: PartialCredit, *findings: Finding) -> list[Fraction]:
    return [finding.points for finding in credited(Section("", findings), table).findings]


def shares(**given: object) -> dict[str, Fraction]:
    return {name.replace("_", "-"): Fraction(str(share)) for name, share in given.items()}


def test_shares_go_by_mistake_and_by_verdict() -> None:
    table = PartialCredit(shares(sign_slip="1/2", misread_given=1, rounded="3/4", wrong="1/10", follow_through="1/2"))
    found = points(
        table,
        entry("s1[1]", Verdict.WRONG, "sign-slip", worth=2),
        entry("s1[2]", Verdict.WRONG, "misread-given"),
        entry("s1[3]", Verdict.WRONG, "slip"),
        entry("s1[4]", Verdict.WRONG),
        entry("s1[5]", Verdict.ROUNDED),
        entry("s1[6]", Verdict.FOLLOW_THROUGH),
        entry("s1[7]", Verdict.EXACT),
        entry("s1[8]", Verdict.MISSING),
        entry("s1[9]", Verdict.UNDECIDED, "sign-slip"),
    )
    tenth, half = Fraction(1, 10), Fraction(1, 2)
    assert found == [1, 1, tenth, tenth, Fraction(3, 4), half, 1, 0, 0]


def test_of_mistakes_made_together_the_worst_counts_and_of_equals_the_better() -> None:
    table = PartialCredit(shares(sign_slip="1/2", bias_forgotten="1/4"))
    assert points(table, entry("s1[1]", Verdict.WRONG, "sign-slip", "bias-forgotten")) == [Fraction(1, 4)]
    assert points(table, entry("s1[1]", Verdict.WRONG, "sign-slip", "relu-skipped")) == [0]
    equal = entry("s1[1]", Verdict.WRONG, "relu-skipped", alternatives=("sign-slip",))
    assert points(table, equal) == [Fraction(1, 2)]
    assert credited(Section("", (equal,)), table).findings[0].credit_for == "sign-slip"


def test_a_cell_loses_no_more_than_it_may_but_what_is_not_there_is_lost() -> None:
    table = PartialCredit({}, {"a3": Fraction(2)})
    wrong = [entry(f"a3[{i}]", Verdict.WRONG) for i in (1, 2, 3)]
    assert points(table, *wrong) == [0, 0, 1]
    assert points(table, *(entry(f"a3[{i}]", Verdict.MISSING) for i in (1, 2, 3))) == [0, 0, 0]
    assert points(table, *(entry(f"s3[{i}]", Verdict.WRONG) for i in (1, 2, 3))) == [0, 0, 0]
    heavy = [entry(f"a3[{i}]", Verdict.WRONG, worth="3/2") for i in (1, 2)]
    (_, second) = credited(Section("", tuple(heavy)), table).findings
    assert (second.points, second.credit_for) == (1, "at most 2 lost in a3")


VERDICTS = st.sampled_from(list(Verdict))
NAMES = [*BY_VERDICT, *advice()]
SHARE = st.fractions(0, 1, max_denominator=12)
TABLES = st.builds(
    PartialCredit,
    st.dictionaries(st.sampled_from(NAMES), SHARE, max_size=6),
    st.dictionaries(st.sampled_from(["s1", "a1"]), st.fractions(0, 4, max_denominator=6), max_size=2),
)
FINDINGS = st.lists(
    st.builds(
        Finding,
        st.sampled_from(["s1[1]", "s1[2]", "a1[1]", "a1[2]", "C"]),
        st.fractions(0, 3, max_denominator=6),
        verdict=VERDICTS,
        mistakes=st.lists(st.sampled_from([*advice()]), max_size=2, unique=True).map(tuple),
        follow_through=SHARE,
    ),
    max_size=8,
)


@given(FINDINGS, TABLES)
def test_no_table_takes_a_score_outside_its_bounds(findings: list[Finding], table: PartialCredit) -> None:
    section = Section("", tuple(findings))
    made = credited(section, table)
    for before, finding in zip(findings, made.findings, strict=True):
        assert 0 <= finding.points <= finding.counted <= finding.max_points
        assert (finding.verdict, finding.counted) == (before.verdict, before.counted)
    assert 0 <= made.score <= made.max_score == section.max_score
    assert credited(made, table) == made
    for cell, most in table.at_most_lost.items():
        in_cell = [f for f in made.findings if f.name.partition("[")[0] == cell]
        lost = [f for f in in_cell if f.verdict not in (Verdict.MISSING, Verdict.UNREADABLE)]
        assert sum(f.counted - f.points for f in lost) <= most


@given(FINDINGS)
def test_without_a_table_every_figure_is_what_it_was(findings: list[Finding]) -> None:
    section = Section("", tuple(findings))
    assert credited(section, PartialCredit()) is section
    by_meaning = {"full": Fraction(1), "none": Fraction(0), "excluded": Fraction(0)}
    for finding in findings:
        share = by_meaning.get(MEANINGS[finding.verdict].credit, finding.follow_through)
        assert finding.points == share * finding.max_points


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('credit = { sign-slips = "1/2" }', "backprop.credit.sign-slips: no such verdict or mistake"),
        ("credit = { sign-slip = 2 }", "backprop.credit.sign-slip: expected a number from 0 to 1, not 2"),
        ("credit = { undecided = 1 }", "backprop.credit.undecided: no such verdict or mistake"),
        ("credit = 1", "backprop.credit: expected a table"),
        ("at_most_lost = { a4 = 2 }", "backprop.at_most_lost.a4: no such cell is asked for"),
        ("at_most_lost = { a3 = -1 }", "backprop.at_most_lost.a3: expected a number of at least 0, not -1"),
        ("credit = { follow-through = 1 }", "follow_through says it too"),
    ],
)
def test_faults_are_told_with_their_path(line: str, message: str) -> None:
    with pytest.raises(InvalidAssignment, match=re.escape(message)):
        AssignmentText("a.toml", f"{HAND}\n{line}\n").parsed()


def test_the_points_stand_in_every_output(backcheck: Backcheck, tmp_path: Path) -> None:
    assignment = tmp_path / "a.toml"
    table = 'credit = { sign-slip = "1/2", rounded = "3/4" }\nat_most_lost = { da1 = 1 }\n'
    assignment.write_text(HAND + table, encoding="utf-8")
    answers = ANSWERS.replace("s1 = [5, -5]", "s1 = [5, 5]").replace("da1 = [1, 0]", "da1 = [0, 1]")
    folder = submission(tmp_path / "ann", answers)
    call = ("check", folder, "--assignment", assignment, "--exit-zero")
    report = json.loads(backcheck(*call, "--json").out)["submissions"][0]
    entries = {one["name"]: one for one in report["entries"]}
    assert (entries["s1[2]"]["points"], entries["s1[2]"]["credit_for"]) == (0.5, "sign-slip")
    assert report["score"] == sum(one["points"] for one in report["entries"])
    text = backcheck(*call, "--csv", tmp_path / "m.csv", "--junit", tmp_path / "j.xml", "--html", tmp_path / "h").out
    assert "s1[2]: wrong, 0.5 of 1 for sign-slip" in text
    assert ",0.5," in (tmp_path / "m.csv").read_text(encoding="utf-8")
    assert "0.5 of 1 for sign-slip" in (tmp_path / "j.xml").read_text(encoding="utf-8")
    assert "0.5 of 1 for sign-slip" in (tmp_path / "h" / "students" / "ann.html").read_text(encoding="utf-8")
    hinted = backcheck(*call, "--feedback", "hint").out
    assert "s1[2]: wrong, 0.5 of 1\n" in hinted
    assert "sign-slip" not in hinted
    at_marks = json.loads(backcheck(*call, "--feedback", "marks", "--json").out)["submissions"][0]
    assert at_marks["score"] == report["score"]


def test_a_submission_that_failed_has_no_points_by_the_table() -> None:
    """A share for what is missing is none for what was never looked at."""
    finding = replace(entry("s1[1]", Verdict.UNDECIDED), credit=Fraction(1, 2))
    assert (finding.points, finding.counted) == (0, 0)
