"""One submission's cells as the student has them, and what each entry of them is worked out from.

A cell that is not asked for is worked out from those before it. An entry that is missing or cannot be read is unknown.
So is a wrong cell that is as good as 0 where the key's is not, to a step that this makes trivial: to copy the old
weights is no calculation, but the softmax of zeros is one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, reduce
from typing import Any

from checks.hand.key import HandReference, KeyEntry, right_cells
from checks.hand.right_cells import RightCells
from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from checks.language.evaluate import Value
from checks.language.tree import Node
from exact.calculation.inputs import Inputs
from exact.calculation.quantity import Calculation, Quantity
from exact.calculation.readings import is_sum, made_trivial_by, measured, sources
from exact.letters.symbolic import Symbolic
from exact.numbers.array import Array
from exact.numbers.number import Number, larger
from exact.numbers.unknown import UNKNOWN, is_known

MAX_OWN_TERMS = 24
"""Powers of e in an own entry that is taken on exactly; a longer one is known by its enclosures."""

NEGLIGIBLE = Fraction(1, 1000)
"""The share of a cell's largest entry below which what stands for all of them is as good as 0."""

BOUND_BITS, LEAST_EXPONENT = 64, -20_000
"""The precision of bounds, and the power of two below which a number counts as that power."""

Place = tuple[str, int]
"""An entry: its cell, and its place there, row by row from 0."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry of the key with what was found of it.

    `value` is the answer's, None where there is none; `is_short`: it is the key, rounded to too few digits. `formula`:
    in a part with letters the answer as an expression, `node` its tree.
    """

    entry: KeyEntry
    finding: Finding
    value: Value | None
    is_short: bool = False
    formula: Symbolic | None = None
    node: Node | None = None


@dataclass(frozen=True, eq=False)
class Recomputed:
    """A cell's values, and the size of each: the sum of |terms| of the step. Arrays of numbers, some `UNKNOWN`.

    `is_sum`: the step is a sum of products, not a function of each entry or of all of them.
    """

    values: Array
    sizes: Array
    is_sum: bool

    @cached_property
    def largest(self) -> Number:
        """The largest size of a value, of those that are known: one is."""
        known = [abs(value) for value in self.values if is_known(value)]
        rational = [size for size in known if isinstance(size, Fraction)]
        others = [size for size in known if not isinstance(size, Fraction)]
        return reduce(larger, map(Number.of, (*([max(rational)] if rational else []), *others)))


@dataclass(frozen=True, eq=False)
class OtherWay:
    """Another way to a cell: what it works on."""

    inputs: Inputs

    @cached_property
    def step(self) -> Recomputed:
        """The cell, worked out by it."""
        return recomputed(self.inputs)


def recomputed(inputs: Inputs) -> Recomputed:
    """The cell by its step, on these inputs."""
    return Recomputed(*measured(inputs), is_sum(inputs.quantity))


