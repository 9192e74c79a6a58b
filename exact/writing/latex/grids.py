"""The numbers of a solution as grids of formulas: exact, in decimals, or blank to be filled in by hand."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Any

from exact.calculation.solution import Cell, Entry, Solution
from exact.numbers.affine import Affine
from exact.numbers.array import Array
from exact.numbers.number import Number
from exact.writing import entries
from exact.writing.entries import decimal_or_none, outputs_in_exponentials, softmax_logits, terms_in_outputs
from exact.writing.latex.formula import BRACKETS, COLUMN_SEPARATION, Formula, Grid, total
from exact.writing.latex.formula import Entry as Terms
from exact.writing.notation import LATEX, decimal_number

LEAST_ROOM, MOST_ROOM = 2.0, 7.0
"""Room to write a number in by hand, in em."""


@dataclass(frozen=True, slots=True)
class Grids:
    """How a solution's numbers are shown, decimals to so many significant digits.

    `in_decimals`: as people work who do so in decimals: nothing is written as a fraction, in p or in powers of e but
    the outputs, as they come from their definition.
    """

    solution: Solution
    digits: int
    in_decimals: bool = False

    def exact(self, cell: Cell, width: float = inf) -> Grid:
        """The cell, as fractions, in p or in powers of e; outputs in powers of e, decimals where nothing else shows it.

        Where a quotient is wider than `width` softmax's denominator is called D.
        """
        if cell.quantity.are_outputs and not self.in_decimals:
            pairs = zip(self.outputs(width), cell.entries, strict=True)
            shown = Array((quotient or self.decimal(entry.value) for quotient, entry in pairs), cell.shape)
            return shown.rows()
        return tuple(tuple(map(self.entry, row)) for row in cell.rows())

    def decimals(self, cell: Cell) -> Grid:
        """The cell in decimals."""
        return tuple(tuple(self.decimal(entry.value) for entry in row) for row in cell.rows())

    def outputs(self, width: float) -> tuple[Terms, ...]:
        """p_1, p_2, ... in powers of e, over D where that is shorter; nothing where only decimals show one."""
        if self.denominator(width):
            quotients = [LATEX.quotient(LATEX.power_of_e(s), "D") for s in softmax_logits(self.solution)]
            return tuple((Formula.of(rf"\displaystyle {quotient}"),) for quotient in quotients)
        return self._whole_outputs()

    def denominator(self, width: float) -> Terms:
        """The sum that D stands for, term by term, where softmax's quotients are wider than `width`; else nothing."""
        logits = softmax_logits(self.solution)
        if not logits or all(total(quotient).width <= width for quotient in self._whole_outputs()):
            return ()
        powers = [LATEX.power_of_e(s) for s in logits]
        return tuple(Formula.of(power if place == 0 else f"+ {power}") for place, power in enumerate(powers))

    def _whole_outputs(self) -> tuple[Terms, ...]:
        quotients = outputs_in_exponentials(self.solution, LATEX)
        return tuple((Formula.of(rf"\displaystyle {quotient}"),) if quotient else () for quotient in quotients)

    def of(self, values: Array) -> Grid:
        """An array of fractions or of forms in p; a vector as a column, or as a row where they are."""
        is_row = len(values.shape) == 1 and self.solution.calculation.vectors_are_rows
        rows = (values.entries,) if is_row else values.rows()
        return tuple(tuple(map(self.number, row)) for row in rows)

    def number(self, value: Any) -> Terms:
        """A fraction, a number or a form in p; what it stands for, where that is a letter."""
        letters = self.solution.calculation.letters
        if letters and isinstance(value, Fraction) and value in letters:
            return (Formula.name(letters[value]),)
        form = self.solution.affine(value)
        return self._shown(form, Number.of(form.value(self.solution.outputs)))

    def entry(self, entry: Entry) -> Terms:
        """An entry of the key, as `exact` has it."""
        return self._shown(entry.form, entry.value)

    def _shown(self, form: Affine, value: Number) -> Terms:
        if self.in_decimals:
            return self._in_decimals(value)
        return tuple(map(Formula.of, terms_in_outputs(form, value, LATEX))) or self.decimal(value)

    def _in_decimals(self, value: Number) -> Terms:
        """The decimal; a fraction where there is no end to it and a person would write it so."""
        fraction = value.as_fraction()
        if fraction is not None and fraction.denominator in SIMPLE:
            return (Formula.of(("-" if fraction < 0 else "") + LATEX.rational(abs(fraction))),)
        return self.decimal(value)

    def decimal(self, value: Number) -> Terms:
        """The number in decimals; `?` where no enclosure tells it from 0."""
        shown = decimal_or_none(value, self.digits)
        if shown is None:
            return (Formula.of("?", is_rounded=True),)
        is_rounded = value.as_fraction() != Fraction(shown)
        return (Formula.of(decimal_number(shown, LATEX), is_rounded=is_rounded),)


SIMPLE = frozenset((3, 6, 7, 9, 12))
"""Denominators without a decimal that ends, of fractions that stand between decimals."""


def uses_outputs(cell: Cell) -> bool:
    """Whether an entry of the cell is shown in p_1, p_2, ..."""
    return any(entries.is_in_outputs(entry.form, entry.value) for entry in cell.entries)


def has_decimals(chosen: tuple[Entry, ...]) -> bool:
    """Whether decimals say more than the exact numbers do: whether there is one that is not whole."""
    fractions = [entry.value.as_fraction() for entry in chosen]
    return any(fraction is None or fraction.denominator != 1 for fraction in fractions)


def is_irrational(chosen: tuple[Entry, ...]) -> bool:
    """Whether an entry is irrational."""
    return any(entry.value.as_fraction() is None for entry in chosen)


def is_exact(grid: Grid) -> bool:
    """Whether no entry of the grid is rounded."""
    return not any(term.is_rounded for row in grid for entry in row for term in entry)


def blank(shape: tuple[int, int], width: float) -> Grid:
    """A line to write on for each entry, all of them within the width if they can be."""
    rows, columns = shape
    room = min(MOST_ROOM, max(LEAST_ROOM, (width - BRACKETS) / columns - COLUMN_SEPARATION))
    line = Formula(rf"\rule{{0pt}}{{3.4ex}}\underline{{\hspace{{{room:.1f}em}}}}", room, 1.9)
    return (((line,),) * columns,) * rows
