"""What an assignment calls its cells, and what each is worked out from: all that the reader knows of an assignment.

Here alone the reader meets the assignment's calculation. The key is not in it: a cell is only ever worked out from what
is given and from the student's own earlier cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from checks.answers.names import Vocabulary
from checks.assignment.parts import HandPart
from exact.calculation.inputs import Inputs, worked_out
from exact.calculation.quantity import Quantity, index_of, place_of
from exact.calculation.readings import sizes
from exact.numbers.array import Array
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.number import Number
from exact.numbers.unknown import UNKNOWN, is_known

WITNESS_BITS = 160
"""The precision of numbers that witness a reading; no verdict rests on them."""


class Kind(Enum):
    """What the usual letters of networks stand for."""

    S = "pre-activations"
    A = "activations"
    DA = "slopes"
    DELTA = "deltas"
    W_NEW = "updated weights"
    B_NEW = "updated biases"
    COST = "cost"


_KINDS = {
    "pre-activation": Kind.S,
    "activation": Kind.A,
    "output": Kind.A,
    "derivative": Kind.DA,
    "output-delta": Kind.DELTA,
    "squared-output-delta": Kind.DELTA,
    "hidden-delta": Kind.DELTA,
    "weights-update": Kind.W_NEW,
    "biases-update": Kind.B_NEW,
    "cost": Kind.COST,
}
"""The kinds by the names of their steps."""


@dataclass(frozen=True, slots=True)
class KnownCell:
    """A cell that an answer may be for: its kind where it has one, its layer from 1, its shape (rows, columns).

    `places` are those of the entries that are asked for.
    """

    name: str
    kind: Kind | None
    layer: int
    shape: tuple[int, int]
    is_vector: bool
    places: frozenset[int]


@dataclass(frozen=True, slots=True)
class Step:
    """A cell worked out again: approximate values and sizes (sums of |terms|), None where an input is not known."""

    values: tuple[Fraction | None, ...]
    sizes: tuple[Fraction | None, ...]


Own = Mapping[str, tuple[Fraction | None, ...]]
"""The student's own cells by their canonical names, as far as they are read, None where they are not."""


