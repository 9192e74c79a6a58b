"""Calculations beyond one step on one sample, cell by cell: batches, steps with optimizers, graphs. Drawn at random.

Each says what its assignment is and how each cell is worked out from those before it, in numpy's floats or in numbers
of `tests.audited`; the derivatives are written by hand.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from tests.audited import exp, ln, relu, sigmoid, sigmoid_slope, softmax, sqrt, square, step, tanh

Cells = Mapping[str, Any]
Rule = Callable[[Cells], Any]


@dataclass(frozen=True)
class Worked:
    """A cell: how it is worked out, and other ways to it.

    `is_sum`: a sum of products, whose terms count. `is_trivial`: of zeros it needs no calculation. `is_exact`: nobody
    rounds it. `divisors`: cells that are only divided by, so that a zero among them leaves something to work out.
    """

    rule: Rule
    is_sum: bool = True
    is_trivial: bool = True
    is_exact: bool = False
    ways: tuple[Rule, ...] = ()
    divisors: frozenset[str] = frozenset()


def function(rule: Rule, *ways: Rule) -> Worked:
    """A cell that is a function, no sum, and of zeros something else."""
    return Worked(rule, is_sum=False, is_trivial=False, ways=ways)


@dataclass(frozen=True)
class Work:
    """An assignment's part, the arrays that it gives, and its cells in the order in which they are worked out."""

    kind: str
    table: dict[str, Any]
    given: dict[str, Any]
    cells: dict[str, Worked]

    def assignment(self, **marking: object) -> dict[str, Any]:
        """The table of the assignment."""
        part = {**self.table, "cells": list(self.cells), **marking}
        return {"id": "t", "title": "T", self.kind: [part] if self.kind == "graph" else part}


def numbers(chance: random.Random, *shape: int) -> Any:
    """Decimals as they stand in assignments."""
    made = np.empty(shape, dtype=object)
    for index in np.ndindex(shape):
        made[index] = str(chance.choice([n for n in range(-15, 16) if n]) / 10)
    return made.tolist() if shape else made.item()


def _columns(rows: list[list[Any]]) -> list[list[Any]]:
    return [list(one) for one in zip(*rows, strict=True)]


def _entropy(a: Any, targets: list[int]) -> Any:
    """-ln of what each sample, a column, gives its class."""
    return -ln(np.array([a[k, n] for n, k in enumerate(targets)], dtype=a.dtype)).sum()


