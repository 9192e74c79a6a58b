"""Assignments of three kinds for the students' self-check, and random sheets of boxes for them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal

OWN_NAMES = """
[[backprop]]
id = "net"
hidden = "relu"
output = "softmax"
x = [1, -1, 1]
y = [0, 0, 1]
eta = "1/2"
layers = [
    { W = [[1, -2, 1], [3, 4, -2]], b = [1, -2] },
    { W = [[2, 2], [3, -3], [2, 1]], b = [0, -4, -2] },
]
[backprop.names]
s1 = "z"
a1 = "h"
a2 = "yhat"
delta2 = "g"
"""

GRAPH = """
[[graph]]
id = "rnn"
given = { x = ["0.5", 1], W = ["0.4", "-0.7"], U = [["0.1", "0.2"], ["-0.3", "0.5"]], V = ["1.2", "-0.4"], y = "0.6" }
formulas = ["h1 = tanh(W x[1])", "h2 = tanh(W x[2] + U h1)", "o = V^T h2", "L = 1/2 (o - y)^2"]
cells = ["h1", "h2", "o", "L", "grad_V", "grad_U"]
"""

LETTERS = """
[[backprop]]
id = "logistic"
output = "sigmoid"
x = ["x1", "x2"]
y = ["y"]
eta = "alpha"
layers = [{ W = [["w1", "w2"]], b = ["b"] }]
cells = ["s1", "a1", "delta1", "grad_w1", "grad_b", "w2_new"]
[backprop.names]
C = "L"
s1 = "z"
a1 = "yhat"
"""

ASSIGNMENTS = {"own names": OWN_NAMES, "graph": GRAPH, "letters": LETTERS}

SAID = ("1.979 e-32", "0,5", "))", "e^^2", "2 x", "[1, 2]", "1/0", "-", "NaN", "p_9", "$\\frac12$", "see my pdf")
"""What is no answer, or a doubtful one."""

Boxes = dict[str, str]


def assignment(*parts: str) -> str:
    """One assignment with these parts."""
    return 'id = "practice"\ntitle = "Practice"\n' + "".join(parts)


def random_boxes(known: Mapping[str, tuple[str, str]], chance: random.Random) -> Boxes:
    """A sheet by a student of some manner: right in several forms, rounded, slipped, left out, or no answer."""
    trouble = chance.random() / 2
    boxes = {}
    for name, (expected, decimal) in known.items():
        if chance.random() > trouble:
            digits = chance.randint(2, 12)
            forms = [expected, f"({expected})", f"0 + {expected}", *([_rounded(decimal, digits)] if decimal else ())]
            boxes[name] = chance.choice(forms)
        else:
            wrong = [f"-({expected})", f"2*({expected})", f"{expected} + 1", "0", *SAID]
            boxes[name] = chance.choice(wrong) if chance.random() < 0.8 else ""
    return boxes


def _rounded(decimal: str, digits: int) -> str:
    return f"{Decimal(decimal):.{digits}g}"
