"""Faults of calculations given as formulas: each told in one line with its place, all at once; hostile formulas."""

from __future__ import annotations

from typing import Any

import pytest

from checks.errors import InvalidAssignment
from tests.test_graphs import reference_of


def faults_of(table: Any) -> list[str]:
    with pytest.raises(InvalidAssignment) as told:
        reference_of(table)
    return str(told.value).splitlines()


FAULTS = {
    "unknown and misfitting": (
        {
            "given": {"x": 1, "W": [[1, 2], [3, 4]], "h": [1, 2]},
            "formulas": [
                *("q = x + foo", "z = W^T h + W", "s = h h", "u = h[3]", "v = later + 1", "later = x", "sum = x"),
                *(
                    "q = x",
                    "2a = x",
                    "grad_x = x",
                    "r = relu(h, x)",
                    "t = x^h",
                    "c = conv(h^T, W)",
                    "w = q + 1",
                    "k = W + concat(h, x)",
                    "m = h^T - h",
                ),
            ],
        },
        [
            "graph.formulas[7]: q is taken, see graph.formulas[0]",
            "graph.formulas[8]: expected name = formula, not '2a = x'",
            "graph.formulas[6]: sum is a function or a sign of formulas; expected another name",
            "graph.formulas[9]: grad_x is what derives from x; expected another name",
            "graph.formulas[0]: q = x + foo, character 9: nothing is called foo; there are x W h",
            (
                "graph.formulas[1]: z = W^T h + W, character 5: a vector of 2 plus a 2 x 2 matrix, "
                "which is as long as rows and columns; for every row write its transpose"
            ),
            (
                "graph.formulas[2]: s = h h, character 7: a vector of 2 times a vector of 2; write x^T y "
                "for a number, x ⊙ y entry by entry"
            ),
            "graph.formulas[3]: u = h[3], character 5: no entry h[3]; h is a vector of 2",
            "graph.formulas[4]: v = later + 1, character 5: later is made only later, in graph.formulas[5]",
            "graph.formulas[10]: r = relu(h, x), character 5: expected relu(x)",
            "graph.formulas[11]: t = x^h, character 5: an exponent that is no number; write exp(...) for a power of e",
            (
                "graph.formulas[12]: c = conv(h^T, W), character 5: a 1 x 2 matrix with padding 0 is "
                "smaller than a 2 x 2 matrix"
            ),
            (
                "graph.formulas[14]: k = W + concat(h, x), character 5: a 2 x 2 matrix plus a vector of 3; "
                "expected equal shapes, a number, or a vector as long as the rows or the columns"
            ),
            (
                "graph.formulas[15]: m = h^T - h, character 5: a 1 x 2 matrix minus a vector of 2; "
                "expected equal shapes, a number, or a vector as long as the rows or the columns"
            ),
        ],
    ),
    "no value": (
        {"given": {"x": 1}, "formulas": ["q = x - 1", "u = 1/q", "v = u"]},
        ["graph.formulas[1]: u has no value: a division by 0, or a root or logarithm that is none"],
    ),
    "growth": (
        {"given": {"x": 3}, "formulas": ["a = x^100", "b = a^100", "c = b^100"]},
        [
            (
                "graph.formulas[1]: b grows too large: "
                "the problem's numbers grow beyond 5000 bits; expected numbers of hand work"
            )
        ],
    ),
    "no gradient": (
        {"given": {"x": [0, 0]}, "formulas": ["f = norm2(x)"]},
        ["graph.cells: grad_x has no value: a division by 0, or a root or logarithm that is none"],
    ),
    "no sign that shows": (
        {"given": {"x": 1}, "formulas": ["a = abs(tanh(tanh(x)))", "b = abs(tanh(tanh(x/2)))", "f = relu(a b - b a)"]},
        [
            "graph.formulas[2]: f has no value that shows: a number so close to 0 that nothing tells its sign",
        ],
    ),
    "output without a gradient": (
        {"given": {"x": [1, 2]}, "formulas": ["q = 2 x"], "update": {"eta": 1, "of": ["x"]}},
        ["graph.upstream: missing; q is a vector of 2, so its own gradient has to be given"],
    ),
    "upstream of another shape": (
        {"given": {"x": [1, 2]}, "formulas": ["q = 2 x"], "upstream": [1, 2, 3], "output": "q"},
        ["graph.upstream: a vector of 3; q is a vector of 2"],
    ),
    "keys": (
        {"given": {"x": "?"}, "formulas": [], "foo": 1, "update": 3},
        [
            (
                "graph.foo: unknown key; expected one of given, formulas, output, upstream, update, slope, "
                "relu_at_zero, step_at_zero"
            ),
            "graph.given.x: expected a number such as 2, 0.5 or \"1/2\", not '?'",
            'graph.formulas: expected a list of formulas, such as ["q = x + y", "f = q z"]',
        ],
    ),
    "cells": (
        {"given": {"x": 1}, "formulas": ["f = 2 x"], "cells": ["g"], "numbering": {"neurons": 2}},
        [
            "graph.numbering.neurons: unknown key; expected one of entries",
            "graph.cells: no cell 'g'; there are f grad_f grad_x",
        ],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_faults_are_told_with_their_place_all_at_once(name: str) -> None:
    table, told = FAULTS[name]
    assert faults_of(table) == told


@pytest.mark.parametrize(
    "formula",
    [
        *(
            "x.__class__",
            "__import__('os')",
            "lambda: x",
            "x if x else x",
            "f(x)",
            "x; x",
            "x = x",
            "[x, x]",
            "x!",
            "x % 2",
        ),
        *(
            "(" * 200 + "x" + ")" * 200,
            "x" + "^2" * 100,
            "x^(10^9)",
            "10^(10^9)",
            "-" * 3000 + "x +",
            "x " * 3000,
            "1" * 500,
        ),
        *(
            "conv(x, x, 0)",
            "maxpool(x, 2)",
            "concat(x)",
            "max()",
            "sum(x, x)",
            "softmax(x)",
            "x^T^",
            "⊙ x",
            "x ⊙",
            "h[0]",
        ),
        *("x[1,1,1]", "h[2,2]", "x^0.5.5", "\\frac{x}", "exp", "exp(", "\x00"),
    ],
)
def test_hostile_formulas_are_refused_in_one_line(formula: str) -> None:
    told = faults_of({"given": {"x": 1, "h": [1, 2]}, "formulas": [f"q = {formula}"]})
    assert len(told) == 1
    assert told[0].startswith("graph.formulas[0]: ")
    assert len(told[0]) < 250
