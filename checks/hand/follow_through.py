"""Follows an early mistake through: what is right from the student's own earlier entries is not charged again.

Every entry that is wrong is worked out again by its own step, from what the student wrote before it. Where an own entry
is rounded the student may have worked on with the unrounded number as well: what that can change is allowed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import Any

from checks.hand.key import BackpropReference, KeyCell
from checks.hand.own_cells import Judged, OwnCells, Place, upper_bound
from checks.hand.own_rounding import OwnRounding, excused, meant
from checks.judging.clauses import Key, carried_unit
from checks.judging.findings import Finding
from checks.judging.judge import judge
from checks.judging.verdicts import RIGHT, Verdict
from checks.language.tree import AnswerError
from exact.calculation.readings import is_sum
from exact.numbers.array import Array
from exact.numbers.number import Number, larger
from exact.numbers.span import BITS, ZERO, Span
from exact.numbers.unknown import is_known


def follow_through(reference: BackpropReference, judged: dict[str, list[Judged]]) -> Follower:
    """The submission's cells, with the findings of wrong entries changed where they follow from its own entries."""
    follower = Follower(reference, judged)
    for cell in reference.cells:
        for place in cell.places:
            follower.finding(cell, place, judged[cell.quantity.name][place])
    return follower


class Follower(OwnCells):
    """The cells of one submission, judged as they follow from each other."""

    def __init__(self, reference: BackpropReference, judged: dict[str, list[Judged]]) -> None:
        super().__init__(reference, judged)
        self.roundings: dict[str, Array] = {}
        self.rational: dict[str, bool] = {}
        self.rounding = OwnRounding(self, self.off)

    def finding(self, cell: KeyCell, place: int, one: Judged) -> Finding:
        """The entry's finding: its own, or one that follows."""
        if one.finding.verdict is not Verdict.WRONG or one.value is None:
            return one.finding
        name = cell.quantity.name
        sources = self.sources((name, place))
        if not sources:
            return one.finding
        values = self.step(name).values
        key = self.key(name, place, values[place], one)
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
        wrong = [source for source in dict.fromkeys(one for one, _ in sources) if self.is_wrong(source, sources)]
        if wrong:
            note = f"right from your own {_listed([self.cells[source].name for source in wrong])}"
            return self.changed(name, place, replace(one.finding, verdict=Verdict.FOLLOW_THROUGH, note=note))
        note = f"right from your rounded entries; {one.finding.note}"
        return self.changed(name, place, replace(one.finding, verdict=Verdict.CLOSE, note=note))

    def key(self, name: str, place: int, value: Any, one: Judged) -> Key | None:
        """What an entry is held against where its step gives `value`; None where that is not known."""
        size = self.step(name).sizes[place]
        if not all(map(is_known, (value, size))):
            return None
        is_rounded = one.entry.key.is_rounded or not one.entry.key.is_rational
        scale = upper_bound(Number.of(size if is_sum(self.calculation.by_name[name]) else value))
        reach = excused(self.rounding.reach(name, place), scale)
        return replace(one.entry.key, value=Number.of(value), size=Number.of(size), is_rounded=is_rounded, reach=reach)

    def is_rational(self, name: str) -> bool:
        """Whether all numbers of the cell are rational in the key: nobody has to round them."""
        if name not in self.rational:
            self.rational[name] = all(entry.key.is_rational for entry in self.cells[name].every)
        return self.rational[name]

    def off(self, name: str) -> Array:
        """Where the number that the student had can lie, for each entry of the cell less that entry: spans."""
        if name not in self.roundings:
            own = self.own(name)
            judged = self.judged.get(name)
            spans = [
                self._off(name, place, judged[place] if judged and self.is_asked((name, place)) else None)
                for place in range(own.size)
            ]
            self.roundings[name] = Array(spans, own.shape)
        return self.roundings[name]

    def _off(self, name: str, place: int, one: Judged | None) -> Span:
        """Less than one unit of the last digit for a wrong entry; a right one, or one that follows, is known nearer.

        What was meant by it is what its step gives, or the key where it is right. A cell that is not asked for is as
        far off as what it is worked out from.
        """
        if one is None:
            return self.rounding.reach(name, place) or ZERO
        own = self.stated(name)[place]
        if one.value is None or not is_known(own):
            return ZERO
        unit = carried_unit(one.value.numeral, is_rational=self.is_rational(name))
        verdict = one.finding.verdict
        if unit == 0 or verdict is Verdict.WRONG:
            return Span.around(unit)
        origins = [_between(Number.of(own), one.entry.key.value, ZERO)] if verdict in RIGHT else []
        value, reach = self.step(name).values[place], self.rounding.reach(name, place)
        if is_known(value) and reach is not None:
            origins.append(_between(Number.of(own), Number.of(value), reach))
        return meant(unit, [origin for origin in origins if origin is not None])

    def changed(self, name: str, place: int, finding: Finding) -> Finding:
        """Puts another finding in the place of an entry's; returns it."""
        self.judged[name][place] = replace(self.judged[name][place], finding=finding)
        return finding

    def has_wrong_sources(self, cell: KeyCell) -> bool:
        """Whether a cell that one of the cell's entries works on is not all right."""
        names = {name for place in cell.places for name, _ in self.sources((cell.quantity.name, place))}
        return any(
            self.judged[name][place].finding.verdict not in RIGHT for name in names for place in self.cells[name].places
        )

    def is_wrong(self, name: str, sources: list[Place]) -> bool:
        """Whether one of the sources in the cell is not right."""
        return any(self.judged[name][place].finding.verdict not in RIGHT for cell, place in sources if cell == name)


def _between(own: Number, value: Number, reach: Span) -> Span | None:
    """Where a number within reach of the value lies, less the own one; None where no enclosure of it is finite."""
    distance = Span.of(Number.of(value - own).enclosure(BITS))
    return None if distance is None else distance + reach


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
