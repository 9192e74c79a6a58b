"""The key of a hand problem, entry by entry, as answers are judged by it and as it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from checks.assignment.assignment import BackpropPart
from checks.judging.judge import Key
from exact.networks.cells import CellName, Kind
from exact.networks.solution import Cell, Solution, solve
from exact.numbers.decimals import DECIMAL_DIGITS
from exact.numbers.number import Number, larger
from exact.writing.entries import decimal_or_none, in_exponentials, in_outputs
from exact.writing.notation import TEXT


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """The key of one entry, as it is judged and as it is shown.

    `name` as in reports; `expected` in the answer language, `form` in the p's throughout; decimals where there is no
    exact way to write it. All are None for a number that cannot be told from 0.
    """

    name: str
    key: Key
    expected: str | None
    form: str | None
    decimal: str | None
    points: Fraction

    @property
    def is_irrational(self) -> bool:
        """Whether no decimal can be exact."""
        return self.key.value.as_fraction() is None


@dataclass(frozen=True, slots=True)
class KeyCell:
    """The key of one cell: its shape, and its entries row by row."""

    name: CellName
    shape: tuple[int, int]
    entries: tuple[KeyEntry, ...]


@dataclass(frozen=True, slots=True)
class BackpropReference:
    """One hand problem, solved; only the cells that are asked for."""

    part: BackpropPart
    solution: Solution
    cells: tuple[KeyCell, ...]


def backprop_reference(part: BackpropPart, digits: int = DECIMAL_DIGITS) -> BackpropReference:
    """Solves the problem and writes down its key, decimals to so many significant digits."""
    solution = solve(part.problem)
    asked = [cell for cell in solution.with_cost() if cell.name in part.cells]
    cells = tuple(_key_cell(part, solution, cell, digits) for cell in asked)
    return BackpropReference(part, solution, cells)


def _key_cell(part: BackpropPart, solution: Solution, cell: Cell, digits: int) -> KeyCell:
    largest = reduce(larger, (Number.of(abs(entry.value)) for entry in cell.entries))
    exact_only = cell.name.kind is Kind.DA and part.problem.hidden.is_linear
    entries = []
    for entry in cell.entries:
        shown = decimal_or_none(entry.value, digits)
        entries.append(
            KeyEntry(
                part.name(entry.name),
                Key(entry.value, entry.size, largest, exact_only=exact_only),
                in_exponentials(entry, cell.name, solution, TEXT) or shown,
                in_outputs(entry, TEXT) or shown,
                shown,
                part.points[cell.name],
            )
        )
    return KeyCell(cell.name, cell.shape, tuple(entries))
