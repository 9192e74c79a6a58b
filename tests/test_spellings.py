"""How the names of a course, and what derives from them, are spelled in answers."""

from __future__ import annotations

from typing import Any

import pytest

from checks.answers.names import Vocabulary
from checks.assignment.assignment import read_assignment
from tests import test_problem_keys

TABLE: dict[str, Any] = test_problem_keys.TABLE | {
    "names": {"s": "z", "a1": "h", "a2": "yhat", "C": "L", "W2": [["w5", "w6"]], "x": ["i1", "i2"]},
    "cells": ["z1", "h", "yhat", "L", "grad_w5", "w6_new", "grad_W1", "step_w5", "d(yhat)/d(z2[1])", "delta1"],
}

SPELLED = {
    "z1": "s1",
    "z_1": "s1",
    "z^{(1)}": "s1",
    "z^[1]": "s1",
    "z^{[1]}[2]": "s1[2]",
    "h": "a1",
    "h[2]": "a1[2]",
    "yhat": "a2",
    r"\hat{y}": "a2",
    r"\hat y": "a2",
    "ŷ": "a2",
    "yhat[1]": "a2[1]",
    "L": "C",
    "C": "C",
    "grad_w5": "grad_W2[1,1]",
    "dL/dw5": "grad_W2[1,1]",
    "dL/dw_5": "grad_W2[1,1]",
    "∂L/∂w_6": "grad_W2[1,2]",
    r"\frac{\partial L}{\partial w_{5}}": "grad_W2[1,1]",
    r"\dfrac{dL}{dw_5}": "grad_W2[1,1]",
    "dw5": "grad_W2[1,1]",
    r"\nabla_{w_5} L": "grad_W2[1,1]",
    "w6_new": "W2_new[1,2]",
    "w_6^{new}": "W2_new[1,2]",
    "w6'": "W2_new[1,2]",
    "w6+": "W2_new[1,2]",
    "step_w5": "step_W2[1,1]",
    "Δw5": "step_W2[1,1]",
    r"\Delta w_{5}": "step_W2[1,1]",
    "grad_W1": "grad_W1",
    "dW1": "grad_W1",
    "dL/dW1[2,1]": "grad_W1[2,1]",
    r"\frac{\partial L}{\partial W^{(1)}}": "grad_W1",
    r"\nabla_{W^{(1)}} L": "grad_W1",
    "dL/dz1": "delta1",
    "∂L/∂z_1": "delta1",
    "delta1": "delta1",
    "δ^{(1)}": "delta1",
    "a1": "a1",
    "W2_new": "W2_new",
    "d(yhat)/d(z2[1])": "d(a2[1])/d(s2[1])",
    r"\frac{\partial \hat{y}}{\partial z^{(2)}}": "d(a2[1])/d(s2[1])",
    "w7_new": None,
    "H": None,
    "dL/dq": None,
}


@pytest.mark.parametrize(("text", "name"), SPELLED.items(), ids=SPELLED)
def test_a_name_is_read_as_typed(text: str, name: str | None) -> None:
    (part,) = read_assignment({"id": "t", "title": "t", "backprop": TABLE}).hand_parts
    found = Vocabulary({"": part.naming}).read_name(text)
    cell = found and found.cell + (f"[{','.join(map(str, found.index))}]" if found.index else "")
    assert cell == name


def test_entries_counted_from_0_are_so_in_answers_and_reports() -> None:
    table = TABLE | {"numbering": {"entries": 0, "neurons": 2}, "names": {}, "cells": ["s3", "delta2[1]"]}
    (part,) = read_assignment({"id": "t", "title": "t", "backprop": table}).hand_parts
    found = Vocabulary({"": part.naming}).read_name("delta2[0]")
    assert found is not None
    assert (found.cell, found.index, str(found)) == ("delta1", (1,), "delta2[0]")
    assert [part.entry_name(one.quantity.name, place) for one in part.cells for place in one.places] == [
        "s3[0]",
        "delta2[1]",
    ]


def test_a_weight_may_bear_the_labels_of_both_its_ends() -> None:
    table = TABLE | {"names": {"W1": [["w_1_1", "w_2_1"], ["w_1_2", "w_2_2"]], "W2": "V", "C": "E"}}
    table["cells"] = ["W1_new", "grad_W1", "W2_new"]
    (part,) = read_assignment({"id": "t", "title": "t", "backprop": table}).hand_parts
    vocabulary = Vocabulary({"": part.naming})
    for text, name in {
        "w_{2,1}^{new}": "W1_new[1,2]",
        "w_{2, 1}'": "W1_new[1,2]",
        r"\frac{\partial E}{\partial w_{1,2}}": "grad_W1[2,1]",
        "dE/dw_{12}": "grad_W1[2,1]",
        "w_{3,1}^{new}": None,
        "V_{1,1}^{new}": None,  # an index of a cell is written V_new[1,1]
    }.items():
        found = vocabulary.read_name(text)
        assert (found and found.cell + (f"[{','.join(map(str, found.index))}]" if found.index else "")) == name, text
