"""The problems that the hands work out, the shipped homework and others, and their sheets in floats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from tests.students import Floats, Rule, Slip, sheet
from tests.worked_cases import TABLES

Table = Mapping[str, object]

PROBLEMS: dict[str, dict[str, object]] = {
    "homework": TABLES["homework"],
    "two layers with fractions": {
        "x": [2, -1, "1/2"],
        "y": [0, 1],
        "eta": "1/10",
        "layers": [
            {"W": [["1/2", 1, -1], [1, "1/4", 2], [-1, 1, 1]], "b": [1, "1/2", "1/4"]},
            {"W": [[1, -1, 2], ["1/2", 1, -1]], "b": ["1/2", 0]},
        ],
    },
    "sigmoid": {
        "hidden": "sigmoid",
        "x": [1, "1/2"],
        "y": [0, 1],
        "eta": "1/10",
        "layers": [
            {"W": [[1, -2], [2, 1]], "b": [0, "1/2"]},
            {"W": [[1, -1], [2, 3]], "b": [1, 0]},
            {"W": [[1, 1], [-2, 1]], "b": [0, 1]},
        ],
    },
    "squared error": {
        "output": "linear",
        "loss": "squared-error",
        "x": [2, 1, -1],
        "y": ["3/2", -1],
        "eta": "1/4",
        "layers": [
            {"W": [["1/2", 1, 2], [1, -3, 1]], "b": [1, 2]},
            {"W": [[1, -1], [2, 3], [-1, 1]], "b": [1, 0, "1/2"]},
            {"W": [[2, 1, 1], [-1, "1/2", 3]], "b": [0, 1]},
        ],
    },
    "leaky, one output": {
        "hidden": "leaky_relu",
        "slope": "1/10",
        "output": "sigmoid",
        "loss": "binary-cross-entropy",
        "x": ["0.6", "-0.2"],
        "y": [1],
        "eta": "1/2",
        "layers": [
            {"W": [["0.3", "0.8"], ["-0.5", "0.4"]], "b": ["0.1", "-0.2"]},
            {"W": [["0.7", "-0.9"]], "b": ["0.2"]},
        ],
    },
}


def turned(table: Table) -> dict[str, object]:
    """The same problem as a course gives it that multiplies from the left: x W + b."""
    layers: list[Mapping[str, list[list[object]]]] = table["layers"]  # type: ignore[assignment]
    rows = [{**layer, "W": [list(column) for column in zip(*layer["W"], strict=True)]} for layer in layers]
    return {**table, "orientation": "rows", "layers": rows}


ASKED: dict[str, tuple[str, dict[str, object]]] = {
    "homework in z and h": ("homework", {**PROBLEMS["homework"], "names": {"s": "z", "a": "h", "a3": "yhat"}}),
    "layers from 0": ("squared error", {**PROBLEMS["squared error"], "numbering": {"neurons": 0, "weights": 0}}),
    "in rows": ("sigmoid", turned(PROBLEMS["sigmoid"])),
    "weights one by one": (
        "leaky, one output",
        {
            **PROBLEMS["leaky, one output"],
            "names": {"W1": [["w1", "w2"], ["w3", "w4"]], "W2": [["w5", "w6"]], "a2": "yhat"},
        },
    ),
}
"""The same problems as other courses ask for them, in names and conventions of their own."""


def sigmoid(s: Floats) -> Floats:
    return 1 / (1 + np.exp(-s))


def units(table: Table) -> dict[str, Rule]:
    """The steps that this network's units do otherwise than relu and softmax."""
    rules: dict[str, Rule] = {}
    if table.get("hidden") == "sigmoid":
        rules |= {"a": lambda p: sigmoid(p.s), "da": lambda p: p.a * (1 - p.a)}
    if table.get("hidden") == "leaky_relu":
        slope = float(Fraction(str(table["slope"])))
        rules |= {"a": lambda p: np.where(p.s > 0, p.s, slope * p.s), "da": lambda p: np.where(p.s > 0, 1.0, slope)}
    if table.get("output") == "linear":
        rules["out"] = lambda p: p.s
    if table.get("output") == "sigmoid":
        rules["out"] = lambda p: sigmoid(p.s)
    return rules


def sheet_of(
    table: Table, slips: Mapping[str, Slip] | None = None, rules: Mapping[str, Rule] | None = None
) -> dict[str, Floats]:
    """Every cell, worked out in floats; `rules` are the student's mistakes."""
    return sheet(table, slips, {**units(table), **(rules or {})})


@dataclass(frozen=True)
class Given:
    """What the assignment gives, as numbers to be written: decimals where they end, else fractions."""

    x: list[str]
    y: list[str]
    eta: str
    W: list[list[list[str]]]
    b: list[list[str]]


def given(table: Table) -> Given:
    """The texts of what is given."""
    layers: list[Mapping[str, object]] = table["layers"]  # type: ignore[assignment]
    texts = lambda row: [decimal(str(x)) for x in row]  # noqa: E731
    return Given(
        texts(table["x"]),
        texts(table["y"]),
        decimal(str(table["eta"])),
        [[texts(row) for row in layer["W"]] for layer in layers],  # type: ignore[attr-defined]
        [texts(layer["b"]) for layer in layers],
    )


def decimal(text: str) -> str:
    """
    >>> decimal("-1/4"), decimal("3"), decimal("1/3")
    ('-0.25', '3', '1/3')
    """
    value = Fraction(text)
    return f"{float(value):.10g}" if 10**8 % value.denominator == 0 else str(value)
