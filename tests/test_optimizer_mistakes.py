"""Mistakes of optimizers are named, charged once, and never taken for others."""

from __future__ import annotations

import pytest

from checks.judging.verdicts import RIGHT, Verdict
from exact.mistakes.optimizers import OPTIMIZERS
from tests.hand_parts import checked_sheet, reference_of
from tests.optimizer_students import STUDENTS, TABLE, Rules, adam

REFERENCE = reference_of(TABLE)
CASES = [(name, rules) for name, several in STUDENTS.items() for rules in several]


def test_a_student_who_makes_no_mistake_is_right() -> None:
    found = checked_sheet(REFERENCE, adam({}), 6)
    assert {finding.verdict for finding in found.values()} <= RIGHT
    assert len(found) == sum(cell.size for cell in adam({}).values())


@pytest.mark.parametrize(("name", "rules"), CASES, ids=[f"{name}-{n}" for n, (name, _) in enumerate(CASES)])
def test_a_mistake_is_named_and_no_other_and_charged_once(name: str, rules: Rules) -> None:
    found = checked_sheet(REFERENCE, adam(rules), 6)
    assert {mistake for finding in found.values() for mistake in finding.mistakes} == {name}
    charged = {entry.split("[")[0] for entry, finding in found.items() if finding.verdict is Verdict.WRONG}
    assert len(charged) == 1 or charged == {"W1_new", "b1_new"}  # one step of the work


def test_every_mistake_has_a_student_who_makes_it() -> None:
    assert {mistake.id for mistake in OPTIMIZERS} == set(STUDENTS)
