"""Mistakes in calculations that are given as formulas are named, charged once, and never taken for others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from checks.judging.findings import Finding
from checks.judging.verdicts import RIGHT, Verdict
from exact.mistakes import MISTAKES
from tests.graph_students import CONVOLUTION, EQUALS, GATES, RECURRENT, STUDENTS, Cells, convolution, gates, recurrent
from tests.hand_sheets import found_in
from tests.test_graphs import reference_of

GRAPH_STEPS = {"formula", "gradient", "update"}
CASES = [(name, student) for name, students in STUDENTS.items() for student in students]
IDS = [f"{name}-{number}" for number, (name, _) in enumerate(CASES)]


def text_of(cells: Cells, asked: list[str], digits: int = 6) -> str:
    return "\n".join(f"{name} = {_written(np.asarray(cells[name]), digits)}" for name in asked if name in cells)


def _written(cell: Any, digits: int) -> str:
    return f"{float(cell):.{digits}g}" if cell.ndim == 0 else f"[{', '.join(_written(one, digits) for one in cell)}]"


def checked(table: dict[str, Any], cells: Cells) -> dict[str, Finding]:
    return found_in(text_of(cells, table["cells"]), reference_of(table))


@pytest.mark.parametrize(
    ("table", "student"),
    [(RECURRENT, recurrent), (GATES, gates), (CONVOLUTION, convolution)],
    ids=["recurrent", "gates", "convolution"],
)
def test_a_student_who_makes_no_mistake_is_right(table: dict[str, Any], student: Any) -> None:
    assert {finding.verdict for finding in checked(table, student({})).values()} <= RIGHT


@pytest.mark.parametrize(("name", "student"), CASES, ids=IDS)
def test_a_mistake_is_named_and_no_other_and_charged_once(name: str, student: Any) -> None:
    """In the first cell that shows it; where it is made again, or what follows from it, nothing is charged."""
    table, worked_out, rules = student
    found = checked(table, worked_out(rules))
    named = {mistake for finding in found.values() for mistake in finding.mistakes}
    assert len(named) == 1
    assert named <= {name} | EQUALS.get(name, frozenset())
    charged = {entry.split("[")[0] for entry, finding in found.items() if finding.verdict is Verdict.WRONG}
    assert len(charged) == 1


def test_every_mistake_of_graphs_has_a_student_who_makes_it() -> None:
    assert {mistake.id for mistake in MISTAKES if GRAPH_STEPS & set(mistake.steps)} == set(STUDENTS)


def test_a_slip_in_a_graph_is_charged_there_and_followed() -> None:
    cells = recurrent({})
    cells["grad_h2"] = cells["grad_h2"] + np.array([0.3, 0])
    d2 = cells["grad_h2"] * (1 - cells["h2"] ** 2)
    cells["grad_h1"] = np.array([[0.1, 0.2], [-0.3, 0.5]]).T @ d2
    found = checked(RECURRENT, cells)
    assert found["grad_h2[1]"].verdict is Verdict.WRONG
    assert {found[f"grad_h1[{i}]"].verdict for i in (1, 2)} == {Verdict.FOLLOW_THROUGH}
    assert found["grad_h1[1]"].note == "right from your own grad_h2"
    assert found["L"].verdict in RIGHT
