"""Assignments in letters as courses set them, through `check`: equal forms, near misses, own values, mistakes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from checks.assignment.assignment import Assignment, read_assignment
from checks.assignment.assignment_file import load_assignment
from checks.errors import InvalidAssignment
from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from checks.marking.checking import check_material, make_reference
from checks.marking.reference import Reference
from checks.reports.titled import titled
from checks.submissions.contents import Material
from exact.writing.latex.document import fragments
from tests.conftest import Outcome

Backcheck = Callable[..., Outcome]

LOGISTIC = """
id = "logistic"
title = "Logistic regression in letters"
[backprop]
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

LOGITS = """
id = "logits"
title = "Softmax with cross-entropy, by the logits"
[[graph]]
given = { z = ["z1", "z2"], t = ["t", "1 - t"] }
formulas = ["p = softmax(z)", "L = cross_entropy(p, t)"]
cells = ["grad_z"]
"""

TWO_LAYERS = """
id = "two-layers"
title = "Two layers with squared error"
[backprop]
hidden = "sigmoid"
output = "linear"
loss = "squared-error"
x = ["x"]
y = ["t"]
eta = "eta"
layers = [{ W = [["u"]], b = ["a"] }, { W = [["v"]], b = ["c"] }]
cells = ["h", "o", "C", "delta2", "delta1", "grad_v", "grad_u", "u_new"]
[backprop.names]
a1 = "h"
s2 = "o"
"""

TANH_CHAIN = """
id = "chain"
title = "A chain of tanh units"
[[graph]]
given = { x = "x", w = "w", v = "v", t = "t" }
formulas = ["h = tanh(w x)", "o = tanh(v h)", "L = (o - t)^2/2"]
cells = ["h", "o", "grad_v", "grad_w"]
"""

RELU = """
id = "relu"
title = "A ReLU neuron that is on"
[backprop]
hidden = "relu"
output = "linear"
loss = "squared-error"
x = ["x", 1]
y = [0]
eta = "eta"
assume = ["w > 0", "x > 0", "s1[2] < 0"]
layers = [{ W = [["w", 0], ["-w", -1]] }, { W = [["v1", "v2"]] }]
cells = ["a1", "delta1", "grad_W1", "W1_new"]
"""

QUOTIENTS = """
id = "quotients"
title = "Quotients"
[[graph]]
given = { x = "x", w = "w" }
assume = ["w > x", "x > 0"]
formulas = ["z = w - x", "q = x/(1 + z)", "r = z/(1 + z)", "u = x/z", "L = q + r + u"]
cells = ["z", "q", "r", "u"]
"""

