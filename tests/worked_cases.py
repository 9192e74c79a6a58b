"""Worked hand problems, one table for the tests of the solution, of LaTeX and of checking alike.

HOMEWORK holds the key of EE 541 Homework 3 as one works it out on paper, in sympy's own objects: nothing here comes
from the code under test.
"""

from __future__ import annotations

import sympy

TABLES: dict[str, dict[str, object]] = {
    "homework": {
        "x": [1, -1, 1],
        "y": [0, 0, 1],
        "eta": "1/2",
        "layers": [
            {"W": [[1, -2, 1], [3, 4, -2]], "b": [1, -2]},
            {"W": [[1, -2], [3, 4]], "b": [1, 0]},
            {"W": [[2, 2], [3, -3], [2, 1]], "b": [0, -4, -2]},
        ],
    },
    "one layer": {
        "x": [1, 2],
        "y": [1, 0, 0],
        "eta": "0.1",
        "layers": [{"W": [[1, 0], ["1/2", -1], [0, "1/3"]], "b": [0, 1, "-1/4"]}],
    },
    "five layers with fractions": {
        "x": ["1/2", "-1/3"],
        "y": [0, 1],
        "eta": "1/10",
        "layers": [
            {"W": [["1/2", 1], [-1, "1/4"], [1, 1]], "b": [0, "1/5", "1/7"]},
            {"W": [[1, -1, 2], ["1/3", 1, -1]], "b": ["1/2", 0]},
            {"W": [[2, 1], [1, -1]], "b": [1, 1]},
            {"W": [[1, "1/2"], [-2, 1], [1, 1]], "b": [0, 1, "-1/2"]},
            {"W": [[1, -1, "1/3"], ["1/2", 1, 2]], "b": [0, "1/6"]},
        ],
    },
    "twelve inputs": {
        "x": [1, -1, 2, "1/2", 0, 1, -2, 1, "1/3", 1, -1, 2],
        "y": [0, 1, 0, 0],
        "eta": "1/4",
        "layers": [
            {
                "W": [
                    [1, 0, -1, 2, "1/2", 1, 0, -1, 3, 1, 1, "-1/2"],
                    [2, 1, 1, -1, 0, "1/3", 1, 1, -2, 0, 1, 1],
                    [-1, 1, 2, 1, 1, 0, -1, "1/2", 0, 1, -1, 1],
                ],
                "b": [1, "1/2", -1],
            },
            {"W": [[1, -1, 0], [2, "1/2", 1], [0, 1, -1], [1, 1, "1/3"]], "b": [0, 1, -1, "1/2"]},
        ],
    },
    "equal logits": {
        "x": [1],
        "y": [0, 1, 0],
        "eta": 1,
        "layers": [{"W": [[2], [-1]], "b": [0, 0]}, {"W": [[1, 5], [1, 7], [1, -3]], "b": [3, 3, 3]}],
    },
    "large logits": {
        "x": [10, -20],
        "y": [1, 0],
        "eta": "1/2",
        "layers": [{"W": [[30, -40], [5, 5]], "b": [1, -2]}, {"W": [[3, 4], [-2, 1]], "b": [0, 7]}],
    },
    "one output": {"x": [2], "y": [1], "eta": "1/2", "layers": [{"W": [[3]], "b": [1]}]},
    "target distribution": {
        "x": [1, 1],
        "y": ["1/4", "3/4"],
        "eta": "1/3",
        "layers": [{"W": [[1, 2], [-1, 1]], "b": [0, 1]}, {"W": [[1, 1], [0, -2]], "b": [0, 0]}],
    },
    "negative learning rate": {
        "x": [1, 2],
        "y": [1, 0],
        "eta": -1,
        "layers": [{"W": [[1, 0], [0, 1]], "b": [1, 1]}],
    },
    "leaky": {
        "hidden": "leaky_relu",
        "slope": "1/10",
        "x": [1, -1],
        "y": [1, 0],
        "eta": "1/2",
        "layers": [{"W": [[1, 2], [2, 1]], "b": [0, 0]}, {"W": [[1, -1], [2, 3]], "b": [1, 0]}],
    },
    "tanh": {
        "hidden": "tanh",
        "x": [1, -1],
        "y": [1, 0],
        "eta": "1/2",
        "layers": [{"W": [["1/2", 1], [2, 1]], "b": [0, -1]}, {"W": [[1, -1], [2, 3]], "b": [1, 0]}],
    },
    "sigmoid, two hidden layers": {
        "hidden": "sigmoid",
        "x": [1, "1/2"],
        "y": ["1/3", "2/3"],
        "eta": "1/10",
        "layers": [
            {"W": [[1, -2], [2, 1]], "b": [0, "1/2"]},
            {"W": [[1, -1], [2, 3]], "b": [1, 0]},
            {"W": [[1, 1], [-2, 1]], "b": [0, 1]},
        ],
    },
    "tanh, linear output": {
        "hidden": "tanh",
        "output": "linear",
        "loss": "squared-error",
        "x": [2, 1],
        "y": ["3/2", -1],
        "eta": "1/4",
        "layers": [{"W": [["1/2", 1], [1, -1]], "b": [0, 1]}, {"W": [[1, -1], [2, 3]], "b": [1, 0]}],
    },
    "relu, linear output": {
        "output": "linear",
        "x": [2, 1],
        "y": ["3/2"],
        "eta": "1/4",
        "layers": [{"W": [["1/2", 1], [1, -3]], "b": [0, 0]}, {"W": [[1, -1]], "b": [1]}],
    },
    "relu, sigmoid output": {
        "output": "sigmoid",
        "loss": "binary-cross-entropy",
        "x": [2, 1],
        "y": [1, "1/2"],
        "eta": "1/4",
        "layers": [{"W": [["1/2", 1], [1, -3]], "b": [0, 0]}, {"W": [[1, -1], [-3, 2]], "b": [1, 0]}],
    },
    "sigmoid, sigmoid output": {
        "hidden": "sigmoid",
        "output": "sigmoid",
        "x": [2, -1],
        "y": [0],
        "eta": 1,
        "layers": [{"W": [["1/2", 1], [1, -3]], "b": [0, 0]}, {"W": [[1, -1]], "b": [1]}],
    },
    "identity": {
        "hidden": "identity",
        "x": [1, -1],
        "y": [1, 0],
        "eta": "1/2",
        "layers": [{"W": [[1, 2], [2, 1]], "b": [0, 0]}, {"W": [[1, -1], [2, 3]], "b": [1, 0]}],
    },
}