def batch(chance: random.Random) -> Work:
    """Two layers on two or three samples, which are columns; the mean of the cost."""
    hidden = chance.choice(("relu", "sigmoid", "tanh"))
    output, loss = chance.choice((("softmax", "cross-entropy"), ("linear", "squared-error")))
    samples, units = chance.choice((2, 3)), chance.choice((2, 3))
    x, y = numbers(chance, samples, 2), [[int(i == n % 2) for i in range(2)] for n in range(samples)]
    W1, b1, W2, b2 = (numbers(chance, *shape) for shape in ((units, 2), (units,), (2, units), (2,)))
    table = {"hidden": hidden, "output": output, "loss": loss, "x": x, "y": y, "eta": "0.5"}
    table["layers"] = [{"W": W1, "b": b1}, {"W": W2, "b": b2}]
    unit = {"relu": relu, "sigmoid": sigmoid, "tanh": tanh}[hidden]
    slope = {
        "relu": Worked(lambda c: step(c["s1"]), is_sum=False, is_exact=True),
        "sigmoid": function(lambda c: sigmoid_slope(c["a1"]), lambda c: sigmoid_slope(sigmoid(c["s1"]))),
        "tanh": function(lambda c: 1 - square(c["a1"]), lambda c: 1 - square(tanh(c["s1"]))),
    }
    classes = [n % 2 for n in range(samples)]
    if output == "softmax":
        outputs = function(lambda c: softmax(c["s2"].T).T)
        cost = function(
            lambda c: _entropy(c["a2"], classes) / samples, lambda c: _entropy(softmax(c["s2"].T).T, classes) / samples
        )
    else:
        outputs = Worked(lambda c: c["s2"])
        cost = replace(function(lambda c: square(c["a2"] - c["y"]).sum() / (2 * samples)), is_trivial=True)
    cells = {
        "s1": Worked(lambda c: c["W1"] @ c["x"] + c["b1"][:, None]),
        "a1": Worked(lambda c: unit(c["s1"]), is_sum=False, is_trivial=hidden != "sigmoid"),
        "da1": slope[hidden],
        "s2": Worked(lambda c: c["W2"] @ c["a1"] + c["b2"][:, None]),
        "a2": outputs,
        "C": cost,
        "delta2": Worked(lambda c: (c["a2"] - c["y"]) / samples),
        "delta1": Worked(lambda c: c["da1"] * (c["W2"].T @ c["delta2"])),
        "grad_W2": Worked(lambda c: c["delta2"] @ c["a1"].T),
        "grad_b2": Worked(lambda c: c["delta2"].sum(axis=1)),
        "W2_new": Worked(
            lambda c: c["W2"] - c["eta"] * (c["delta2"] @ c["a1"].T),
            ways=(lambda c: c["W2"] - c["eta"] * c["grad_W2"],),
        ),
        "b2_new": Worked(
            lambda c: c["b2"] - c["eta"] * c["delta2"].sum(axis=1), ways=(lambda c: c["b2"] - c["eta"] * c["grad_b2"],)
        ),
        "W1_new": Worked(lambda c: c["W1"] - c["eta"] * (c["delta1"] @ c["x"].T)),
        "b1_new": Worked(lambda c: c["b1"] - c["eta"] * c["delta1"].sum(axis=1)),
    }
    given = {"x": _columns(x), "y": _columns(y), "W1": W1, "b1": b1, "W2": W2, "b2": b2, "eta": "0.5"}
    return Work("backprop", table, given, cells)


NUMBERS = {"beta": "0.8", "beta1": "0.7", "beta2": "0.9", "epsilon": "0.01"}
OPTIMIZERS: dict[str, dict[str, str]] = {
    "none": {},
    "momentum": {"name": "momentum", "beta": "0.8"},
    "adam": {"name": "adam", **{name: NUMBERS[name] for name in ("beta1", "beta2", "epsilon")}},
}


def steps(chance: random.Random) -> Work:
    """Two steps of one layer on one sample."""
    name = chance.choice(tuple(OPTIMIZERS))
    output = chance.choice(("sigmoid", "linear"))
    W1, b1, x, y = numbers(chance, 1, 2), numbers(chance, 1), numbers(chance, 2), [1]
    table: dict[str, Any] = {"output": output, "x": x, "y": y, "eta": "0.2", "steps": 2}
    table |= {"loss": "binary-cross-entropy" if output == "sigmoid" else "squared-error"}
    table["layers"] = [{"W": W1, "b": b1}]
    if OPTIMIZERS[name]:
        table["optimizer"] = OPTIMIZERS[name]
    cells: dict[str, Worked] = {}
    for t in (1, 2):
        cells |= _one_step(t, output, name)
    return Work("backprop", table, {"W1": W1, "b1": b1, "x": x, "y": y, "eta": "0.2", **NUMBERS}, cells)


