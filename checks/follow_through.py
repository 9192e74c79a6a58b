"""Follows an early mistake through: what is right from the student's own earlier entries is not charged again.

Every entry that is wrong is worked out again by its own step, from what the student wrote before it. An input that the
assignment does not ask for is worked out from what comes before that; one that is missing or cannot be read gives
nothing to follow, and neither does a cell of zeros where the key's is not: a step on zeros is no calculation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from typing import Any

from checks.findings import Finding
from checks.judging import UNIT_DIGITS, Key, judge
from checks.language.evaluate import Value
from checks.language.tree import AnswerError
from checks.own_rounding import OwnRounding
from checks.reference import BackpropReference, KeyCell, KeyEntry
from checks.verdicts import RIGHT, Verdict
from exact.cells import CellName, Kind
from exact.number import Number, larger
from exact.recomputation import UNKNOWN, Recomputed, is_known, recomputed
from exact.steps import Array, array

MAX_OWN_TERMS = 24
"""Powers of e in an own entry that is taken on exactly; a longer one is known by its enclosures."""

Place = tuple[CellName, int]
"""An entry: its cell, and its place there, row by row from 0."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An entry of the key with what was found of it; `value` is the answer's, None where there is none."""

    entry: KeyEntry
    finding: Finding
    value: Value | None


def follow_through(reference: BackpropReference, judged: dict[CellName, list[Judged]]) -> Follower:
    """The submission's cells, with the findings of wrong entries changed where they follow from its own entries."""
    follower = Follower(reference, judged)
    for cell in reference.cells:
        for place, one in enumerate(judged[cell.name]):
            follower.finding(cell, place, one)
    return follower


class Follower:
    """One submission's cells, as the student has them."""

    def __init__(self, reference: BackpropReference, judged: dict[CellName, list[Judged]]) -> None:
        self.reference, self.judged = reference, judged
        self.problem = reference.part.problem
        self.cells = {cell.name: cell for cell in reference.cells}
        self.given: dict[CellName, Array] = {}
        self.again: dict[CellName, Recomputed] = {}
        self.rounding = OwnRounding(self.problem, self.own, self.halves)

    def finding(self, cell: KeyCell, place: int, one: Judged) -> Finding:
        """The entry's finding: its own, or one that follows."""
        if one.finding.verdict is not Verdict.WRONG or one.value is None:
            return one.finding
        sources = self.sources((cell.name, place))
        if not sources:
            return one.finding
        step = self.step(cell.name)
        values = step.values.flat
        key = self.key(cell.name, place, values[place], one)
        if key is None:
            return one.finding
        known = [abs(Number.of(value)) for value in values if is_known(value)]
        if one.entry.key.largest is not None:
            key = replace(key, largest=reduce(larger, known))
        try:
            judgement = judge(one.value, key, self.reference.part.tolerance)
        except AnswerError:
            return one.finding
        if judgement.verdict not in RIGHT:
            return one.finding
        wrong = [name for name in dict.fromkeys(name for name, _ in sources) if self.is_wrong(name, sources)]
        if wrong:
            note = f"right from your own {_listed([self.reference.part.name(str(name)) for name in wrong])}"
            return self.changed(cell.name, place, replace(one.finding, verdict=Verdict.FOLLOW_THROUGH, note=note))
        note = f"right from your rounded entries; {one.finding.note}"
        return self.changed(cell.name, place, replace(one.finding, verdict=Verdict.CLOSE, note=note))

    def key(self, name: CellName, place: int, value: Any, one: Judged) -> Key | None:
        """What an entry is held against where its step gives `value`; None where that is not known."""
        size = self.step(name).sizes.flat[place]
        if not is_known(value) or not is_known(size):
            return None
        key = replace(one.entry.key, value=Number.of(value), size=Number.of(size))
        if self.is_rational(name):
            return key
        slack = self.rounding.slack(name, place)
        return replace(key, from_rounded=True, slack=Number.of(slack)) if is_known(slack) else None

    def halves(self, name: CellName) -> Array:
        """Half a unit in the last digit of each entry of the cell that is a rounding, else 0."""
        if name not in self.cells:
            return 0 * self.own(name)
        return self.shaped(name, [_half_unit(one) for one in self.judged[name]])

    def is_rational(self, name: CellName) -> bool:
        """Whether the cell comes before anything that a person would round."""
        before = name.kind in (Kind.S, Kind.DA) or (name.kind is Kind.A and name.layer < self.problem.depth)
        return before and self.problem.hidden.is_linear

    def changed(self, name: CellName, place: int, finding: Finding) -> Finding:
        """Puts another finding in the place of an entry's; returns it."""
        self.judged[name][place] = replace(self.judged[name][place], finding=finding)
        return finding

    def has_wrong_sources(self, cell: KeyCell) -> bool:
        """Whether a cell that one of the cell's entries works on is not all right."""
        names = {name for place in range(len(cell.entries)) for name, _ in self.sources((cell.name, place))}
        return any(one.finding.verdict not in RIGHT for name in names for one in self.judged[name])

    def is_wrong(self, name: CellName, sources: list[Place]) -> bool:
        """Whether one of the sources in the cell is not right."""
        return any(self.judged[name][place].finding.verdict not in RIGHT for cell, place in sources if cell == name)

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
                yield from _all(CellName(Kind.S, last), units[last])

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

    def right(self, name: CellName) -> Array:
        """The cell as it should be."""
        if name not in self.cells:
            return recomputed(self.problem, name, self.right).values
        return self.shaped(name, [entry.key.value.settled() for entry in self.cells[name].entries])

    def stated(self, name: CellName) -> Array:
        """The cell as the student wrote it."""
        values = [_own_number(one) for one in self.judged[name]]
        keys = [one.entry.key.value.as_fraction() for one in self.judged[name]]
        if all(value == 0 for value in values) and any(key != 0 for key in keys):
            values = [UNKNOWN] * len(values)
        return self.shaped(name, values)

    def shaped(self, name: CellName, values: list[Any]) -> Array:
        """The cell's entries, row by row, as its array."""
        return array(values).reshape(self.cells[name].shape) if name.is_matrix else array(values)


@dataclass(frozen=True, slots=True)
class _Enclosed:
    """A number of which nothing is used but its enclosures; an `exact.arithmetics.Known`."""

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


def _half_unit(one: Judged) -> Fraction:
    """Half a unit in the last digit of an answer with three digits or more; fewer are taken at their word."""
    numeral = None if one.value is None or one.finding.verdict is Verdict.EXACT else one.value.numeral
    return numeral.unit / 2 if numeral is not None and numeral.digits >= UNIT_DIGITS else Fraction(0)


def _all(name: CellName, entries: int) -> Iterator[Place]:
    return ((name, place) for place in range(entries))


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
