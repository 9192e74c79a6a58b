"""Write-ups of several steps, of batches and of calculations given as formulas: which cell each value is of."""

from __future__ import annotations

import numpy as np
import pytest

from checks.assignment.assignment import Assignment, read_assignment
from checks.writeups.kinds import open_document
from checks.writeups.reading import read_document

Read = dict[str, tuple[str, str]]

W, B, X, Y, ETA = (
    np.array([[1.0, -2.0], [3.0, 1.0]]),
    np.array([1.0, 2.0]),
    np.array([2.0, 1.0]),
    np.array([3.0, 5.0]),
    0.25,
)
TABLE: dict[str, object] = {
    "x": [2, 1],
    "y": [3, 5],
    "eta": "1/4",
    "output": "linear",
    "loss": "squared-error",
    "layers": [{"W": [[1, -2], [3, 1]], "b": [1, 2]}],
    "steps": 2,
    "cells": ["s1", "delta1", "W1_new", "b1_new", "s1@2", "delta1@2", "W1_new@2", "b1_new@2"],
}


def assignment_of(table: dict[str, object], kind: str = "backprop") -> Assignment:
    return read_assignment({"id": "t", "title": "T", kind: [table] if kind == "graph" else table})


def read(text: str, assignment: Assignment, kind: str = "md") -> Read:
    reading = read_document(open_document(text.encode(), f"hw.{kind}"), assignment)
    return {str(one.name): (one.text, one.doubt) for one in reading.answers}


def column(values: object) -> str:
    return r"\begin{bmatrix} " + r" \\ ".join(f"{x:g}" for x in np.ravel(values)) + r" \end{bmatrix}"


