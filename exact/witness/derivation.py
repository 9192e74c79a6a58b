"""Every cell of a sheet, derived from the cost: values of the network, derivatives, and what the step makes of them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy

from exact.networks.problem import Problem
from exact.numbers.exponential_sums import Undecided
from exact.numbers.number import Number, sign
from exact.witness.evaluation import Values
from exact.witness.forms import Expr, of_outputs
from exact.witness.network import Forward, Parameters, Point, given_parameters, number

Rows = list[list[Expr]]

NOISELESS = 10**100
"""A difference below the inverse of this is one that roundings leave where there is none."""


class Derivation:
    """The cells by name, each an expression for every entry, row by row; `point` says what the symbols stand for."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.point: Point = {}
        self.cells: dict[str, list[Expr]] = {}
        self.classes: dict[str, list[Expr]] = {}
        self.added: dict[str, list[Expr]] = {}
        parameters = given_parameters(problem, self.point)
        for t in range(1, len(problem.samples) + 1):
            parameters = self._step(t, parameters)

    def _step(self, t: int, parameters: Parameters) -> Parameters:
        """Writes down the cells of a step; returns the parameters after it."""
        p, L = self.problem, self.problem.depth
        forward = Forward(p, t, parameters, self.point, f"@{t}")
        at = f"@{t}" if t > 1 else ""
        objective = forward.objective()
        for name, rows in forward.cells.items():
            self.cells[f"{name}{at}"] = self._on_sheet(rows)
        self.cells[f"a{L}{at}"] = self._on_sheet([one.a for one in forward.outputs])
        self.added |= {f"{name}{at}": self._on_sheet(rows) for name, rows in forward.added.items() if rows[0]}
        self.added |= {f"{name}{at}": symbols for name, symbols in parameters.items()}
        if not p.is_batch:
            self.classes[f"class{at}"] = forward.outputs[0].a
        self._costs(forward, at)
        delta = -1 if p.has_error_deltas else 1
        for l in range(1, L + 1):  # noqa: E741  the field's letter
            self.cells[f"delta{l}{at}"] = [delta * d for d in self._derivatives(objective, forward.added[f"s{l}"])]
            if l < L:
                self.cells[f"grad_a{l}{at}"] = self._derivatives(objective, forward.added[f"a{l}"])
        if forward.x[0]:
            self.cells[f"grad_x{at}"] = self._derivatives(objective, forward.x)
        after = self._updates(objective, parameters, at)
        if (cost := Forward(p, t, after, self.point, f"@{t} after").cost()) is not None:
            self.cells[f"C_new{at}"] = [cost]
        return after

    def _costs(self, forward: Forward, at: str) -> None:
        """C, what each output has of it, and its derivatives in the outputs."""
        p = self.problem
        cost = forward.cost()
        if cost is None:
            return
        self.cells[f"C{at}"] = [cost]
        if p.loss.name == "squared-error" and not p.is_batch:
            (self.cells[f"C_each{at}"],) = forward.costs(forward.outputs)
        free = [
            [forward.symbol(f"free_{i}_{k}", one) for k, one in enumerate(found.a)]
            for i, found in enumerate(forward.outputs)
        ]
        of_free = sum(term for terms in forward.costs([of_outputs(row) for row in free]) for term in terms)
        self.cells[f"grad_a{p.depth}{at}"] = self._derivatives(of_free, free)

    def _updates(self, objective: Expr, parameters: Parameters, at: str) -> Parameters:
        """Gradients, steps and new values of the parameters."""
        p, after = self.problem, dict(parameters)
        for name, symbols in parameters.items():
            gradients = [sympy.diff(objective, symbol) for symbol in symbols]
            self.cells[f"grad_{name}{at}"] = gradients
            if name in p.frozen:
                continue
            steps = [-number(p.eta) * gradient for gradient in gradients]
            new = [symbol + step for symbol, step in zip(symbols, steps, strict=True)]
            self.cells[f"step_{name}{at}"], self.cells[f"{name}_new{at}"] = steps, new
            after[name] = [self._renewed(symbol, value) for symbol, value in zip(symbols, new, strict=True)]
        return after

    def _renewed(self, symbol: Expr, value: Expr) -> Expr:
        """The symbol of a parameter after a step; tied numbers stay one."""
        found = sympy.Symbol(f"{symbol.name}'", real=True)
        self.point.setdefault(found, value)
        return found

    def _derivatives(self, of: Expr, symbols: Rows) -> list[Expr]:
        return self._on_sheet([[sympy.diff(of, symbol) for symbol in row] for row in symbols])

    def _on_sheet(self, rows: Rows) -> list[Expr]:
        """The entries row by row: of a batch the samples are columns, in rows they are rows."""
        if self.problem.in_rows or len(rows) == 1:
            return [one for row in rows for one in row]
        return [one for column in zip(*rows, strict=True) for one in column]

    def factor(self, of: tuple[str, int], by: tuple[str, int]) -> Expr | None:
        """The derivative of an entry in another one; None where the witness has none."""
        (name, place), (source, at) = of, by
        last = f"a{self.problem.depth}"
        if name not in self.cells or source not in self.added or source == last:
            return None
        return sympy.diff(self.cells[name][place], self.added[source][at])


def largest(values: Values, expressions: list[Expr]) -> Fraction:
    """The number of the largest value, from 1; of equals, and of those that cannot be told apart, the first."""
    found = 0
    for place in range(1, len(expressions)):
        if _is_positive(values.of(expressions[place]) - values.of(expressions[found])):
            found = place
    return Fraction(found + 1)


def _is_positive(difference: Any) -> bool:
    if not isinstance(difference, Number):
        return bool(difference * NOISELESS > 1)
    try:
        return sign(difference) > 0
    except Undecided:
        return False
