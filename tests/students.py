"""A student who works a hand problem out in floats, step by step from what stands on the paper, and errs where told.

Nothing of this comes from the solver or from the checker.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from fractions import Fraction

import numpy as np

Floats = np.ndarray
Slip = Callable[[Floats], Floats]


def as_floats(table: Mapping[str, object]) -> tuple[Floats, Floats, float, list[Floats], list[Floats]]:
    number = lambda text: float(Fraction(str(text)))  # noqa: E731
    array = lambda rows: np.array([[number(x) for x in row] for row in rows])  # noqa: E731
    layers = table["layers"]
    W = [array(layer["W"]) for layer in layers]  # type: ignore[union-attr, attr-defined]
    b = [array([layer["b"]])[0] for layer in layers]  # type: ignore[union-attr, attr-defined]
    return array([table["x"]])[0], array([table["y"]])[0], number(table["eta"]), W, b


def sheet(table: Mapping[str, object], slips: Mapping[str, Slip] | None = None) -> dict[str, Floats]:
    """Every cell of a relu and softmax network; a slip changes a cell as it is written down, and all that follows."""
    x, y, eta, W, b = as_floats(table)
    slips, cells, last = slips or {}, {}, len(W)

    def written(name: str, value: Floats) -> Floats:
        cells[name] = slips.get(name, lambda cell: cell)(np.array(value, dtype=float))
        return cells[name]

    a = [x]
    for l in range(1, last + 1):
        s = written(f"s{l}", W[l - 1] @ a[-1] + b[l - 1])
        if l < last:
            a.append(written(f"a{l}", np.maximum(s, 0)))
            written(f"da{l}", (s > 0) * 1.0)
        else:
            powers = np.exp(s - s.max())
            output = written(f"a{l}", powers / powers.sum())
    delta = {last: written(f"delta{last}", output - y)}
    for l in range(last - 1, 0, -1):
        delta[l] = written(f"delta{l}", cells[f"da{l}"] * (W[l].T @ delta[l + 1]))
    for l in range(last, 0, -1):
        written(f"W{l}_new", W[l - 1] - eta * np.outer(delta[l], a[l - 1]))
        written(f"b{l}_new", b[l - 1] - eta * delta[l])
    return cells


def answers(cells: Mapping[str, Floats], digits: int = 6, without: Collection[str] = ()) -> str:
    """The cells as answers.txt, each number to so many significant digits."""
    lines = []
    for name, cell in cells.items():
        if name not in without:
            rows = ["; ".join(", ".join(f"{x:.{digits}g}" for x in row) for row in np.atleast_2d(cell))]
            lines.append(f"{name} = [{rows[0]}]")
    return "\n".join(lines)


def at(index: int | tuple[int, int], change: Callable[[float], float]) -> Slip:
    """A slip at one entry, counted from 0."""

    def slipped(cell: Floats) -> Floats:
        cell[index] = change(cell[index])
        return cell

    return slipped
