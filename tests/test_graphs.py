"""Calculations given as formulas: keys against plain arithmetic and its slopes, names, and right sheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from mpmath import mp

from checks.assignment.assignment import read_assignment
from checks.hand.key import HandReference, hand_reference
from checks.judging.verdicts import RIGHT
from exact.numbers.number import Number
from tests.formula_rows import DIGITS, Arrays, in_mp, slopes
from tests.hand_sheets import found_in
from tests.test_operations import assert_near, flat, in_many_digits
from tests.worked_graphs import WORKED, WorkedGraph

IDS = [one.name for one in WORKED]


@pytest.fixture(autouse=True)
def _many_digits() -> Iterator[None]:
    with mp.workdps(DIGITS):
        yield


def reference_of(table: Any, **marking: object) -> HandReference:
    (part,) = read_assignment({"id": "test", "title": "Test", "graph": [{**table, **marking}]}).hand_parts
    return hand_reference(part)


def values_of(worked: WorkedGraph, reference: HandReference) -> dict[str, np.ndarray[Any, Any]]:
    """What is given, as the witness has it."""
    given = reference.solution.calculation.given
    return {
        name: np.array([in_mp(x) for x in given[name]], dtype=object).reshape(given[name].shape)
        for name in worked.table["given"]
    }


def made(worked: WorkedGraph, values: dict[str, np.ndarray[Any, Any]]) -> dict[str, Arrays]:
    return worked.function(*(one if one.shape else one.item() for one in values.values()))


def upstream_of(worked: WorkedGraph) -> list[Any]:
    return [mp.mpf(str(x)) for x in flat(np.array(worked.table.get("upstream", [1]), dtype=object))]


@pytest.mark.parametrize("worked", WORKED, ids=IDS)
def test_formulas_have_the_values_of_plain_arithmetic(worked: WorkedGraph) -> None:
    reference = reference_of(worked.table)
    expected = made(worked, values_of(worked, reference))
    names = [one.name for one in reference.solution.calculation.quantities if one.origin is None]
    assert names == list(expected)
    for name, value in expected.items():
        found = reference.solution.values(name)
        for one, other in zip(found, flat(value), strict=True):
            assert_near(in_many_digits(one), other, 1e-30)


@pytest.mark.parametrize("worked", WORKED, ids=IDS)
def test_gradients_are_slopes(worked: WorkedGraph) -> None:
    reference = reference_of(worked.table)
    values, weights = values_of(worked, reference), upstream_of(worked)

    def output() -> Any:
        *_, last = made(worked, values).values()
        return sum(w * x for w, x in zip(weights, flat(last), strict=True))

    for name, place in values.items():
        gradient = reference.solution.values(f"grad_{name}")
        for number, index in enumerate(np.ndindex(place.shape)):
            above, below = slopes(output, place, index)
            if abs(above - below) < mp.mpf("1e-8"):
                assert_near(in_many_digits(gradient[number]), (above + below) / 2, 1e-15)


@pytest.mark.parametrize("worked", WORKED, ids=IDS)
def test_new_values_are_steps_against_the_gradient(worked: WorkedGraph) -> None:
    reference = reference_of(worked.table)
    solution, update = reference.solution, worked.table.get("update", {"of": []})
    for name in update["of"]:
        before, gradient = solution.values(name), solution.values(f"grad_{name}")
        for old, g, new in zip(before, gradient, solution.values(f"{name}_new"), strict=True):
            eta = mp.mpf(update["eta"])
            assert_near(in_many_digits(new), in_many_digits(old) - eta * in_many_digits(g), 1e-30)


@pytest.mark.parametrize("worked", WORKED, ids=IDS)
def test_a_sheet_of_decimals_is_right_everywhere(worked: WorkedGraph) -> None:
    reference = reference_of(worked.table)
    lines = [f"{entry.name} = {shown(entry.key.value)}" for cell in reference.cells for entry in cell.entries]
    found = found_in("\n".join(lines), reference)
    assert found
    assert {finding.verdict for finding in found.values()} <= RIGHT


def shown(value: Number) -> str:
    return mp.nstr(in_many_digits(value), 10)


PRODUCT = WORKED[0].table


def test_the_usual_cells_are_the_formulas_and_the_gradients_backwards() -> None:
    names = [cell.name for cell in reference_of(PRODUCT).cells]
    assert names == ["q", "f", "grad_q", "grad_x", "grad_y", "grad_z"]


def test_targets_and_what_has_no_influence_are_asked_only_by_name() -> None:
    table = {"given": {"p": ["0.25", "0.75"], "y": [0, 1], "k": 3}, "formulas": ["L = cross_entropy(p, y)", "m = k p"]}
    table["output"] = "L"
    assert [cell.name for cell in reference_of(table).cells] == ["L", "m", "grad_p"]
    found = {
        entry.name: entry.expected
        for cell in reference_of(table, cells=["grad_y", "grad_k", "grad_m"]).cells
        for entry in cell.entries
    }
    assert found["grad_k"] == found["grad_m[1]"] == "0"
    assert mp.almosteq(mp.mpf(found["grad_y[2]"]), mp.log(4) - mp.log(3), 1e-15)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("df/dq", "grad_q"),
        (r"\frac{\partial f}{\partial x}", "grad_x"),
        ("∂f/∂z", "grad_z"),
        ("dz", "grad_z"),
        ("grad_y", "grad_y"),
        (r"\nabla_{y} f", "grad_y"),
        ("q", "q"),
    ],
)
def test_spellings_of_a_graphs_names(text: str, cell: str) -> None:
    reference = reference_of(PRODUCT)
    found = found_in(f"{text} = 7", reference)
    assert [name for name, finding in found.items() if finding.given] == [cell]


def test_case_counts_in_names_of_a_graph() -> None:
    reference = reference_of({"given": {"w": 2, "W": 3}, "formulas": ["f = w^2 W"]})
    found = found_in("df/dw = 12\ndf/dW = 4\nf = 12", reference)
    assert {finding.verdict for finding in found.values()} <= RIGHT


def test_factors_entries_names_and_numbering() -> None:
    table = {
        "given": {"W": [[1, 2], [3, 4]], "x": [1, -1]},
        "formulas": ["z = W x", "a = sigmoid(z)", "E = 1/2 squared_error(a, x)"],
        "names": {"W": [["w1", "w2"], ["w3", "w4"]], "a": "out"},
        "numbering": {"entries": 0},
        "cells": ["z[1]", "d(out[0])/d(z[0])", "grad_w3", "E"],
    }
    reference = reference_of(table)
    assert [entry.name for cell in reference.cells for entry in cell.entries] == [
        *("z[1]", "E", "grad_w3", "d(out[0])/d(z[0])"),
    ]
    (entry,) = reference.cells[-1].entries
    s = 1 / (1 + mp.e)
    assert_near(in_many_digits(entry.key.value), s * (1 - s), 1e-30)


def test_several_parts_have_prefixes_and_one_has_none() -> None:
    part = {**PRODUCT, "cells": ["f"]}
    two = read_assignment({"id": "t", "title": "T", "graph": [{**part, "id": "one"}, {**part, "id": "two"}]})
    assert [cell.name for one in two.hand_parts for cell in hand_reference(one).cells] == ["one.f", "two.f"]
    assert [cell.name for cell in reference_of(part, id="one").cells] == ["f"]


def test_ascent_and_a_rate_beside_a_name_eta() -> None:
    table = {"given": {"eta": 3}, "formulas": ["f = eta^2"], "update": {"eta": "-1/2", "of": ["eta"]}}
    (cell,) = reference_of(table, cells=["eta_new"]).cells
    assert cell.entries[0].expected == "6"


def test_a_name_e_takes_the_letter_away() -> None:
    (cell,) = reference_of({"given": {"e": 3}, "formulas": ["f = e^2 + exp(0)"]}, cells=["f"]).cells
    assert cell.entries[0].expected == "10"


def test_kinks_are_as_the_assignment_says() -> None:
    table = {
        "given": {"x": [0, -2]},
        "formulas": ["r = relu(x)", "l = leaky_relu(x)", "s = step(x)", "f = sum(r + l + s)"],
    }
    table |= {"relu_at_zero": "1/2", "slope": "1/4", "step_at_zero": 0}
    solution = reference_of(table).solution
    assert list(solution.values("s")) == [0, 0]
    assert list(solution.values("l")) == [0, mp.mpf(-1) / 2]
    assert [str(x) for x in solution.values("grad_x")] == ["1", "1/4"]


def test_a_tie_of_the_largest_goes_to_the_first() -> None:
    solution = reference_of({"given": {"x": [1, 2, 2]}, "formulas": ["f = max(x)", "g = min(x) + f"]}).solution
    assert list(solution.values("grad_x")) == [1, 1, 0]


def test_irrational_ties_are_ties() -> None:
    table = {
        "given": {"x": 2},
        "formulas": ["a = sqrt(x)", "b = x / sqrt(x)", "c = tanh(tanh(x))", "f = max(b, a) + max(c, c)"],
    }
    solution = reference_of(table).solution
    assert_near(in_many_digits(solution.values("grad_b")[0]), mp.mpf(1), 1e-30)
    assert solution.values("grad_a")[0] == 0