CASES: dict[str, tuple[str, dict[str, tuple[list[str], list[str]]]]] = {
    "logistic regression": (
        LOGISTIC,
        {
            "delta1[1]": (
                [
                    "yhat - y",
                    "-(y - yhat)",
                    "sigmoid(z) - y",
                    "1/(1 + e^(-(w1 x1 + w2 x2 + b))) - y",
                    r"\frac{1}{1 + e^{-w_1 x_1 - w_2 x_2 - b}} - y",
                    "(1 - y) - 1/(1 + exp(w1*x1 + w2*x2 + b))",
                    "(1 - y) yhat - y (1 - yhat)",
                ],
                [
                    "y - yhat",
                    "yhat",
                    "yhat + y",
                    "(yhat - y) yhat (1 - yhat)",
                    "sigmoid(-z) - y",
                    "yhat - y^2",
                    "sigmoid(w1 x1 + w2 x2) - y",
                ],
            ),
            "grad_w1": (
                [
                    "(yhat - y) x1",
                    "dL/dz x1",
                    "x1 yhat - x1 y",
                    "-x1*(y - sigmoid(w1 x1 + w2 x2 + b))",
                    "x1*(1 - y - e^-z/(1 + e^-z))",
                    "(sigmoid(z) - y)*x1 = (yhat - y)*x1",
                ],
                [
                    "(y - yhat) x1",
                    "(yhat - y) x2",
                    "(yhat - y)",
                    "(yhat - y) x1^2",
                    "(yhat - y) w1",
                    "(yhat - y) yhat (1 - yhat) x1",
                ],
            ),
            "w2_new": (
                [
                    "w2 - alpha (yhat - y) x2",
                    "w2 - alpha grad_w2",
                    r"w_2 - \alpha (\hat{y} - y) x_2",
                    "w2 + α (y - yhat) x2",
                    "w2 - alpha x2/(1 + e^(-w1 x1 - w2 x2 - b)) + alpha x2 y",
                    "(2 w2 - 2 alpha dL/dw2)/2",
                ],
                [
                    "w2 + alpha (yhat - y) x2",
                    "w2 - (yhat - y) x2",
                    "w2 - alpha (yhat - y) x1",
                    "w1 - alpha (yhat - y) x2",
                    "w2 - alpha^2 (yhat - y) x2",
                    "-alpha (yhat - y) x2",
                ],
            ),
        },
    ),
    "softmax by logits": (
        LOGITS,
        {
            "grad_z1": (
                [
                    "e^z1/(e^z1 + e^z2) - t",
                    "1/(1 + e^(z2 - z1)) - t",
                    "p[1] - t",
                    "sigmoid(z1 - z2) - t",
                    "1 - e^z2/(e^z1 + e^z2) - t",
                    "-(t - e^(z1 - z2)/(1 + e^(z1 - z2)))",
                ],
                [
                    "t - e^z1/(e^z1 + e^z2)",
                    "e^z1/(e^z1 + e^z2)",
                    "e^z2/(e^z1 + e^z2) - t",
                    "e^z1/(e^z1 + e^z2) - t^2",
                    "sigmoid(z2 - z1) - t",
                    "e^z1/(e^z1 + e^z2) - 1 + t",
                ],
            ),
        },
    ),
    "two layers": (
        TWO_LAYERS,
        {
            "delta1[1]": (
                [
                    "(o - t) v h (1 - h)",
                    "-(t - o) v h (1 - h)",
                    "v h (o - t) - v h^2 (o - t)",
                    "(v sigmoid(u x + a) + c - t) v sigmoid(u x + a) (1 - sigmoid(u x + a))",
                    "(o - t)*v*e^(-(u x + a))/(1 + e^(-(u x + a)))^2",
                    "v (o - t)/((1 + e^(u x + a)) (1 + e^(-u x - a)))",
                ],
                [
                    "(o - t) v h",
                    "(t - o) v h (1 - h)",
                    "(o - t) h (1 - h)",
                    "(o - t) v h^2 (1 - h)",
                    "(o - t) u h (1 - h)",
                    "2 (o - t) v h (1 - h)",
                ],
            ),
            "grad_u": (
                [
                    "(o - t) v h (1 - h) x",
                    "delta1[1] x",
                    "x v (h - h^2) (v h + c - t)",
                    "-(t - v h - c) v h (1 - h) x",
                    "x*v*(o - t)*sigmoid(u x + a)*sigmoid(-u x - a)",
                    "x v e^(u x + a) (o - t)/(1 + e^(u x + a))^2",
                ],
                [
                    "(o - t) v h (1 - h)",
                    "(o - t) v h x",
                    "(t - o) v h (1 - h) x",
                    "(o - t) v h (1 - h) x^2",
                    "(o - t) h (1 - h) x",
                    "(o - t) v h (1 + h) x",
                ],
            ),
        },
    ),
    "a chain of tanh": (
        TANH_CHAIN,
        {
            "grad_w": (
                [
                    "(o - t)(1 - o^2) v (1 - h^2) x",
                    "(t - o)(o^2 - 1) v x (1 - h)(1 + h)",
                    "(tanh(v h) - t)(1 - tanh(v h)^2) v (1 - tanh(w x)^2) x",
                    "grad_h (1 - h^2) x",
                    "dL/do (1 - o^2) v x (1 - h^2)",
                    "(o - t)(1 - o^2) v x*4/(e^(w x) + e^(-w x))^2",
                ],
                [
                    "(o - t)(1 - o^2) v (1 - h) x",
                    "(o - t)(1 - o^2) (1 - h^2) x",
                    "(o - t) v (1 - h^2) x",
                    "(o - t)(1 - o^2) v (1 - h^2)",
                    "(o - t)(1 - o^2) v (1 + h^2) x",
                    "(t - o)(1 - o^2) v (1 - h^2) x",
                ],
            ),
        },
    ),
    "a ReLU that is on": (
        RELU,
        {
            "grad_w": (
                ["v1^2 w x^2", "v1 (v1 w x) x", "x*delta1[1]", "(v1 x)^2 w", "v1^2 w x^3/x", "(v1 w x - 0) v1 x"],
                ["-v1^2 w x^2", "v1^2 w x", "v1 w x^2", "v2^2 w x^2", "2 v1^2 w x^2", "(v1 w x + v2) v1 x"],
            ),
            "w_new": (
                [
                    "w - eta v1^2 w x^2",
                    "w (1 - eta v1^2 x^2)",
                    "w - eta*grad_W1[1,1]",
                    "-(eta v1^2 x^2 - 1) w",
                    "w - eta x v1 a1[1] v1",
                    r"w - \eta v_1^2 w x^2",
                ],
                [
                    "w + eta v1^2 w x^2",
                    "w - v1^2 w x^2",
                    "-eta v1^2 w x^2",
                    "w - eta v1^2 w x",
                    "w - eta v2^2 w x^2",
                    "w - eta^2 v1^2 w x^2",
                ],
            ),
        },
    ),
}


