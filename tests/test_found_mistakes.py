"""What is found and stands in no list: misread numbers, another learning rate, formulas; never by coincidence."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Mapping
from fractions import Fraction
from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.hand.solved_numbers import readable
from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from checks.marking.checked import Checked
from checks.reports.feedback import LOOK_AGAIN, at_level
from checks.reports.pages.class_summary import ClassTally
from checks.reports.report_json import JsonReport
from tests import editing_study, misreading_study
from tests.hand_sheets import found_in, reference_of
from tests.misreading_students import KINDS
from tests.sheet_study import SLIPS, check, random_slip, random_table
from tests.students import Rule, answers, sheet
from tests.worked_cases import TABLES

HOMEWORK = TABLES["homework"]
KEY = reference_of(HOMEWORK)
FOUND = {"misread-given", "wrong-learning-rate", "other-formula"}


def misread(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    table = copy.deepcopy(HOMEWORK)
    change(table)
    return table


def findings_on(table: Mapping[str, Any], rules: Mapping[str, Rule] | None = None) -> dict[str, Finding]:
    return found_in(answers(sheet(table, rules=rules), 9), KEY)


def charged(findings: Mapping[str, Finding]) -> list[str]:
    return [name for name, finding in findings.items() if finding.verdict is Verdict.WRONG]


def set_bias(table: dict[str, Any]) -> None:
    table["layers"][2]["b"][1] = 4


def test_a_bias_without_its_sign_is_charged_where_it_shows_first() -> None:
    """The homework's own sample has it: b3[2] = 4 for -4."""
    findings = findings_on(misread(set_bias))
    assert charged(findings) == ["s3[2]"]
    first, later = findings["s3[2]"], findings["b3_new[2]"]
    assert first.note == "misread-given: you worked with b3[2] = 4; the problem says -4"
    assert first.mistakes == ("misread-given",)
    assert dict(first.detail) == {"number": "b3[2]", "given": "-4", "read_as": "4"}
    assert (later.verdict, later.note) == (Verdict.FOLLOW_THROUGH, "right from your b3[2] = 4")
    assert later.points == 1


def test_another_learning_rate_is_told() -> None:
    findings = findings_on({**HOMEWORK, "eta": "0.05"})
    assert {name.partition("[")[0] for name in charged(findings)} == {"W3_new", "b3_new"}
    assert findings["W3_new[1,1]"].note == "wrong-learning-rate: you worked with eta = 0.05; the problem says 0.5"


def swap(table: dict[str, Any]) -> None:
    table["layers"][0]["W"][1] = [4, 3, -2]


def mix_up(table: dict[str, Any]) -> None:
    table["x"], table["y"] = table["y"], table["x"]


def transpose(table: dict[str, Any]) -> None:
    table["layers"][1]["W"] = [[1, 3], [-2, 4]]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (swap, "W1[2,1] and W1[2,2] swapped; the problem says W1[2,1] = 3 and W1[2,2] = 4"),
        (mix_up, "x and y mixed up; the problem says x = [1, -1, 1] and y = [0, 0, 1]"),
        (transpose, "W2[1,2] and W2[2,1] swapped; the problem says W2[1,2] = -2 and W2[2,1] = 3"),
    ],
)
def test_numbers_that_changed_places_are_told(change: Callable[[dict[str, Any]], None], told: str) -> None:
    findings = findings_on(misread(change))
    first = findings[charged(findings)[0]]
    assert first.note == f"misread-given: you worked with {told}"
    assert len({name.partition("[")[0] for name in charged(findings)}) == 1


def test_a_formula_is_told_as_what_stands_there() -> None:
    layers = [{"W": [[1, -2, 1], [3, 4, 2]], "b": [1, -2]}, {"W": [[1, "1/2"], ["1/3", 1]], "b": [0, 1]}]
    table = {"x": [1, -1, 2], "y": [0, 1], "eta": "1/2", "layers": layers}
    reference = reference_of(table)
    cells = sheet(table, rules={"W1": lambda p: p.own_W - p.eta * p.gradient * p.own_W})
    findings = found_in(answers(cells, 9), reference)
    wrong = [finding for finding in findings.values() if finding.verdict is Verdict.WRONG]
    assert wrong
    assert {dict(one.detail).get("formula") for one in wrong} == {"W1 - eta (delta1 x^T) ⊙ W1"}
    assert all(one.mistakes == ("other-formula",) for one in wrong)


def test_a_formula_in_a_graph_is_told() -> None:
    from checks.assignment.assignment import read_assignment
    from checks.hand.key import hand_reference

    graph = {
        "id": "g",
        "given": {"u": ["0.31", "-1.7", "2.2"], "v": ["1.9", "0.6", "-0.4"], "w": ["0.23", "3.1", "1.3"]},
        "formulas": ["h = u ⊙ v + w", "k = tanh(h)"],
        "output": "k",
        "cells": ["h", "k"],
    }
    (part,) = read_assignment({"id": "t", "title": "T", "graph": [graph]}).hand_parts
    u, v, w = (0.31, -1.7, 2.2), (1.9, 0.6, -0.4), (0.23, 3.1, 1.3)
    h = [a * a + c for a, _, c in zip(u, v, w, strict=True)]
    text = f"h = [{', '.join(f'{x:.5f}' for x in h)}]"
    wrong = [one for one in found_in(text, hand_reference(part)).values() if one.verdict is Verdict.WRONG]
    assert {dict(one.detail).get("formula") for one in wrong} == {"u ⊙ u + w"}


ASKED = ["a1", "a2", "delta2", "delta1", "W2_new", "b2_new", "W1_new", "b1_new"]
UNASKED: dict[str, dict[str, Rule]] = {
    "bias-forgotten": {"s1": lambda p: p.own_W @ p.before},
    "bias-subtracted": {"s2": lambda p: p.own_W @ p.before - p.own_b},
}