class OwnCells:
    """The cells of one submission; `calculation` is the assignment's, or that with the numbers as they were read."""

    def __init__(
        self, reference: HandReference, judged: dict[str, list[Judged]], calculation: Calculation | None = None
    ) -> None:
        self.reference, self.judged = reference, judged
        self.calculation = calculation or reference.part.naming.calculation
        self.cells = {cell.quantity.name: cell for cell in reference.cells}
        self.rational: dict[str, bool] = {}
        self.given: dict[str, Array] = {}
        self.written: dict[str, Array] = {}
        self.again: dict[str, Recomputed] = {}
        self.ways: dict[str, tuple[OtherWay, ...]] = {}

    @cached_property
    def right(self) -> RightCells:
        """Any cell as it should be; what is not asked for is worked out from the key."""
        right = self.reference.right
        return right if self.calculation is right.calculation else right_cells(self.calculation, self.reference.cells)

    def step(self, name: str) -> Recomputed:
        """The cell by its own step, from the student's own cells."""
        if name not in self.again:
            self.again[name] = recomputed(self.inputs_of(name))
        return self.again[name]

    def inputs_of(self, name: str) -> Inputs:
        """What the cell's step works on, as the student has it."""
        return self._on(self.calculation.by_name[name])

    def other_ways(self, name: str) -> tuple[OtherWay, ...]:
        """Other ways to the cell, as far as the cells that they go by are asked for."""
        if name not in self.ways:
            quantity = self.calculation.by_name[name]
            ways = [way for way in quantity.ways if any(source in self.cells for source in way.of.values())]
            self.ways[name] = tuple(OtherWay(self._on(replace(quantity, step=way.step, of=way.of))) for way in ways)
        return self.ways[name]

    def _on(self, quantity: Quantity) -> Inputs:
        """What a step works on: nothing is followed from zeros where they make it no calculation."""
        trivial = made_trivial_by(self.calculation, quantity)
        return Inputs(self.calculation, quantity, lambda name: self.own(name) if name in trivial else self.stated(name))

    def is_written(self, name: str, place: int) -> bool:
        """Whether the number at the place is what the student wrote, not what was worked out."""
        return self.is_asked((name, place)) and self.judged[name][place].value is not None

    def is_rational(self, name: str) -> bool:
        """Whether all numbers of the cell are rational in the key: nobody has to round them."""
        if name not in self.rational:
            self.rational[name] = all(entry.key.is_rational for entry in self.cells[name].every)
        return self.rational[name]

    def own(self, name: str) -> Array:
        """The cell as the student has it and as there is something in it to follow; else unknown."""
        if name not in self.given:
            judged = [one for one in self.judged.get(name, []) if self.is_asked((name, one.entry.place))]
            is_wrong = any(one.finding.verdict is Verdict.WRONG for one in judged)
            is_nothing = is_wrong and all(map(_is_negligible, judged))
            stated = self.stated(name)
            self.given[name] = stated.each(lambda _: UNKNOWN) if is_nothing else stated
        return self.given[name]

    def stated(self, name: str) -> Array:
        """The cell as the student wrote it; what was not asked for is worked out."""
        if name not in self.written:
            judged = self.judged.get(name)
            if judged is None:
                self.written[name] = self.step(name).values
            elif self.cells[name].is_whole:
                self.written[name] = self.shaped(name, [_own_number(one) for one in judged])
            else:
                again = self.step(name).values
                values = [_own_number(one) if self.is_asked((name, n)) else again[n] for n, one in enumerate(judged)]
                self.written[name] = self.shaped(name, values)
        return self.written[name]

    def shaped(self, name: str, values: list[Any]) -> Array:
        """The cell's entries, row by row, as its array."""
        return Array(values, self.calculation.shape_of(name))

    def is_asked(self, place: Place) -> bool:
        """Whether the entry is asked for."""
        cell = self.cells.get(place[0])
        return cell is not None and (cell.is_whole or place[1] in cell.places)

    def sources(self, place: Place) -> list[Place]:
        """The entries that were asked for and that the entry's step works on, through those that were not."""
        return self.sources_of(self.calculation.by_name[place[0]], place[1])

    def sources_of(self, quantity: Quantity, place: int) -> list[Place]:
        """The same of a quantity with whichever step it has."""
        found: dict[Place, bool] = {}  # whether it was asked for
        steps = [(quantity, place)]
        for step, at in steps:  # grows as it goes
            for source in sorted(sources(self.calculation, step)[at]):
                if source not in found and source[0] in self.calculation.by_name:
                    found[source] = self.is_asked(source)
                    steps += [] if found[source] else [(self.calculation.by_name[source[0]], source[1])]
        return [source for source, is_asked_for in found.items() if is_asked_for]


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
    """The size of a rational number; else one not below that, and hardly above; a huge one where no enclosure tells."""
    if number.exact is not None and (fraction := number.exact.as_fraction()) is not None:
        return abs(fraction)
    ball = number.enclosure(BOUND_BITS)
    if not ball.is_finite():
        return Fraction(10) ** 400
    mantissa, exponent = (int(part) for part in ball.abs_upper().man_exp())
    if exponent < LEAST_EXPONENT:
        return Fraction(2) ** LEAST_EXPONENT * (mantissa != 0)
    return mantissa * Fraction(2) ** exponent