@dataclass(frozen=True)
class KnownPart:
    """One hand problem as the reader knows it: its cells in the order of the calculation, and what is given."""

    part: HandPart

    @cached_property
    def cells(self) -> Mapping[str, KnownCell]:
        """The cells that are asked for, by their canonical names."""
        return {asked.quantity.name: _cell(asked.quantity, frozenset(asked.places)) for asked in self.part.cells}

    @cached_property
    def depth(self) -> int:
        """The number of layers, 0 where the calculation is of no network."""
        return max((one.layer for one in self.part.naming.calculation.quantities), default=0)

    @property
    def outputs(self) -> str:
        """The cell whose values are called p_1, p_2, ...; "" where there is none."""
        outputs = self.part.naming.calculation.outputs
        return outputs.name if outputs else ""

    @cached_property
    def _by_kind(self) -> Mapping[tuple[Kind, int], str]:
        """The one quantity of each kind and layer; where there are several none of them is meant by a letter."""
        found: dict[tuple[Kind, int], list[str]] = {}
        calculation = self.part.naming.calculation
        for quantity in calculation.cells:
            kind = _KINDS.get(quantity.step.name)
            if kind is Kind.COST and quantity.name == calculation.cost:
                found[kind, 0] = [quantity.name]
            elif kind is not None and kind is not Kind.COST:
                found.setdefault((kind, quantity.layer), []).append(quantity.name)
        return {key: names[0] for key, names in found.items() if len(names) == 1}

    def cell_of(self, kind: Kind, layer: int = 0) -> str:
        """The cell of that kind and layer; "" where there is none, or more than one, or it is not asked for."""
        name = self._by_kind.get((kind, layer), "")
        return name if name in self.cells else ""

    @property
    def has_own_names(self) -> bool:
        """Whether the course calls anything otherwise, or its calculation is of no network.

        Then the usual letters mean nothing, only its own names and the canonical ones do.
        """
        naming = self.part.naming
        return naming.is_own or naming.is_own_throughout or self.part.problem is None

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary({"": self.part.naming})

    def called(self, text: str) -> tuple[str, int | None] | None:
        """The cell that a text is a name of, and the place of an entry, None for the whole; None where it is none."""
        name = self._vocabulary.read_name(text)
        if name is None or name.cell not in self.cells:
            return None
        shape = self.part.naming.calculation.shape_of(name.cell)
        if not name.index:
            return name.cell, None
        place = place_of(shape, name.index)
        return None if place is None else (name.cell, place)

    def is_error(self, name: str) -> bool:
        """Whether the cell is a gradient of the other sign."""
        return self.part.naming.calculation.by_name[name].is_error

    @property
    def vectors_are_rows(self) -> bool:
        """Whether the course writes vectors as rows."""
        return self.part.naming.calculation.vectors_are_rows

    def first_step(self) -> Step:
        """The first layer's pre-activations, from what is given alone; nothing where there are none."""
        name = self._by_kind.get((Kind.S, 1), "")
        return self.step(name, {}) if name else Step((), ())

    def given(self, name: str) -> tuple[tuple[Fraction, ...], ...]:
        """The rows of what the assignment gives, by its canonical name; a vector is a column. () for what it does not.

        The names are x, y, eta, W1, b1, ...
        """
        values = self.part.naming.calculation.given.get(name)
        return values.rows() if values is not None else ()

    def step(self, name: str, own: Own) -> Step:
        """The cell from the student's own earlier cells alone; what they do not hold is not known.

        What is not asked for, and slopes that the student did not write down, are worked out from the own cells.
        """
        calculation = self.part.naming.calculation

        @cache
        def value(source: str) -> Array:
            quantity = calculation.by_name[source]
            if source in own:
                return Array([UNKNOWN if x is None else x for x in own[source]], quantity.shape)
            if source in self.cells and self.cells[source].kind is not Kind.DA:
                return Array([UNKNOWN] * quantity.size, quantity.shape)
            return worked_out(Inputs(calculation, quantity, value))

        quantity = calculation.by_name[name]
        inputs = Inputs(calculation, quantity, value)
        try:
            return Step(_approximate(worked_out(inputs)), _approximate(sizes(inputs)))
        except (TooLarge, Undecided, ZeroDivisionError):
            nothing = (None,) * quantity.size
            return Step(nothing, nothing)

    def shape(self, name: str) -> tuple[int, int]:
        """Rows and columns of a cell."""
        return self.cells[name].shape

    def sources(self, name: str) -> tuple[str, ...]:
        """The cells that the cell's own step works on, through those that are not asked for."""
        by_name = self.part.naming.calculation.by_name
        found: dict[str, None] = {}
        waiting = [*by_name[name].of.values()]
        for source in waiting:  # grows as it goes
            if source in by_name and source not in found:
                found[source] = None
                waiting += [] if source in self.cells else by_name[source].of.values()
        return tuple(source for source in found if source in self.cells)

    def index(self, name: str, place: int) -> tuple[int, ...]:
        """The one-based index of an entry, from its place row by row; () for a cell that is one number."""
        return index_of(self.part.naming.calculation.shape_of(name), place)


def _cell(quantity: Quantity, places: frozenset[int]) -> KnownCell:
    kind = _KINDS.get(quantity.step.name)
    return KnownCell(quantity.name, kind, quantity.layer, quantity.sheet_shape, not quantity.is_matrix, places)


def _approximate(values: Array) -> tuple[Fraction | None, ...]:
    return tuple(approximate(value) if is_known(value) else None for value in values)


def approximate(value: Any) -> Fraction | None:
    """The number (a fraction or `Number`) to some 48 digits; None where no enclosure is finite."""
    if not isinstance(value, Number):
        return Fraction(value)
    ball = value.enclosure(WITNESS_BITS)
    if not ball.is_finite():
        return None
    mantissa, exponent = (int(part) for part in ball.mid().man_exp())
    return mantissa * Fraction(2) ** exponent if abs(exponent) < 100_000 else Fraction(0)
