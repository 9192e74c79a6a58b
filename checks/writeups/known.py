"""What an assignment calls its cells, and what each is worked out from: all that the reader knows of an assignment.

Here alone the reader meets the assignment's calculation. The key is not in it: a cell is only ever worked out from what
is given and from the student's own earlier cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

import numpy as np

from checks.assignment.assignment import BackpropPart
from exact.networks.cells import CellName, Kind
from exact.networks.problem import Problem
from exact.networks.recomputation import UNKNOWN, is_known, recomputed
from exact.networks.steps import Array, array
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.number import Number

WITNESS_BITS = 160
"""The precision of numbers that witness a reading; no verdict rests on them."""

_LETTERS = {Kind.S: "s", Kind.A: "a", Kind.DA: "a'", Kind.DELTA: "delta", Kind.W_NEW: "W", Kind.B_NEW: "b"}
"""The assignment's own letters; those of the updated parameters are the given ones'."""


class Given(Enum):
    """What an assignment gives, by the letter that it is written in."""

    X = "x"
    Y = "y"
    W = "W"
    B = "b"
    ETA = "eta"


@dataclass(frozen=True, slots=True)
class KnownCell:
    """A cell that an answer may be for: its letter in the assignment, its layer from 1, its shape (rows, columns).

    `sources` are the cells whose values its own step works on.
    """

    name: CellName
    letter: str
    shape: tuple[int, int]
    sources: tuple[CellName, ...]

    @property
    def is_vector(self) -> bool:
        """Whether its entries have one index."""
        return not self.name.is_matrix

    def entry(self, row: int, column: int) -> tuple[int, ...]:
        """The one-based index of an entry, from zero-based places; () for a cell that is one number."""
        return () if self.name.is_number else (row + 1, column + 1) if self.name.is_matrix else (row + 1,)


@dataclass(frozen=True, slots=True)
class Step:
    """A cell worked out again: approximate values and sizes (sums of |terms|), None where an input is not known."""

    values: tuple[Fraction | None, ...]
    sizes: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True)
class KnownPart:
    """One hand problem as the reader knows it: its cells in the order of the calculation, and what is given."""

    prefix: str
    depth: int
    cells: Mapping[CellName, KnownCell]
    given: Mapping[tuple[Given, int], tuple[tuple[Fraction, ...], ...]]
    problem: Problem

    def step(self, name: CellName, own: Mapping[CellName, tuple[Fraction | None, ...]]) -> Step:
        """The cell from the student's own earlier cells alone; what they do not hold is not known.

        Slopes are worked out from the own pre-activations or activations where the student did not write them down.
        """

        def value(cell: CellName) -> Array:
            if cell in own:
                return _shaped([UNKNOWN if x is None else x for x in own[cell]], cell, self.shape(cell))
            if cell.kind is Kind.DA and any(source in own for source in self.sources(cell)):
                return recomputed(self.problem, cell, value).values
            count = int(np.prod(self.shape(cell)))
            return _shaped([UNKNOWN] * count, cell, self.shape(cell))

        try:
            found = recomputed(self.problem, name, value)
        except (TooLarge, Undecided, ZeroDivisionError):
            nothing = (None,) * int(np.prod(self.shape(name)))
            return Step(nothing, nothing)
        return Step(_approximate(found.values), _approximate(found.sizes))

    def shape(self, name: CellName) -> tuple[int, int]:
        """Rows and columns of a cell, asked for or not."""
        return _shape(self.problem, name)

    def sources(self, name: CellName) -> tuple[CellName, ...]:
        """The cells that the cell's own step works on."""
        return _sources(self.problem, name)


def known_part(part: BackpropPart) -> KnownPart:
    """What the reader knows of a hand problem."""
    problem = part.problem
    cells = {
        name: KnownCell(name, _LETTERS.get(name.kind, "C"), _shape(problem, name), _sources(problem, name))
        for name in part.cells
    }
    given: dict[tuple[Given, int], tuple[tuple[Fraction, ...], ...]] = {
        (Given.X, 0): tuple((x,) for x in problem.x),
        (Given.Y, 0): tuple((y,) for y in problem.y),
        (Given.ETA, 0): ((problem.eta,),),
    }
    for l, layer in enumerate(problem.layers, start=1):  # noqa: E741  the field's letter
        given[Given.W, l] = layer.W
        given[Given.B, l] = tuple((b,) for b in layer.b)
    return KnownPart(part.prefix, problem.depth, cells, given, problem)


def _shape(problem: Problem, name: CellName) -> tuple[int, int]:
    if name.is_number:
        return 1, 1
    layer = problem.layers[name.layer - 1]
    return (len(layer.W), len(layer.W[0])) if name.is_matrix else (len(layer.b), 1)


def _sources(problem: Problem, name: CellName) -> tuple[CellName, ...]:
    """The cells that a step asks for, seen by asking it."""
    asked: dict[CellName, None] = {}

    def value(cell: CellName) -> Array:
        asked[cell] = None
        rows, columns = _shape(problem, cell)
        return _shaped([UNKNOWN] * (rows * columns), cell, (rows, columns))

    recomputed(problem, name, value)
    return tuple(asked)


def _shaped(values: list[object], name: CellName, shape: tuple[int, int]) -> Array:
    return array(values).reshape(shape) if name.is_matrix else array(values)


def _approximate(values: Array) -> tuple[Fraction | None, ...]:
    return tuple(approximate(value) if is_known(value) else None for value in values.flat)


def approximate(value: Number | Fraction | int) -> Fraction | None:
    """The number to some 48 digits; None where no enclosure is finite."""
    if not isinstance(value, Number):
        return Fraction(value)
    ball = value.enclosure(WITNESS_BITS)
    if not ball.is_finite():
        return None
    mantissa, exponent = (int(part) for part in ball.mid().man_exp())
    return mantissa * Fraction(2) ** exponent if abs(exponent) < 100_000 else Fraction(0)
