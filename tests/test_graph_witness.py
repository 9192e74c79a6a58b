"""Graphs and optimizers derived a second time: what is right is confirmed, what is broken is told by its entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
import sympy

from checks.assignment.assignment import read_assignment
from checks.commands.solve_witness import confirmations
from checks.errors import InvalidAssignment
from exact.calculation.expression import Expression, constant
from exact.calculation.functions import TANH
from exact.graphs import terms
from exact.graphs.functions import FUNCTIONS, Function
from exact.graphs.terms import Term
from exact.networks import optimizers
from exact.witness.confirmation import Confirmation, How
from exact.witness.evaluation import Point
from exact.witness.functions import RULES
from exact.witness.held import LONGEST, Held
from exact.witness.optimizers import RULES as OPTIMIZERS
from tests.optimizer_students import TABLE as ADAM
from tests.random_graphs import random_graph
from tests.worked_graphs import WORKED


def confirmed(kind: str, table: Mapping[str, Any]) -> tuple[Confirmation, ...]:
    """What is said of every entry that the table asks for."""
    (part,) = read_assignment({"id": "t", "title": "T", kind: [dict(table)]}).hand_parts
    return confirmations(part)


def unconfirmed(kind: str, table: Mapping[str, Any]) -> set[str]:
    """The cells of the entries that are not confirmed; there are entries."""
    found = confirmed(kind, table)
    assert found
    return {one.cell for one in found if not one.is_confirmed}


@pytest.mark.parametrize("worked", [one for one in WORKED if one.name != "lstm"], ids=lambda worked: worked.name)
def test_worked_graphs_are_confirmed(worked: Any) -> None:
    assert not unconfirmed("graph", worked.table)


def random_confirmations(seeds: range, most: int) -> Iterator[tuple[int, tuple[Confirmation, ...]]]:
    """What is said of random graphs of up to so many formulas, whose keys can be worked out."""
    for seed in seeds:
        try:
            yield seed, confirmed("graph", random_graph(seed, most).table)
        except InvalidAssignment:
            continue  # the key itself has no value


def test_random_graphs_are_confirmed() -> None:
    for seed, found in random_confirmations(range(4), 7):
        assert found
        assert all(one.is_confirmed for one in found), seed


def test_every_function_of_formulas_has_a_rule() -> None:
    assert set(RULES) == set(FUNCTIONS)


def test_kinks_ties_and_factors() -> None:
    table = {
        "given": {"x": [0, 2, 2], "w": -1},
        "formulas": [
            "r = relu(x)",
            "l = leaky_relu(w x, 1/3)",
            "m = max(x)",
            "n = min(l)",
            "f = m n + sum(r) + abs(w)",
        ],
        "relu_at_zero": "1/2",
        "cells": ["f", "grad_x", "grad_w", "d(f)/d(r[2])", "d(f)/d(x[2])", "d(grad_w)/d(x[3])"],
    }
    assert not unconfirmed("graph", table)


def test_an_upstream_gradient_and_ascent() -> None:
    table = {
        "given": {"W": [[1, 2], [3, 4]], "x": [1, -1]},
        "formulas": ["z = W x", "a = sigmoid(z)"],
        "upstream": ["1/2", -2],
        "update": {"eta": "-1/3", "of": ["W"]},
    }
    assert not unconfirmed("graph", table)


NET = {
    "given": {"W": [[1, -1], ["1/2", 2]], "x": ["1/2", 1], "t": ["1/4", "-1/4"]},
    "formulas": ["z = W x", "h = tanh(z)", "L = squared_error(h, t)"],
    "update": {"eta": "1/10", "of": ["W"]},
}


def _tanh_with_the_slope_of_none(_: Any, x: tuple[Term, ...]) -> Term:
    return Term(Expression(replace(TANH, back=lambda way: (way.g,)), (x[0].expression,)), x[0].shape)


def test_a_broken_backward_rule_is_told_by_its_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {one.how for one in confirmed("graph", NET)} == {How.EXACT}
    monkeypatch.setitem(FUNCTIONS, "tanh", Function("tanh(x)", 1, 1, _tanh_with_the_slope_of_none))  # type: ignore[arg-type]
    assert unconfirmed("graph", NET) == {"grad_z", "grad_W", "grad_x", "W_new"}


def test_a_broken_reading_of_formulas_is_told_by_its_entries(monkeypatch: pytest.MonkeyPatch) -> None:

    def turned(x: Term, y: Term) -> Term:
        return Term(terms.product(terms.transposed(x.expression), y.expression), y.shape)

    monkeypatch.setattr(terms, "multiplied", turned)
    assert unconfirmed("graph", NET) == {"z", "h", "L", "grad_h", "grad_z", "grad_W", "grad_x", "W_new"}


def test_long_expressions_are_held() -> None:
    table = {
        "given": {"w": "1/3", "v": "-1/2", "x": 1},
        "formulas": ["h0 = tanh(w x)", *(f"h{n} = tanh(w h{n - 1} + v h{n - 1}^2)" for n in range(1, 12))],
        "cells": ["h11", "grad_w"],
    }
    assert not unconfirmed("graph", table)


def test_derivatives_go_through_what_is_held() -> None:
    x, y = sympy.symbols("x y", real=True)
    point: Point = {}
    held = Held(point)
    long = sympy.Add(*(sympy.sin(x) ** n * y for n in range(LONGEST // 4)), evaluate=False)
    h = held.short(long)
    assert h in point
    found = held.derivative(held.short(h**2 + x), x)
    while any(symbol in point for symbol in found.free_symbols):
        found = found.subs(point)
    wanted = sympy.diff(long**2 + x, x)
    at = {x: sympy.Rational(1, 3), y: 2}
    assert abs(sympy.N(found.subs(at) - wanted.subs(at), 30)) < 1e-20
    assert held.derivative(h, sympy.Symbol("z")) == 0


@pytest.mark.parametrize(("name", "form"), OPTIMIZERS)
def test_optimizers_are_confirmed(name: str, form: str) -> None:
    kept = {"adam": ("m", "v", "mhat", "vhat")}.get(name, ("v",))
    cells = [f"{one}_{of}{at}" for at in ("", "@2") for of in ("W1", "b1") for one in (*kept, "step")]
    table = {
        **ADAM,
        "layers": [{"W": [["0.4", "0.3"]], "b": ["0.2"]}],
        "optimizer": {"name": name, **({"form": form} if form else {}), "v_W1": [["1/4", 1]]},
        "cells": [*cells, "W1_new", "b1_new", "W1_new@2", "b1_new@2", "C_new@2"],
    }
    assert not unconfirmed("backprop", table)


def test_every_optimizer_has_a_rule() -> None:
    assert set(OPTIMIZERS) == set(optimizers.RULES)


def test_a_broken_optimizer_is_told_by_its_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    right = optimizers.RULES["adam", ""]

    def state(t: int) -> Mapping[str, Expression]:
        return {**right.state(t), "vhat": optimizers.divided(optimizers.v, constant(t))}

    monkeypatch.setitem(optimizers.RULES, ("adam", ""), replace(right, state=state))  # type: ignore[arg-type]
    wrong = unconfirmed("backprop", ADAM)
    assert {"vhat_W1", "W1_new", "b1_new", "vhat_W1@2"} <= wrong
    assert not wrong & {"m_W1", "v_W1", "mhat_W1", "grad_W1"}
