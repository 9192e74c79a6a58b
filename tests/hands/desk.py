"""What lies before a hand: the problem, its sheet, and how this hand writes numbers, vectors and matrices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from tests.hands.formulas import Entry, Mat, Num, Row, Sym, Tree
from tests.hands.problems import Given, Table, given, sheet_of
from tests.students import Floats, Rule, Slip


@dataclass
class Desk:
    """One problem as one hand works it out; `turned` where vectors are rows and weights stand transposed."""

    table: Table
    digits: int = 4
    style: str = "bmatrix"
    turned: bool = False
    slips: Mapping[str, Slip] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)

    @cached_property
    def cells(self) -> dict[str, Floats]:
        return sheet_of(self.table, self.slips, self.rules)

    @cached_property
    def given(self) -> Given:
        return given(self.table)

    @property
    def depth(self) -> int:
        return len(self.given.W)

    @property
    def hidden(self) -> str:
        return str(self.table.get("hidden", "relu"))

    @property
    def output(self) -> str:
        return str(self.table.get("output", "softmax"))

    def number(self, x: float) -> Tree:
        """A number as this hand writes it."""
        text = f"{x:.{self.digits}g}"
        return Num("0" if float(text) == 0 else text)

    def cell(self, name: str) -> Floats:
        if name in ("a0", "x"):
            return np.array([float(eval_fraction(text)) for text in self.given.x])
        return self.cells[name]

    def answers(self, name: str, style: str = "") -> Mat:
        """The cell, each of its numbers an answer."""
        return self._mat(name, style, lambda entry, x: Entry(entry, self.number(x)))

    def copied(self, name: str, style: str = "") -> Mat:
        """The cell as it is copied into a formula."""
        return self._mat(name, style, lambda _, x: self.number(x))

    def answer(self, name: str, *index: int) -> Entry:
        """One number of a cell, zero-based."""
        return Entry(f"{name}[{','.join(str(i + 1) for i in index)}]", self.number(self.cells[name][index]))

    def _mat(self, name: str, style: str, make: Callable[[str, float], Tree]) -> Mat:
        cell = self.cell(name)
        if cell.ndim == 1:
            trees = [make(f"{name}[{i + 1}]", x) for i, x in enumerate(cell)]
            return self.vector(trees, style)
        rows = [[make(f"{name}[{i + 1},{j + 1}]", x) for j, x in enumerate(row)] for i, row in enumerate(cell)]
        return self.matrix(rows, style)

    def vector(self, trees: list[Tree], style: str = "") -> Mat:
        """A column, or a row where vectors are rows."""
        rows = (tuple(trees),) if self.turned else tuple((tree,) for tree in trees)
        return Mat(rows, style or self.style)

    def matrix(self, rows: list[list[Tree]], style: str = "") -> Mat:
        style = style or self.style
        turned = list(zip(*rows, strict=True)) if self.turned else [tuple(row) for row in rows]
        return Mat(tuple(turned), "nested" if style == "list" else style)

    def W(self, l: int, style: str = "", *, transposed: bool = False) -> Mat:
        """The weights as they are given."""
        rows: list[list[Tree]] = [[Num(text) for text in row] for row in self.given.W[l - 1]]
        return self.matrix([list(row) for row in zip(*rows, strict=True)] if transposed else rows, style)

    def b(self, l: int, style: str = "") -> Mat:
        return self.vector([Num(text) for text in self.given.b[l - 1]], style)

    def x(self, style: str = "") -> Mat:
        return self.vector([Num(text) for text in self.given.x], style)

    def y(self, style: str = "") -> Mat:
        return self.vector([Num(text) for text in self.given.y], style)

    @property
    def eta(self) -> Tree:
        return Num(self.given.eta)


def eval_fraction(text: str) -> float:
    over, _, under = text.partition("/")
    return float(over) / float(under or 1)


def row_of(mat: Mat) -> Mat:
    """The transpose of a vector or matrix, as it is written out."""
    return Mat(tuple(zip(*mat.rows, strict=True)), mat.style)


def put_together(trees: list[Tree], between: str) -> Row:
    """The trees with a sign between them."""
    items: list[Tree] = []
    for place, tree in enumerate(trees):
        items += [Sym(between), tree] if place else [tree]
    return Row(tuple(items))


def bracketed(tree: Tree) -> Row:
    return Row((Sym("("), tree, Sym(")")))
