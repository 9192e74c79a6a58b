"""One submission's cells as the student has them, and what each entry of them is worked out from.

A cell that is not asked for is worked out from those before it. An entry that is missing or cannot be read is unknown,
and so is a wrong cell that is as good as 0 where the key's is not: a step on zeros is no calculation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from checks.hand.key import BackpropReference, KeyEntry
from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from checks.language.evaluate import Value
from exact.networks.cells import CellName, Kind
from exact.networks.recomputation import UNKNOWN, Recomputed, recomputed, worked_out_once
from exact.networks.steps import Array, array
from exact.numbers.number import Number

MAX_OWN_TERMS = 24
"""Powers of e in an own entry that is taken on exactly; a longer one is known by its enclosures."""

NEGLIGIBLE = Fraction(1, 1000)
"""The share of a cell's largest entry below which what stands for all of them is as good as 0."""

BOUND_BITS, LEAST_EXPONENT = 64, -20_000
"""The precision of bounds, and the power of two below which a number counts as that power."""

Place = tuple[CellName, int]
"""An entry: its cell, and its place there, row by row from 0."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry of the key with what was found of it.

    `value` is the answer's, None where there is none; `is_short`: it is the key, rounded to too few digits.
    """

    entry: KeyEntry
    finding: Finding
    value: Value | None
    is_short: bool = False


class OwnCells:
    """The cells of one submission."""

    def __init__(self, reference: BackpropReference, judged: dict[CellName, list[Judged]]) -> None:
        self.reference, self.judged = reference, judged
        self.problem = reference.part.problem
        self.cells = {cell.name: cell for cell in reference.cells}
        self.given: dict[CellName, Array] = {}
        self.again: dict[CellName, Recomputed] = {}

    @cached_property
    def right(self) -> Callable[[CellName], Array]:
        """Any cell as it should be; what is not asked for is worked out from the key."""
        keys = {
            name: self.shaped(name, [entry.key.value.settled() for entry in cell.entries])
            for name, cell in self.cells.items()
        }
        return worked_out_once(self.problem, keys)

    def step(self, name: CellName) -> Recomputed:
        """The cell by its own step, from the student's own cells."""
        if name not in self.again:
            self.again[name] = recomputed(self.problem, name, self.own)
        return self.again[name]

    def own(self, name: CellName) -> Array:
        """The cell as the student has it; worked out where it was not asked for."""
        if name not in self.given:
            self.given[name] = self.stated(name) if name in self.cells else self.step(name).values
        return self.given[name]

    def stated(self, name: CellName) -> Array:
        """The cell as the student wrote it."""
        values = [_own_number(one) for one in self.judged[name]]
        is_wrong = any(one.finding.verdict is Verdict.WRONG for one in self.judged[name])
        if is_wrong and all(map(_is_negligible, self.judged[name])):
            values = [UNKNOWN] * len(values)
        return self.shaped(name, values)

    def shaped(self, name: CellName, values: list[Any]) -> Array:
        """The cell's entries, row by row, as its array."""
        return array(values).reshape(self.cells[name].shape) if name.is_matrix else array(values)

    def sources(self, place: Place) -> list[Place]:
        """The entries that were asked for and that the entry's step works on, through cells that were not."""
        found: dict[Place, bool] = {}  # whether it was asked for
        steps = [place]
        for step in steps:  # grows as it goes
            for source in self.inputs(*step):
                if source not in found:
                    found[source] = source[0] in self.cells
                    steps += [] if found[source] else [source]
        return [source for source, is_asked_for in found.items() if is_asked_for]

    def inputs(self, name: CellName, place: int) -> Iterator[Place]:
        """The entries that an entry's step works on."""
        l, last = name.layer, self.problem.depth  # noqa: E741  the field's letter
        units = [len(self.problem.x), *(len(layer.b) for layer in self.problem.layers)]
        match name.kind:
            case Kind.S if l > 1:
                yield from _all(CellName(Kind.A, l - 1), units[l - 1])
            case Kind.A if l == last:
                yield from _all(CellName(Kind.S, l), units[l])
            case Kind.DA if not self.problem.hidden.is_linear:
                yield CellName(Kind.A, l), place
            case Kind.A | Kind.DA:
                yield CellName(Kind.S, l), place
            case Kind.DELTA if l == last:
                yield CellName(Kind.A, l), place
            case Kind.DELTA:
                yield CellName(Kind.DA, l), place
                yield from _all(CellName(Kind.DELTA, l + 1), units[l + 1])
            case Kind.W_NEW:
                row, column = divmod(place, units[l - 1])
                yield CellName(Kind.DELTA, l), row
                if l > 1:
                    yield CellName(Kind.A, l - 1), column
            case Kind.B_NEW:
                yield CellName(Kind.DELTA, l), place
            case Kind.COST:
                yield from _all(CellName(Kind.A, last), units[last])


@dataclass(frozen=True, slots=True)
class _Enclosed:
    """A number of which nothing is used but its enclosures; an `exact.numbers.arithmetics.Known`."""

    value: Value
    exact: None = None

    def tower(self, *, symbolic: bool = False) -> None:
        """None: not known."""

    def antilogarithm(self, *, symbolic: bool = False) -> None:
        """None: not known."""

    def enclosure(self, precision: int) -> Any:
        """A ball that holds the value."""
        return self.value.enclosure(precision)


def _own_number(one: Judged) -> Any:
    if one.value is None:
        return UNKNOWN
    exact = one.value.exact
    if exact is None or len(exact) > MAX_OWN_TERMS:
        return Number.of(_Enclosed(one.value))
    return Number.of(exact).settled()


def _is_negligible(one: Judged) -> bool:
    """Whether the answer, if there is one, is as good as 0 beside the largest entry of its cell in the key."""
    largest = one.entry.key.largest
    if one.value is None or largest is None:
        return False
    return bool(upper_bound(one.value) <= NEGLIGIBLE * upper_bound(largest))


def upper_bound(number: Value | Number) -> Fraction:
    """A rational number not below the size of the number, and hardly above it; where no enclosure tells, a huge one."""
    ball = number.enclosure(BOUND_BITS)
    if not ball.is_finite():
        return Fraction(10) ** 400
    mantissa, exponent = (int(part) for part in ball.abs_upper().man_exp())
    if exponent < LEAST_EXPONENT:
        return Fraction(2) ** LEAST_EXPONENT * (mantissa != 0)
    return mantissa * Fraction(2) ** exponent


def _all(name: CellName, entries: int) -> Iterator[Place]:
    return ((name, place) for place in range(entries))