def reference_of(text: str, folder: Path) -> Reference:
    return make_reference(assignment_of(text, folder), None, "")


def assignment_of(text: str, folder: Path) -> Assignment:
    path = folder / "assignment.toml"
    path.write_text(text, encoding="utf-8")
    return load_assignment(str(path))


def findings(reference: Reference, sheet: dict[str, str]) -> dict[str, Finding]:
    text = "\n".join(f"{name} = {value}" for name, value in sheet.items())
    checked = check_material(Material((("answers.txt", text.encode()),)), reference)
    assert all(f.trouble in checked.troubles for f in checked.findings if f.trouble)
    assert len(checked.troubles) == sum(f.trouble is not None for f in checked.findings), checked.troubles
    return {finding.name: finding for finding in checked.findings}


@pytest.mark.parametrize("case", CASES)
def test_equal_forms_are_right_and_near_misses_wrong(case: str, tmp_path: Path) -> None:
    text, entries = CASES[case]
    reference = reference_of(text, tmp_path)
    for name, (equal, nearly) in entries.items():
        assert min(len(equal), len(nearly)) >= 6
        for answer in equal:
            one = findings(reference, {name: answer})[name]
            assert one.verdict is Verdict.EXACT, (name, answer, one)
        for answer in nearly:
            one = findings(reference, {name: answer})[name]
            assert one.verdict is Verdict.WRONG, (name, answer, one)
            assert one.mistakes or ("yours is" in one.note and "the key" in one.note), (name, answer, one.note)


@pytest.mark.parametrize("case", CASES)
def test_the_key_as_it_is_written_is_right(case: str, tmp_path: Path) -> None:
    """What the report expects is itself a right answer; an empty sheet is missing throughout."""
    reference = reference_of(CASES[case][0], tmp_path)
    expected = {name: one.expected or "" for name, one in findings(reference, {}).items()}
    assert {one.verdict for one in findings(reference, {}).values()} == {Verdict.MISSING}
    found = findings(reference, expected)
    assert {name: one.verdict for name, one in found.items()} == dict.fromkeys(found, Verdict.EXACT)


