"""The keys of a [backprop] table: a fault of each is told with its path, all at once."""

from __future__ import annotations

from typing import Any

import pytest

from checks.assignment.assignment import read_assignment
from checks.errors import InvalidAssignment

TABLE: dict[str, Any] = {
    "hidden": "sigmoid",
    "output": "sigmoid",
    "loss": "squared-error",
    "x": [1, 2],
    "y": [1],
    "eta": 1,
    "layers": [{"W": [[1, 2], [3, 4]], "b": [1, 1]}, {"W": [[1, 2]], "b": [0]}],
}
BIAS = {"layers": [{"W": [[1, 2], [3, 4]], "b": [1, 2]}, {"W": [[1, 2]], "b": [0]}]}
NUMBERS = 'expected a number such as 2, 0.5 or "1/2", not'

FAULTS: list[tuple[dict[str, Any], list[str]]] = [
    (
        {"loss": "cross-entropy"},
        ["loss: expected 'binary-cross-entropy' or 'squared-error' with 'sigmoid' outputs, not 'cross-entropy'"],
    ),
    (
        {"output": "step", "loss": "perceptron", "loss_factor": 2, "l2": 1},
        ["l2: there is no cost that it could be added to", "loss_factor: the perceptron rule has no cost"],
    ),
    (
        {"upstream": [1, 2], "y": [1]},
        [
            "loss: upstream stands for the loss; leave one of them out",
            "y: upstream stands for the loss; leave one of them out",
        ],
    ),
    ({"loss_factor": "n/2"}, ['loss_factor: expected a number, "1/n" or "1/(2n)", not \'n/2\'']),
    ({"orientation": "row"}, ["orientation: expected 'columns' or 'rows', not 'row'"]),
    (
        {"orientation": "rows"},
        ["layers[1].W: 1 row, layers[0] has 2 values", "y: 1 entry, the last layer has 2 outputs"],
    ),
    ({"bias_sign": 1, "delta_sign": "t"}, ["bias_sign: expected 'bias' or 'threshold', not 1"]),
    ({"frozen": ["b3", "W1[1,1]"]}, ["frozen[0]: no parameter 'b3'; there are W1 b1 W2 b2"]),
    ({"tied": [["b1[1]", "b1[9]"]]}, ["tied[0]: no entry 'b1[9]'"]),
    (BIAS | {"tied": [["b1[1]", "b1[2]"]]}, ["tied[0]: numbers of different value: 1, 2"]),
    ({"stated": {"b1": [1], "a1": [1]}}, ["stated.b1: expected the name of an s or an a, such as s1 or a1"]),
    ({"stated": {"a1": [1]}}, ["stated.a1: 1 entry, the layer has 2 units"]),
    ({"step_at_zero": 0}, ['step_at_zero: only the units "step" and "sign" have one']),
    ({"x": [[1, 2], [3]]}, ["x: rows of different lengths: 2, 1"]),
    ({"x": [[1, 2], [3, 4]], "y": [[1]]}, ["y: 1 row, x has 2 rows"]),
    ({"reduction": "max"}, ["reduction: expected 'mean' or 'sum', not 'max'"]),
    ({"steps": 0}, ["steps: expected a whole number from 1 to 1000, or a list of { x = [...], y = [...] }"]),
    ({"steps": [{"x": [1, 2], "y": [1]}]}, ["x: each of the steps has its own; leave it out"]),
    ({"l2": "a"}, [f"l2: {NUMBERS} 'a'"]),
    ({"names": {"q": "z"}}, ["names.q: nothing is called q; there are "]),
    ({"names": {"s1": "2z"}}, ["names.s1: expected a name (a letter, then letters, digits, _), not '2z'"]),
    ({"names": {"x": ["i1"]}}, ["names.x: expected a name, or a list of names of the shape of x"]),
    ({"names": {"W2[3,1]": "w"}}, ["names.W2[3,1]: no such entry of W2"]),
    ({"names": {"s1": "z", "a1": "z"}}, ["names.a1: two things are called z: see backprop.names.s1"]),
    (
        {"numbering": {"units": 1, "entries": -1}},
        ["numbering.units: unknown key; expected one of neurons, weights, entries"],
    ),
    ({"latex": {"zz": "z"}}, ["latex.zz: nothing is called zz; it is to be given a name first"]),
    ({"cells": ["h2"]}, ["cells: no cell 'h2'; there are s1 a1 da1 s2 a2 da2 "]),
    ({"cells": ["d(s1[1])/d(a2[1])"]}, ["cells: no cell 'd(s1[1])/d(a2[1])'; there are "]),
]


@pytest.mark.parametrize(("changed", "told"), FAULTS, ids=[" ".join(changed) for changed, _ in FAULTS])
def test_a_fault_is_told_with_its_path(changed: dict[str, Any], told: list[str]) -> None:
    with pytest.raises(InvalidAssignment) as caught:
        read_assignment({"id": "t", "title": "t", "backprop": TABLE | changed})
    lines = str(caught.value).splitlines()
    for line in told:
        assert any(one.startswith(f"backprop.{line}") for one in lines), lines
    assert all(one.startswith("backprop.") for one in lines)


def test_all_faults_are_told_at_once() -> None:
    table = TABLE | {"orientation": "r", "l2": "a", "frozen": 3, "colour": 1, "eta": None}
    del table["eta"]
    with pytest.raises(InvalidAssignment) as caught:
        read_assignment({"id": "t", "title": "t", "backprop": table})
    paths = {line.partition(":")[0] for line in str(caught.value).splitlines()}
    assert paths >= {"backprop.colour", "backprop.l2", "backprop.eta", "backprop.orientation"}


def test_without_a_learning_rate_nothing_is_updated() -> None:
    table = {key: value for key, value in TABLE.items() if key != "eta"} | {"cells": ["delta1", "grad_W1"]}
    (part,) = read_assignment({"id": "t", "title": "t", "backprop": table}).hand_parts
    names = {cell.name for cell in part.naming.calculation.cells}
    assert {"delta1", "grad_W1"} < names
    assert not [name for name in names if name.endswith("W1_new") or name.startswith("step_")]
    (with_eta,) = read_assignment({"id": "t", "title": "t", "backprop": table | {"eta": 1}}).hand_parts
    assert names < {cell.name for cell in with_eta.naming.calculation.cells}
    for changed, told in (
        ({"cells": ["W1_new"]}, "backprop.cells: no cell 'W1_new'"),
        ({"optimizer": {"name": "adam"}}, "backprop.eta: missing"),
        ({"steps": 2}, "backprop.eta: missing"),
    ):
        with pytest.raises(InvalidAssignment) as caught:
            read_assignment({"id": "t", "title": "t", "backprop": table | changed})
        assert str(caught.value).startswith(told)
