"""What an assignment calls its cells, and what each is worked out from: all that the reader knows of an assignment.

Here alone the reader meets the assignment's calculation. The key is not in it: a cell is only ever worked out from what
is given and from the student's own earlier cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property

from checks.answers.spellings import Spellings
from checks.assignment.parts import HandPart
from checks.writeups.cells import CellName, Kind, cell_named
from exact.calculation.inputs import Inputs, NotThereError, worked_out
from exact.calculation.naming import Naming
from exact.calculation.quantity import Calculation, index_of
from exact.calculation.readings import sizes
from exact.numbers.array import Array, Shape
from exact.numbers.array import ShapeError as MisfitError
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.number import Number
from exact.numbers.unknown import UNKNOWN, is_known

MATRIX = 2
"""The indices of a matrix."""

WITNESS_BITS = 160
"""The precision of numbers that witness a reading; no verdict rests on them."""


class Given(Enum):
    """What an assignment gives, by the letter that it is written in."""

    X = "x"
    Y = "y"
    W = "W"
    B = "b"
    ETA = "eta"


@dataclass(frozen=True, slots=True)
class KnownCell:
    """A cell that may stand in a document: its shape on the sheet (rows, columns), and which places are asked for.

    What is not asked for bears out what follows from it. `is_vector`: its entries have one index; `is_number`: none.
    """

    name: CellName
    shape: tuple[int, int]
    entry_shape: Shape
    places: frozenset[int]

    @property
    def is_vector(self) -> bool:
        """Whether its entries have at most one index."""
        return len(self.entry_shape) < 2

    @property
    def size(self) -> int:
        """The number of its entries."""
        return self.shape[0] * self.shape[1]

    def index(self, place: int) -> tuple[int, ...]:
        """The one-based index of the entry at a place, row by row; () for a cell that is one number."""
        return index_of(self.entry_shape, place)


@dataclass(frozen=True, slots=True)
class Step:
    """A cell worked out again: approximate values and sizes (sums of |terms|), None where an input is not known."""

    values: tuple[Fraction | None, ...]
    sizes: tuple[Fraction | None, ...]


@dataclass(frozen=True)
class KnownPart:
    """One hand problem as the reader knows it: its cells in the order of the calculation, and what is given.

    `depth` is the number of layers, 0 where there are none. `rows`: vectors are rows on the sheet.
    """

    prefix: str
    depth: int
    cells: Mapping[CellName, KnownCell]
    calculation: Calculation
    naming: Naming
    spellings: Spellings
    rows: bool

    def step(self, name: CellName, own: Mapping[CellName, tuple[Fraction | None, ...]]) -> Step:
        """The cell from the student's own earlier cells alone; what they do not hold is not known.

        Activations and slopes are worked out from the own cells before them where the student did not write them down.
        """
        by_name = {str(cell): values for cell, values in own.items()}

        def value(cell: str) -> Array:
            quantity = self.calculation.by_name[cell]
            if cell in by_name:
                return Array((UNKNOWN if x is None else x for x in by_name[cell]), quantity.shape)
            if self.kind_of(cell) in (Kind.DA, Kind.A) and any(one in by_name for one in quantity.of.values()):
                return worked_out(Inputs(self.calculation, quantity, value))
            return Array((UNKNOWN,) * quantity.size, quantity.shape)

        quantity = self.calculation.by_name[str(name)]
        inputs = Inputs(self.calculation, quantity, value)
        try:
            values, measured = worked_out(inputs), sizes(inputs)
        except (TooLarge, Undecided, ZeroDivisionError, NotThereError, MisfitError):
            return Step((None,) * quantity.size, (None,) * quantity.size)
        return Step(_approximate(values), _approximate(measured))

    def kind_of(self, cell: str) -> Kind:
        """The kind of a cell, of whatever step it is."""
        return cell_named(cell.partition("@")[0]).kind

    def first_step(self) -> Step:
        """The first layer's pre-activations, from what is given alone; nothing where there are none."""
        first = CellName(Kind.S, 1)
        return self.step(first, {}) if str(first) in self.calculation.by_name else Step((), ())

    @property
    def has_steps(self) -> bool:
        """Whether the calculation goes through several steps: a letter alone then tells none of them."""
        return any("@" in name for name in self.calculation.by_name)

    def has_weights(self, name: CellName) -> bool:
        """Whether the cell's own step has a matrix in it that is given."""
        given = [self.calculation.given.get(one) for one in self.calculation.by_name[str(name)].of.values()]
        return any(value is not None and len(value.shape) == MATRIX and min(value.shape) > 1 for value in given)

    def is_error(self, name: CellName) -> bool:
        """Whether the cell is a gradient of the other sign."""
        return self.calculation.by_name[str(name)].is_error

    def sources(self, name: CellName) -> tuple[CellName, ...]:
        """The cells that the cell's own step works on."""
        quantity = self.calculation.by_name.get(str(name))
        read = quantity.of.values() if quantity is not None else ()
        return tuple(cell_named(one) for one in read if one in self.calculation.by_name)

    def given(self, what: Given, layer: int = 0) -> tuple[tuple[Fraction, ...], ...] | None:
        """What is given, row by row; a vector as a column."""
        values = self.calculation.given.get(f"{what.value}{layer or ''}")
        return None if values is None else tuple(tuple(row) for row in values.rows())

    def find(self, text: str) -> tuple[CellName, int | None] | None:
        """The cell, or entry of it, that the assignment itself calls so; None where it has no name of its own."""
        found = self.spellings.find(text) if self.naming.is_own or self.naming.is_own_throughout else None
        if found is None or not self.is_own_name(*found):
            return None
        cell = cell_named(found[0])
        return (cell, found[1]) if cell in self.cells else None

    def is_own_name(self, cell: str, place: int | None) -> bool:
        """Whether the assignment has a name for it that is not the canonical one, but for the number of a layer.

        What layers are counted from is the document's matter: its numbers tell.
        """
        naming = self.naming
        own = naming.own_entry(cell, place) if place is not None else ""
        return bool(own) or naming.is_own_throughout or _letters(naming.cell(cell)) != _letters(cell)

    @cached_property
    def own_letters(self) -> Mapping[str, Kind]:
        """The letters that the assignment has for kinds of cells: z for s, where s1 is called z1."""
        found = {}
        for cell in self.cells:
            called = self.naming.cell(str(cell))
            letter = called.removesuffix("_new").rstrip("0123456789")
            if called != str(cell) and cell.layer and letter and letter != called.removesuffix("_new"):
                found[letter] = cell.kind
        return found

    @cached_property
    def first_layers(self) -> tuple[int | None, int | None]:
        """The numbers that the assignment has for the first layer's neurons and weights; None where it has none."""
        return self._first("s1"), self._first("W1_new") or self._first("W1")

    def _first(self, name: str) -> int | None:
        called = self.naming.cell(name).removesuffix("_new") if name in self._names else ""
        digits = called[len(called.rstrip("0123456789")) :]
        return int(digits) if digits else None

    @property
    def _names(self) -> Iterable[str]:
        return (*self.calculation.by_name, *self.calculation.given)


