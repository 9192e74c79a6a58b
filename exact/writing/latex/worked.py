"""The worked solution: each step as one writes it on paper, in the notation of the slides.

    s(1) = W(1) x + b(1) = [numbers] [numbers] + [numbers] = [product] + [numbers] = [result]

A line breaks before an equals sign, and within a long product before a factor. What is wider than a line even so, an
intermediate product of long sums, is left out; results never are. Needs amsmath and array.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from exact.networks import steps
from exact.networks.cells import COST, CellName, Kind
from exact.networks.solution import Cell, Entry, Solution
from exact.networks.steps import Array, array
from exact.numbers.number import sign
from exact.writing.entries import decimal_or_none
from exact.writing.latex.formula import (
    EQUALS,
    FRAME,
    Formula,
    Paper,
    broken,
    is_by_entry,
    laid_out,
    matrix,
    related,
    total,
)
from exact.writing.latex.grids import Grids, is_exact, is_irrational, name_of
from exact.writing.latex.tables import outputs
from exact.writing.latex.tabular import display
from exact.writing.notation import LATEX, decimal_number

CANCELLED = Fraction(1, 10**6)
"""The size of an entry beside that of its terms from which the note on their cancelling is worth reading."""

INDENT = Formula(r"\quad", 1.0)

Factors = tuple[Formula, ...]
"""The factors and terms of one side of an equation; a line may break before each but the first."""


def worked_solution(solution: Solution, digits: int, *, paper: Paper = FRAME, with_cost: bool = False) -> str:
    """All steps: layer by layer forward, the cost if it is asked for, then the deltas, then the updates."""
    work = _Work(solution, Grids(solution, digits), paper)
    last = solution.problem.depth
    parts = [r"\medskip\noindent\textbf{Feed forward}"]
    for l in range(1, last + 1):  # noqa: E741  the field's letter
        parts += [work.pre_activation(l), work.outputs() if l == last else work.activation(l)]
    if with_cost:
        parts.append(work.equations(COST, [(Formula(solution.problem.output.latex_cost, 11.0),)]))
    parts.append(r"\medskip\noindent\textbf{Deltas}")
    for l in range(last, 0, -1):  # noqa: E741
        parts.append(work.output_delta() if l == last else work.hidden_delta(l))
    parts.append(rf"\medskip\noindent\textbf{{Updates}}, with $\eta = {work.plain(solution.problem.eta)}$")
    for l in range(last, 0, -1):  # noqa: E741
        parts += [work.weights(l), work.biases(l)]
    return "\n\n".join(parts)


@dataclass(frozen=True, slots=True)
class _Work:
    """One solution, written step by step on paper of some width."""

    solution: Solution
    grids: Grids
    paper: Paper

    def pre_activation(self, l: int) -> str:  # noqa: E741  the field's letter
        """s = W a + b, with the numbers put in and the product."""
        layer = self.solution.problem.layers[l - 1]
        W, b, a = array(layer.W), array(layer.b), self._before(l)
        before = "x" if l == 1 else LATEX.cell(CellName(Kind.A, l - 1))
        formula = (Formula(rf"W^{{({l})}} {before} + b^{{({l})}}", 7.0),)
        numbers = (self._matrix(W), self._matrix(a), _plus(self._matrix(b)))
        product = (self._matrix(W @ a), _plus(self._matrix(b)))
        return self.equations(CellName(Kind.S, l), [formula, numbers, product])

    def activation(self, l: int) -> str:  # noqa: E741
        """a = h(s), and its slope a' = h'(s)."""
        s = self._matrix(self._forms(CellName(Kind.S, l)))
        written = []
        for kind, function in ((Kind.A, "h"), (Kind.DA, "h'")):
            formula = (Formula(rf"{function}\bigl({LATEX.cell(CellName(Kind.S, l))}\bigr)", 4.0),)
            numbers = (Formula(rf"{function}\left(", 1.5) + s + Formula(r"\right)", 0.8),)
            written.append(self.equations(CellName(kind, l), [formula, numbers]))
        return "\n\n".join(written)

    def outputs(self) -> str:
        """a(L): the outputs, which are called p, in powers of e and in decimals."""
        problem, last = self.solution.problem, self.solution.problem.depth
        name = CellName(Kind.A, last)
        if not self.solution.outputs:
            return self.equations(name, [(Formula(LATEX.cell(CellName(Kind.S, last)), 1.8),)])
        unit = rf"\mathrm{{{problem.output.name}}}\bigl({LATEX.cell(CellName(Kind.S, last))}\bigr)"
        head = name_of(name) + EQUALS + Formula(unit + " = p,", 9.0)
        lines = [head + Formula(rf"\quad p_i = {problem.output.latex}", 6.0, 2.5)]
        return display([*lines, *outputs(self.solution, self.grids.digits, self.paper)])

    def output_delta(self) -> str:
        """delta(L) = a(L) - y."""
        last = self.solution.problem.depth
        a, y = self._forms(CellName(Kind.A, last)), array(self.solution.problem.y)
        formula = (Formula(rf"{LATEX.cell(CellName(Kind.A, last))} - y", 4.0),)
        numbers = (self._matrix(a), _minus(self._matrix(y)))
        return self.equations(CellName(Kind.DELTA, last), [formula, numbers])

    def hidden_delta(self, l: int) -> str:  # noqa: E741
        """delta = a' . W^T delta, with the product, and how its entries become shorter."""
        W = array(self.solution.problem.layers[l].W)
        da, behind = self._forms(CellName(Kind.DA, l)), self._forms(CellName(Kind.DELTA, l + 1))
        back = W.T @ behind
        mask, name = self._matrix(da), CellName(Kind.DELTA, l)
        formula = (
            Formula(
                rf"{LATEX.cell(CellName(Kind.DA, l))} \odot W^{{({l + 1})\mathsf{{T}}}} "
                rf"{LATEX.cell(CellName(Kind.DELTA, l + 1))}",
                9.0,
            ),
        )
        dot = Formula(r"\odot", 1.3)
        numbers = (mask, dot + self._matrix(W.T), self._matrix(behind))
        product = (mask, dot + self._matrix(back))
        written = [self.equations(name, [formula, numbers, product])]
        written += self._shortened(name, steps.backpropagated_delta(da, W, behind))
        return "\n\n".join(written)

    def weights(self, l: int) -> str:  # noqa: E741
        """W - eta delta a^T, with the outer product."""
        W, delta, a = array(self.solution.problem.layers[l - 1].W), self._delta(l), self._before(l)
        before = "x" if l == 1 else rf"a^{{({l - 1})"
        transposed = rf"{before}^{{\mathsf{{T}}}}" if l == 1 else rf"{before}\mathsf{{T}}}}"
        formula = (Formula(rf"W^{{({l})}} - \eta\, \delta^{{({l})}} {transposed}", 8.0),)
        row = (tuple(self.grids.number(value) for value in a),)
        step = self._eta()
        numbers = (self._matrix(W), step + self._matrix(delta), matrix(row))
        product = (self._matrix(W), step + self._matrix(np.outer(delta, a)))
        return self.equations(CellName(Kind.W_NEW, l), [formula, numbers, product])

    def biases(self, l: int) -> str:  # noqa: E741
        """b - eta delta."""
        b = array(self.solution.problem.layers[l - 1].b)
        formula = (Formula(rf"b^{{({l})}} - \eta\, \delta^{{({l})}}", 5.5),)
        numbers = (self._matrix(b), self._eta() + self._matrix(self._delta(l)))
        return self.equations(CellName(Kind.B_NEW, l), [formula, numbers])

    def equations(self, name: CellName, sides: list[Factors]) -> str:
        """`name = side = side = result`, and the decimals of what is not rational."""
        cell, head, line = self._cell(name), name_of(name), self.paper.line
        exact = self.grids.exact(cell)
        results = [exact, self.grids.decimals(cell)] if is_irrational(cell) and is_exact(exact) else [exact]
        members = list(sides)
        below: list[Formula] = []
        for grid in results:
            lines = (total(grid[0][0]),) if name.is_number else laid_out(head, grid, line - 4)
            if len(lines) == 1 and not below and not is_by_entry(lines):
                members.append(lines)
            else:
                goes_on = not below or not is_by_entry(tuple(below))
                below += related(INDENT if goes_on else head, grid, line)
        return display([*self._filled(head, members), *below])

    def _filled(self, head: Formula, members: list[Factors]) -> Iterator[Formula]:
        """The members in as few lines as their widths allow; one that has too wide a factor is left out."""
        line, is_first = head, True
        for factors in members:
            if any(factor.width > self.paper.line - 4 for factor in factors):
                continue
            sign = total(factors).sign
            if is_first or line.width + total((sign, *factors)).width <= self.paper.line:
                line += total((sign, *factors))
                is_first = False
                continue
            yield line
            *full, line = broken(INDENT + sign, factors, self.paper.line)
            yield from full
        yield line

    def _shortened(self, name: CellName, raw: Array) -> Iterator[str]:
        """Why entries are shorter than their sums: the first of them, and those whose terms cancel."""
        if not self.solution.problem.output.sums_to_one:
            return
        ones = " + ".join(LATEX.probability(i) for i in range(1, len(self.solution.outputs) + 1))
        is_first = True
        for entry, form in zip(self._cell(name).entries, raw, strict=True):
            before, after = (total(self.grids.number(one)).latex for one in (form, entry.form))
            cancels = entry.value.as_fraction() is None and sign(entry.size * CANCELLED - abs(entry.value)) > 0
            if before == after or not (cancels or is_first):
                continue
            is_first = False
            told = rf"\noindent Since ${ones} = 1$: ${before} = {after}$."
            if cancels:
                told += " The terms cancel: worked out with rounded numbers little or nothing is left of it."
                told += self._about(after, entry)
            yield told

    def _about(self, exact: str, entry: Entry) -> str:
        shown = decimal_or_none(entry.value, self.grids.digits)
        about = "" if shown is None else rf" \approx {decimal_number(shown, LATEX)}"
        return rf" It is ${exact}{about}$, and not 0."

    def plain(self, value: Fraction) -> str:
        """A rational number."""
        return total(self.grids.number(value)).latex

    def _eta(self) -> Formula:
        eta = total(self.grids.number(self.solution.problem.eta))
        if self.solution.problem.eta < 0:
            eta = Formula(r"\left(", 0.5) + eta + Formula(r"\right)", 0.5)
        return Formula("-", 1.2) + eta

    def _before(self, l: int) -> Array:  # noqa: E741
        return array(self.solution.problem.x) if l == 1 else self._forms(CellName(Kind.A, l - 1))

    def _delta(self, l: int) -> Array:  # noqa: E741
        return self._forms(CellName(Kind.DELTA, l))

    def _cell(self, name: CellName) -> Cell:
        return next(cell for cell in self.solution.with_cost() if cell.name == name)

    def _forms(self, name: CellName) -> Array:
        """The cell's entries: as they are where they are numbers, else as forms in p."""
        forms = [entry.form for entry in self._cell(name).entries]
        return array([form if any(form.coefficients) else form.constant for form in forms])

    def _matrix(self, values: Array) -> Formula:
        return matrix(self.grids.of(values))


def _plus(formula: Formula) -> Formula:
    return Formula("+", 1.2) + formula


def _minus(formula: Formula) -> Formula:
    return Formula("-", 1.2) + formula
