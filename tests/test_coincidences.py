"""A name is no coincidence: known mistakes have to hit more closely, or at more numbers, than chance does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from tests.hand_sheets import found_in, reference_of
from tests.sheet_study import SLIPS
from tests.students import Rule, answers, sheet

SMALL_STEPS: dict[str, Any] = {
    "x": [1, -3],
    "y": [1, 0],
    "eta": "1/2",
    "layers": [
        {"W": [[2, "1/2"], ["-1/2", -1], ["1/2", 2]], "b": [2, -2, "1/2"]},
        {"W": [[1, "1/2", 1], [2, "-1/2", -2]], "b": [-1, "-1/2"]},
        {"W": [[2, -1], [-1, "-1/2"]], "b": [2, -2]},
    ],
}
"""Outputs near the target: the steps are a few of the last digits of the weights, where these are written with four."""

LARGE_STEPS: dict[str, Any] = {
    "x": [1, 2],
    "y": [0, 1],
    "eta": "1/2",
    "layers": [
        {"W": [[1, -2], [2, 1]], "b": [4, "-1/2"]},
        {"W": [[1, "1/2"], ["1/3", 1]], "b": [0, -1]},
    ],
}


def findings_on(table: Mapping[str, Any], cells: Mapping[str, np.ndarray], digits: int = 4) -> dict[str, Finding]:
    return found_in(answers(cells, digits), reference_of(table))


def named(findings: Mapping[str, Finding]) -> set[str]:
    return {name for finding in findings.values() for name in finding.mistakes} - set(SLIPS)


def charged(findings: Mapping[str, Finding]) -> list[str]:
    return [name for name, finding in findings.items() if finding.verdict is Verdict.WRONG]


@pytest.mark.parametrize("eta", ["1/5", "1/20"])
def test_a_learning_rate_is_told_where_steps_are_small(eta: str) -> None:
    """The square of 1/2 is near 1/5, but meets the answers less closely."""
    findings = findings_on(SMALL_STEPS, sheet({**SMALL_STEPS, "eta": eta}))
    assert charged(findings)
    assert named(findings) == {"wrong-learning-rate"}
    assert len({name.partition("[")[0].lstrip("Wb") for name in charged(findings)}) == 1


def test_a_known_mistake_is_named_where_steps_are_small() -> None:
    findings = findings_on(SMALL_STEPS, sheet({**SMALL_STEPS, "eta": "1/4"}))
    assert named(findings) == {"learning-rate-squared"}


def test_a_number_near_an_old_one_is_not_that_one_copied() -> None:
    """-3.003 is within tolerance of -3, but nobody who copies -3 writes -3.003."""
    cells, old = sheet(LARGE_STEPS), np.array([4, -0.5])
    for written, expected in ((old, {"bias-not-updated"}), (old * 1.0008, set())):
        findings = findings_on(LARGE_STEPS, {**cells, "b1_new": written})
        assert charged(findings) == ["b1_new[1]", "b1_new[2]"]
        assert named(findings) == expected


def test_a_habit_that_another_layer_contradicts_is_none() -> None:
    up: dict[str, Rule] = {f"W{l}": lambda p: p.own_W + p.eta * p.gradient for l in (1, 2)}
    assert named(findings_on(LARGE_STEPS, sheet(LARGE_STEPS, rules=up), 6)) == {"gradient-ascent"}
    mixed = {**up, "W1": lambda p: p.own_W - p.eta * p.gradient + np.array([[0.317, 0.911], [-0.573, 1.219]])}
    findings = findings_on(LARGE_STEPS, sheet(LARGE_STEPS, rules=mixed), 6)
    assert {name.partition("[")[0] for name in charged(findings)} == {"W1_new", "W2_new"}
    assert "gradient-ascent" not in named(findings)


def test_a_delta_replaced_by_its_mean_is_named_at_softmax_outputs() -> None:
    """Its entries add up to 0, so the mean is 0."""
    cells = sheet(LARGE_STEPS, rules={"delta_out": lambda p: np.full(2, (p.a - p.y).mean())})
    findings = findings_on(LARGE_STEPS, cells)
    assert "delta-replaced-by-mean" in {*findings["delta2[1]"].mistakes, *findings["delta2[1]"].alternatives}
