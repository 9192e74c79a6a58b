"""The key derived a second time: it confirms what is right, and says of what is broken which entries fail."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
import sympy

from exact.calculation.solution import Solution
from exact.networks import steps
from exact.networks.mlp import solve
from exact.networks.problem import Problem
from exact.networks.problem_table import read_problem
from exact.networks.units import UNITS, Kinks
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.witness.confirmation import Confirmation, How, confirmed
from exact.witness.derivation import Derivation
from exact.witness.forms import SLOPES_AT_OUTPUT, SMOOTH
from tests.random_tables import Table, random_table
from tests.worked_cases import TABLES


def confirmations(table: Table) -> list[Confirmation]:
    problem = read_problem(table)
    return whole(problem, solve(problem))


def whole(problem: Problem, solution: Solution) -> list[Confirmation]:
    """What is said of every entry of every cell."""
    cells = [cell for cell in solution.calculation.cells if solution.cell(cell.name)]
    return [
        *confirmed(Derivation(problem), solution, [(cell.name, place) for cell in cells for place in range(cell.size)])
    ]


def test_the_homework_is_confirmed_exactly_and_at_once() -> None:
    found = confirmations(TABLES["homework"])
    assert len(found) > 100
    assert {one.how for one in found} == {How.EXACT}


@pytest.mark.parametrize("case", TABLES)
def test_worked_cases_are_confirmed(case: str) -> None:
    assert [one for one in confirmations(TABLES[case]) if not one.is_confirmed] == []


def random_confirmations(seed: int, count: int) -> list[tuple[Table, list[Confirmation]]]:
    chance, found = random.Random(seed), list[tuple[Table, list[Confirmation]]]()
    while len(found) < count:
        table = random_table(chance)
        try:
            found.append((table, confirmations(table)))
        except (ZeroDivisionError, TooLarge, Undecided):
            continue  # the key itself has no value
    return found


def test_random_networks_of_all_units_and_losses_are_confirmed() -> None:
    for table, found in random_confirmations(17, 15):
        assert found
        assert [one for one in found if not one.is_confirmed] == [], table


BROKEN: dict[str, tuple[str, Callable[..., steps.Step], set[str]]] = {
    "a' forgotten": (
        "hidden_delta",
        lambda *_: steps.Step("hidden-delta", steps.product(steps.transposed(steps.W_next), steps.delta_next)),
        {"delta1", "grad_W1", "grad_b1", "step_W1", "step_b1", "W1_new", "b1_new", "grad_x", "C_new"},
    ),
    "the sign of the update": (
        "updated",
        lambda parameter, gradient, name: steps.Step(name, steps.plus(parameter, steps.scaled(steps.eta, gradient))),
        {"W1_new", "b1_new", "W2_new", "b2_new", "C_new"},
    ),
    "delta of the wrong sign": (
        "output_delta",
        lambda *_: steps.Step("output-delta", steps.minus(steps.y, steps.a)),
        {f"{kind}{l}" for kind in ("delta", "grad_W", "grad_b", "step_W", "step_b") for l in (1, 2)}
        | {"W1_new", "b1_new", "W2_new", "b2_new", "C_new", "grad_x", "grad_a1"},
    ),
    "the bias subtracted": (
        "pre_activation",
        lambda *_, **__: steps.Step("pre-activation", steps.minus(steps.product(steps.W, steps.a_before), steps.b)),
        {"s1", "s2", "a1", "a2", "C"},
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_formula_is_found_where_it_shows(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, formula, cells = BROKEN[broken]
    table: Table = {
        "hidden": "tanh",
        "output": "softmax",
        "loss": "cross-entropy",
        "x": ["1/2", -1],
        "y": [0, 1],
        "eta": "1/2",
        "layers": [
            {"W": [[1, "1/2"], ["-1/3", 2]], "b": ["1/2", 1]},
            {"W": [["1/4", -1], [2, "1/3"]], "b": [1, "-1/2"]},
        ],
    }
    assert all(one.is_confirmed for one in confirmations(table))
    monkeypatch.setattr(steps, name, formula)
    wrong = {one.cell for one in confirmations(table) if one.how is How.DIFFERENT}
    assert cells <= wrong
    if "s1" not in cells:
        assert not wrong & {"s1", "a1", "s2", "a2", "C"}


def test_mpmath_alone_finds_a_broken_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("exact.witness.confirmation._Witness._are_equal", lambda *_: None)
    assert {one.how for one in confirmations(TABLES["homework"])} == {How.DIGITS}
    monkeypatch.setattr(steps, "output_delta", lambda _: steps.Step("output-delta", steps.a))
    wrong = {one.cell for one in confirmations(TABLES["homework"]) if one.how is How.DIFFERENT}
    assert {"delta3", "W3_new", "b3_new"} <= wrong


@pytest.mark.parametrize("unit", SMOOTH)
def test_slopes_of_outputs_are_sympys(unit: str) -> None:
    s = sympy.Symbol("s", real=True)
    difference = sympy.diff(SMOOTH[unit](s), s) - SLOPES_AT_OUTPUT[unit](SMOOTH[unit](s))
    assert all(abs(sympy.N(difference.subs(s, at), 40)) < 1e-35 for at in (-2, 0, sympy.Rational(1, 3), 3))


def test_every_unit_has_a_form() -> None:
    kinked = {"relu", "leaky_relu", "step", "sign", "softmax"}
    assert set(UNITS) == set(SMOOTH) | kinked
    assert UNITS["leaky_relu"](Kinks()).kinks == Kinks()
