"""What stands in the tables: a cell, or a single entry, with its name, its exact value and its decimals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import inf

from exact.calculation.quantity import Calculation, Quantity
from exact.calculation.solution import Entry
from exact.writing.latex.formula import (
    ABOUT,
    EMPTY,
    Formula,
    Grid,
    Paper,
    is_by_entry,
    laid_out,
    related,
    shown,
    stacked,
)
from exact.writing.latex.grids import Grids, blank, has_decimals, is_exact, is_irrational
from exact.writing.latex.titled import Asked

QUOTIENT_SHARE = 0.45
"""The share of a line up to which softmax's quotients are written with their whole denominator."""

ROOM = 0.85
"""The share of a line that blanks may fill: theirs is no estimate, which would rather be too large."""

NAME = 5.0
"""Room for the name of a cell, in em."""

UNBOUNDED = Paper(inf, inf)

Lines = tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """Its name, its exact entries, and its decimals where they say more; `is_number`: it is one number, no matrix.

    `first` is the number of the first index.
    """

    name: Formula
    exact: Grid
    decimals: Grid | None = None
    is_number: bool = False
    first: int = 1

    def shown(self, grid: Grid, row_break: str = "") -> Formula:
        """One of its grids as one formula."""
        return shown(grid, row_break, is_number=self.is_number)

    @property
    def exact_side(self) -> Formula:
        """The exact entries; where some are rounded, with a sign that says so."""
        exact = self.shown(self.exact)
        return ABOUT + exact if exact.is_rounded else exact

    def beside(self, head: Formula = EMPTY) -> Formula:
        """The exact entries, and the decimals beside them; behind a head if there is one."""
        return total_of(self._sides(head))

    def below(self, head: Formula = EMPTY) -> Formula:
        """The exact entries, and the decimals below them."""
        return stacked(tuple(self._sides(head)))

    def _sides(self, head: Formula) -> Iterator[Formula]:
        exact = self.shown(self.exact)
        yield head + exact.sign + exact if head.latex else self.exact_side
        if self.decimals is not None:
            decimals = self.shown(self.decimals)
            yield decimals.sign + decimals

    def laid_out(self, width: float) -> Lines:
        """The exact entries in lines of the width."""
        return laid_out(self.name, self.exact, width, is_number=self.is_number, first=self.first)

    def lines(self, width: float) -> Lines:
        """`name = exact`, and below it the decimals, in as many lines as they need."""
        exact = related(self.name, self.exact, width, is_number=self.is_number, first=self.first)
        return (*exact, *self._decimals_below(exact, width))

    def lines_without_name(self, width: float) -> Lines:
        """The exact entries, and below them the decimals."""
        found = self.laid_out(width - ABOUT.width)
        exact = (ABOUT + found[0], *found[1:]) if found[0].is_rounded and not is_by_entry(found) else found
        return (*exact, *self._decimals_below(exact, width))

    def _decimals_below(self, exact: Lines, width: float) -> Lines:
        if self.decimals is None:
            return ()
        head = self.name if is_by_entry(exact) else EMPTY
        return related(head, self.decimals, width, is_number=self.is_number, first=self.first)


def total_of(sides: Iterable[Formula]) -> Formula:
    """Sides beside each other."""
    result = EMPTY
    for side in sides:
        result += side
    return result


def items(asked: Iterable[Asked], grids: Grids, paper: Paper = UNBOUNDED) -> list[Item]:
    """What is asked for, filled in."""
    return [item for one in asked for item in filled_in(one, grids, paper)]


def filled_in(asked: Asked, grids: Grids, paper: Paper = UNBOUNDED) -> Iterator[Item]:
    """The cell, or where not all of it is asked for, or each entry has a name of its own, its entries one by one."""
    cell, quantity = asked.cell, asked.quantity
    exact, decimals = grids.exact(cell, paper.line * QUOTIENT_SHARE), grids.decimals(cell)

    def item(name: Formula, grid: Grid, rounded: Grid, entries: tuple[Entry, ...], *, is_number: bool) -> Item:
        is_plain = quantity.place.is_grid and quantity.place.row != _last_row(grids) and not is_irrational(entries)
        says_more = has_decimals(entries) and not is_plain and is_exact(grid) and not grids.in_decimals
        return Item(name, grid, rounded if says_more else None, is_number, grids.solution.calculation.first)

    if stands_together(asked, grids.solution.calculation):
        yield item(name_of(quantity), exact, decimals, cell.entries, is_number=is_one_number(asked))
        return
    columns = cell.shape[1]
    for place, (name, entry) in zip(asked.places, asked.entries(), strict=True):
        i, j = divmod(place, columns)
        yield item(Formula.name(name), ((exact[i][j],),), ((decimals[i][j],),), (entry,), is_number=True)


def blanks(asked: Asked, grids: Grids, width: float) -> Iterator[Item]:
    """The same, to be filled in by hand."""
    calculation = grids.solution.calculation
    if stands_together(asked, calculation):
        empty = blank(asked.cell.shape, width)
        yield Item(name_of(asked.quantity), empty, is_number=is_one_number(asked), first=calculation.first)
        return
    for name in asked.names:
        yield Item(Formula.name(name), blank((1, 1), width), is_number=True)


def stands_together(asked: Asked, calculation: Calculation) -> bool:
    """Whether the cell is shown as one: asked for as a whole, and its entries without names of their own."""
    return asked.is_whole and asked.quantity.name not in calculation.singly


def is_one_number(asked: Asked) -> bool:
    """Whether the cell is written as a number, without brackets: it is one, or its one entry bears its name."""
    return asked.quantity.is_number or asked.names == (asked.quantity.latex,)


def name_of(quantity: Quantity) -> Formula:
    """The cell's name."""
    return Formula.name(quantity.latex)


def _last_row(grids: Grids) -> str:
    """The row of the last layer."""
    return next((one.place.row for one in reversed(grids.solution.calculation.cells) if one.place.is_grid), "")