def matrix(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> str:
    rows = [" & ".join(f"{x:g}" for x in row) for row in values]
    return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"


def one_step(w: np.ndarray, b: np.ndarray) -> tuple[str, dict[str, np.ndarray]]:  # type: ignore[type-arg]
    """A step as a student writes it, and what stands in it."""
    s = w @ X + b
    delta = s - Y
    new_w, new_b = w - ETA * np.outer(delta, X), b - ETA * delta
    numbers = f"{matrix(w)} {column(X)} + {column(b)}"
    lines = [
        rf"s^{{(1)}} = W^{{(1)}} x + b^{{(1)}} = {numbers} = {column(s)}",
        rf"\delta^{{(1)}} = a^{{(1)}} - y = {column(s)} - {column(Y)} = {column(delta)}",
        rf"W^{{(1)}}_{{new}} = W^{{(1)}} - \eta \delta^{{(1)}} x^T = {matrix(new_w)}",
        rf"b^{{(1)}}_{{new}} = b^{{(1)}} - \eta \delta^{{(1)}} = {column(new_b)}",
    ]
    values = {"s1": s, "delta1": delta, "W1_new": new_w, "b1_new": new_b}
    return "\n\n".join(f"$$ {line} $$" for line in lines), values


FIRST, IN_FIRST = one_step(W, B)
SECOND, IN_SECOND = one_step(IN_FIRST["W1_new"], IN_FIRST["b1_new"])
HEADINGS = {
    "iterations": ("## Iteration 1", "## Iteration 2"),
    "counted from 0": ("## Epoch 0", "## Epoch 1"),
    "steps": ("**Step 1**", "**Step 2**"),
    "in words": ("First step of gradient descent:", "Second step:"),
    "iterations that have steps": ("# Iteration 1\n\nStep 1: forward.", "# Iteration 2\n\nStep 1: forward."),
}


def standing() -> dict[str, float]:
    found = {}
    for at, values in (("", IN_FIRST), ("@2", IN_SECOND)):
        for cell, held in values.items():
            for index, value in np.ndenumerate(held):
                found[f"{cell}{at}[{','.join(str(one + 1) for one in index)}]"] = float(value)
    return found


@pytest.mark.parametrize("case", HEADINGS)
def test_headings_tell_the_step(case: str) -> None:
    first, second = HEADINGS[case]
    found = read(f"{first}\n\n{FIRST}\n\n{second}\n\n{SECOND}", assignment_of(TABLE))
    assert {name: float(value) for name, (value, _) in found.items()} == standing()
    assert {doubt for _, doubt in found.values()} == {""}


def test_without_headings_no_step_is_known() -> None:
    assert read(f"{FIRST}\n\n{SECOND}", assignment_of(TABLE)) == {}


def test_steps_under_the_wrong_headings_are_not_certain() -> None:
    found = read(f"## Iteration 1\n\n{SECOND}\n\n## Iteration 2\n\n{FIRST}", assignment_of(TABLE))
    assert found
    assert all(doubt for name, (_, doubt) in found.items() if name.startswith(("s1", "delta1")))


def test_a_second_step_alone_is_not_certain() -> None:
    found = read(f"## Iteration 2\n\n{SECOND}", assignment_of(TABLE))
    assert {name.partition("[")[0] for name in found} == {"s1@2", "delta1@2", "W1_new@2", "b1_new@2"}
    assert all(doubt for _, doubt in found.values())


def test_names_with_their_step_need_no_heading() -> None:
    text = "s1 = [5, -5]\n\ns1@1 = [1, 9]\n\nW1_new@2[1,1] = 7"
    found = read(text, assignment_of(TABLE))
    assert found["s1[1]"] == ("1", "")
    assert found["W1_new@2[1,1]"][0] == "7"
    assert read("s1@2 = [1, 9]", assignment_of({**TABLE, "steps": 1, "cells": ["s1"]})) == {}


def test_a_batch_in_columns_is_read_and_its_steps_bear_it_out() -> None:
    table: dict[str, object] = {
        "x": [["1", "2"], ["3", "5"], ["-1", "4"]],
        "y": [["1"], ["0"], ["2"]],
        "output": "linear",
        "loss": "squared-error",
        "eta": "1/10",
        "layers": [{"W": [["1", "-2"], ["2", "1"]], "b": ["1/2", 0]}, {"W": [["1", "-1"]], "b": [0]}],
        "cells": ["s1", "a1", "s2"],
    }
    w, x = np.array([[1.0, -2.0], [2.0, 1.0]]), np.array([[1.0, 2.0], [3.0, 5.0], [-1.0, 4.0]])
    s = w @ x.T + np.array([[0.5], [0.0]])
    a = np.maximum(s, 0)
    out = np.array([[1.0, -1.0]]) @ a
    text = "\n\n".join(
        f"$$ {name} = {matrix(values)} $$"
        for name, values in (("S^{(1)} = W^{(1)} X + b^{(1)}", s), ("A^{(1)} = h(S^{(1)})", a), ("S^{(2)}", out))
    )
    found = read(text, assignment_of(table))
    assert [float(value) for value, _ in found.values()] == [*s.ravel(), *a.ravel(), *out.ravel()]
    assert {doubt for _, doubt in found.values()} == {""}


GRAPH: dict[str, object] = {
    "given": {"w": 2, "x": -1, "b": 3, "t": 4},
    "formulas": ["z = w x + b", "h = relu(z)", "L = squared_error(h, t)"],
    "cells": ["z", "h", "L", "grad_w"],
}


def test_a_calculation_as_formulas_is_borne_out_by_what_it_is_given() -> None:
    text = r"$$ z = w x + b = 2 \cdot (-1) + 3 = 1 $$" + "\n\n" + r"$$ h = \mathrm{relu}(z) = 1 $$" + "\n\n"
    found = read(text + r"$$ L = \frac{1}{2} (h - t)^2 = 4.5 $$", assignment_of(GRAPH, "graph"))
    assert (found["z"], found["h"]) == (("1", ""), ("1", ""))
    assert found["L"][0] == "4.5"
    wrong = read(text.replace("= 1 $$", "= 2 $$"), assignment_of(GRAPH, "graph"))
    assert wrong["z"][0] == "2"
    assert all(doubt for _, doubt in wrong.values())
