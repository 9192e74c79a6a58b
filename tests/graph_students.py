"""How students err in calculations that are given as formulas, in floats; nothing of this is the diagnoser's.

Each sheet goes on from what the student has: a mistake is made wherever it can be, or in the one place that is told.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Floats = Any
Cells = dict[str, Floats]
Rules = dict[str, Any]

X, W, U = np.array([0.5, 1.0, -0.3]), np.array([0.4, -0.7]), np.array([[0.1, 0.2], [-0.3, 0.5]])
B, V, Y, H0, ETA = np.array([0.05, -0.1]), np.array([1.2, -0.4]), 0.6, np.array([0.25, -0.5]), 0.1

RECURRENT: dict[str, Any] = {
    "given": {
        "x": ["0.5", 1, "-0.3"],
        "W": ["0.4", "-0.7"],
        "U": [["0.1", "0.2"], ["-0.3", "0.5"]],
        "b": ["0.05", "-0.1"],
        "V": ["1.2", "-0.4"],
        "y": "0.6",
        "h0": ["0.25", "-0.5"],
    },
    "formulas": [
        "h1 = tanh(W x[1] + U h0 + b)",
        "h2 = tanh(W x[2] + U h1 + b)",
        "h3 = tanh(W x[3] + U h2 + b)",
        "o = V^T h3",
        "L = 1/2 (o - y)^2",
    ],
    "update": {"eta": "0.1", "of": ["U", "W"]},
    "cells": [
        *("h1", "h2", "h3", "o", "L", "grad_o", "grad_h3", "grad_h2", "grad_h1"),
        *("grad_V", "grad_W", "grad_U", "grad_b", "U_new", "W_new"),
    ],
}


def _slope(rules: Rules, g: Floats, h: Floats) -> Floats:
    """Back through tanh."""
    return rules.get("slope", lambda g, h: g * (1 - h * h))(g, h)


def recurrent(rules: Rules) -> Cells:
    """Two tanh units over three steps."""
    function = rules.get("function", np.tanh)
    forward = rules.get("forward", U)
    c: Cells = {"h0": H0}
    for t in (1, 2, 3):
        c[f"h{t}"] = function(W * X[t - 1] + forward @ c[f"h{t - 1}"] + B)
    c["o"] = V @ c["h3"]
    c["L"] = rules.get("half", 0.5) * (c["o"] - Y) ** 2
    c["grad_o"] = rules.get("cost", lambda error: error)(c["o"] - Y)
    c["grad_V"] = rules.get("grad_V", lambda g, h: g * h)(c["grad_o"], c["h3"])
    c["grad_h3"] = c["grad_o"] * V
    back = rules.get("back", U.T)
    d = {}
    for t in (3, 2, 1):
        d[t] = _slope(rules, c[f"grad_h{t}"], c[f"h{t}"])
        if t > 1:
            c[f"grad_h{t - 1}"] = back @ d[t]
    kept = rules.get("steps", (1, 2, 3))
    c["grad_W"] = sum(d[t] * X[t - 1] for t in kept)
    c["grad_U"] = sum(np.outer(d[t], c[f"h{t - 1}"]) for t in kept)
    c["grad_b"] = sum(d[t] for t in kept)
    update = rules.get("update", lambda old, g: old - ETA * g)
    c["U_new"], c["W_new"] = update(U, c["grad_U"]), update(W, c["grad_W"])
    return c


GATES: dict[str, Any] = {
    "given": {"w": "0.7", "x": "1.5", "b": "-0.4", "t": "0.25"},
    "formulas": ["z = w x + b", "n = exp(-z)", "d = 1 + n", "s = 1/d", "E = s - t", "L = 1/2 E^2"],
    "cells": [*("z", "n", "d", "s", "E", "L"), *(f"grad_{name}" for name in "Esdnzwxb")],
}


def gates(rules: Rules) -> Cells:
    """A sigmoid from its parts."""
    w, x, b, t = 0.7, 1.5, -0.4, 0.25
    c: Cells = {"z": rules.get("z", lambda w, x, b: w * x + b)(w, x, b)}
    c["n"] = np.exp(-c["z"])
    c["d"] = 1 + c["n"]
    c["s"] = 1 / c["d"]
    c["E"] = rules.get("E", lambda s, t: s - t)(c["s"], t)
    c["L"] = c["E"] ** 2 / 2
    c["grad_E"] = rules.get("grad_E", lambda error: error)(c["E"])
    c["grad_s"] = c["grad_E"]
    c["grad_d"] = rules.get("grad_d", lambda g, d: -g / d**2)(c["grad_s"], c["d"])
    c["grad_n"] = c["grad_d"]
    c["grad_z"] = rules.get("grad_z", lambda g, n: -g * n)(c["grad_n"], c["n"])
    c["grad_w"], c["grad_x"] = rules.get("product", lambda g, w, x: (g * x, g * w))(c["grad_z"], w, x)
    c["grad_b"] = c["grad_z"]
    return c


IMAGE = np.array([[1.0, 2, 0, 1], [0, 1, 3, 2], [2, 1, 0, 1], [1, 0, 2, 1]])
KERNEL = np.array([[1.0, -2], [0.5, 1.5]])
DENSE, TARGET = np.array([[0.1, -0.2, 0.3, 0.2], [-0.4, 0.1, 0.2, 0.1]]), np.array([0.0, 1])

CONVOLUTION: dict[str, Any] = {
    "given": {
        "X": IMAGE.astype(int).tolist(),
        "K": [[1, -2], ["0.5", "1.5"]],
        "W": [["0.1", "-0.2", "0.3", "0.2"], ["-0.4", "0.1", "0.2", "0.1"]],
        "y": [0, 1],
    },
    "formulas": [
        "C = conv(X, K)",
        "R = relu(C - 4)",
        "P = maxpool(R, 2, 1)",
        "v = concat(P[1,1], P[1,2], P[2,1], P[2,2])",
        "s = W v",
        "p = softmax(s)",
        "L = cross_entropy(p, y)",
    ],
    "cells": [*("C", "R", "P", "s", "p", "L", "grad_p", "grad_s", "grad_v", "grad_P", "grad_R", "grad_C", "grad_K")],
}


def convolution(rules: Rules) -> Cells:
    """A convolution, a ReLU, a pool, and a dense layer with softmax."""
    kernel = rules.get("kernel", KERNEL)
    c: Cells = {"C": np.array([[(IMAGE[i : i + 2, j : j + 2] * kernel).sum() for j in range(3)] for i in range(3)])}
    c["R"] = rules.get("relu", lambda z: np.maximum(z, 0))(c["C"] - 4)
    c["P"] = np.array([[c["R"][i : i + 2, j : j + 2].max() for j in range(2)] for i in range(2)])
    v = c["P"].ravel()
    c["s"] = DENSE @ v
    c["p"] = rules.get("softmax", lambda s: np.exp(s) / np.exp(s).sum())(c["s"])
    c["L"] = -(TARGET * np.log(c["p"])).sum()
    c["grad_p"] = -TARGET / c["p"]
    c["grad_s"] = c["p"] * (c["grad_p"] - c["p"] @ c["grad_p"])
    c["grad_v"] = rules.get("dense", DENSE.T) @ c["grad_s"]
    c["grad_P"] = c["grad_v"].reshape(2, 2)
    c["grad_R"] = np.zeros((3, 3))
    for i in range(2):
        for j in range(2):
            window = c["R"][i : i + 2, j : j + 2]
            mask = rules.get("pool", _first_largest)(window)
            c["grad_R"][i : i + 2, j : j + 2] += mask * c["grad_P"][i, j]
    c["grad_C"] = c["grad_R"] * rules.get("mask", lambda z: (z > 0) * 1.0)(c["C"] - 4)
    c["grad_K"] = np.array([[(IMAGE[i : i + 3, j : j + 3] * c["grad_C"]).sum() for j in range(2)] for i in range(2)])
    return c


def _first_largest(window: Floats) -> Floats:
    mask = np.zeros_like(window)
    mask[np.unravel_index(window.argmax(), window.shape)] = 1
    return mask


Student = tuple[dict[str, Any], Callable[[Rules], Cells], Rules]

STUDENTS: dict[str, tuple[Student, ...]] = {
    "path-left-out": (
        (RECURRENT, recurrent, {"steps": (2, 3)}),
        (RECURRENT, recurrent, {"steps": (1, 3)}),
        (RECURRENT, recurrent, {"steps": (3,)}),
    ),
    "slope-left-out": ((RECURRENT, recurrent, {"slope": lambda g, _: g}),),
    "value-for-slope": ((RECURRENT, recurrent, {"slope": lambda g, h: g * h}),),
    "upstream-left-out": (
        (RECURRENT, recurrent, {"slope": lambda _, h: 1 - h * h}),
        (GATES, gates, {"grad_z": lambda _, n: -n}),
    ),
    "not-transposed-backward": ((RECURRENT, recurrent, {"back": U}),),
    "matrix-transposed": ((RECURRENT, recurrent, {"forward": U.T}),),
    "function-left-out": (
        (RECURRENT, recurrent, {"function": lambda z: z}),
        (CONVOLUTION, convolution, {"relu": lambda z: z}),
    ),
    "constant-factor-left-out": ((RECURRENT, recurrent, {"half": 1}),),
    "other-factor-left-out": (
        (RECURRENT, recurrent, {"grad_V": lambda g, h: g * np.ones_like(h)}),
        (GATES, gates, {"product": lambda g, *_: (g, g)}),
    ),
    "own-factor-for-other": (
        (RECURRENT, recurrent, {"grad_V": lambda g, _: g * V}),
        (GATES, gates, {"product": lambda g, w, x: (g * w, g * x)}),
    ),
    "exponent-left-out": ((RECURRENT, recurrent, {"cost": lambda error: error / 2}),),
    "gradient-ascent": ((RECURRENT, recurrent, {"update": lambda old, g: old + ETA * g}),),
    "learning-rate-forgotten": ((RECURRENT, recurrent, {"update": lambda old, g: old - g}),),
    "learning-rate-squared": ((RECURRENT, recurrent, {"update": lambda old, g: old - ETA**2 * g}),),
    "step-for-new-value": ((RECURRENT, recurrent, {"update": lambda _, g: -ETA * g}),),
    "update-reversed": ((RECURRENT, recurrent, {"update": lambda old, g: ETA * g - old}),),
    "term-left-out": ((GATES, gates, {"z": lambda w, x, _: w * x}), (GATES, gates, {"E": lambda s, _: s})),
    "sign-of-a-term": ((GATES, gates, {"z": lambda w, x, b: w * x - b}), (GATES, gates, {"E": lambda s, t: s + t})),
    "minus-lost-backward": (
        (GATES, gates, {"grad_d": lambda g, d: g / d**2}),
        (GATES, gates, {"grad_z": lambda g, n: g * n}),
    ),
    "gradient-sign": ((GATES, gates, {"grad_E": lambda error: -error}),),
    "mask-left-out": (
        (CONVOLUTION, convolution, {"mask": np.ones_like}),
        (CONVOLUTION, convolution, {"pool": np.ones_like}),
    ),
    "kernel-flipped": ((CONVOLUTION, convolution, {"kernel": KERNEL[::-1, ::-1]}),),
    "softmax-not-normalised": ((CONVOLUTION, convolution, {"softmax": np.exp}),),
}
"""By the id of the mistake: the assignment, who works it out, and by which rules."""

EQUALS: dict[str, frozenset[str]] = {
    "minus-lost-backward": frozenset({"gradient-sign"}),
    "gradient-sign": frozenset({"minus-lost-backward"}),
}
"""Mistakes that make the same of a number: either may be named."""
