"""Squared error with sigmoid outputs: gradients and steps judged, what is carried on followed, mistakes named once."""

from __future__ import annotations

import pytest

from checks.judging.findings import Finding
from checks.judging.verdicts import RIGHT, Verdict
from tests.hand_parts import checked_sheet, reference_of
from tests.squared_error import CELLS, SHEETS, TABLE, Cells, sheet


def found(cells: Cells, factor: float) -> dict[str, Finding]:
    reference = reference_of({**TABLE, "loss_factor": "1/2" if factor == 0.5 else 1}, cells=list(CELLS))
    return checked_sheet(reference, cells, 6)


@pytest.mark.parametrize("factor", [0.5, 1.0])
def test_a_right_sheet_is_right(factor: float) -> None:
    findings = found(sheet(factor), factor)
    assert len(findings) == 1 + 2 + 2 + 4 * (4 + 2)
    assert {one.verdict for one in findings.values()} <= RIGHT


@pytest.mark.parametrize("mistake", SHEETS)
def test_a_mistake_is_named_and_charged_at_its_step_alone(mistake: str) -> None:
    factor, change = SHEETS[mistake]
    right, cells = sheet(factor), sheet(factor, change)
    findings = found(cells, factor)
    wrong = [one for one in findings.values() if one.verdict is Verdict.WRONG]
    assert wrong
    assert {one.mistakes for one in wrong} == {(mistake,)}
    first = next(name for name in CELLS if (cells[name] != right[name]).any())
    assert first in {one.name.partition("[")[0] for one in wrong}
    later = [one for one in findings.values() if one.verdict not in RIGHT and one not in wrong]
    assert {one.verdict for one in later} <= {Verdict.FOLLOW_THROUGH}
