"""A student who works a hand problem out in floats, step by step from what stands on the paper, and errs where told.

Nothing of this comes from the solver or from the checker.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
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


@dataclass
class Paper:
    """What lies before the student at one step of layer l, of L."""

    l: int
    L: int
    x: Floats
    y: Floats
    eta: float
    W: list[Floats]
    b: list[Floats]
    cells: dict[str, Floats]

    def __getitem__(self, name: str) -> Floats:
        return self.x if name == "a0" else self.cells[name]

    @property
    def s(self) -> Floats:
        return self[f"s{self.l}"]

    @property
    def a(self) -> Floats:
        return self[f"a{self.l}"]

    @property
    def before(self) -> Floats:
        return self[f"a{self.l - 1}"]

    @property
    def delta(self) -> Floats:
        return self[f"delta{self.l}"]

    @property
    def back(self) -> Floats:
        return self.W[self.l].T @ self[f"delta{self.l + 1}"]

    @property
    def own_W(self) -> Floats:
        return self.W[self.l - 1]

    @property
    def own_b(self) -> Floats:
        return self.b[self.l - 1]

    @property
    def gradient(self) -> Floats:
        return np.outer(self.delta, self.before)


Rule = Callable[[Paper], Floats]


def shares(s: Floats) -> Floats:
    powers = np.exp(s - s.max())
    return powers / powers.sum()


RIGHT: dict[str, Rule] = {
    "s": lambda p: p.own_W @ p.before + p.own_b,
    "a": lambda p: np.maximum(p.s, 0),
    "da": lambda p: (p.s > 0) * 1.0,
    "out": lambda p: shares(p.s),
    "delta_out": lambda p: p.a - p.y,
    "delta": lambda p: p[f"da{p.l}"] * p.back,
    "W": lambda p: p.own_W - p.eta * p.gradient,
    "b": lambda p: p.own_b - p.eta * p.delta,
}
"""The calculation as it should be."""


def sheet(
    table: Mapping[str, object], slips: Mapping[str, Slip] | None = None, rules: Mapping[str, Rule] | None = None
) -> dict[str, Floats]:
    """Every cell of a relu and softmax network.

    A slip changes a cell as it is written down, and all that follows; `rules` are steps that are done otherwise, by
    their kind (`W`) or in one layer (`W2`).
    """
    x, y, eta, W, b = as_floats(table)
    slips, cells, last = slips or {}, {}, len(W)
    others = rules or {}

    def write(kind: str, name: str, l: int) -> None:
        rule = others.get(f"{kind}{l}") or others.get(kind) or RIGHT[kind]
        value = rule(Paper(l, last, x, y, eta, W, b, cells))
        cells[name] = slips.get(name, lambda cell: cell)(np.array(value, dtype=float))

    for l in range(1, last + 1):
        write("s", f"s{l}", l)
        write("a" if l < last else "out", f"a{l}", l)
        if l < last:
            write("da", f"da{l}", l)
    late = "uses the new weights" in others
    for l in range(last, 0, -1):
        write("delta_out" if l == last else "delta", f"delta{l}", l)
        if late:
            write("W", f"W{l}_new", l)
    for l in range(last, 0, -1):
        write("W", f"W{l}_new", l)
        write("b", f"b{l}_new", l)
    order = [f"{kind}{l}" for l in range(1, last + 1) for kind in ("s", "a", "da") if f"{kind}{l}" in cells]
    order += [name for name in cells if name.startswith("delta")]
    return {name: cells[name] for name in (*order, *(name for name in cells if name not in order))}


def answers(cells: Mapping[str, Floats], digits: int = 6, without: Collection[str] = (), zeros: str = "") -> str:
    """The cells as answers.txt, each number to so many significant digits; zeros at the end stay where told by "#"."""
    lines = []
    for name, cell in cells.items():
        if name not in without:
            rows = [
                "; ".join(
                    ", ".join(f"{x:{zeros}.{digits}g}".removesuffix(".") for x in row) for row in np.atleast_2d(cell)
                )
            ]
            lines.append(f"{name} = [{rows[0]}]")
    return "\n".join(lines)


def at(index: int | tuple[int, int], change: Callable[[float], float]) -> Slip:
    """A slip at one entry, counted from 0."""

    def slipped(cell: Floats) -> Floats:
        cell[index] = change(cell[index])
        return cell

    return slipped
