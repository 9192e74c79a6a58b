"""Every cell of a sheet, derived from the cost: values of the network, derivatives, and what the step makes of them."""

from __future__ import annotations

from contextlib import suppress

import sympy

from exact.networks.problem import Problem
from exact.numbers.exponential_sums import Undecided
from exact.witness.forms import Expr, of_outputs
from exact.witness.given import NO_LETTERS, Given, Letters
from exact.witness.network import Forward, Parameters, given_parameters
from exact.witness.optimizers import KEPT, RULES

Rows = list[list[Expr]]


def _mark(t: int) -> str:
    """How the names of the cells of a step end."""
    return f"@{t}" if t > 1 else ""


class Derivation:
    """The cells of a network, each an expression for every entry; `point` says what the symbols stand for."""

    def __init__(self, problem: Problem, letters: Letters = NO_LETTERS) -> None:
        self.problem, self.given = problem, Given(letters)
        self.point = self.given.point
        self.cells: dict[str, list[Expr]] = {}
        self.classes: dict[str, list[Expr]] = {}
        self.added: dict[str, list[Expr]] = {}
        self.kept: dict[tuple[str, str, int], Expr] = {}
        parameters = given_parameters(problem, self.point)
        for t in range(1, len(problem.samples) + 1):
            parameters = self._step(t, parameters)

    def _step(self, t: int, parameters: Parameters) -> Parameters:
        """Writes down the cells of a step; returns the parameters after it."""
        p, L = self.problem, self.problem.depth
        forward = Forward(p, t, parameters, self.given, f"@{t}")
        at = _mark(t)
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
        after = self._updates(objective, parameters, t)
        with suppress(Undecided):  # of letters after a step no assumption need tell the sides of kinks
            if (cost := Forward(p, t, after, self.given, f"@{t} after").cost()) is not None:
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

    def _updates(self, objective: Expr, parameters: Parameters, t: int) -> Parameters:
        """Gradients, steps, what an optimizer keeps, and new values of the parameters; returns these."""
        p, after, at = self.problem, dict(parameters), _mark(t)
        for name, symbols in parameters.items():
            self.cells[f"grad_{name}{at}"] = [sympy.diff(objective, symbol) for symbol in symbols]
            if name in p.frozen:
                continue
            moved = [self._moved(name, place, t) for place in range(len(symbols))]
            for kind in moved[0]:
                self.cells[f"{kind}_{name}{at}"] = [one[kind] for one in moved]
            steps = self.cells[f"step_{name}{at}"]
            new = [symbol + step for symbol, step in zip(symbols, steps, strict=True)]
            self.cells[f"{name}_new{at}"] = new
            after[name] = [self._renewed(symbol, value) for symbol, value in zip(symbols, new, strict=True)]
        return after

    def _moved(self, name: str, place: int, t: int) -> dict[str, Expr]:
        """The step of one parameter, and what is kept of it."""
        optimizer, eta = self.problem.optimizer, self.given.number(self.problem.eta)
        gradient = self.cells[f"grad_{name}{_mark(t)}"][place]
        if optimizer is None:
            return {"step": -eta * gradient}
        numbers = {one: self.given.number(value) for one, value in optimizer.numbers.items()} | {
            "eta": eta,
            "t": sympy.Integer(t),
        }
        for kind in KEPT:
            start = optimizer.start.get(f"{kind}_{name}")
            begun = sympy.Integer(0) if start is None else self.given.number(start.entries[place])
            numbers[kind] = self.kept.get((kind, name, place), begun)
        made = RULES[optimizer.name, optimizer.form](gradient, numbers)
        for kind in KEPT:
            if kind in made:
                self.kept[kind, name, place] = self._standing_for(f"{kind}_{name}_{place}@{t}", made[kind])
        return made

    def _renewed(self, symbol: Expr, value: Expr) -> Expr:
        """The symbol of a parameter after a step; tied numbers stay one."""
        return self._standing_for(f"{symbol.name}'", value)

    def _standing_for(self, name: str, value: Expr) -> Expr:
        found = sympy.Symbol(name, real=True)
        self.point.setdefault(found, value)
        return found

    def _derivatives(self, of: Expr, symbols: Rows) -> list[Expr]:
        return self._on_sheet([[sympy.diff(of, symbol) for symbol in row] for row in symbols])

    def _on_sheet(self, rows: Rows) -> list[Expr]:
        """The entries row by row: of a batch the samples are columns, in rows they are rows."""
        if self.problem.in_rows or len(rows) == 1:
            return [one for row in rows for one in row]
        return [one for column in zip(*rows, strict=True) for one in column]

    def entry(self, cell: str, place: int) -> Expr | None:
        """The entry, by its place row by row; None where nothing of that name is derived."""
        return self.cells[cell][place] if cell in self.cells else None

    def largest_of(self, cell: str) -> list[Expr] | None:
        """Of what entries the cell is the number of the largest one; None where it is no such number."""
        return self.classes.get(cell)

    def factor(self, of: tuple[str, int], by: tuple[str, int]) -> Expr | None:
        """The derivative of an entry in another one; None where the witness has none."""
        (name, place), (source, at) = of, by
        last = f"a{self.problem.depth}"
        if name not in self.cells or source not in self.added or source == last:
            return None
        return sympy.diff(self.cells[name][place], self.added[source][at])
