"""Batches, steps and optimizers of networks, against plain passes in mpmath and numpy."""

from __future__ import annotations

import copy
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from checks.assignment.assignment import read_assignment
from checks.errors import InvalidAssignment
from checks.hand.key import hand_reference
from exact.calculation.solution import Solution
from exact.networks.mlp import mlp
from exact.networks.problem_table import read_problem
from exact.numbers.number import Number
from tests.networks_in_mpmath import Parameters, Table, cost, parameters, real, tables
from tests.test_gradients import STEP, assert_equal, is_smooth, value_of


def solved(table: Table, **more: Any) -> Solution:
    return Solution(mlp(read_problem({**table, **more})))


def transposed(table: Table) -> Table:
    turned = copy.deepcopy(table) | {"orientation": "rows"}
    for layer in turned["layers"]:
        layer["W"] = [list(column) for column in zip(*layer["W"], strict=True)]
    return turned


@settings(max_examples=15)
@given(tables(), st.sampled_from(["mean", "sum"]), st.booleans())
def test_a_batch_adds_up_what_its_samples_give(table: Table, reduction: str, is_turned: bool) -> None:
    """Of every unit and loss, in both orientations: C, gradients and the new values."""
    if reduction == "sum":
        table["l2"] = 0
    xs = [table["x"], [one / 2 - Fraction(1, 3) for one in table["x"]], [1 - one for one in table["x"]]]
    ys = [table["y"], table["y"][::-1], table["y"]]
    table = transposed(table) if is_turned else table
    singles = [solved(table, x=x, y=y) for x, y in zip(xs, ys, strict=True)]
    batch = solved(table, x=xs, y=ys, reduction=reduction)
    share = Fraction(1, 3) if reduction == "mean" else Fraction(1)
    for name in [one.name for one in batch.calculation.cells if one.name.startswith(("C", "grad_W", "grad_b"))]:
        if name in ("C_each", "C_new"):
            continue
        for place, value in enumerate(batch.values(name)):
            total = sum((Number.of(one.values(name)[place]) for one in singles), start=Number.of(0))
            assert_equal(value, total * share)


@settings(max_examples=15)
@given(tables())
def test_a_batch_of_one_is_its_sample(table: Table) -> None:
    single, batch = solved(table), solved(table, x=[table["x"]], y=[table["y"]])
    for quantity in single.calculation.cells:
        if quantity.name in batch.calculation.by_name:
            for one, other in zip(single.values(quantity.name), batch.values(quantity.name), strict=True):
                assert_equal(one, other)


def slopes(table: Table, now: Parameters) -> Parameters:
    """Central differences of C in every parameter."""
    found = {name: copy.deepcopy(values) for name, values in now.items() if name != "x"}
    for name, values in found.items():
        for index in np.ndindex(np.array(values, dtype=object).shape):
            ends = []
            for step in (mpmath.mpf(STEP), -mpmath.mpf(STEP)):
                moved = copy.deepcopy(now)
                _put(moved[name], index, _get(moved[name], index) + step)
                ends.append(cost(table, moved))
            _put(values, index, (ends[0] - ends[1]) / (2 * mpmath.mpf(STEP)))
    return found


def _get(values: Any, index: tuple[int, ...]) -> Any:
    return values[index[0]][index[1]] if len(index) == 2 else values[index[0]]


def _put(values: Any, index: tuple[int, ...], value: Any) -> None:
    row = values[index[0]] if len(index) == 2 else values
    row[index[-1]] = value


Update = Callable[[Any, dict[str, Any], int], Any]
"""What is added, from the gradient and what is kept (changed in place) at step t."""

ETA = mpmath.mpf(1) / 4


def _momentum(g: Any, kept: dict[str, Any], _: int) -> Any:
    kept["v"] = kept["v"] * mpmath.mpf("0.8") + g
    return -ETA * kept["v"]


def _velocity(g: Any, kept: dict[str, Any], _: int) -> Any:
    kept["v"] = kept["v"] * mpmath.mpf("0.8") - ETA * g
    return kept["v"]


def _average(g: Any, kept: dict[str, Any], _: int) -> Any:
    kept["v"] = kept["v"] * mpmath.mpf("0.8") + g * mpmath.mpf("0.2")
    return -ETA * kept["v"]


def _adagrad(g: Any, kept: dict[str, Any], _: int) -> Any:
    kept["v"] += g * g
    return -ETA * g / (mpmath.sqrt(kept["v"]) + mpmath.mpf("0.001"))


def _rmsprop(g: Any, kept: dict[str, Any], _: int) -> Any:
    kept["v"] = kept["v"] * mpmath.mpf("0.9") + g * g * mpmath.mpf("0.1")
    return -ETA * g / (mpmath.sqrt(kept["v"]) + mpmath.mpf("0.001"))


