"""Graphs: 300 random ones against plain arithmetic, and how solving and checking grow with the calculation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from checks.assignment.assignment import read_assignment
from checks.assignment.assignment_file import load_assignment
from checks.hand.key import HandReference, hand_reference
from tests.bench.stopwatch import median_seconds
from tests.graph_study import Studied, study
from tests.hand_sheets import found_in

GRAPHS = 300


def main() -> None:
    """Prints the figures."""
    found = Studied()
    for seed in range(GRAPHS):
        study(seed, found)
    print(f"{GRAPHS} random graphs: {found.values} values, {found.gradients} gradients, {found.kinks} at a kink,")
    print(f"  {found.differing} differ from plain arithmetic; {found.refused} graphs without a value are refused")
    growth()


def growth() -> None:
    """Prints how the time to solve, and to check a right sheet, grows."""
    unit = median_seconds(lambda: decimals(hand_reference(load_assignment("ee541-hw3").hand_parts[0])))
    print(f"solve and check, in times of solving Problem 2 ({1e3 * unit:.3g} ms):")
    for title, make, sizes in (
        ("a chain of formulas", chain, (5, 50, 200)),
        ("steps of an RNN", recurrent, (3, 10, 30)),
        ("samples of a batch", batch, (1, 10, 100)),
        ("steps of Problem 2", steps, (1, 2, 3)),
    ):
        _line(title, make, sizes, unit)


def _line(title: str, make: Callable[[int], dict[str, Any]], sizes: Sequence[int], unit: float) -> None:
    told = []
    for size in sizes:
        table = {"id": "t", "title": "T", **make(size)}
        solve = median_seconds(lambda: decimals(solved(table)))  # noqa: B023  called at once
        reference = solved(table)
        text = "\n".join(f"{e.name} = {e.decimal}" for cell in reference.cells for e in cell.entries)
        check = median_seconds(lambda: found_in(text, reference))  # noqa: B023
        told.append(f"{size}: {solve / unit:.3g} and {check / unit:.3g}")
    print(f"  {title:<22}{', '.join(told)}")


def solved(table: dict[str, Any]) -> HandReference:
    """The key of the only part."""
    return hand_reference(read_assignment(table).hand_parts[0])


def decimals(reference: HandReference) -> list[str | None]:
    """All that is asked for, in decimals."""
    return [entry.decimal for cell in reference.cells for entry in cell.entries]


def chain(length: int) -> dict[str, Any]:
    """Sigmoids and products one after another."""
    lines = ["q1 = x w"] + [
        f"q{n} = sigmoid(q{n - 1}) - w" if n % 2 else f"q{n} = q{n - 1} w" for n in range(2, length)
    ]
    return {"graph": [{"given": {"x": "0.5", "w": "0.75"}, "formulas": [*lines, f"f = q{max(1, length - 1)}^2"]}]}


def recurrent(length: int) -> dict[str, Any]:
    """Two tanh units with shared weights."""
    x = [str(round(float(one), 2)) for one in np.random.default_rng(541).normal(size=length)]
    given = {"x": x, "W": ["0.4", "-0.7"], "U": [["0.1", "0.2"], ["-0.3", "0.5"]], "h0": ["0.1", 0]}
    lines = [f"h{n} = tanh(W x[{n}] + U h{n - 1})" for n in range(1, length + 1)]
    return {"graph": [{"given": given, "formulas": [*lines, f"L = 1/2 (sum(h{length}) - 1)^2"]}]}


def batch(samples: int) -> dict[str, Any]:
    """A network of tanh and sigmoid units on so many samples."""
    chance = np.random.default_rng(541)
    x = [[str(round(float(one), 2)) for one in row] for row in chance.normal(size=(samples, 2))]
    y = [[int(one)] for one in chance.integers(0, 2, size=samples)]
    layers = [
        {"W": [["0.5", "-0.3"], ["0.2", "0.8"]], "b": ["0.1", "-0.1"]},
        {"W": [["1.5", "-0.7"]], "b": ["0.2"]},
    ]
    network = {"hidden": "tanh", "output": "sigmoid", "x": x, "y": y, "eta": "0.1", "layers": layers}
    return {"backprop": network}


def steps(count: int) -> dict[str, Any]:
    """So many steps on the data of a small network of ReLUs with softmax outputs."""
    layers = [
        {"W": [[1, -2, 1], [3, 4, -2], [2, 1, 3]], "b": [1, -2, 1]},
        {"W": [[1, -2, 1], [3, 4, -2], [2, 1, 3]], "b": [1, -2, 1]},
    ]
    return {"backprop": {"x": [1, -1, 2], "y": [1, 0, 0], "eta": "1/2", "layers": layers, "steps": count}}


if __name__ == "__main__":
    main()
