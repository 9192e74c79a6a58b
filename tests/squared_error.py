"""A student of another course: squared error, sigmoid outputs, gradients and steps asked for, worked out in floats.

Nothing of this comes from the solver or from the checker.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

Floats = np.ndarray
Cells = dict[str, Floats]

X, Y, ETA = np.array([0.5, -0.8]), np.array([1.0, 0.25]), 0.3
W1, B1 = np.array([[0.4, -0.6], [0.7, 0.2]]), np.array([0.1, -0.3])
W2, B2 = np.array([[0.5, -0.9], [0.3, 0.8]]), np.array([0.2, 0.6])

TABLE: Mapping[str, object] = {
    "hidden": "tanh",
    "output": "sigmoid",
    "loss": "squared-error",
    "x": ["0.5", "-0.8"],
    "y": [1, "0.25"],
    "eta": "0.3",
    "layers": [
        {"W": [["0.4", "-0.6"], ["0.7", "0.2"]], "b": ["0.1", "-0.3"]},
        {"W": [["0.5", "-0.9"], ["0.3", "0.8"]], "b": ["0.2", "0.6"]},
    ],
}
CELLS = (
    "C",
    "delta2",
    "delta1",
    "grad_W2",
    "grad_b2",
    "grad_W1",
    "grad_b1",
    "step_W2",
    "step_b2",
    "step_W1",
    "step_b1",
)


def sheet(factor: float = 0.5, changed: Callable[[str, Floats], Floats] | None = None) -> Cells:
    """The cells, those behind a changed one worked out from it."""
    change = changed or (lambda _, cell: cell)
    cells: Cells = {}

    def write(name: str, value: Floats) -> Floats:
        cells[name] = change(name, np.asarray(value, dtype=float))
        return cells[name]

    a1 = np.tanh(W1 @ X + B1)
    a2 = 1 / (1 + np.exp(-(W2 @ a1 + B2)))
    write("C", factor * np.sum((a2 - Y) ** 2))
    delta2 = write("delta2", 2 * factor * (a2 - Y) * a2 * (1 - a2))
    delta1 = write("delta1", (1 - a1**2) * (W2.T @ delta2))
    for layer, delta, before in ((2, delta2, a1), (1, delta1, X)):
        gradient = write(f"grad_W{layer}", np.outer(delta, before))
        write(f"grad_b{layer}", delta)
        write(f"step_W{layer}", -ETA * gradient)
        write(f"step_b{layer}", -ETA * delta)
    return cells


def _only(*names: str) -> Callable[[Callable[[Floats], Floats]], Callable[[str, Floats], Floats]]:
    return lambda change: lambda name, cell: change(cell) if name.startswith(names) else cell


A2 = 1 / (1 + np.exp(-(W2 @ np.tanh(W1 @ X + B1) + B2)))
SHEETS: Mapping[str, tuple[float, Callable[[str, Floats], Floats]]] = {
    "half-of-square-forgotten": (0.5, _only("C")(lambda cell: 2 * cell)),
    "factor-two-forgotten": (1.0, _only("delta2")(lambda cell: cell / 2)),
    "output-slope-forgotten": (0.5, _only("delta2")(lambda cell: cell / (A2 * (1 - A2)))),
    "gradient-transposed": (0.5, _only("grad_W2")(lambda cell: cell.T)),
    "gradient-sign": (0.5, _only("grad_")(lambda cell: -cell)),
    "gradient-for-step": (0.5, _only("step_")(lambda cell: -cell / ETA)),
    "step-sign": (0.5, _only("step_")(lambda cell: -cell)),
}
"""The mistakes: the factor before the squares, and what is changed where."""