def test_what_is_right_from_own_expressions_follows(tmp_path: Path) -> None:
    reference = reference_of(TWO_LAYERS, tmp_path)
    found = findings(
        reference,
        {
            "h": "sigmoid(u x)",
            "o": "v sigmoid(u x) + c",
            "delta2": "v sigmoid(u x) + c - t",
            "delta1": "(v sigmoid(u x) + c - t) v sigmoid(u x)",
            "grad_u": "(v sigmoid(u x) + c - t) v sigmoid(u x) x",
        },
    )
    assert found["h"].verdict is Verdict.WRONG
    assert found["o"].verdict is Verdict.FOLLOW_THROUGH
    assert found["o"].note == "right from your own h"
    assert found["delta2[1]"].verdict is Verdict.FOLLOW_THROUGH
    assert found["delta1[1]"].verdict is Verdict.WRONG
    assert found["grad_u"].verdict is Verdict.FOLLOW_THROUGH
    assert found["grad_u"].note == "right from your own delta1"


def test_a_name_may_stand_for_what_the_student_wrote_of_it(tmp_path: Path) -> None:
    reference = reference_of(TWO_LAYERS, tmp_path)
    sheet = {"h": "sigmoid(u x)", "o": "v h + c", "delta2": "o - t", "delta1": "(o - t) v h", "grad_u": "delta1[1] x"}
    found = findings(reference, sheet)
    assert found["h"].verdict is Verdict.WRONG
    assert {found[name].verdict for name in ("o", "delta2[1]", "grad_u")} == {Verdict.EXACT}
    assert found["delta1[1]"].verdict is Verdict.WRONG
    flipped = findings(
        reference, sheet | {"delta2": "t - o", "delta1": "(t - o) v h (1 - h)", "grad_u": "(t - o) v h (1 - h) x"}
    )
    assert flipped["delta2[1]"].mistakes == ("output-delta-sign",)
    assert {flipped[name].verdict for name in ("delta1[1]", "grad_u")} == {Verdict.FOLLOW_THROUGH}


def test_known_mistakes_are_named_and_charged_once(tmp_path: Path) -> None:
    reference = reference_of(TWO_LAYERS, tmp_path)
    flipped = findings(reference, {"h": "sigmoid(u x + a)", "delta2": "t - o", "delta1": "(t - o) v h (1 - h)"})
    assert flipped["delta2[1]"].mistakes == ("output-delta-sign",)
    assert flipped["delta1[1]"].verdict is Verdict.FOLLOW_THROUGH
    assert findings(reference, {"delta1": "(o - t) v"})["delta1[1]"].mistakes == ("relu-mask-forgotten",)
    ascended = findings(reference, {"u_new": "u + eta (o - t) v h (1 - h) x"})["u_new"]
    assert ascended.mistakes == ("gradient-ascent",)
    assert findings(reference, {"h": "sigmoid(u x)"})["h"].mistakes == ()


def test_an_early_zero_earns_nothing_later(tmp_path: Path) -> None:
    reference = reference_of(TWO_LAYERS, tmp_path)
    found = findings(reference, {"delta2": "0", "delta1": "0", "grad_v": "0", "grad_u": "0", "u_new": "u"})
    assert {found[name].verdict for name in ("delta2[1]", "delta1[1]", "grad_v", "grad_u", "u_new")} == {Verdict.WRONG}


def test_a_zero_in_a_divisor_leaves_something_to_work_out(tmp_path: Path) -> None:
    """As in a part with numbers; nothing follows where what is divided is that zero as well, or the divisor is 0."""
    reference = reference_of(QUOTIENTS, tmp_path)
    found = findings(reference, {"z": "0", "q": "x", "r": "0", "u": "x"})
    assert found["q"].verdict is Verdict.FOLLOW_THROUGH
    assert {found[name].verdict for name in ("z", "r", "u")} == {Verdict.WRONG}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("(o - t", "expected"),
        ("delta1[1]", "what is asked for"),
        ("q + 1", ""),
        ("grad_u/x", "comes later"),
        ("x/0", "division by zero"),
    ],
)
def test_what_cannot_be_read_is_told(answer: str, words: str, tmp_path: Path) -> None:
    one = findings(reference_of(TWO_LAYERS, tmp_path), {"delta1": answer})["delta1[1]"]
    assert one.verdict is Verdict.UNREADABLE
    assert words in one.note


