"""Mistakes are named on sheets of students who err by rules of their own; slips by what they are; each charged once."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from functools import cache

import pytest

from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from exact.mistakes import MISTAKES
from tests.erring_students import EVERYWHERE, IN_ONE_LAYER, TWO_AT_ONCE
from tests.graph_students import STUDENTS as GRAPH_STUDENTS
from tests.hand_sheets import reference_of
from tests.optimizer_students import STUDENTS as OPTIMIZER_STUDENTS
from tests.sheet_study import (
    SLIPS,
    Sheets,
    check,
    double_cases,
    outcome,
    random_table,
    single_cases,
    written,
)
from tests.squared_error import SHEETS as SQUARED_SHEETS
from tests.students import Floats, at, sheet
from tests.work_mistakes import BATCH
from tests.worked_cases import TABLES

CHANCE = random.Random(7)
PROBLEMS = [random_table(CHANCE) for _ in range(8)]
REFERENCES = [reference_of(table) for table in PROBLEMS]
HOMEWORK = TABLES["homework"]
KEY = reference_of(HOMEWORK)


@cache
def sheets_of_single_mistakes() -> list[Sheets]:
    """Of each problem."""
    return [Sheets(table, list(single_cases(len(table["layers"])))) for table in PROBLEMS]  # type: ignore[arg-type]


@pytest.mark.parametrize("mistake", [*EVERYWHERE, *IN_ONE_LAYER])
def test_a_mistake_is_named_and_no_other(mistake: str) -> None:
    """On eight random problems: named where it can be seen, with few exceptions, and never another in its place."""
    seen = Counter[str]()
    for reference, sheets in zip(REFERENCES, sheets_of_single_mistakes(), strict=True):
        for ids, cells in sheets.made:
            if mistake in ids:
                seen[outcome(check(reference, cells), ids, sheets.equals(cells))] += 1
    named = seen["named"] + seen["equal"] + seen["named with another"]
    assert named >= 3 * seen["not named"], seen
    assert named + seen["invisible"] > 0, seen
    assert seen["misnamed"] <= 1, seen


@pytest.mark.parametrize("names", TWO_AT_ONCE)
def test_two_mistakes_in_one_step_are_both_named(names: tuple[str, str]) -> None:
    """On eight random problems, where they can be seen: both, or what is as simple and gives the same."""
    seen = Counter[str]()
    for table, reference in zip(PROBLEMS, REFERENCES, strict=True):
        for case in double_cases(reference.part.problem.depth, [], CHANCE, 0):
            cells = written(table, case) if case.ids == set(names) else None
            if cells is not None:
                seen[outcome(check(reference, cells), case.ids)] += 1
    assert seen["named"] >= 2, seen
    assert seen["named"] + seen["equal"] > 2 * (seen["misnamed"] + seen["not named"]), seen


def test_every_mistake_has_a_student_who_makes_it() -> None:
    batches = {name for name in BATCH if "(" not in name}
    others = {*SQUARED_SHEETS, *GRAPH_STUDENTS, *OPTIMIZER_STUDENTS, *batches}
    assert {mistake.id for mistake in MISTAKES} == {*EVERYWHERE, *IN_ONE_LAYER, *others}


def test_a_mistake_with_a_slip_in_the_same_cell_is_named() -> None:
    cells = sheet(HOMEWORK, rules=EVERYWHERE["gradient-ascent"])
    cells["W3_new"][0, 0] += 7
    findings = found(cells)
    assert findings["W3_new[1,1]"].mistakes == ("slip",)
    assert findings["W3_new[1,2]"].mistakes == ("gradient-ascent",)


def test_what_would_tell_equals_apart_is_said() -> None:
    """Where the weights are not asked for, a bias moved the wrong way may be that alone, or the whole step."""
    asked = ["a3", "delta3", "b3_new"]
    reference = reference_of(HOMEWORK | {"cells": asked})
    cells = sheet(HOMEWORK, rules=EVERYWHERE["bias-added"])
    (first, *_) = (one for one in check(reference, {name: cells[name] for name in asked}) if one.mistakes)
    assert (first.mistakes, first.alternatives) == (("bias-added",), ("gradient-ascent",))
    assert first.deciding == "W3_new would decide"
    table = HOMEWORK | {"eta": "1/1"}
    cells = sheet(table, rules={"b": lambda p: -p.eta * p.delta, "W": lambda p: -p.gradient})
    (first, *_) = (one for one in check(reference_of(table), cells) if one.mistakes)
    assert first.mistakes == ("step-for-new-value",)


def found(cells: Mapping[str, Floats]) -> dict[str, Finding]:
    return {finding.name: finding for finding in check(KEY, cells)}


def test_a_learning_rate_forgotten_throughout_is_charged_in_the_last_layer_alone() -> None:
    findings = found(sheet(HOMEWORK, rules=EVERYWHERE["learning-rate-forgotten"]))
    wrong = [name for name, finding in findings.items() if finding.verdict is Verdict.WRONG]
    assert {name.partition("[")[0] for name in wrong} == {"W3_new", "b3_new"}
    again = findings["W2_new[2,1]"]
    assert again.verdict is Verdict.FOLLOW_THROUGH
    assert again.note == "learning-rate-forgotten: the same mistake again"
    assert again.points == 1


def test_a_flipped_sign_convention_is_told_as_what_it_is() -> None:
    right, flipped = sheet(HOMEWORK), sheet(HOMEWORK, rules=EVERYWHERE["output-delta-sign"])
    cells = {name: right[name] if name.endswith("new") else flipped[name] for name in right}
    findings = found(cells)
    assert findings["delta3[1]"].mistakes == ("sign-convention-flipped",)
    assert findings["delta1[1]"].verdict is Verdict.FOLLOW_THROUGH
    wrong = [name for name, finding in findings.items() if finding.verdict is Verdict.WRONG]
    assert wrong == ["delta3[1]", "delta3[2]", "delta3[3]"]
    findings = found(flipped)
    assert findings["delta3[1]"].mistakes == ("output-delta-sign",)


def test_an_assignment_can_charge_repeats() -> None:
    reference = reference_of(HOMEWORK | {"charge_repeats": True})
    findings = {f.name: f for f in check(reference, sheet(HOMEWORK, rules=EVERYWHERE["learning-rate-forgotten"]))}
    assert findings["W2_new[2,1]"].verdict is Verdict.WRONG
    assert findings["W2_new[2,1]"].mistakes == ("learning-rate-forgotten",)


def test_of_equals_one_is_named_and_the_others_told() -> None:
    """With one hidden unit of which a = 1 the step and its variants may coincide."""
    table = {
        "x": [1, 1],
        "y": [1, 0],
        "eta": "1/2",
        "layers": [{"W": [[1, 0], [0, 1]], "b": [0, 0]}, {"W": [[1, 2], [2, 1]], "b": [0, 0]}],
    }
    reference = reference_of(table)
    findings = check(reference, sheet(table, rules=EVERYWHERE["output-delta-doubled"]))
    first = next(finding for finding in findings if finding.mistakes)
    assert "output-delta-doubled" in (*first.mistakes, *first.alternatives)
    assert "target-not-subtracted" not in first.alternatives


SLIPPED = {
    "sign-slip": ("b3_new", 2, 1.5),
    "slip": ("W3_new", (2, 0), 6.0),
    "copied-neighbour": ("s3", 2, -31.0),
    "transposed-entry": ("W2_new", (0, 1), 0.5),
    "digit-slip": ("s3", 0, 24.0),
}


@pytest.mark.parametrize("name", SLIPPED)
def test_a_slip_is_called_what_it_is(name: str) -> None:
    cell, place, value = SLIPPED[name]
    cells = sheet(HOMEWORK)
    cells[cell][place] = value
    named = {finding.name: finding.mistakes for finding in check(KEY, cells) if finding.mistakes}
    assert list(named.values()) == [(name,)]


def test_several_wrong_entries_that_no_rule_explains_have_no_name() -> None:
    cells = sheet(HOMEWORK)
    cells["s3"][:2] = [17, 19]
    assert not any(finding.mistakes for finding in check(KEY, cells))


def test_right_work_is_never_accused() -> None:
    for table, reference in zip(PROBLEMS, REFERENCES, strict=True):
        findings = check(reference, sheet(table))
        assert not any(finding.mistakes for finding in findings)
        assert all(finding.verdict in (Verdict.EXACT, Verdict.ROUNDED, Verdict.CLOSE) for finding in findings)


def test_a_mistake_with_a_layer_says_which() -> None:
    findings = found(sheet(HOMEWORK, rules={"s2": IN_ONE_LAYER["bias-forgotten"]["s"]}))
    assert findings["s2[1]"].mistakes == ("bias-forgotten",)
    assert findings["s2[1]"].layer == 2
    assert findings["s3[1]"].verdict is Verdict.FOLLOW_THROUGH


def test_a_lone_slip_is_seldom_taken_for_a_mistake() -> None:
    chance, misnamed = random.Random(3), 0
    for table, reference in zip(PROBLEMS, REFERENCES, strict=True):
        right = sheet(table)
        for _ in range(6):
            cell = chance.choice([name for name in right if not name.startswith("da")])
            place = tuple(chance.randrange(n) for n in right[cell].shape)
            findings = check(reference, sheet(table, {cell: at(place, lambda x: x + 2)}))  # type: ignore[arg-type]
            misnamed += any(set(finding.mistakes) - set(SLIPS) for finding in findings)
    assert misnamed <= 1