def _one_step(t: int, output: str, optimizer: str) -> dict[str, Worked]:
    at, before = ("", None) if t == 1 else (f"@{t}", "" if t == 2 else f"@{t - 1}")
    old = lambda name: name if t == 1 else f"{name}_new{before}"  # noqa: E731
    s, a, delta = f"s1{at}", f"a1{at}", f"delta1{at}"
    found = {s: Worked(lambda c: c[old("W1")] @ c["x"] + c[old("b1")])}
    if output == "sigmoid":
        found[a] = function(lambda c: sigmoid(c[s]))
        found[f"C{at}"] = function(lambda c: -ln(c[a]).sum(), lambda c: -ln(sigmoid(c[s])).sum())
    else:
        found[a] = Worked(lambda c: c[s])
        found[f"C{at}"] = replace(function(lambda c: square(c[a] - c["y"]).sum() / 2), is_trivial=True)
    found[delta] = Worked(lambda c: c[a] - c["y"])
    found[f"grad_W1{at}"] = Worked(lambda c: np.multiply.outer(c[delta], c["x"]))
    found[f"grad_b1{at}"] = Worked(lambda c: c[delta])
    for name in ("W1", "b1"):
        grad = f"grad_{name}{at}"
        if optimizer == "none":
            gradient = (lambda c: np.multiply.outer(c[delta], c["x"])) if name == "W1" else (lambda c: c[delta])
            by_cell = partial(_descended, old(name), lambda c, grad=grad: c[grad])
            found[f"{name}_new{at}"] = Worked(partial(_descended, old(name), gradient), ways=(by_cell,))
            continue
        kept = lambda kind, name=name: f"{kind}_{name}{before}" if t > 1 else ""  # noqa: E731
        found |= (_momentum if optimizer == "momentum" else _adam)(name, at, t, grad, kept, old(name))
    return found


def _descended(name: str, gradient: Rule, c: Cells) -> Any:
    return c[name] - c["eta"] * gradient(c)


def _momentum(name: str, at: str, t: int, grad: str, kept: Callable[[str], str], old: str) -> dict[str, Worked]:
    v = f"v_{name}{at}"
    state = (lambda c: c["beta"] * c[kept("v")] + c[grad]) if t > 1 else (lambda c: c[grad])
    return {v: Worked(state), f"{name}_new{at}": Worked(lambda c: c[old] - c["eta"] * c[v])}


def _adam(name: str, at: str, t: int, grad: str, kept: Callable[[str], str], old: str) -> dict[str, Worked]:
    m, v, mhat, vhat = (f"{kind}_{name}{at}" for kind in ("m", "v", "mhat", "vhat"))
    first = lambda c: (1 - c["beta1"]) * c[grad]  # noqa: E731
    second = lambda c: (1 - c["beta2"]) * square(c[grad])  # noqa: E731
    found = {
        m: Worked((lambda c: c["beta1"] * c[kept("m")] + first(c)) if t > 1 else first),
        v: Worked((lambda c: c["beta2"] * c[kept("v")] + second(c)) if t > 1 else second, is_sum=False),
        mhat: Worked(lambda c: c[m] / (1 - c["beta1"] ** t), is_sum=False),
        vhat: Worked(lambda c: c[v] / (1 - c["beta2"] ** t), is_sum=False),
    }
    new = lambda c: c[old] - c["eta"] * c[mhat] / (sqrt(c[vhat]) + c["epsilon"])  # noqa: E731
    return found | {f"{name}_new{at}": Worked(new, is_sum=False, divisors=frozenset({vhat}))}


def recurrent(chance: random.Random) -> Work:
    """Two tanh units over three steps, with shared weights."""
    given = {"x": numbers(chance, 3), "W": numbers(chance, 2), "U": numbers(chance, 2, 2), "b": numbers(chance, 2)}
    given |= {"V": numbers(chance, 2), "y": numbers(chance), "h0": numbers(chance, 2)}
    lines = [f"h{n} = tanh(W x[{n}] + U h{n - 1} + b)" for n in (1, 2, 3)]
    table = {"given": given, "formulas": [*lines, "o = V^T h3", "L = 1/2 (o - y)^2"]}
    table["update"] = {"eta": "0.1", "of": ["U", "W"]}
    back = lambda c, n: c[f"grad_h{n}"] * (1 - c[f"h{n}"] * c[f"h{n}"])  # noqa: E731
    cells = {f"h{n}": _unit_at(n) for n in (1, 2, 3)} | {
        "o": Worked(lambda c: (c["V"] * c["h3"]).sum()),
        "L": Worked(lambda c: square(c["o"] - c["y"]) / 2, is_sum=False),
        "grad_o": Worked(lambda c: c["o"] - c["y"]),
        "grad_h3": Worked(lambda c: c["grad_o"] * c["V"]),
        "grad_h2": Worked(lambda c: c["U"].T @ back(c, 3)),
        "grad_h1": Worked(lambda c: c["U"].T @ back(c, 2)),
        "grad_V": Worked(lambda c: c["grad_o"] * c["h3"]),
        "grad_W": Worked(lambda c: sum(c["x"][n - 1] * back(c, n) for n in (3, 2, 1))),
        "grad_U": Worked(lambda c: sum(np.multiply.outer(back(c, n), c[f"h{n - 1}"]) for n in (3, 2, 1))),
        "grad_b": Worked(lambda c: sum(back(c, n) for n in (3, 2, 1))),
        "U_new": Worked(lambda c: c["U"] - c["eta"] * c["grad_U"]),
        "W_new": Worked(lambda c: c["W"] - c["eta"] * c["grad_W"]),
    }
    return Work("graph", table, {**given, "eta": "0.1"}, cells)


