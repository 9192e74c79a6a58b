"""Write-ups in a course's own names, and of calculations that are no networks: what is certain, and what is not."""

from __future__ import annotations

import re

import numpy as np
import pytest

from checks.assignment.assignment import Assignment, read_assignment
from checks.writeups.kinds import open_document
from checks.writeups.reading import read_document
from tests.hands.desk import Desk
from tests.hands.files import typed
from tests.hands.habits import HABITS
from tests.hands.problems import PROBLEMS
from tests.test_own_letters import TABLE, B, W, X, Y, sigmoid

Read = dict[str, tuple[str, bool]]
"""What was read of each entry, and whether it is certain."""


def assignment_of(table: dict[str, object], kind: str = "backprop") -> Assignment:
    return read_assignment({"id": "t", "title": "T", kind: [table] if kind == "graph" else table})


def read(text: str, assignment: Assignment) -> Read:
    reading = read_document(open_document(text.encode(), "hw.md"), assignment)
    return {str(one.name): (one.text, not one.doubt) for one in reading.answers}


NET_H = [sum(w * x for w, x in zip(row, X, strict=True)) + b for row, b in zip(W[0], B[0], strict=True)]
H = [sigmoid(s) for s in NET_H]
NET_O = [sum(w * h for w, h in zip(row, H, strict=True)) + b for row, b in zip(W[1], B[1], strict=True)]
O = [sigmoid(s) for s in NET_O]
DELTA_O = [(o - y) * o * (1 - o) for o, y in zip(O, Y, strict=True)]
W5 = W[1][0][0] - 0.5 * DELTA_O[0] * H[0]

OWN = rf"""
$$ net_{{h1}} = w_1 i_1 + w_2 i_2 + b_1 = 0.15 \cdot 0.05 + 0.2 \cdot 0.1 + 0.35 = {NET_H[0]:.4f} $$

$$ \text{{net}}_{{h2}} = 0.25 \cdot 0.05 - 0.3 \cdot 0.1 - 0.35 = {NET_H[1]:.4f} $$

$h_1 = \sigma(net_{{h1}}) = {H[0]:.6f}$ and $h_2 = {H[1]:.6f}$

net_o1 = {NET_O[0]:.6f}

$$ \delta_{{o1}} = {DELTA_O[0]:.6f} $$

$$ w_5^{{+}} = w_5 - \eta \delta_{{o1}} h_1 = {W5:.6f} $$
"""


def test_own_names_are_read_and_borne_out_by_the_own_numbers() -> None:
    text = OWN.replace(r"$$ \delta", f"$o_1 = {O[0]:.6f}$\n\n" + r"$$ \delta")
    found = read(text, assignment_of(TABLE))
    expected = {"net_h1": NET_H[0], "net_h2": NET_H[1], "h1": H[0], "h2": H[1], "net_o1": NET_O[0], "o1": O[0]}
    expected |= {"delta_o1": DELTA_O[0], "w5_new": W5}
    assert {name: certain for name, (_, certain) in found.items()} == dict.fromkeys(expected, True)
    assert {name: float(value) for name, (value, _) in found.items()} == pytest.approx(expected, abs=1e-4)


def test_what_the_own_numbers_do_not_bear_out_is_to_be_confirmed() -> None:
    found = read(OWN.replace(f"{H[0]:.6f}", "0.71"), assignment_of(TABLE))
    assert found["h1"] == ("0.71", False)
    assert not found["net_o1"][1]
    assert not found["delta_o1"][1]  # o1 is not written


def test_other_courses_letters_mean_nothing_where_a_course_has_its_own() -> None:
    text = rf"$$ z_1 = {NET_H[0]:.4f} $$ $$ a_1 = \begin{{bmatrix}} {H[0]:.5f} \\ {H[1]:.5f} \end{{bmatrix}} $$"
    found = read(text + f"\n\n$w_5 = {W5:.6f}$", assignment_of(TABLE))
    assert set(found) <= {"h1", "h2"}  # a1 is canonical; w5 is what is given, nothing says that it is new