LAYOUTS = TABLES | {
    "five layers of six": {
        "x": [1, "1/2", -1, 2, "-1/3", 1],
        "y": [0, 0, 1, 0, 0, 0],
        "eta": "1/10",
        "layers": [
            {
                "W": [
                    [["1/2", 1, "-1/3", 2, -1, "2/3"][(row + 2 * column + layer) % 6] for column in range(6)]
                    for row in range(6)
                ],
                "b": [["1/5", -1, 1, 0, "1/2", 2][(row + layer) % 6] for row in range(6)],
            }
            for layer in range(5)
        ],
    },
}
"""The same and one that is hard to print; sympy would take minutes for it."""

E = sympy.exp
_D = 1 + E(-17) + E(-73)
P1, P2, P3 = 1 / _D, E(-73) / _D, E(-17) / _D
_d = 3 * P1 - 11 * P2
_half = sympy.Rational(1, 2)

HOMEWORK: dict[str, list[object]] = {
    "s1": [5, -5],
    "a1": [5, 0],
    "da1": [1, 0],
    "s2": [6, 15],
    "a2": [6, 15],
    "da2": [1, 1],
    "s3": [42, -31, 25],
    "a3": [P1, P2, P3],
    "delta3": [P1, P2, P3 - 1],
    "delta2": [P2, P1 - 4 * P2],
    "delta1": [3 * P1 - 11 * P2, 0],
    "W3_new": [
        *(2 - 3 * P1, 2 - 15 * P1 / 2),
        *(3 - 3 * P2, -3 - 15 * P2 / 2),
        *(5 - 3 * P3, sympy.Rational(17, 2) - 15 * P3 / 2),
    ],
    "b3_new": [-P1 / 2, -4 - P2 / 2, -3 * _half - P3 / 2],
    "W2_new": [1 - 5 * P2 / 2, -2, 3 - 5 * P1 / 2 + 10 * P2, 4],
    "b2_new": [1 - P2 / 2, 2 * P2 - P1 / 2],
    "W1_new": [1 - _d / 2, -2 + _d / 2, 1 - _d / 2, 3, 4, -2],
    "b1_new": [1 - _d / 2, -2],
}

P1_DECIMALS = ("0.99999995860062452605669399076398", "")
P2_DECIMALS = ("1.979259796006781706114089818138", "e-32")
P3_DECIMALS = ("4.139937547394330600923599", "e-8")
"""The first digits, from mpmath and from the standard library's decimal, and the power of ten."""

ANSWERS = """\
s1 = [5, -5]
a1 = [5, 0]
a1' = [1, 0]
s2 = [6, 15]
a2 = [6, 15]
a2' = [1, 1]
s3 = [42, -31, 25]
a3 = [1, 1.979e-32, 4.140e-8]
delta3 = [1, 1.979e-32, -1]
delta2 = [0, 1]
delta1 = [3, 0]
W3_new = [-1, -5.5; 3, -3; 5, 8.5]
b3_new = [-0.5, -4, 1.5]
W2_new = [1, -2; 0.5, 4]
b2_new = [1, -0.5]
W1_new = [-0.5, -0.5, -0.5; 3, 4, -2]
b1_new = [-0.5, -2]
"""
"""A submission as a person writes it; only b3_new[3] is wrong, for the sign."""
