"""Students who work one step out by another formula than its own, in floats; nothing of this is the diagnoser's.

A formula is a nested tuple; a random change is made at a random place of it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tests.students import Floats, Paper, Rule, shares

Formula = Any
"""A name, or an operation and its operands."""

FORMULAS: Mapping[str, Formula] = {
    "s": ("+", ("@", "W", "before"), "b"),
    "a": ("relu", "s"),
    "out": ("softmax", "s"),
    "delta_out": ("-", "a", "y"),
    "delta": ("*", "da", ("@", ("T", "next W"), "next delta")),
    "W": ("-", "W", ("*", "eta", ("outer", "delta", "before"))),
    "b": ("-", "b", ("*", "eta", "delta")),
}

OPERATIONS: Mapping[str, Callable[..., Floats]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "@": np.matmul,
    "/": np.divide,
    "outer": np.outer,
    "T": np.transpose,
    "relu": lambda s: np.maximum(s, 0),
    "softmax": shares,
    "sigmoid": lambda s: 1 / (1 + np.exp(-s)),
    "tanh": np.tanh,
    "exp": np.exp,
    "neg": np.negative,
    "twice": lambda x: 2 * x,
    "half": lambda x: x / 2,
    "square": np.square,
    "next": lambda x: np.roll(x, 1),
}
FUNCTIONS = ("relu", "softmax", "sigmoid", "tanh", "exp")


def names(p: Paper) -> dict[str, Any]:
    """What lies before the student, by name."""
    found: dict[str, Any] = {"eta": p.eta, "x": p.x, "y": p.y, "W": p.own_W, "b": p.own_b, "before": p.before}
    found |= {f"cell {name}": cell for name, cell in p.cells.items()}
    for name, key in {"s": f"s{p.l}", "a": f"a{p.l}", "da": f"da{p.l}", "delta": f"delta{p.l}"}.items():
        if key in p.cells:
            found[name] = p.cells[key]
    if p.l < p.L:
        found["next W"] = p.W[p.l]
        if f"delta{p.l + 1}" in p.cells:
            found["next delta"] = p.cells[f"delta{p.l + 1}"]
    return found


def value(formula: Formula, known: Mapping[str, Any]) -> Floats:
    if isinstance(formula, str):
        return known[formula]
    operation, *operands = formula
    return OPERATIONS[operation](*(value(one, known) for one in operands))


def _places(formula: Formula, at: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    inner = (
        [] if isinstance(formula, str) else [one for i, o in enumerate(formula[1:], 1) for one in _places(o, (*at, i))]
    )
    return [at, *inner]


def _changed(formula: Formula, at: tuple[int, ...], change: Callable[[Formula], Formula]) -> Formula:
    if not at:
        return change(formula)
    return (*formula[: at[0]], _changed(formula[at[0]], at[1:], change), *formula[at[0] + 1 :])


def _part(formula: Formula, at: tuple[int, ...]) -> Formula:
    return formula if not at else _part(formula[at[0]], at[1:])


def random_edit(kind: str, chance: random.Random, known: Mapping[str, Any]) -> tuple[str, Formula]:
    """What was changed, and the formula."""
    formula = FORMULAS[kind]
    at = chance.choice(_places(formula))
    part = _part(formula, at)
    changes: list[tuple[str, Callable[[Formula], Formula]]] = [
        ("sign", lambda one: ("neg", one)),
        ("doubled", lambda one: ("twice", one)),
        ("squared", lambda one: ("square", one)),
    ]
    if isinstance(part, str):
        shape = np.shape(known[part])
        others = [name for name, one in known.items() if np.shape(one) == shape and name != part]
        near = [name for name in others if not name.startswith("cell ")] or others
        if near:
            changes += 3 * [("operand", lambda _: chance.choice(near))]
        if shape:
            changes += [("factor", lambda one: ("*", one, chance.choice([part, *near])))]
        if len(shape) == 1 and shape[0] > 1:
            changes += [("index", lambda one: ("next", one))]
        if len(shape) == 2:
            changes += 2 * [("transpose", lambda one: ("T", one))]
    elif part[0] in "+-*@" or part[0] == "outer":
        changes += 2 * [("left out", lambda one: chance.choice(one[1:]))]
        if part[0] in "+-":
            changes += 2 * [("sign", lambda one: ("-" if one[0] == "+" else "+", *one[1:]))]
        if part[0] == "outer":
            changes += [("transpose", lambda one: ("outer", one[2], one[1]))]
    elif part[0] == "T":
        changes += 2 * [("transpose", lambda one: one[1])]
    elif part[0] in FUNCTIONS:
        others = [one for one in FUNCTIONS if one != part[0]]
        changes += 3 * [("function", lambda one: (chance.choice(others), one[1])), ("left out", lambda one: one[1])]
    told, change = chance.choice(changes)
    return told, _changed(formula, at, change)


def rule(formula: Formula) -> Rule:
    """The step by this formula."""
    return lambda p: value(formula, names(p))