def _adam(g: Any, kept: dict[str, Any], t: int) -> Any:
    b1, b2 = mpmath.mpf("0.7"), mpmath.mpf("0.95")
    kept["m"] = b1 * kept["m"] + (1 - b1) * g
    kept["v"] = b2 * kept["v"] + (1 - b2) * g**2
    return -ETA * (kept["m"] / (1 - b1**t)) / (mpmath.sqrt(kept["v"] / (1 - b2**t)) + mpmath.mpf("0.001"))


OPTIMIZERS: dict[str, tuple[dict[str, Any], Update]] = {
    "momentum": ({"name": "momentum", "beta": "4/5"}, _momentum),
    "velocity": ({"name": "momentum", "form": "velocity", "beta": "4/5"}, _velocity),
    "average": ({"name": "momentum", "form": "average", "beta": "4/5"}, _average),
    "adagrad": ({"name": "adagrad", "epsilon": "1/1000"}, _adagrad),
    "rmsprop": ({"name": "rmsprop", "epsilon": "1/1000"}, _rmsprop),
    "adam": ({"name": "adam", "beta1": "0.7", "beta2": "0.95", "epsilon": "1/1000"}, _adam),
}


SYMMETRIC: Table = {
    "hidden": "sigmoid",
    "layers": [
        {"W": [[0, 0, 1], [0, 0, 1]]},
        {"W": [[0, 1], [0, 1]], "unit": "relu"},
        {"W": [[0, 1], [0, 1]]},
    ],
    "output": "softmax",
    "loss": "cross-entropy",
    "loss_factor": 1,
    "bias_sign": "bias",
    "l2": 0,
    "x": [Fraction(0), Fraction(0), Fraction(1)],
    "y": [Fraction(1, 2), Fraction(1, 2)],
}
"""All gradients are 0, and floats say so but roughly."""


@pytest.mark.parametrize("name", OPTIMIZERS)
@settings(max_examples=4)
@example(table=SYMMETRIC)
@given(table=tables())
def test_two_steps_of_an_optimizer_are_those_of_a_plain_loop(name: str, table: Table) -> None:
    told, update = OPTIMIZERS[name]
    with mpmath.workdps(80):
        solution = solved(table, eta="1/4", steps=2, optimizer=told)
        now = parameters(table)
        assume(is_smooth(table, solution))
        kept: dict[tuple[str, tuple[int, ...]], dict[str, Any]] = {}
        for t in (1, 2):
            at = "" if t == 1 else "@2"
            gradient = slopes(table, now)
            for parameter, values in gradient.items():
                found = solution.values(f"{parameter}_new{at}")
                for place, index in enumerate(np.ndindex(np.array(values, dtype=object).shape)):
                    own = kept.setdefault((parameter, index), {"v": mpmath.mpf(0), "m": mpmath.mpf(0)})
                    added = update(_get(values, index), own, t)
                    _put(now[parameter], index, _get(now[parameter], index) + added)
                    near(value_of(found[place]), _get(now[parameter], index))
                    near(value_of(solution.values(f"step_{parameter}{at}")[place]), added)
                    near(value_of(solution.values(f"v_{parameter}{at}")[place]), own["v"])
            if t == 1:
                moved = {f"s{l}@2" for l in range(1, len(table["layers"]) + 1)}
                assume(all(abs(value_of(x)) > mpmath.mpf("1e-9") for one in moved for x in solution.values(one)))


def near(one: mpmath.mpf, other: mpmath.mpf) -> None:
    assert abs(one - other) < mpmath.mpf("1e-15") * max(1, abs(other))


X = [[1, 2], [2, 1], [0, 1], [3, -1], [-1, 2]]


@pytest.mark.parametrize(("output", "y"), [("linear", ["1", "2.5", "-1", "0.5", "3"]), ("sigmoid", [1, 1, 0, 1, 0])])
def test_two_epochs_of_regression_on_a_batch_of_five(output: str, y: list[Any]) -> None:
    """The mean gradient over the batch, in numpy's floats."""
    table: Table = {"output": output, "x": X, "y": [[one] for one in y], "eta": "0.1", "steps": 2, "loss_factor": 1}
    table["layers"] = [{"W": [["0.3", "-0.2"]], "b": ["0.1"]}]
    solution = solved(table)
    w, b = np.array([0.3, -0.2]), 0.1
    x, target = np.array(X, dtype=float), np.array([float(one) for one in y])
    for at in ("", "@2"):
        z = x @ w + b
        a = z if output == "linear" else 1 / (1 + np.exp(-z))
        error = (a - target) * (2 if output == "linear" else 1) / 5
        C = ((a - target) ** 2).mean() if output == "linear" else -np.log(np.where(target == 1, a, 1 - a)).mean()
        assert float(value_of(solution.values(f"C{at}").item())) == pytest.approx(C)
        w, b = w - 0.1 * error @ x, b - 0.1 * error.sum()
        assert [float(value_of(one)) for one in solution.values(f"W1_new{at}")] == pytest.approx(list(w))
        assert float(value_of(solution.values(f"b1_new{at}").item())) == pytest.approx(b)


