"""A network's cost as one sympy expression of all its parameters, and every cell of the sheet as a derivative of it.

To each s and a a symbol of value 0 is added: the derivative of C in it is dC/ds, or dC/da. Numbers that are tied are
one symbol. Where a cell is stated, what leads to it counts only by how it changes.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy

from exact.networks.problem import Problem
from exact.witness.evaluation import Point
from exact.witness.forms import COSTS, SLOPES_AT_OUTPUT, Activations, Expr, activations, of_outputs, slope
from exact.witness.given import Given

Parameters = dict[str, list[Expr]]
"""The symbols of W1, b1, ..., their entries row by row."""


def given_parameters(problem: Problem, point: Point) -> Parameters:
    """A symbol for each number that is given; those that are tied share one."""
    first = {entry: group[0] for group in problem.tied for entry in group}
    symbols: dict[tuple[str, int], Expr] = {}
    found: Parameters = {}
    for l, layer in enumerate(problem.layers, start=1):  # noqa: E741  the field's letter
        for letter, values in (("W", layer.W), ("b", layer.b)):
            if values is None:
                continue
            numbers = [value for row in values for value in (row if isinstance(row, tuple) else (row,))]
            name = f"{letter}{l}"
            found[name] = []
            for place, value in enumerate(numbers):
                own = first.get((name, place), (name, place))
                symbol = symbols.setdefault(own, sympy.Symbol(f"{own[0]}_{own[1] + 1}", real=True))
                point.setdefault(symbol, value)
                found[name].append(symbol)
    return found


class Forward:
    """The forward pass of one step, on one sample or a batch; everything by sample.

    `cells` has s1, a1, da1, ...; `added` the symbols by which derivatives in s, a and x are taken. `outputs` are those
    of the last layer. `mark` keeps the symbols of one pass apart from those of another.
    """

    def __init__(self, problem: Problem, t: int, parameters: Parameters, given: Given, mark: str) -> None:
        self.problem, self.parameters, self.given, self.mark = problem, parameters, given, mark
        self.point = given.point
        self.has_stated = t == 1
        sample = problem.samples[t - 1]
        self.targets = [[self.given.number(value) for value in row] for row in _rows(sample.y)]
        self.x = [
            [self.symbol(f"x_{i}_{k}", value) for k, value in enumerate(row)]
            for i, row in enumerate(_rows(sample.x) or [()])
        ]
        self.cells: dict[str, list[list[Expr]]] = {}
        self.added: dict[str, list[list[Expr]]] = {"x": self.x}
        self.outputs: list[Activations] = []
        before = self.x
        for l in range(1, problem.depth + 1):  # noqa: E741  the field's letter
            before = self._layer(l, before)

    def symbol(self, name: str, stands_for: Fraction | Expr) -> Expr:
        """A symbol of this pass."""
        found = sympy.Symbol(f"{name}{self.mark}", real=True)
        self.point[found] = stands_for
        return found

    def _layer(self, l: int, before: list[list[Expr]]) -> list[list[Expr]]:  # noqa: E741
        """The a of a layer from those of the layer before."""
        unit, last = self.problem.unit(l), l == self.problem.depth
        s = self._with_added(
            f"s{l}",
            [
                self._pre_activations(l, sample, wanted)
                for sample, wanted in zip(before, self._stated(f"s{l}"), strict=True)
            ],
        )
        self.outputs = [activations(unit, row, self.sign) for row in s]
        a = [one.a for one in self.outputs]
        slopes = [[slope(unit, one, self.sign) for one in row] for row in s] if unit.name != "softmax" else []
        for i, wanted in enumerate(self._stated(f"a{l}")):
            if wanted is not None and slopes:
                if unit.name in SLOPES_AT_OUTPUT:
                    slopes[i] = [SLOPES_AT_OUTPUT[unit.name](value) for value in wanted]
                changes = [one - self.symbol(f"s{l}_{i}_{k}_here", one) for k, one in enumerate(s[i])]
                a[i] = [v + h * change for v, h, change in zip(wanted, slopes[i], changes, strict=True)]
                self.outputs[i] = of_outputs(a[i])
        if slopes:
            self.cells[f"da{l}"] = slopes
        return a if last else self._with_added(f"a{l}", a)

    def _pre_activations(self, l: int, before: list[Expr], stated: list[Expr] | None) -> list[Expr]:  # noqa: E741
        """W a + b of one sample; where it is stated, that, changed as W a + b changes."""
        if f"W{l}" not in self.parameters or not before:
            return stated or []
        W, width, units = self.parameters[f"W{l}"], len(before), self.problem.units[l]
        b = self.parameters.get(f"b{l}", [sympy.Integer(0)] * units)
        shift = -1 if self.problem.has_thresholds else 1
        found = []
        for i in range(units):
            places = [j * units + i if self.problem.in_rows else i * width + j for j in range(width)]
            found.append(sum((W[place] * a for place, a in zip(places, before, strict=True)), shift * b[i]))
        return found if stated is None else [self._moved(*pair) for pair in zip(stated, found, strict=True)]

    def _stated(self, name: str) -> list[list[Expr] | None]:
        """The values of a cell that the assignment gives for the first step, by sample; None where it gives none."""
        if name not in self.problem.stated or not self.has_stated:
            return [None] * len(self.x)
        values = self.problem.stated[name]
        rows = values.rows() if len(values.shape) == 2 else (values.entries,)
        return [[self.given.number(value) for value in row] for row in rows]

    def _moved(self, value: Expr, worked_out: Expr) -> Expr:
        """A stated value, which changes as what leads to it does."""
        return value + worked_out - self.symbol(f"here_{len(self.point)}", worked_out)

    def _with_added(self, name: str, rows: list[list[Expr]]) -> list[list[Expr]]:
        """The cell, a symbol of value 0 added to each entry."""
        self.added[name] = [
            [self.symbol(f"{name}_{i}_{k}", Fraction(0)) for k, _ in enumerate(row)] for i, row in enumerate(rows)
        ]
        self.cells[name] = [
            [one + symbol for one, symbol in zip(row, symbols, strict=True)]
            for row, symbols in zip(rows, self.added[name], strict=True)
        ]
        return self.cells[name]

    def sign(self, s: Expr) -> int:
        """The sign of an s at the point."""
        return self.given.sign(s)

    def costs(self, outputs: list[Activations]) -> list[list[Expr]]:
        """The terms of C by sample, each with its factor, of these outputs and without a penalty."""
        p = self.problem
        factor = self.given.number(p.loss_factor / (len(self.x) if p.is_batch and p.mean else 1))
        terms = COSTS[p.loss.name]
        return [[factor * term for term in terms(one, y)] for one, y in zip(outputs, self.targets, strict=True)]

    def cost(self) -> Expr | None:
        """C, with the penalty for large weights; None where there is no cost."""
        p = self.problem
        if p.upstream is not None or p.loss.name not in COSTS:
            return None
        penalty = self.given.number(p.l2 * p.l2_factor) * sum(
            w**2 for name, weights in self.parameters.items() if name[0] == "W" for w in weights
        )
        return sum((term for terms in self.costs(self.outputs) for term in terms), penalty)

    def objective(self) -> Expr:
        """What the gradients are of: C; where the gradient at the last s is given, or a rule, the sum of it times s."""
        p, cost = self.problem, self.cost()
        if cost is not None:
            return cost
        s = self.cells[f"s{p.depth}"]
        if p.upstream is not None:
            rate = -1 if p.has_error_deltas else 1
            (row,) = s
            return sum(rate * self.given.number(g) * one for g, one in zip(p.upstream.entries, row, strict=True))
        factor = self.given.number(p.loss_factor / (len(self.x) if p.is_batch and p.mean else 1))
        return factor * sum(
            self.symbol(f"error_{i}_{k}", a - y) * one
            for i, (row, found, target) in enumerate(zip(s, self.outputs, self.targets, strict=True))
            for k, (one, a, y) in enumerate(zip(row, found.a, target, strict=True))
        )


def _rows(values: Any) -> list[tuple[Fraction, ...]]:
    """The samples, one of which stands by itself."""
    if not values:
        return []
    return list(values) if isinstance(values[0], tuple) else [values]
