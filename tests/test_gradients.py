"""Gradients of networks of all kinds: derived, hand-written, and as central differences of a plain forward pass."""

from __future__ import annotations

import copy
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from typing import Any

import mpmath
import pytest
from flint import arb, ctx
from hypothesis import assume, given, settings

from checks.assignment.assignment import read_assignment
from exact.calculation.expression import constant, letter
from exact.calculation.gradients import gradients
from exact.calculation.inputs import Inputs
from exact.calculation.quantity import Step
from exact.calculation.solution import Solution
from exact.networks.mlp import mlp
from exact.networks.problem_table import read_problem
from exact.numbers.exponential_sums import TooLarge
from exact.numbers.number import Number
from tests.networks_in_mpmath import Parameters, Table, cost, parameters, tables

DIGITS, STEP = 60, "1e-25"


def value_of(number: Any) -> mpmath.mpf:
    return mpmath.mpf(Number.of(number).enclosure(400).mid().str(DIGITS + 20, radius=False))


def is_smooth(table: Table, solution: Solution) -> bool:
    """Whether no s is at a kink."""
    names = [f"s{l}" for l in range(1, len(table["layers"]) + 1)]
    return all(abs(value_of(x)) > mpmath.mpf("1e-9") for name in names for x in solution.values(name))


def difference(table: Table, given_: Parameters, name: str, index: tuple[int, ...]) -> mpmath.mpf:
    """The central difference of C in one entry of a parameter, or of an s or a."""
    step, found = mpmath.mpf(STEP), []
    for direction in (1, -1):
        moved, added = copy.deepcopy(given_), {}
        if name in moved:
            row: Any = moved[name][index[0]] if len(index) == 2 else moved[name]
            row[index[-1]] += direction * step
        else:
            added = {f"{name}[{index[0] + 1}]": direction * step}
        found.append(cost(table, moved, added))
    return (found[0] - found[1]) / (2 * step)


@settings(max_examples=12)
@given(tables())
def test_every_gradient_is_the_central_difference_of_a_plain_forward_pass(table: Table) -> None:
    with mpmath.workdps(80):
        solution = Solution(mlp(read_problem(table)))
        assume(is_smooth(table, solution))
        given_, depth = parameters(table), len(table["layers"])
        assert abs(cost(table, given_) - value_of(solution.values("C").item())) < mpmath.mpf("1e-50")
        pairs = [(f"grad_{name}", name) for name in given_]
        pairs += [(f"grad_a{l}", f"a{l}") for l in range(1, depth + 1)]
        pairs += [(f"delta{l}", f"s{l}") for l in range(1, depth + 1)]
        for cell, name in pairs:
            sign = -1 if cell.startswith("delta") and table["delta_sign"] == "error" else 1
            values = solution.values(cell)
            columns = values.shape[1] if len(values.shape) == 2 else 0
            for place, value in enumerate(values):
                index = divmod(place, columns) if columns else (place,)
                assert abs(difference(table, given_, name, index) - sign * value_of(value)) < mpmath.mpf("1e-20"), cell
        for name in (one for one in given_ if one != "x"):
            for old, gradient, step, new in zip(
                solution.values(name),
                *(solution.values(cell) for cell in (f"grad_{name}", f"step_{name}", f"{name}_new")),
                strict=True,
            ):
                eta = Fraction(table["eta"])
                assert abs(value_of(new) - value_of(old) + value_of(eta) * value_of(gradient)) < mpmath.mpf("1e-50")
                assert abs(value_of(new) - value_of(old) - value_of(step)) < mpmath.mpf("1e-50")


@settings(max_examples=20)
@given(tables())
def test_the_hand_written_deltas_are_those_that_the_backward_rules_derive(table: Table) -> None:
    """Nothing but the cost is told to the walk: every delta, and every update, comes out as the lines have it."""
    p = read_problem(table)
    calculation = mlp(p)
    solution = Solution(calculation)
    depth = p.depth
    path = [calculation.by_name[f"{kind}{l}"] for l in range(1, depth + 1) for kind in ("s", "a")]
    found = gradients([*path, calculation.by_name["C"]], {"C": constant(1)}, {}, calculation.shape_of)
    for l in range(1, depth + 1):
        derived = evaluated(solution, found[f"s{l}"])
        sign = -1 if table["delta_sign"] == "error" else 1
        for one, other in zip(derived, solution.values(f"delta{l}"), strict=True):
            assert_equal(one, other * sign)
        for one, other in zip(evaluated(solution, found[f"W{l}"]), solution.values(f"grad_W{l}"), strict=True):
            assert_equal(one, other)


def evaluated(solution: Solution, formula: Any) -> Any:
    of = {name: name for name in formula.letters()}
    quantity = replace(solution.calculation.quantities[0], step=Step("derived", formula), of=of)
    return formula.value(Inputs(solution.calculation, quantity, solution.values).letter)