def known_part(part: HandPart) -> KnownPart:
    """What the reader knows of a hand problem."""
    calculation = part.naming.calculation
    asked = {one.quantity.name: frozenset(one.places) for one in part.cells}
    cells = {}
    for quantity in calculation.by_name.values():
        name = cell_named(quantity.name)
        if quantity.name in asked or cell_named(quantity.name.partition("@")[0]).kind is not Kind.OTHER:
            places = asked.get(quantity.name, frozenset())
            cells[name] = KnownCell(name, quantity.sheet_shape, quantity.shape, places)
    depth = max((cell_named(name).layer for name in calculation.by_name if cell_named(name).kind is Kind.S), default=0)
    naming = part.naming
    return KnownPart(part.prefix, depth, cells, calculation, naming, Spellings(naming), calculation.vectors_are_rows)


def _letters(name: str) -> str:
    return "".join(character for character in name if not character.isdigit())


def _approximate(values: Array) -> tuple[Fraction | None, ...]:
    return tuple(approximate(value) if is_known(value) else None for value in values)


def approximate(value: Number | Fraction | int) -> Fraction | None:
    """The number to some 48 digits; None where no enclosure is finite."""
    if not isinstance(value, Number):
        return Fraction(value)
    ball = value.enclosure(WITNESS_BITS)
    if not ball.is_finite():
        return None
    mantissa, exponent = (int(part) for part in ball.mid().man_exp())
    return mantissa * Fraction(2) ** exponent if abs(exponent) < 100_000 else Fraction(0)
