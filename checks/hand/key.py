"""The key of a hand problem, entry by entry, as answers are judged by it and as it is shown."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce

from checks.assignment.asked import Asked
from checks.assignment.letter_scope import LetterScope
from checks.assignment.parts import HandPart
from checks.hand.letter_key import LetterKey, has_letters
from checks.hand.memory import HandMemory
from checks.hand.right_cells import RightCells
from checks.judging.clauses import Key
from exact.calculation.quantity import Calculation, Quantity
from exact.calculation.solution import Solution
from exact.letters.constants import number_of
from exact.letters.symbolic import Symbolic
from exact.numbers.array import Array
from exact.numbers.decimals import DECIMAL_DIGITS
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.number import Number, larger
from exact.writing.entries import decimal_or_none, in_exponentials, in_outputs
from exact.writing.notation import TEXT

ALIKE = 2_000
"""Bits at which a number that stands in for letters would show."""


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """The key of one entry, as it is judged and as it is shown.

    `name` as in reports, `cell` the canonical one, `place` in its cell, row by row from 0; `expected` in the answer
    language, `form` in the p's throughout; decimals where there is no exact way to write it. All three are None for a
    number that cannot be told from 0. `formula`: in a part with letters, the entry as an expression; where it has
    letters its decimal is None, and nothing is held against `key`.
    """

    name: str
    cell: str
    place: int
    key: Key
    expected: str | None
    form: str | None
    decimal: str | None
    points: Fraction
    formula: Symbolic | None = None

    @property
    def is_enclosed(self) -> bool:
        """Whether decimals alone can show it: it is known to every digit asked, not in closed form."""
        if self.formula is not None or self.decimal is None or self.form != self.decimal:
            return False
        return self.is_irrational and not self.key.value.is_algebraic()

    @property
    def is_irrational(self) -> bool:
        """Whether no decimal can be exact."""
        return self.key.value.as_fraction() is None


@dataclass(frozen=True, slots=True)
class KeyCell:
    """The key of one cell: what it is called in reports, all its entries row by row, and the places asked for."""

    quantity: Quantity
    name: str
    every: tuple[KeyEntry, ...]
    places: tuple[int, ...]

    @property
    def entries(self) -> tuple[KeyEntry, ...]:
        """The entries that are asked for."""
        return self.every if self.is_whole else tuple(self.every[place] for place in self.places)

    @property
    def is_whole(self) -> bool:
        """Whether all entries are asked for."""
        return len(self.places) == len(self.every)

    @property
    def is_one_number(self) -> bool:
        """Whether it is written as a number, without brackets: it is one, or its one entry bears its name."""
        return self.quantity.is_number or (len(self.every) == 1 and self.every[0].name == self.name)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns on the sheet."""
        return self.quantity.sheet_shape


@dataclass(frozen=True, slots=True)
class HandReference:
    """One hand problem, solved; only the cells that are asked for. `letters` is its key where it has letters.

    `enclosed` names the entries that decimals alone can show. `memory` holds what was found of sheets that were checked
    against it, `right` its cells as arrays.
    """

    part: HandPart
    solution: Solution
    cells: tuple[KeyCell, ...]
    right: RightCells = field(compare=False, repr=False)
    letters: LetterKey | None = None
    enclosed: frozenset[str] = frozenset()
    memory: HandMemory = field(default_factory=HandMemory, compare=False, repr=False)

    def stands_together(self, cell: KeyCell) -> bool:
        """Whether the cell is shown as one: asked for as a whole, and its entries without names of their own."""
        return cell.is_whole and cell.quantity.name not in self.solution.calculation.singly


def hand_reference(part: HandPart, digits: int = DECIMAL_DIGITS) -> HandReference:
    """Solves the problem and writes down its key, decimals to so many significant digits."""
    solution = Solution(part.naming.calculation)
    letters = None if part.letters is None else LetterKey(part, LetterScope(part.naming, part.letters))
    if letters is not None:
        cells = tuple(_letter_cell(letters, solution, asked, digits) for asked in part.cells)
    else:
        cells = tuple(_key_cell(part, solution, asked, digits) for asked in part.cells)
    enclosed = frozenset(entry.name for cell in cells for entry in cell.entries if entry.is_enclosed)
    return HandReference(part, solution, cells, right_cells(solution.calculation, cells), letters, enclosed)


def right_cells(calculation: Calculation, cells: tuple[KeyCell, ...]) -> RightCells:
    """The key's cells in a calculation with the same cells, whatever its given numbers."""

    def keys() -> dict[str, Array]:
        values = {cell.quantity.name: [entry.key.value.settled() for entry in cell.every] for cell in cells}
        return {name: Array(entries, calculation.shape_of(name)) for name, entries in values.items()}

    return RightCells(calculation, keys)


def _key_cell(part: HandPart, solution: Solution, asked: Asked, digits: int) -> KeyCell:
    quantity = asked.quantity
    cell = solution.cell(quantity.name)
    largest = reduce(larger, (Number.of(abs(entry.value)) for entry in cell.entries))
    entries = []
    for place, entry in enumerate(cell.entries):
        shown = decimal_or_none(entry.value, digits)
        entries.append(
            KeyEntry(
                part.entry_name(quantity.name, place),
                entry.name,
                place,
                Key(entry.value, entry.size, largest, exact_only=quantity.is_exact_only),
                in_exponentials(entry, quantity, solution, TEXT) or shown,
                in_outputs(entry, TEXT) or shown,
                shown,
                part.points.get((quantity.name, place), Fraction(0)),
            )
        )
    return KeyCell(quantity, part.cell_name(quantity.name), tuple(entries), asked.places)


def _letter_cell(letters: LetterKey, solution: Solution, asked: Asked, digits: int) -> KeyCell:
    """A cell of a part with letters; entries that have none are numbers as elsewhere."""
    quantity, part = asked.quantity, letters.part
    values = letters.values(quantity)
    entries = []
    for one in letters.written(quantity, range(quantity.size)):
        value = values[one.place]
        key, shown = Key(Number.of(0)), None
        if not has_letters(value):
            key = _key_of_number(value, solution, quantity, one.place)
            shown = decimal_or_none(key.value, digits)
        points = part.points.get((quantity.name, one.place), Fraction(0))
        cell = quantity.entry(one.place)
        entries.append(KeyEntry(one.name, cell, one.place, key, one.text, one.text, shown, points, value))
    return KeyCell(quantity, part.cell_name(quantity.name), tuple(entries), asked.places)


def _key_of_number(value: Symbolic, solution: Solution, quantity: Quantity, place: int) -> Key:
    """The key of an entry of a part with letters that has none.

    Where it is worked out from numbers alone the calculation with stand-ins for letters tells the size of its terms;
    where letters fell out on the way, its numbers mean nothing.
    """
    number = number_of(value)
    with suppress(ZeroDivisionError, TooLarge, Undecided):
        entry = solution.cell(quantity.name).entries[place]
        if entry.value.enclosure(ALIKE).overlaps(number.enclosure(ALIKE)):
            return Key(number, entry.size, exact_only=quantity.is_exact_only)
    return Key(number, Number.of(abs(number)), exact_only=quantity.is_exact_only)