SMALL = {
    "x": [1, 2],
    "y": [0, 1],
    "eta": "1/2",
    "layers": [
        {"W": [[1, -2], [2, 1]], "b": [4, "-1/2"]},
        {"W": [[1, "1/2"], ["1/3", 1]], "b": ["1/4", -1]},
    ],
    "cells": ASKED,
}


@pytest.mark.parametrize(("name", "layer", "where"), [("bias-forgotten", 1, "s1"), ("bias-subtracted", 2, "s2")])
def test_a_mistake_in_a_cell_that_is_not_asked_for_shows_at_the_first_that_is(
    name: str, layer: int, where: str
) -> None:
    """A negative unit that the missing bias wakes up shows in a1 and, once more, in delta1: it is charged once."""
    cells = sheet(SMALL, rules=UNASKED[name])
    findings = found_in(answers({cell: cells[cell] for cell in ASKED}, 6), reference_of(SMALL))
    wrong = charged(findings)
    assert wrong
    assert {entry.partition("[")[0] for entry in wrong} == {f"a{layer}"}
    assert all(findings[entry].mistakes == (name,) for entry in wrong)
    assert all(findings[entry].layer == layer for entry in wrong)
    assert all(findings[entry].note.endswith(f", in {where}, which is not asked for") for entry in wrong)


def test_a_lone_zero_is_no_mistake_in_a_cell_that_is_not_asked_for() -> None:
    cells = sheet(SMALL)
    text = answers({cell: cells[cell] for cell in ASKED}, 6) + "\ndelta1[1] = 0"
    (wrong,) = charged(findings := found_in(text, reference_of(SMALL)))
    assert (wrong, set(findings[wrong].mistakes) - set(SLIPS)) == ("delta1[1]", set())


def test_below_full_nothing_is_told_of_what_was_found() -> None:
    section_findings = findings_on(misread(set_bias))
    slip_findings = found_in(answers(sheet(HOMEWORK), 9) + "\ns3[2] = -29", KEY)
    for level in ("hint", "marks"):
        told, slipped = (at_level(_checked(one), level).findings for one in (section_findings, slip_findings))
        (mine,), (theirs,) = ([one for one in found if one.name == "s3[2]"] for found in (told, slipped))
        assert (mine.mistakes, mine.detail, mine.note) == ((), (), theirs.note)
        assert mine.note == (LOOK_AGAIN if level == "hint" else "")
        assert not any("b3[2]" in one.note for one in told)


def _checked(findings: Mapping[str, Finding]) -> Checked:
    from checks.judging.findings import Section

    return Checked("s001", (Section("By hand", tuple(findings.values())),), ())


def test_the_report_says_it_in_json() -> None:
    report = JsonReport(written := StringIO(), "test", ())
    report.add(_checked(findings_on(misread(set_bias))))
    (submission,) = json.loads(written.getvalue() + "]}")["submissions"]
    (item,) = submission["mistakes"]
    assert (item["id"], item["entries"]) == ("misread-given", ["s3[2]"])
    assert item["detail"] == {"number": "b3[2]", "given": "-4", "read_as": "4"}
    assert item["note"].startswith("b3[2]: you worked with 4; the problem says -4.")


def test_numbers_that_several_misread_are_shown_with_the_class() -> None:
    tally = ClassTally()
    for number in range(4):
        checked = _checked(findings_on(misread(set_bias) if number else {**HOMEWORK, "eta": "0.05"}))
        tally.add(checked, f"s{number}")
    (shared,) = tally.summary().misread
    assert (shared.number, shared.given, shared.read_as, shared.by.total) == ("b3[2]", "-4", "4", 3)


def test_partial_credit_can_be_given_for_it() -> None:
    from checks.marking.credit import credited

    reference = reference_of(HOMEWORK | {"credit": {"misread-given": 1}})
    findings = found_in(answers(sheet(misread(set_bias)), 9), reference)
    section = credited(_checked(findings).sections[0], reference.part.credit)
    assert section.score == section.max_score


@pytest.mark.parametrize("kind", KINDS)
def test_misread_numbers_are_charged_once_and_named(kind: str) -> None:
    """A tenth of the study; most that can tell are named, and none is taken for a misconception by chance."""
    studied = misreading_study.study(kind, 25, seed=11)
    assert studied.one_step >= 24
    assert studied.named >= 0.9 * studied.can_tell
    assert studied.can_tell >= 12
    assert studied.misconceptions <= 2
    assert studied.other_number <= 1


def test_edited_formulas_are_told() -> None:
    studied = editing_study.study(40, seed=5)
    assert studied.can_tell >= 20
    assert studied.told >= 0.85 * studied.can_tell
    assert studied.listed.total() <= 2


def test_slips_are_not_taken_for_a_misread_number_or_a_formula() -> None:
    chance, misnamed = random.Random(17), 0
    for _ in range(8):
        table = random_table(chance)
        reference, right = reference_of(table), sheet(table)
        for _ in range(8):
            findings = check(reference, sheet(table, random_slip(right, chance)))
            misnamed += any(set(finding.mistakes) - set(SLIPS) for finding in findings)
    assert misnamed <= 1


@given(st.fractions(-50, 50, max_denominator=8), st.fractions(-9, 9, max_denominator=4))
def test_a_number_that_is_simple_is_read_from_what_is_near_it(value: Fraction, given_one: Fraction) -> None:
    """Whatever the given number, one of those read from an interval around a simple number is in it."""
    width = Fraction(1, 1000)
    found = list(readable(value - width, value + width, given_one))
    assert all(abs(one - value) <= width and one != given_one for one in found)
    assert value == given_one or value in found