def test_numbers_in_a_part_with_letters_may_be_decimals(tmp_path: Path) -> None:
    text = LOGISTIC.replace('["x1", "x2"]', "[1, 2]").replace('[["w1", "w2"]], b = ["b"]', "[[1, -1]], b = [0]")
    text = text.replace('"grad_w1", "grad_b", "w2_new"', '"W1_new"')
    reference = reference_of(text, tmp_path)
    found = findings(reference, {"z": "-1", "yhat": "0.26894", "delta1": "0.26894 - y", "W1_new[1,1]": "1 - alpha/7"})
    assert found["z"].verdict is Verdict.EXACT
    assert found["yhat"].verdict is Verdict.ROUNDED
    assert found["delta1[1]"].verdict is Verdict.CLOSE
    assert found["W1_new[1,1]"].verdict is Verdict.WRONG
    assert findings(reference, {"delta1": "0.26894 - y"})["delta1[1]"].verdict is Verdict.UNDECIDED
    assert findings(reference, {"delta1": "0.3689 - y"})["delta1[1]"].verdict is Verdict.WRONG
    assert findings(reference, {"yhat": "0.37"})["yhat"].verdict is Verdict.WRONG


def refusal(table: dict[str, Any]) -> str:
    with pytest.raises(InvalidAssignment) as refused:
        read_assignment(table)
    return str(refused.value)


def test_what_has_to_be_assumed_is_told() -> None:
    graph: dict[str, Any] = {"given": {"x": "x", "w": "w"}, "formulas": ["h = relu(w x)", "L = h^2"]}
    table: dict[str, Any] = {"id": "a", "title": "a", "graph": graph}
    assert 'assume = ["w*x > 0"]' in refusal(table)
    assert "expected one >, < or =" in refusal(table | {"graph": graph | {"assume": ["w"]}})
    assert "graph.assume[0]" in refusal(table | {"graph": graph | {"assume": ["w x >"]}})
    assert "nothing is given as a letter" in refusal(
        table | {"graph": graph | {"given": {"x": 1, "w": 2}, "assume": ["x > 0"]}}
    )
    for assume in (["w x > 0"], ["w > 0", "x > 0"], ["0 > w x"], ["w < 0", "x > 0"]):
        read_assignment(table | {"graph": graph | {"assume": assume}})


def test_the_command_tells_the_point(backcheck: Backcheck, tmp_path: Path) -> None:
    (tmp_path / "logistic.toml").write_text(LOGISTIC, encoding="utf-8")
    (tmp_path / "answers.txt").write_text("grad_w1 = (yhat - y) x2\ngrad_b = yhat - y\n", encoding="utf-8")
    told = backcheck("check", "--assignment", tmp_path / "logistic.toml", tmp_path / "answers.txt")
    assert told.status == 1
    assert "right: grad_b" in told.out
    assert "yours is" in told.out
    solved = backcheck("solve", "--assignment", tmp_path / "logistic.toml", "--format", "json")
    assert json.loads(solved.out)["grad_w1"]["decimal"] is None


@pytest.mark.parametrize("form", ["text", "latex", "markdown", "html", "json"])
def test_no_number_stands_in_for_a_letter_in_what_is_printed(form: str, backcheck: Backcheck, tmp_path: Path) -> None:
    for name, text in {"logistic": LOGISTIC, "chain": TANH_CHAIN}.items():
        path = tmp_path / f"{name}.toml"
        path.write_text(text, encoding="utf-8")
        solved = backcheck("solve", "--assignment", path, "--format", form)
        assert solved.status == 0
        assert "000000" not in solved.out
        assert "x" in solved.out


MATRICES = """
id = "matrices"
title = "A layer in letters"
[[graph]]
given = { W = [["w11", "w12"], ["w21", "w22"]], x = ["x1", "x2"], y = ["y1", "y2"] }
formulas = ["z = W x", "h = tanh(z)", "L = 1/2 squared_error(h, y)"]
update = { eta = "eta", of = ["W"] }
"""