def assert_equal(one: Any, other: Any) -> None:
    """Exactly, where both lie in the field; else to 300 bits."""
    left, right = Number.of(one), Number.of(other)
    if left.exact is not None and right.exact is not None:
        with suppress(TooLarge):
            assert (left.exact - right.exact).is_zero()
            return
    with ctx.workprec(400):
        assert abs(left.enclosure(400) - right.enclosure(400)) < arb("1e-60")


@settings(max_examples=20)
@given(tables())
def test_rows_are_columns_transposed(table: Table) -> None:
    turned = copy.deepcopy(table) | {"orientation": "rows"}
    for layer in turned["layers"]:
        layer["W"] = [list(column) for column in zip(*layer["W"], strict=True)]
    columns, rows = Solution(mlp(read_problem(table))), Solution(mlp(read_problem(turned)))
    assert [one.name for one in columns.calculation.cells] == [one.name for one in rows.calculation.cells]
    for quantity in columns.calculation.cells:
        one, other = columns.values(quantity.name), rows.values(quantity.name)
        assert one.T.shape == other.shape
        for x, y in zip(one.T if len(one.shape) == 2 else one, other, strict=True):
            assert_equal(x, y)


def test_a_walk_that_is_told_nothing_of_a_shared_quantity_adds_up_both_ways() -> None:
    """W2 is tied to W1: each of the two gets the sum of both gradients, and one of them is an entry."""
    table = {
        "hidden": "tanh",
        "output": "linear",
        "x": ["1/2"],
        "y": [1],
        "eta": 1,
        "layers": [{"W": [["3/10"]]}, {"W": [["3/10"]]}],
        "tied": [["W1[1,1]", "W2[1,1]"]],
    }
    part = read_assignment({"id": "t", "title": "t", "backprop": table}).hand_parts[0]
    assert " ".join(str(one) for one in part.cells if one.places) == "s1 a1 da1 s2 a2 delta2 delta1 W1_new"
    solution = Solution(part.naming.calculation)
    with mpmath.workdps(50):
        w, x = mpmath.mpf(3) / 10, mpmath.mpf(1) / 2
        derivative = mpmath.diff(lambda w: (w * mpmath.tanh(w * x) - 1) ** 2 / 2, w)
        assert abs(value_of(solution.values("grad_W1").item()) - derivative) < mpmath.mpf("1e-30")
        assert abs(value_of(solution.values("W2_new").item()) - (w - derivative)) < mpmath.mpf("1e-30")


def test_what_is_stated_is_gone_on_from() -> None:
    """The slope is a (1 - a) of the stated a, and a - y is of it, whatever s would give."""
    table = {
        "hidden": "sigmoid",
        "output": "sigmoid",
        "loss": "squared-error",
        "y": [1],
        "eta": 1,
        "layers": [{}, {"W": [["1/2", "1/4"]], "b": [0]}],
        "stated": {"a1": ["0.52", "0.6"], "a2": ["0.7"]},
    }
    solution = Solution(mlp(read_problem(table)))
    delta2 = Fraction("-0.3") * Fraction("0.7") * Fraction("0.3")
    assert list(solution.values("delta2")) == [delta2]
    slopes = [Fraction("0.52") * Fraction("0.48"), Fraction("0.6") * Fraction("0.4")]
    assert list(solution.values("da1")) == slopes
    assert solution.calculation.by_name["da1"].shape == (2,), "one entry for each unit, though s1 is not there"
    assert list(solution.values("delta1")) == [slopes[0] * delta2 / 2, slopes[1] * delta2 / 4]
    assert list(solution.values("grad_W2")) == [delta2 * Fraction("0.52"), delta2 * Fraction("0.6")]


@pytest.mark.parametrize("orientation", ["columns", "rows"])
def test_a_batch_is_the_mean_of_its_samples(orientation: str) -> None:
    base: Table = {"hidden": "tanh", "output": "linear", "orientation": orientation, "eta": 1}
    W1, W2 = [["1/2"], ["-1/3"]], [["1/4", "2/3"]]
    turn = lambda W: [list(column) for column in zip(*W, strict=True)] if orientation == "rows" else W  # noqa: E731
    base["layers"] = [{"W": turn(W1), "b": ["1/5", 0]}, {"W": turn(W2), "b": ["1/7"]}]
    xs, ys = [[1], ["1/2"], [-2]], [[1], [0], ["1/3"]]
    batch = Solution(mlp(read_problem({**base, "x": xs, "y": ys})))
    singles = [Solution(mlp(read_problem({**base, "x": x, "y": y}))) for x, y in zip(xs, ys, strict=True)]
    for name in ("C", "grad_W1", "grad_b1", "grad_W2", "grad_b2", "W1_new", "b2_new"):
        for place, value in enumerate(batch.values(name)):
            mean = sum((Number.of(one.values(name)[place]) for one in singles), start=Number.of(0)) * Fraction(1, 3)
            assert_equal(value, mean)


def test_letters_of_a_formula_are_names() -> None:
    assert list((letter("x").put(lambda name: letter(name + "1"))).letters()) == ["x1"]
