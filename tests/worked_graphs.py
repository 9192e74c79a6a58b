"""Calculations that courses set as formulas, each beside the same in plain arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from mpmath import mp

from tests.formula_rows import Arrays, correlation, exp, ln, pool, relu, sigmoid, softmax, tanh

Values = dict[str, Arrays]


@dataclass(frozen=True)
class WorkedGraph:
    """What an assignment says, and a function from what is given to what the formulas make."""

    name: str
    table: Mapping[str, Any]
    function: Callable[..., Values]


def _product(x: Any, y: Any, z: Any) -> Values:
    q = x + y
    return {"q": q, "f": q * z}


def _gates(w0: Any, x0: Any, w1: Any, x1: Any, w2: Any) -> Values:
    a, b = w0 * x0, w1 * x1
    s = a + b + w2
    n = -s
    e = mp.exp(n)
    d = 1 + e
    return {"a": a, "b": b, "s": s, "n": n, "ex": e, "d": d, "f": 1 / d}


def _recurrent(x: Any, W: Any, U: Any, b: Any, V: Any, y: Any, h0: Any) -> Values:
    h1 = tanh(W * x[0] + U @ h0 + b)
    h2 = tanh(W * x[1] + U @ h1 + b)
    h3 = tanh(W * x[2] + U @ h2 + b)
    o = V @ h3
    return {"h1": h1, "h2": h2, "h3": h3, "o": o, "L": (o - y) ** 2 / 2}


def _lstm(x: Any, h: Any, c: Any, Wf: Any, Wi: Any, Wg: Any, Wo: Any, bf: Any, bi: Any, bg: Any, bo: Any) -> Values:
    z = np.concatenate([[x], h])
    f, i, o = sigmoid(Wf @ z + bf), sigmoid(Wi @ z + bi), sigmoid(Wo @ z + bo)
    g = tanh(Wg @ z + bg)
    cell = f * c + i * g
    out = o * tanh(cell)
    return {"z": z, "f": f, "i": i, "g": g, "o": o, "c1": cell, "h1": out, "L": out.sum()}


def _attention(X: Any, WQ: Any, WK: Any, WV: Any) -> Values:
    Q, K, V = X @ WQ, X @ WK, X @ WV
    S = Q @ K.T / mp.sqrt(2)
    A = np.array([softmax(row) for row in S])
    return {"Q": Q, "K": K, "V": V, "S": S, "A": A, "Z": A @ V}


def _convolution(X: Any, K: Any, b: Any, W: Any, y: Any) -> Values:
    C = correlation(X, K, 1, 1) + b
    R = relu(C)
    P = pool(R, 2, 2, np.max)
    v = P.ravel()
    s = W @ v
    p = softmax(s)
    return {"C": C, "R": R, "P": P, "v": v, "s": s, "p": p, "L": -(y * ln(p)).sum()}


def _strided(X: Any, K: Any, b: Any, W: Any, c: Any, y: Any) -> Values:
    C = correlation(X, K, 2, 1) + b
    R = relu(C)
    P = pool(R, 2, 1, np.max)
    a = W @ P.ravel() + c
    return {"C": C, "R": R, "P": P, "v": P.ravel(), "a": a, "L": ((a - y) ** 2).sum() / 2}


def _regression(X: Any, w: Any, b: Any, y: Any) -> Values:
    z = X @ w + b
    p = sigmoid(z)
    return {"z": z, "p": p, "J": -(y * ln(p) + (1 - y) * ln(1 - p)).sum() / 5}


def _batch(X: Any, W1: Any, b1: Any, W2: Any, b2: Any, Y: Any) -> Values:
    Z = X @ W1 + b1
    H = sigmoid(Z)
    S = H @ W2 + b2
    P = np.array([softmax(row) for row in S])
    return {"Z": Z, "H": H, "S": S, "P": P, "J": -(Y * ln(P)).sum() / 5}


def _hinge(w: Any, x: Any, b: Any, y: Any) -> Values:
    s = w @ x + b
    m = max(mp.mpf(0), 1 - y * s)
    n = mp.sqrt((w * w).sum())
    return {"s": s, "m": m, "n": n, "J": m + n**2 / 8}


def _bag(x: Any) -> Values:
    r = abs(x[0]) * x[1] / x[2]
    t = mp.root(x[1], 3)
    return {"r": r, "t": t, "u": mp.log(r + t), "f": mp.log(r + t) * exp(x[0] / 2)}


WORKED = (
    WorkedGraph("product", {"given": {"x": -2, "y": 5, "z": -4}, "formulas": ["q = x + y", "f = q z"]}, _product),
    WorkedGraph(
        "gates",
        {
            "given": {"w0": 2, "x0": -1, "w1": -3, "x1": -2, "w2": -3},
            "formulas": "a = w0 x0\nb = w1 x1\ns = a + b + w2\nn = -s\nex = exp(n)\nd = 1 + ex\nf = 1/d",
        },
        _gates,
    ),
    WorkedGraph(
        "recurrent",
        {
            "given": {
                "x": ["0.5", 1, "-0.3"],
                "W": ["0.4", "-0.7"],
                "U": [["0.1", "0.2"], ["-0.3", "0.5"]],
                "b": ["0.05", "-0.1"],
                "V": ["1.2", "-0.4"],
                "y": "0.6",
                "h0": [0, 0],
            },
            "formulas": [
                "h1 = tanh(W x[1] + U h0 + b)",
                "h2 = tanh(W x[2] + U h1 + b)",
                "h3 = tanh(W x[3] + U h2 + b)",
                "o = V^T h3",
                "L = 1/2 (o - y)^2",
            ],
            "update": {"eta": "0.1", "of": ["U", "W"]},
        },
        _recurrent,
    ),
    WorkedGraph(
        "lstm",
        {
            "given": {
                "x": "0.5",
                "h": ["0.1", "-0.2"],
                "c": ["0.3", "0.4"],
                "Wf": [["0.2", "0.1", "-0.1"], ["0.4", "-0.3", "0.2"]],
                "Wi": [["-0.2", "0.3", "0.5"], ["0.1", "0.1", "-0.4"]],
                "Wg": [["0.6", "-0.1", "0.2"], ["-0.5", "0.2", "0.3"]],
                "Wo": [["0.3", "0.3", "-0.2"], ["0.2", "-0.6", "0.1"]],
                "bf": [1, 1],
                "bi": ["0.1", "-0.1"],
                "bg": [0, "0.2"],
                "bo": ["-0.3", "0.4"],
            },
            "formulas": [
                "z = concat(x, h)",
                "f = sigmoid(Wf z + bf)",
                "i = sigmoid(Wi z + bi)",
                "g = tanh(Wg z + bg)",
                "o = sigmoid(Wo z + bo)",
                "c1 = f ⊙ c + i ⊙ g",
                "h1 = o ⊙ tanh(c1)",
                "L = sum(h1)",
            ],
        },
        _lstm,
    ),
    WorkedGraph(
        "attention",
        {
            "given": {
                "X": [[1, 0], [0, 1], [1, 1]],
                "WQ": [["0.5", "0.1"], ["-0.2", "0.3"]],
                "WK": [["0.4", "-0.3"], ["0.2", "0.6"]],
                "WV": [[1, "-0.5"], ["0.3", "0.8"]],
            },
            "formulas": [
                "Q = X WQ",
                "K = X WK",
                "V = X WV",
                "S = Q K^T / sqrt(2)",
                "A = softmax_rows(S)",
                "Z = A V",
            ],
            "upstream": [[1, "-0.5"], ["0.25", 0], [0, 2]],
        },
        _attention,
    ),
    WorkedGraph(
        "convolution",
        {
            "given": {
                "X": [[1, 2, 0, 1], [0, 1, 3, 2], [2, 1, 0, 1], [1, 0, 2, 1]],
                "K": [[1, 0, -1], ["0.5", 1, "-0.5"], [0, -1, 1]],
                "b": "0.25",
                "W": [["0.1", "-0.2", "0.3", "0.2"], ["-0.4", "0.1", "0.2", "0.1"]],
                "y": [0, 1],
            },
            "formulas": [
                "C = conv(X, K, 1, 1) + b",
                "R = relu(C)",
                "P = maxpool(R, 2)",
                "v = concat(P[1,1], P[1,2], P[2,1], P[2,2])",
                "s = W v",
                "p = softmax(s)",
                "L = cross_entropy(p, y)",
            ],
        },
        _convolution,
    ),
    WorkedGraph(
        "convolution in steps of two",
        {
            "given": {
                "X": [[1, 2, 0, 1, -1], [0, 1, 3, 2, 1], [2, -1, 0, 1, 2], [1, 0, 2, 1, 0], [3, 1, -2, 0, 1]],
                "K": [[1, 0, -1], ["0.5", 1, "-0.5"], [0, -1, 1]],
                "b": "0.25",
                "W": [["0.1", "-0.2", "0.3", "0.2"], ["-0.4", "0.1", "0.2", "0.1"]],
                "c": ["0.5", "-1"],
                "y": [1, -1],
            },
            "formulas": [
                "C = conv(X, K, 2, 1) + b",
                "R = relu(C)",
                "P = maxpool(R, 2, 1)",
                "v = concat(P[1,1], P[1,2], P[2,1], P[2,2])",
                "a = W v + c",
                "L = (a - y)^T (a - y) / 2",
            ],
        },
        _strided,
    ),
    WorkedGraph(
        "regression",
        {
            "given": {
                "X": [[1, 2], [2, 1], [0, 1], [3, -1], [-1, 2]],
                "w": ["0.3", "-0.2"],
                "b": "0.1",
                "y": [1, 1, 0, 1, 0],
            },
            "formulas": ["z = X w + b", "p = sigmoid(z)", "J = 1/5 bce(p, y)"],
            "update": {"eta": "0.5", "of": ["w", "b"]},
        },
        _regression,
    ),
    WorkedGraph(
        "batch",
        {
            "given": {
                "X": [[1, 2], [2, 1], [0, 1], [3, -1], [-1, 2]],
                "W1": [["0.3", "-0.2", "0.5"], ["0.1", "0.4", "-0.6"]],
                "b1": ["0.1", 0, "-0.2"],
                "W2": [["0.2", "-0.1"], ["0.4", "0.3"], ["-0.5", 1]],
                "b2": [["0.05", "-0.15"]],
                "Y": [[1, 0], [0, 1], [1, 0], [0, 1], [1, 0]],
            },
            "formulas": [
                "Z = X W1 + b1",
                "H = sigmoid(Z)",
                "S = H W2 + b2",
                "P = softmax_rows(S)",
                "J = 1/5 cross_entropy(P, Y)",
            ],
            "update": {"eta": "0.5", "of": ["W1", "b1", "b2"]},
        },
        _batch,
    ),
    WorkedGraph(
        "hinge",
        {
            "given": {"w": [3, "-1"], "x": ["0.5", 1], "b": "-0.25", "y": 1},
            "formulas": ["s = w^T x + b", "m = max(0, 1 - y s)", "n = norm2(w)", "J = m + n^2/8"],
        },
        _hinge,
    ),
    WorkedGraph(
        "bag",
        {
            "given": {"x": ["-1.5", 2, 4]},
            "formulas": [
                r"r = \frac{abs(x[1]) x[2]}{x[3]}",
                "t = x[2]^(1/3)",
                "u = ln(r + t)",
                r"f = u \exp(x[1]/2)",
            ],
        },
        _bag,
    ),
)
