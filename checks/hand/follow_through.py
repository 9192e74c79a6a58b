"""Follows an early mistake through: what is right from the student's own earlier entries is not charged again.

Every entry that is wrong is worked out again by its own step, from what the student wrote before it. Where an own entry
is rounded the student may have worked on with the unrounded number as well: what that can change is allowed.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import reduce
from typing import Any

from checks.hand.key import BackpropReference, KeyCell
from checks.hand.own_cells import Judged, OwnCells, Place, upper_bound
from checks.hand.own_rounding import OwnRounding
from checks.judging.findings import Finding
from checks.judging.judge import UNIT_DIGITS, Key, judge
from checks.judging.verdicts import RIGHT, Verdict
from checks.language.tree import AnswerError
from exact.networks.cells import CellName, Kind
from exact.networks.recomputation import is_known
from exact.networks.steps import Array, array
from exact.numbers.number import Number, larger


def follow_through(reference: BackpropReference, judged: dict[CellName, list[Judged]]) -> Follower:
    """The submission's cells, with the findings of wrong entries changed where they follow from its own entries."""
    follower = Follower(reference, judged)
    for cell in reference.cells:
        for place, one in enumerate(judged[cell.name]):
            follower.finding(cell, place, one)
    return follower


class Follower(OwnCells):
    """The cells of one submission, judged as they follow from each other."""

    def __init__(self, reference: BackpropReference, judged: dict[CellName, list[Judged]]) -> None:
        super().__init__(reference, judged)
        self.roundings: dict[CellName, Array] = {}
        self.rounding = OwnRounding(self, self.off)

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
        size, slack = self.step(name).sizes.flat[place], self.rounding.slack(name, place)
        if not all(map(is_known, (value, size, slack))):
            return None
        key = replace(one.entry.key, value=Number.of(value), size=Number.of(size))
        if slack == 0 and self.is_rational(name):
            return key
        dust = size * self.reference.part.tolerance.absolute  # what floats leave of terms that cancel
        return replace(key, from_rounded=bool(slack != 0), slack=Number.of(slack + dust))

    def is_rational(self, name: CellName) -> bool:
        """Whether the cell comes before anything that a person would round."""
        before = name.kind in (Kind.S, Kind.DA) or (name.kind is Kind.A and name.layer < self.problem.depth)
        return before and self.problem.hidden.is_linear

    def off(self, name: CellName) -> Array:
        """How far each entry of the cell can be from the number that the student had, at most; perhaps `UNKNOWN`."""
        if name not in self.roundings:
            if name in self.cells:
                entries = [self._off(name, place, one) for place, one in enumerate(self.judged[name])]
                self.roundings[name] = self.shaped(name, entries)
            else:
                own = self.own(name)
                slacks = [self.rounding.slack(name, place) for place in range(own.size)]
                self.roundings[name] = array(slacks).reshape(own.shape)
        return self.roundings[name]

    def _off(self, name: CellName, place: int, one: Judged) -> Any:
        """The distance of an entry to its key, where it is right, or to what it follows from.

        A wrong entry with a decimal point may be half a unit in its last digit off, if it has three digits or more;
        fewer are taken at their word.
        """
        verdict = one.finding.verdict
        if one.value is None or verdict is Verdict.EXACT:
            return Fraction(0)
        own = self.own(name).flat[place]
        if not is_known(own):
            return Fraction(0)
        if verdict in RIGHT:
            return upper_bound(Number.of(own) - one.entry.key.value)
        if verdict is Verdict.FOLLOW_THROUGH:
            value, slack = self.step(name).values.flat[place], self.rounding.slack(name, place)
            return upper_bound(Number.of(own) - Number.of(value)) + slack if is_known(value) else Fraction(0)
        numeral = one.value.numeral
        is_rounded = numeral is not None and numeral.digits >= UNIT_DIGITS and numeral.unit != 1
        return numeral.unit / 2 if numeral is not None and is_rounded else Fraction(0)

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


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