def _unit_at(n: int) -> Worked:
    rule = lambda c: tanh(c["W"] * c["x"][n - 1] + c["U"] @ c[f"h{n - 1}"] + c["b"])  # noqa: E731
    return function(rule)


def gates(chance: random.Random) -> Work:
    """A sigmoid from its parts."""
    given = {name: numbers(chance) for name in "wxbt"}
    table = {
        "given": given,
        "formulas": ["z = w x + b", "n = exp(-z)", "d = 1 + n", "s = 1/d", "E = s - t", "L = E^2/2"],
    }
    cells = {
        "z": Worked(lambda c: c["w"] * c["x"] + c["b"]),
        "n": function(lambda c: exp(-c["z"])),
        "d": Worked(lambda c: 1 + c["n"]),
        "s": Worked(lambda c: 1 / c["d"], is_sum=False),
        "E": Worked(lambda c: c["s"] - c["t"]),
        "L": Worked(lambda c: square(c["E"]) / 2, is_sum=False),
        "grad_E": Worked(lambda c: c["E"]),
        "grad_s": Worked(lambda c: c["grad_E"]),
        "grad_d": Worked(lambda c: -(c["grad_s"] * c["s"] / c["d"]), is_sum=False, divisors=frozenset("d")),
        "grad_n": Worked(lambda c: c["grad_d"]),
        "grad_z": Worked(lambda c: -(c["grad_n"] * c["n"])),
        "grad_w": Worked(lambda c: c["grad_z"] * c["x"]),
        "grad_x": Worked(lambda c: c["grad_z"] * c["w"]),
        "grad_b": Worked(lambda c: c["grad_z"]),
    }
    return Work("graph", table, given, cells)


def dense(chance: random.Random) -> Work:
    """A layer on a batch in rows, with its bias beside every sample."""
    given = {
        "X": numbers(chance, 3, 2),
        "W": numbers(chance, 2, 2),
        "b": numbers(chance, 2),
        "Y": numbers(chance, 3, 2),
    }
    table = {"given": given, "formulas": ["Z = X W + b", "A = sigmoid(Z)", "D = A - Y", "L = 1/3 sum(D ⊙ D)"]}
    table["update"] = {"eta": "0.1", "of": ["W", "b"]}
    cells = {
        "Z": Worked(lambda c: c["X"] @ c["W"] + c["b"]),
        "A": function(lambda c: sigmoid(c["Z"])),
        "D": Worked(lambda c: c["A"] - c["Y"]),
        "L": Worked(lambda c: (c["D"] * c["D"]).sum() / 3),
        "grad_A": Worked(lambda c: (c["D"] + c["D"]) / 3),
        "grad_Z": Worked(lambda c: c["grad_A"] * c["A"] * (1 - c["A"])),
        "grad_W": Worked(lambda c: c["X"].T @ c["grad_Z"]),
        "grad_b": Worked(lambda c: c["grad_Z"].sum(axis=0)),
        "W_new": Worked(lambda c: c["W"] - c["eta"] * c["grad_W"]),
        "b_new": Worked(lambda c: c["b"] - c["eta"] * c["grad_b"]),
    }
    return Work("graph", table, {**given, "eta": "0.1"}, cells)


KINDS: tuple[Callable[[random.Random], Work], ...] = (batch, steps, recurrent, gates, dense)