def test_an_epoch_of_the_perceptron() -> None:
    """One sample a step, w <- w + eta (y - a) x, until all four are right."""
    samples = [([0, 0], 0), ([0, 1], 0), ([1, 0], 0), ([1, 1], 1)]
    table: Table = {"output": "step", "loss": "perceptron", "eta": "1/2"}
    table["layers"] = [{"W": [["1/4", "-1/2"]], "b": [0]}]
    table["steps"] = [{"x": x, "y": [y]} for x, y in samples]
    solution = solved(table)
    w, b = [Fraction(1, 4), Fraction(-1, 2)], Fraction(0)
    for t, (x, y) in enumerate(samples, start=1):
        error = y - int(w[0] * x[0] + w[1] * x[1] + b >= 0)
        w, b = [one + Fraction(error, 2) * xi for one, xi in zip(w, x, strict=True)], b + Fraction(error, 2)
        at = f"@{t}" if t > 1 else ""
        assert (list(solution.values(f"W1_new{at}")), solution.values(f"b1_new{at}").item()) == (w, b)
    assert "C" not in solution.calculation.by_name


def test_the_cost_after_the_step_is_that_of_the_next() -> None:
    table: Table = {
        "output": "softmax",
        "x": X,
        "y": [[1, 0], [0, 1], [1, 0], [0, 1], [1, 0]],
        "eta": "1/2",
        "steps": 2,
    }
    table["layers"] = [{"W": [["0.3", "-0.2"], ["0.1", 0]], "b": ["0.1", 0]}]
    solution = solved(table)
    assert_equal(solution.values("C_new").item(), solution.values("C@2").item())


def test_a_state_that_is_given_is_gone_on_from() -> None:
    table: Table = {"output": "linear", "x": [1], "y": [0], "eta": 1, "layers": [{"W": [[1]]}]}
    table["optimizer"] = {"name": "momentum", "beta": "1/2", "v_W1": [[4]]}
    assert solved(table).values("v_W1").item() == 3
    assert solved(table).values("W1_new").item() == -2


OPTIMIZER_FAULTS = {
    "name": ({"name": "sgd"}, "backprop.optimizer.name: expected one of momentum, adagrad, rmsprop, adam"),
    "form": (
        {"name": "momentum", "form": "x"},
        "backprop.optimizer.form: expected 'velocity' or 'average'",
    ),
    "no form": ({"name": "adam", "form": "x"}, "backprop.optimizer.form: adam has but one form"),
    "key": (
        {"name": "rmsprop", "beta2": 1},
        "backprop.optimizer.beta2: unknown key; expected one of name, beta, epsilon, or v_W1 and the like",
    ),
    "number": (
        {"name": "momentum", "beta": 1},
        "backprop.optimizer.beta: expected a number of at least 0, below 1, not 1",
    ),
    "shape": (
        {"name": "momentum", "v_W1": [1, 2]},
        "backprop.optimizer.v_W1: a vector of 2; W1 is a 1 x 2 matrix",
    ),
    "parameter": ({"name": "momentum", "v_b1": [1]}, "backprop.optimizer.v_b1: there is no b1"),
}


@pytest.mark.parametrize("name", OPTIMIZER_FAULTS)
def test_faults_of_an_optimizer_have_their_path(name: str) -> None:
    optimizer, told = OPTIMIZER_FAULTS[name]
    table = {"output": "linear", "x": [1, 1], "y": [0], "eta": 1, "layers": [{"W": [[1, 2]]}], "optimizer": optimizer}
    with pytest.raises(InvalidAssignment) as raised:
        read_assignment({"id": "t", "title": "T", "backprop": table})
    assert str(raised.value) == told


def test_a_step_without_a_value_is_told() -> None:
    table = {"output": "linear", "x": [0, 1], "y": [0], "eta": 1, "layers": [{"W": [[1, 2]]}]}
    table["optimizer"] = {"name": "adam", "epsilon": 0}
    with pytest.raises(InvalidAssignment, match=r"backprop.cells: W1_new has no value: a division by 0"):
        read_assignment({"id": "t", "title": "T", "backprop": table})


def test_names_of_an_optimizers_state() -> None:
    table: dict[str, Any] = {"output": "linear", "x": [1, 1], "y": [0], "eta": 1, "layers": [{"W": [[1, 2]]}]}
    table |= {"optimizer": {"name": "adam"}, "names": {"W1": [["w1", "w2"]]}, "steps": 2}
    table["cells"] = ["v_w1", "m_w2", "mhat_w1@2", "w1_new@last"]
    (part,) = read_assignment({"id": "t", "title": "T", "backprop": table}).hand_parts
    names = [entry.name for cell in hand_reference(part).cells for entry in cell.entries]
    assert names == ["m_w2", "v_w1", "mhat_w1@2", "w1_new@2"]
    assert real("1/2") == 0.5
