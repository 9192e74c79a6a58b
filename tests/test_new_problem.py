"""Problems that `backcheck new` draws: looked at by floats here, and by what inspecting them finds."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from checks.assignment.assignment_file import AssignmentText
from checks.inspection.inspecting import inspected
from checks.problems.new_problem import drawn_problem
from checks.problems.plan import Plan, PlanError, as_toml
from tests.conftest import Outcome

PLANS = (
    Plan((3, 2, 2, 3)),
    Plan((2, 2, 1), "sigmoid", "sigmoid", "squared-error"),
    Plan((2, 2, 2), "sigmoid", "sigmoid"),
    Plan((2, 3, 2)),
    Plan((3, 2, 2), "tanh", "linear"),
    Plan((2, 2, 2, 2), "leaky_relu"),
    Plan((3, 3, 1), "relu", "linear"),
    Plan((4, 3, 2), "relu", "sigmoid"),
    Plan((2, 2, 2), "tanh", "tanh"),
    Plan((3, 1), output="step"),
)
"""Ten structures."""

HIDDEN = {
    "relu": lambda s: np.maximum(s, 0),
    "leaky_relu": lambda s: np.where(s > 0, s, s / 10),
    "sigmoid": lambda s: 1 / (1 + np.exp(-s)),
    "tanh": np.tanh,
}


def text_of(plan: Plan, seed: int) -> str:
    return as_toml(plan, drawn_problem(plan, seed).numbers, "p", "P")


def pre_activations(table: Any) -> list[np.ndarray[Any, Any]]:
    a, found = np.array(table["x"], float), []
    for layer in table["layers"]:
        found.append(np.array(layer["W"], float) @ a + np.array(layer["b"], float))
        a = HIDDEN[table.get("hidden", "relu")](found[-1])
    return found


@pytest.mark.parametrize("seed", [1])
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: f"{plan.widths}-{plan.hidden}-{plan.output}")
def test_a_drawn_problem_passes(plan: Plan, seed: int) -> None:
    text = text_of(plan, seed)
    table = tomllib.loads(text)["backprop"]
    assert [len(layer["b"]) for layer in table["layers"]] == list(plan.widths[1:])
    *hidden, last = pre_activations(table)
    for s in hidden:
        assert not (s == 0).any()
        if plan.hidden in ("relu", "leaky_relu"):
            assert (s > 0).any()
            assert (s < 0).any()
    if plan.output == "softmax":
        p = np.exp(last) / np.exp(last).sum()
        assert ((p > 0.01) & (p < 0.95)).all()
        assert table["y"][int(p.argmax())] == 0
    assert all(type(x) is int and 0 < abs(x) <= 3 for layer in table["layers"] for row in layer["W"] for x in row)
    (part,) = AssignmentText("p", text).parsed().hand_parts
    assert inspected(part).remarks == ()


def test_the_same_seed_draws_the_same_problem() -> None:
    first = {seed: text_of(PLANS[3], seed) for seed in (1, 2, 3)}
    assert first == {seed: text_of(PLANS[3], seed) for seed in (1, 2, 3)}
    assert len(set(first.values())) == 3


def test_the_command_writes_it_and_the_call_that_draws_it_again(backcheck: Callable[..., Outcome]) -> None:
    found = backcheck("new", "--layers", "2,2,2", "--seed", "5", "--eta", "0.1", "--out", "small.toml")
    assert found.status == 0
    assert "Nothing to say against its numbers." in found.out
    text = Path("small.toml").read_text(encoding="utf-8")
    assert text.startswith(
        "# Drawn by: backcheck new --layers 2,2,2 --hidden relu --output softmax --eta 1/10 --seed 5\n"
    )
    assert tomllib.loads(text)["id"] == "small"
    assert backcheck("new", "--layers", "2,2,2", "--seed", "5", "--eta", "1/10", "--out", "small.toml").status == 0
    assert backcheck("inspect", "--assignment", "small.toml").status == 0


def test_what_the_layers_do_not_allow_is_said(backcheck: Callable[..., Outcome]) -> None:
    """A single hidden unit is live, or else passes nothing on: a skipped activation function cannot show."""
    found = backcheck("new", "--layers", "2,1,2", "--out", "one.toml")
    assert found.status == 1
    assert "relu-skipped in a1" in found.out


def test_another_file_of_that_name_is_left_alone(backcheck: Callable[..., Outcome]) -> None:
    Path("mine.toml").write_text("mine", encoding="utf-8")
    found = backcheck("new", "--layers", "2,2", "--out", "mine.toml")
    assert (found.status, Path("mine.toml").read_text(encoding="utf-8")) == (2, "mine")
    assert found.err == "backcheck: mine.toml: is there already, with something else in it\n"


@pytest.mark.parametrize(
    ("widths", "more", "message"),
    [
        ((3,), {}, "expected the widths of 1 to 6 layers"),
        ((3, 9), {}, "expected widths from 1 to 8"),
        ((3, 1), {}, "a softmax of one output is always 1"),
        ((3, 2), {"loss": "perceptron"}, "with softmax outputs expected the loss cross-entropy or squared-error"),
    ],
)
def test_a_plan_that_no_problem_fits(widths: tuple[int, ...], more: dict[str, str], message: str) -> None:
    with pytest.raises(PlanError, match=message):
        Plan(widths, **more)


@pytest.mark.parametrize(
    "call",
    [
        ("--layers", "3,x", "--out", "a.toml"),
        ("--layers", "3,2", "--out", "a.txt"),
        ("--layers", "3,1", "--out", "a.toml"),
        ("--layers", "2,2", "--eta", "-1", "--out", "a.toml"),
        ("--layers", "2,2", "--eta", "1e9999999", "--out", "a.toml"),
        ("--layers", "2,2", "--seed", "x", "--out", "a.toml"),
    ],
)
def test_a_call_with_a_fault(call: tuple[str, ...], backcheck: Callable[..., Outcome]) -> None:
    try:
        status = backcheck("new", *call).status
    except SystemExit as ended:
        status = ended.code  # type: ignore[assignment]
    assert status == 2
    assert not list(Path().glob("*.toml"))