def test_layers_that_a_course_counts_from_two_are_those() -> None:
    homework = {**PROBLEMS["homework"], "numbering": {"neurons": 2}}
    text = r"$$ s^{(2)} = \begin{bmatrix} 5 \\ -5 \end{bmatrix} $$ $$ a^{(2)} = \begin{bmatrix} 5 \\ 0 \end{bmatrix} $$"
    found = read(text, assignment_of(homework))
    assert found == {"s2[1]": ("5", True), "s2[2]": ("-5", True), "a2[1]": ("5", True), "a2[2]": ("0", True)}


@pytest.mark.parametrize("first", [0, 1, 2])
@pytest.mark.parametrize("own", [{"numbering": {"neurons": 2}}, {"numbering": {"neurons": 0}}, {"names": {"s": "z"}}])
def test_a_document_that_counts_otherwise_is_to_be_confirmed(first: int, own: dict[str, object]) -> None:
    number = own.get("numbering", {"neurons": 1})["neurons"]  # type: ignore[index]
    letter = "z" if "names" in own else "s"
    hand = HABITS["one display"](Desk(PROBLEMS["homework"]))
    text = re.sub(r"([a-zW])\^\{\((\d)\)", lambda m: rf"{m[1]}^{{({int(m[2]) - 1 + first})", typed(hand, "md").text)
    found = read(re.sub(r"\bs\^", f"{letter}^", text), assignment_of({**PROBLEMS["homework"], **own}))
    certain = {name for name, (_, is_certain) in found.items() if is_certain}
    if first == number:
        assert len(certain) > 20
    else:
        assert not certain


def test_a_calculation_given_as_formulas_is_read_by_its_names() -> None:
    table: dict[str, object] = {"given": {"x": -2, "y": 5, "z": -4}, "formulas": ["q = x + y", "f = q z"]}
    text = "$$ q = x + y = -2 + 5 = 3 $$\n\n$$ f = qz = 3 \\cdot (-4) = {} $$\n"
    assert read(text.format(-12), assignment_of(table, "graph")) == {"q": ("3", True), "f": ("-12", True)}
    assert read(text.format(12), assignment_of(table, "graph")) == {"q": ("3", True), "f": ("12", False)}


def test_gradients_that_usual_letters_do_not_name_are_read_by_the_canonical_names() -> None:
    homework = {**PROBLEMS["homework"], "cells": ["delta1", "grad_b1"]}
    hand = typed(HABITS["one display"](Desk(PROBLEMS["homework"])), "md").text
    delta = next(line for line in hand.split("$$") if line.strip().startswith(r"\delta^{(1)}")).rpartition("=")[2]
    text = hand + "\n\n" + rf"$$ \frac{{\partial C}}{{\partial b^{{(1)}}}} = {delta} $$"
    found = read(text, assignment_of(homework))
    assert set(found) == {"delta1[1]", "delta1[2]", "grad_b1[1]", "grad_b1[2]"}
    assert found["grad_b1[1]"] == ("3", True)


def test_in_several_steps_a_letter_alone_tells_no_step() -> None:
    homework = {**PROBLEMS["homework"], "steps": 2, "cells": ["s1", "a1", "s1@2"]}
    text = r"$$ s^{(1)} = W^{(1)} x + b^{(1)} = \begin{bmatrix} 5 \\ -5 \end{bmatrix} $$"
    assert read(text, assignment_of(homework)) == {}
    assert set(read(text, assignment_of({**homework, "steps": 1, "cells": ["s1", "a1"]}))) == {"s1[1]", "s1[2]"}


def test_a_batch_is_read_as_a_matrix() -> None:
    table: dict[str, object] = {
        "x": [["1", "2"], ["3", "5"], ["-1", "4"]],
        "y": [["1"], ["0"], ["2"]],
        "output": "linear",
        "loss": "squared-error",
        "eta": "1/10",
        "layers": [{"W": [["1", "-2"]], "b": ["1/2"]}],
        "cells": ["s1"],
    }
    x = np.array([[1, 2], [3, 5], [-1, 4]])
    values = (x @ np.array([1, -2]) + 0.5).tolist()
    text = rf"$$ s^{{(1)}} = W x + b = \begin{{bmatrix}} {' & '.join(map(str, values))} \end{{bmatrix}} $$"
    found = read(text, assignment_of(table))
    assert [float(value) for value, _ in found.values()] == values
    assert all(certain for _, certain in found.values())
