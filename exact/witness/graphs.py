"""A calculation given as formulas: its output as one sympy expression of all that is given, and its derivatives.

To each entry that is given or made a symbol of value 0 is added: the derivative of the output in it is the gradient.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cached_property
from math import prod

import sympy

from exact.graphs.graph import Graph
from exact.numbers.array import Array, Shape
from exact.witness.forms import Expr, Grid
from exact.witness.given import NO_LETTERS, Given, Letters
from exact.witness.held import Held

Formula = Callable[[Mapping[str, Grid], Callable[[Expr], int]], Grid]
"""What a formula makes of what stands before it; the function tells the sign of an expression at the point."""


class GraphDerivation:
    """The entries by cell and place, each an expression; `point` says what the symbols stand for."""

    def __init__(self, graph: Graph, formulas: Mapping[str, Formula], letters: Letters = NO_LETTERS) -> None:
        self.graph, self.given = graph, Given(letters)
        self.point = self.given.point
        self.held = Held(self.point)
        self.grids: dict[str, Grid] = {}
        self.added: dict[str, list[Expr]] = {}
        for name, values in graph.given.items():
            self.added[name] = self._symbols(name, values)
            self.grids[name] = sympy.Matrix(*_sides(values.shape), self.added[name])
        for name, formula in formulas.items():
            made = formula(self.grids, self.given.sign)
            self.added[name] = self._symbols(name, Array([Fraction(0)] * prod(made.shape), tuple(made.shape)))
            self.grids[name] = (made + sympy.Matrix(*made.shape, self.added[name])).applyfunc(self.held.short)

    def _symbols(self, name: str, values: Array) -> list[Expr]:
        """A symbol for each entry, with what it stands for."""
        found = [sympy.Symbol(f"{name}_{place}", real=True) for place in range(values.size)]
        self.point |= zip(found, values.entries, strict=True)
        return found

    def entry(self, cell: str, place: int) -> Expr | None:
        """The entry; None where nothing of that name is derived."""
        graph = self.graph
        if cell in self.grids:
            return self.grids[cell][place]
        if cell.startswith("grad_") and graph.has_gradients and (name := cell.removeprefix("grad_")) in self.added:
            return self.held.derivative(self._objective, self.added[name][place])
        if (name := cell.removesuffix("_new")) in graph.updated:
            return self.added[name][place] - self.given.number(graph.eta) * self.entry(f"grad_{name}", place)
        return None

    @cached_property
    def _objective(self) -> Expr:
        """What gradients are of: the output; where its own gradient is given, the sum of that times its entries."""
        entries = list(self.grids[self.graph.output])
        upstream = (
            [sympy.Integer(1)] if self.graph.upstream is None else map(self.given.number, self.graph.upstream.entries)
        )
        return sympy.Add(*(rate * entry for rate, entry in zip(upstream, entries, strict=True)))

    def largest_of(self, cell: str) -> list[Expr] | None:
        """Of what entries a cell is the number of the largest one: there is no such cell."""

    def factor(self, of: tuple[str, int], by: tuple[str, int]) -> Expr | None:
        """The derivative of an entry in another one, on all paths; None where there is none."""
        expression, (name, place) = self.entry(*of), by
        if expression is None or name not in self.added:
            return None
        return self.held.derivative(expression, self.added[name][place])


def _sides(shape: Shape) -> tuple[int, int]:
    """Rows and columns: a vector is a column."""
    rows, columns = (*shape, 1, 1)[:2]
    return rows, columns
