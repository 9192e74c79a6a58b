"""The numbers of a solution as grids of formulas: exact, in decimals, or blank to be filled in by hand."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any

from exact.networks.cells import CellName, Kind
from exact.networks.solution import Cell, Solution
from exact.networks.steps import Array
from exact.numbers.affine import Affine
from exact.numbers.number import Number
from exact.writing.entries import decimal_or_none, outputs_in_exponentials, softmax_logits, terms_in_outputs
from exact.writing.latex.formula import BRACKETS, COLUMN_SEPARATION, Entry, Formula, Grid, total
from exact.writing.notation import LATEX, decimal_number

LEAST_ROOM, MOST_ROOM = 2.0, 7.0
"""Room to write a number in by hand, in em."""


@dataclass(frozen=True, slots=True)
class Grids:
    """How a solution's numbers are shown, decimals to so many significant digits."""

    solution: Solution
    digits: int

    def exact(self, cell: Cell, width: float = inf) -> Grid:
        """The cell, as fractions, in p or in powers of e; a(L) in powers of e, decimals where nothing else shows it.

        Where a quotient is wider than `width` softmax's denominator is called D.
        """
        if cell.name == CellName(Kind.A, self.solution.problem.depth) and self.solution.outputs:
            rows = zip(self.outputs(width), cell.rows(), strict=True)
            return tuple((quotient or self.decimal(entry.value),) for quotient, (entry,) in rows)
        return tuple(tuple(self._entry(entry.form, entry.value) for entry in row) for row in cell.rows())

    def decimals(self, cell: Cell) -> Grid:
        """The cell in decimals."""
        return tuple(tuple(self.decimal(entry.value) for entry in row) for row in cell.rows())

    def outputs(self, width: float) -> tuple[Entry, ...]:
        """p_1, p_2, ... in powers of e, over D where that is shorter; an empty entry where only decimals show one."""
        if self.denominator(width):
            quotients = [LATEX.quotient(LATEX.power_of_e(s), "D") for s in softmax_logits(self.solution)]
            return tuple((Formula.of(rf"\displaystyle {one}"),) for one in quotients)
        return self._whole_outputs()

    def denominator(self, width: float) -> Entry:
        """The sum that D stands for, term by term, where softmax's quotients are wider than `width`; else nothing."""
        logits = softmax_logits(self.solution)
        if not logits or all(total(quotient).width <= width for quotient in self._whole_outputs()):
            return ()
        powers = [LATEX.power_of_e(s) for s in logits]
        return tuple(Formula.of(power if place == 0 else f"+ {power}") for place, power in enumerate(powers))

    def _whole_outputs(self) -> tuple[Entry, ...]:
        quotients = outputs_in_exponentials(self.solution, LATEX)
        return tuple((Formula.of(rf"\displaystyle {one}"),) if one else () for one in quotients)

    def of(self, values: Array) -> Grid:
        """An array of fractions or of forms in p, a vector as a column."""
        rows = values.reshape(len(values), -1)
        return tuple(tuple(self.number(value) for value in row) for row in rows)

    def number(self, value: Any) -> Entry:
        """A fraction, a number or a form in p."""
        outputs = self.solution.outputs
        form = value if isinstance(value, Affine) else Affine(value, (Fraction(0),) * len(outputs))
        return self._entry(form, Number.of(form.value(outputs)))

    def _entry(self, form: Affine, value: Number) -> Entry:
        return tuple(map(Formula.of, terms_in_outputs(form, value, LATEX))) or self.decimal(value)

    def decimal(self, value: Number) -> Entry:
        """The number in decimals; `?` where no enclosure tells it from 0."""
        shown = decimal_or_none(value, self.digits)
        if shown is None:
            return (Formula.of("?", is_rounded=True),)
        is_rounded = value.as_fraction() != Fraction(shown)
        return (Formula.of(decimal_number(shown, LATEX), is_rounded=is_rounded),)


def has_decimals(cell: Cell) -> bool:
    """Whether decimals say more than the exact numbers do: whether there is one that is not whole."""
    fractions = [entry.value.as_fraction() for entry in cell.entries]
    return any(fraction is None or fraction.denominator != 1 for fraction in fractions)


def is_irrational(cell: Cell) -> bool:
    """Whether an entry of the cell is irrational."""
    return any(entry.value.as_fraction() is None for entry in cell.entries)


def is_exact(grid: Grid) -> bool:
    """Whether no entry of the grid is rounded."""
    return not any(term.is_rounded for row in grid for entry in row for term in entry)


def blank(cell: Cell, width: float) -> Grid:
    """A line to write on for each entry of the cell, all of them within the width if they can be."""
    room = min(MOST_ROOM, max(LEAST_ROOM, (width - BRACKETS) / cell.shape[1] - COLUMN_SEPARATION))
    line = Formula(rf"\rule{{0pt}}{{3.4ex}}\underline{{\hspace{{{room:.1f}em}}}}", room, 1.9)
    return tuple(tuple((line,) for _ in row) for row in cell.rows())


def name_of(cell: CellName) -> Formula:
    """The cell's name."""
    return Formula(LATEX.cell(cell), 3.2 if cell.is_update else 1.8)