def test_entries_are_called_by_their_letters_and_by_subscripts(tmp_path: Path) -> None:
    sheet = {
        "z1": "w11 x1 + w12 x2",
        "z_{2}": "w21 x1 + w22 x2",
        "h": "[tanh(z1), tanh(z_2)]",
        "dL/dz_1": "(h_1 - y1)(1 - h_1^2)",
        r"\frac{\partial L}{\partial z_2}": "(h[2] - y_2)(1 - h_2^2)",
        "grad_w11": "grad_z[1] x1",
        "dL/dw12": "dL/dz_1 x2",
        "grad_W[2,1]": "dL/dz[2] x_1",
        "w12_new": "w12 - eta dL/dw12",
        r"w_{21}^{new}": r"w21 - \eta \frac{\partial L}{\partial w_{21}}",
        "W_new[2,2]": "w22 - eta grad_W[2,2]",
    }
    found = findings(reference_of(MATRICES, tmp_path), sheet)
    wanted = {"z[1]", "z[2]", "h[1]", "h[2]", "grad_z[1]", "grad_z[2]", "grad_w11", "grad_w12", "grad_w21"}
    wanted |= {"w12_new", "w21_new", "w22_new"}
    assert {name for name, one in found.items() if one.verdict is Verdict.EXACT} == wanted


HINGE = """
id = "hinge"
title = "A hinge that is off"
[[graph]]
given = { w = "w", x = "x", b = "b", y = "y" }
formulas = ["s = w x + b", "m = max(0, 1 - y s)", "r = relu(s)", "J = m + r + 2"]
assume = ["1 - y s < 0", "s < 0"]
cells = ["m", "r", "J", "grad_w", "grad_s"]
"""


def test_a_number_that_assumptions_leave_is_judged_by_itself(tmp_path: Path) -> None:
    """Not by the numbers that stand in for letters, of which no assumption needs to be true."""
    reference = reference_of(HINGE, tmp_path)
    right = findings(reference, {"m": "0", "r": "0", "J": "2", "grad_w": "0.0", "grad_s": "0"})
    assert {one.verdict for one in right.values()} == {Verdict.EXACT}
    wrong = findings(reference, {"m": "1", "r": "0.00", "J": "3.0000000", "grad_w": "-y x", "grad_s": "-y"})
    assert wrong["m"].verdict is wrong["grad_s"].verdict is Verdict.WRONG
    assert (wrong["J"].verdict, wrong["J"].note) == (Verdict.FOLLOW_THROUGH, "right from your own m")
    assert findings(reference, {"J": "3"})["J"].verdict is Verdict.WRONG
    assert findings(reference, {"m": "0.99999999"})["m"].verdict is Verdict.WRONG


def test_solve_shows_such_a_number_and_no_other(backcheck: Backcheck, tmp_path: Path) -> None:
    (tmp_path / "hinge.toml").write_text(HINGE, encoding="utf-8")
    entries = json.loads(backcheck("solve", "--assignment", tmp_path / "hinge.toml", "--json").out)
    assert {name: one["decimal"] for name, one in entries.items()} == {
        **dict.fromkeys(("m", "r", "grad_w", "grad_s"), "0"),
        "J": "2",
    }


def test_a_constant_without_a_value_is_a_fault_of_the_assignment() -> None:
    graph = {"given": {"w": "w", "c": 2}, "formulas": ["v = ln(c - 2)", "u = w v"], "cells": ["v"]}
    assert "graph.cells: v has no value" in refusal({"id": "a", "title": "a", "graph": graph})


def test_a_letter_that_cannot_be_read_is_the_only_fault() -> None:
    graph = {"given": {"x": "x", "w": "w +", "b": "b"}, "formulas": ["f = w x + b"]}
    told = refusal({"id": "a", "title": "a", "graph": graph})
    assert "graph.given.w: at character" in told
    assert "graph.given.x" not in told


def test_a_statement_says_what_arrays_of_letters_are(tmp_path: Path) -> None:
    (hand,) = reference_of(MATRICES, tmp_path).hand_parts
    told = fragments(titled(hand), 8)["statement"]
    assert r"W = \left[\begin{array}" in told
    assert r"w_{11} & w_{12} \\ w_{21} & w_{22}" in told
