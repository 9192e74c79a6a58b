"""The problem as it is set: a sentence for all that an assignment says of its network, in its own letters."""

from __future__ import annotations

import re

import pytest

from exact.writing.latex.document import fragments
from tests.on_paper import case_on_paper, part_on_paper
from tests.worked_cases import TABLES

PLAIN: dict[str, object] = {
    "x": ["0.5", "0.8"],
    "y": [1],
    "eta": "0.1",
    "output": "sigmoid",
    "loss": "squared-error",
    "layers": [{"W": [["0.1", "0.3"], ["0.2", "0.4"]], "b": ["0.1", "0.2"]}, {"W": [["0.5", "0.6"]], "b": ["0.1"]}],
}
NO_BIAS = [{"W": [["0.1", "0.3"], ["0.2", "0.4"]]}, {"W": [["0.5", "0.6"]]}]
OWN_UNIT = [{"W": [["0.1", "0.3"], ["0.2", "0.4"]], "b": [0, 0], "unit": "tanh"}, {"W": [["0.5", "0.6"]], "b": [0]}]
BATCH = {"x": [[1, 2], [3, 4]], "y": [[1], [0]]}

SENTENCES: dict[str, tuple[dict[str, object], list[str]]] = {
    "squared error": (
        {},
        [r"C = \tfrac{1}{2} \left(a^{(2)}_{1} - y_{1}\right)^2", r"$\sigma(u) = \frac{1}{1 + e^{-u}}$"],
    ),
    "factor": ({"loss_factor": 1}, [r"C = \left(a^{(2)}_{1} - y_{1}\right)^2"]),
    "unit of a layer": ({"layers": OWN_UNIT}, [r"a^{(1)} = \tanh\bigl(s^{(1)}\bigr)"]),
    "rows": (
        {"orientation": "rows", "layers": [{"W": [["0.1"], ["0.3"]], "b": ["0.1"]}]},
        [r"s^{(1)} = x W^{(1)} + b^{(1)}"],
    ),
    "thresholds": ({"bias_sign": "threshold"}, ["the weights and thresholds", r"s^{(1)} = W^{(1)} x - b^{(1)}"]),
    "no bias": ({"layers": NO_BIAS}, ["the weights, and no biases,", r"s^{(1)} = W^{(1)} x ,"]),
    "frozen": ({"frozen": ["b1", "b2"]}, [r"$b^{(1)}$ and $b^{(2)}$ stay as they are."]),
    "tied": (
        {"tied": [["W1[1,1]", "W1[1,1]"]], "layers": [{"W": [[1, 1], [1, 2]], "b": [0, 0]}, {"W": [[1, 1]], "b": [0]}]}
        | {"tied": [["W1[1,1]", "W1[1,2]"]]},
        [r"$W^{(1)}_{1,1}$ and $W^{(1)}_{1,2}$ are one parameter, whose gradient is the sum of theirs."],
    ),
    "stated": (
        {"stated": {"a1": ["0.52", "0.6"]}, "cells": ["a2", "delta2", "W2_new"]},
        [
            r"Taken as known are",
            r"a^{(1)} = \left[\begin{array}{r} \frac{13}{25} \\[0.9ex] \frac{3}{5} \end{array}\right]",
        ],
    ),
    "delta as an error": ({"delta_sign": "error"}, [r"$\delta^{(2)}_{1} = -\partial C / \partial s^{(2)}_{1}$"]),
    "l2": ({"l2": "1/100"}, [r"\tfrac{1}{200}"]),
    "batch": (
        BATCH,
        ["side by side, a column each", "The cost, with the target $y$, the mean over the samples, is"],
    ),
    "batch in rows": (
        BATCH | {"orientation": "rows", "layers": [{"W": [["0.1"], ["0.3"]], "b": ["0.1"]}], "reduction": "sum"},
        ["one below the other, a row each", "the sum over the samples"],
    ),
    "steps": ({"steps": 3}, ["Take three steps of gradient descent, all on the same sample"]),
    "samples": (
        {"steps": [{"x": [1, 2], "y": [1]}, {"x": [2, 1], "y": [0]}]} | dict.fromkeys(("x", "y")),
        ["Take two steps of gradient descent, each on its own sample", r"x^{[2]} ="],
    ),
    "perceptron": (
        {"output": "step", "loss": "perceptron"},
        [r"$\mathrm{step}(u) = \begin{cases}", "The perceptron's rule, with the target $y$, stands for the gradient"],
    ),
    "forward alone": ({"cells": ["s1", "a2"]}, ["work out $s^{(1)}$ and $a^{(2)}$."]),
}


@pytest.mark.parametrize("case", SENTENCES)
def test_the_statement_says_what_the_assignment_says(case: str) -> None:
    changes, sentences = SENTENCES[case]
    table = {key: value for key, value in (PLAIN | changes).items() if value is not None}
    statement = fragments(part_on_paper(table), 8)["statement"]
    for sentence in sentences:
        assert sentence in statement, statement
    assert not re.search(r"None|\{\}\^\{\}|\$\$", statement)


def test_what_is_not_asked_for_is_not_told() -> None:
    statement = fragments(part_on_paper(PLAIN | {"cells": ["s1"]}), 8)["statement"]
    for word in ("cost", "target", "learning rate", "W^{(2)}", "sigma"):
        assert word not in statement


def test_upstream_stands_for_the_loss() -> None:
    table = {key: value for key, value in PLAIN.items() if key not in ("y", "loss")} | {"upstream": ["0.3"]}
    statement = fragments(part_on_paper(table), 8)["statement"]
    assert "Taken as known are" in statement
    assert r"\delta^{(2)} = \left[\begin{array}{r} \frac{3}{10} \end{array}\right]" in statement
    assert "cost" not in statement


@pytest.mark.parametrize("case", [case for case in TABLES if TABLES[case].get("output") != "sigmoid"])
def test_the_textbook_s_problem_is_told_as_ever(case: str) -> None:
    statement = fragments(case_on_paper(case), 8)["statement"]
    assert r"\textbf{(a)} Feed the input forward" in statement
    assert "Take one step of stochastic gradient descent with the target $y$" in statement
