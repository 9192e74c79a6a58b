"""Answers with letters that are formulas of whole vectors and matrices, and targets that add up to 1."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from checks.assignment.assignment import read_assignment
from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from checks.marking.checking import check_material
from checks.marking.reference import Reference
from checks.submissions.contents import Material
from exact.letters.linear import solved_for_a_letter
from exact.letters.symbolic import Letter, exp
from tests.test_letter_assignments import findings, reference_of, refusal

LAYER = """
id = "layer"
title = "A softmax layer in letters"
[[graph]]
given = { W = [["w11", "w12"], ["w21", "w22"]], x = ["x1", "x2"], b = ["b1", "b2"], t = ["t1", "t2"] }
formulas = ["z = W x + b", "p = softmax(z)", "L = cross_entropy(p, t)"]
cells = ["z", "p", "L", "grad_z", "grad_W", "grad_b", "grad_x", "W_new"]
update = { eta = "eta", of = ["W"] }
"""

NETWORK = """
id = "network"
title = "Two layers in letters"
[backprop]
hidden = "tanh"
output = "softmax"
x = ["x1", "x2"]
y = ["t1", "t2"]
eta = "eta"
layers = [
    { W = [["w11", "w12"], ["w21", "w22"]], b = ["b1", "b2"] },
    { W = [["v11", "v12"], ["v21", "v22"]] },
]
cells = ["s1", "a1", "s2", "a2", "C", "delta2", "delta1", "grad_W2", "grad_W1", "W1_new", "b1_new"]
"""

ROWS = """
id = "rows"
title = "Two layers in letters, in rows"
[backprop]
orientation = "rows"
hidden = "sigmoid"
output = "softmax"
x = ["x1", "x2"]
y = ["t1", "t2"]
eta = "eta"
layers = [
    { W = [["w11", "w12"], ["w21", "w22"]], b = ["c1", "c2"] },
    { W = [["v11", "v12"], ["v21", "v22"]] },
]
cells = ["s1", "a1", "s2", "a2", "C", "delta2", "delta1", "grad_W2", "grad_W1", "W1_new", "b1_new"]
"""

RIGHT = {
    "rows": (
        ROWS,
        {
            "s1": ["x W1 + b1", "x W1 + [c1, c2]"],
            "a1": ["sigmoid(s1)", "sigmoid(x W1 + b1)"],
            "s2": ["a1 W2"],
            "a2": ["softmax(s2)", "softmax(a1 W2)"],
            "C": ["-sum(y ⊙ ln(a2))", "-ln(a2) y^T"],
            "delta2": ["a2 - y", "p - y"],
            "delta1": ["a1 ⊙ (1 - a1) ⊙ (delta2 W2^T)", "(delta2 W2^T) ⊙ (a1 - a1^2)"],
            "grad_W2": ["a1^T delta2", "a1^T (p - y)"],
            "grad_W1": ["x^T delta1"],
            "W1_new": ["W1 - eta x^T delta1", "W1 - eta grad_W1"],
            "b1_new": ["b1 - eta delta1"],
        },
    ),
    "layer": (
        LAYER,
        {
            "z": ["W x + b", "b + W x"],
            "p": ["softmax(z)", "softmax([z1, z2])", "softmax(z_1, z_2)", "exp(z)/sum(exp(z))", "e^z/(e^z1 + e^z2)"],
            "L": ["-t^T ln(p)", "-sum(t ⊙ ln(p))", "cross_entropy(p, t)", "-t1 ln p_1 - (1 - t1) ln p_2"],
            "grad_z": ["p - t", "-(t - p)", r"p - \begin{pmatrix} t_1 \\ t_2 \end{pmatrix}", "[p_1 - t1, p_2 - t2]"],
            "grad_W": ["(p - t) x^T", "dL/dz x^T", "grad_z x^T", r"\frac{\partial L}{\partial z} x^\top"],
            "grad_b": ["p - t", "dL/dz"],
            "grad_x": ["W^T (p - t)", "W^T dL/dz"],
            "W_new": ["W - eta (p - t) x^T", r"W - \eta \frac{\partial L}{\partial W}", "W - eta grad_W"],
        },
    ),
    "network": (
        NETWORK,
        {
            "s1": ["W1 x + b1"],
            "a1": ["tanh(s1)", "tanh(W1 x + b1)"],
            "s2": ["W2 a1"],
            "a2": ["softmax(s2)", "softmax(W2 a1)"],
            "C": ["-sum(y ⊙ ln(a2))", "-y^T ln(a2)"],
            "delta2": ["a2 - y", "p - y", "softmax(s2) - y"],
            "delta1": ["(1 - a1^2) ⊙ (W2^T delta2)", r"(W2^T delta2) \odot (1 - a1 \odot a1)"],
            "grad_W2": ["delta2 a1^T", "(p - y) a1^T"],
            "grad_W1": ["delta1 x^T"],
            "W1_new": ["W1 - eta delta1 x^T", "W1 - eta grad_W1"],
            "b1_new": ["b1 - eta delta1"],
        },
    ),
}

WRONG = {
    "z": ["W^T x + b", "W x", "W x - b"],
    "p": ["softmax(x)", "exp(z)", "softmax(-z)", "softmax(z_2, z_1)"],
    "grad_z": ["t - p", "p", "p + t", "p - t^2"],
    "grad_W": ["x (p - t)^T", "(t - p) x^T", "(p - t) b^T"],
    "grad_x": ["W (p - t)", "W^T p"],
}

UNREADABLE = {
    "z": ["x W + b", "W x + q", "W x^T + b"],
    "grad_z": ["p * t", "sum(p)"],
    "grad_W": ["grad_W", "W_new - W", "(p - t) x"],
    "L": ["p - t", "t ln(p)"],
}


def given_verdicts(reference: Reference, cell: str, answer: str) -> list[Finding]:
    """The findings on the entries of a cell that something is said of."""
    checked = check_material(Material((("answers.txt", f"{cell} = {answer}".encode()),)), reference)
    return [one for one in checked.findings if one.given is not None]


@pytest.mark.parametrize("case", RIGHT)
def test_formulas_of_vectors_are_right(case: str, tmp_path: Path) -> None:
    text, cells = RIGHT[case]
    reference = reference_of(text, tmp_path)
    for turn in range(max(map(len, cells.values()))):
        found = findings(reference, {cell: answers[turn % len(answers)] for cell, answers in cells.items()})
        assert {one.verdict for one in found.values()} == {Verdict.EXACT}, turn


def test_others_are_wrong_or_told_why_not(tmp_path: Path) -> None:
    reference = reference_of(LAYER, tmp_path)
    for cell, answers in WRONG.items():
        for answer in answers:
            verdicts = [one.verdict for one in given_verdicts(reference, cell, answer)]
            assert Verdict.WRONG in verdicts, (cell, answer)
            assert Verdict.UNREADABLE not in verdicts, (cell, answer)
    for cell, answers in UNREADABLE.items():
        for answer in answers:
            told = given_verdicts(reference, cell, answer)
            assert {one.verdict for one in told} == {Verdict.UNREADABLE}, (cell, answer)
            assert all(one.note for one in told)


def test_what_follows_from_own_formulas_of_vectors(tmp_path: Path) -> None:
    reference = reference_of(NETWORK, tmp_path)
    found = findings(
        reference,
        {"a2": "softmax(s2)", "delta2": "y - p", "delta1": "(1 - a1^2) ⊙ (W2^T (y - p))", "grad_W2": "(y - p) a1^T"},
    )
    assert {found[f"delta2[{k}]"].mistakes for k in (1, 2)} == {("output-delta-sign",)}
    followed = [one for name, one in found.items() if name.startswith(("delta1", "grad_v"))]
    assert {one.verdict for one in followed} == {Verdict.FOLLOW_THROUGH}


def test_a_formula_of_vectors_that_grows_too_large_is_refused_at_once(tmp_path: Path) -> None:
    reference = reference_of(LAYER, tmp_path)
    begin = time.process_time()
    for answer in (" ".join(["W"] * 1_500) + " x", " + ".join(["(W W W W W W W W x)"] * 150), "W^100 x", "W x^99^99"):
        one = given_verdicts(reference, "z", answer)[0]
        assert one.verdict in (Verdict.UNREADABLE, Verdict.UNDECIDED, Verdict.WRONG)
    assert time.process_time() - begin < 20


def test_shares_of_a_target_add_up_to_one() -> None:
    """Of a cross-entropy over classes alone, and where several are letters."""
    graph = {
        "given": {"z": ["z1", "z2", "z3"], "t": ["t1", "t2", "t3"]},
        "formulas": ["p = softmax(z)", "L = cross_entropy(p, t)"],
        "cells": ["grad_z"],
    }
    for changed, count in (({}, 1), ({"formulas": ["p = sigmoid(z)", "L = bce(p, t)"]}, 0)):
        (part,) = read_assignment({"id": "a", "title": "a", "graph": {**graph, **changed}}).hand_parts
        assert part.letters is not None
        assert len(part.letters.equal) == count
    letters = {"given": {"z": ["z1", "z2"], "t": ["t", "1 - t"]}}
    (part,) = read_assignment({"id": "a", "title": "a", "graph": graph | letters}).hand_parts
    assert part.letters is not None
    assert not part.letters.equal


def test_equations_may_be_assumed(tmp_path: Path) -> None:
    text = """
id = "shares"
title = "Shares"
[[graph]]
given = { x = "x", s = "s", t = "t" }
formulas = ["f = x (s + t)"]
assume = ["s + t = 1", "x > 0"]
"""
    reference = reference_of(text, tmp_path)
    assert findings(reference, {"f": "x"})["f"].verdict is Verdict.EXACT
    assert findings(reference, {"f": "abs(x)"})["f"].verdict is Verdict.EXACT
    assert findings(reference, {"f": "x t"})["f"].verdict is Verdict.WRONG
    assert findings(reference, {})["f"].expected == "x*(s + t)"
    graph = {"given": {"x": "x", "s": "s"}, "formulas": ["f = x s"], "assume": ["x s = 1"]}
    assert "expected a sum of letters and numbers" in refusal({"id": "a", "title": "a", "graph": graph})


def test_only_sums_are_solved() -> None:
    s, t = Letter("s"), Letter("t")
    assert solved_for_a_letter(s * t - 1) is None
    assert solved_for_a_letter(exp(s) - 1) is None
    assert solved_for_a_letter(s - s) is None
