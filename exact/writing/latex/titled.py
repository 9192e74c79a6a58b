"""A problem as it is put on paper: its title, its solution, and the cells and entries that are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from exact.calculation.needed import leading_to
from exact.calculation.quantity import Calculation, Quantity
from exact.calculation.solution import Cell, Entry, Solution
from exact.numbers.decimals import ends
from exact.writing.latex.formula import Paper
from exact.writing.letters import Written

Places = tuple[int, ...]
"""Places of entries in a cell, row by row from 0."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A cell, and the places of those of its entries that are asked for; `names` are those of the entries, as LaTeX."""

    cell: Cell
    places: Places
    names: tuple[str, ...]

    @property
    def quantity(self) -> Quantity:
        """What the cell is."""
        return self.cell.quantity

    @property
    def is_whole(self) -> bool:
        """Whether all entries are asked for, so that they stand together."""
        return len(self.places) == len(self.cell.entries)

    def entries(self) -> Iterator[tuple[str, Entry]]:
        """The entries that are asked for, each with its name."""
        for place, name in zip(self.places, self.names, strict=True):
            yield name, self.cell.entries[place]


class Picture(Protocol):
    """Draws a problem's calculation."""

    def __call__(self, titled: Titled, kind: str, known: frozenset[str] | None = None, /) -> str:
        """As "tikz" or "svg"; with the numbers of these quantities alone, of all where none are named."""


@dataclass(frozen=True, slots=True)
class Titled:
    """One problem of an assignment.

    `prefix`: its id, "" where there is but one. `cells`: the canonical names of the cells that are asked for, each with
    the places of its entries, in the order of the calculation; the usual ones where none are named. `statement` tells
    the problem, in as many words as its network needs; "" for a solution alone. `in_decimals`: numbers are shown as
    people write them who work in decimals (`exact.writing.latex.grids.Grids`). `picture` draws the calculation, ""
    where there is nothing to draw. `formulas`, where some of what is given
    are letters: the entries that are asked for, in letters, which stand in the place of numbers; `steps` likewise are
    all that they are worked out from, and themselves.
    """

    prefix: str
    solution: Solution
    cells: tuple[tuple[str, Places], ...] = ()
    statement: Callable[[Titled, Paper], str] = lambda _, __: ""
    in_decimals: bool = False
    picture: Picture = lambda _, __, ___=None: ""
    formulas: tuple[Written, ...] = ()
    steps: tuple[Written, ...] = ()

    @property
    def asked(self) -> tuple[Asked, ...]:
        """The cells that are asked for; of tied numbers each but once."""
        solution = self.solution
        doubled = solution.calculation.doubled
        if self.cells:
            return tuple(asked_of(solution, solution.cell(name), places) for name, places in self.cells)
        return tuple(
            asked_of(solution, cell, tuple(i for i in range(len(cell.entries)) if (cell.name, i) not in doubled))
            for cell in solution.cells
        )

    @property
    def needed(self) -> frozenset[str]:
        """What is asked for, and all that it is worked out from, by name; given numbers, too."""
        asked = frozenset(one.quantity.name for one in self.asked)
        return asked.union(*(one.of.values() for one in leading_to(self.solution.calculation.quantities, asked)))


def asked_of(solution: Solution, cell: Cell, places: Places) -> Asked:
    """The entries at these places."""
    names = tuple(solution.calculation.latex_of_entry(cell.name, place) for place in places)
    return Asked(cell, places, names)


def has_decimals(calculation: Calculation) -> bool:
    """Whether all that is given ends as a decimal, and some of it is nothing that one writes as a fraction."""
    denominators = {x.denominator for values in calculation.given.values() for x in values}
    return any(number % 5 == 0 for number in denominators) and all(map(ends, denominators))
