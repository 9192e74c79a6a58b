"""Follows an early mistake through: what is right from the student's own earlier entries is not charged again.

Every entry that is wrong is worked out again by its own step, from what the student wrote before it. Where an own entry
is rounded the student may have worked on with the unrounded number as well: what that can change is allowed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any

from checks.hand.corrected_cells import CorrectedCells
from checks.hand.key import BackpropReference, KeyCell
from checks.hand.own_cells import Judged, OwnCells, Place, upper_bound
from checks.hand.own_rounding import OwnRounding, excused
from checks.judging.clauses import Key
from checks.judging.findings import Finding
from checks.judging.judge import judge
from checks.judging.verdicts import RIGHT, Verdict
from checks.language.tree import AnswerError
from exact.networks.cells import CellName, Kind
from exact.networks.recomputation import Recomputed, is_known, recomputed
from exact.numbers.number import Number, larger
from exact.numbers.span import ZERO, Span


def follow_through(reference: BackpropReference, judged: dict[CellName, list[Judged]]) -> Follower:
    """The submission's cells, with the findings of wrong entries changed where they follow from its own entries."""
    follower = Follower(reference, judged)
    for cell in reference.cells:
        for place, one in enumerate(judged[cell.name]):
            follower.finding(cell, place, one)
    return follower


@dataclass(frozen=True, slots=True)
class Way:
    """One way to work a cell out: the cell, how far what was meant can be from it, and the entries it follows from."""

    step: Recomputed
    reach: Span | None
    sources: tuple[Place, ...]


class Follower(OwnCells):
    """The cells of one submission, judged as they follow from each other."""

    def __init__(self, reference: BackpropReference, judged: dict[CellName, list[Judged]]) -> None:
        super().__init__(reference, judged)
        self.rounding = OwnRounding(self)
        self.corrected = OwnRounding(CorrectedCells(reference, judged))

    def finding(self, cell: KeyCell, place: int, one: Judged) -> Finding:
        """The entry's finding: its own, or one that follows."""
        if one.finding.verdict is not Verdict.WRONG or one.value is None:
            return one.finding
        for way in self.ways(cell.name, place):
            if self.is_right(one, place, way):
                return self.changed(cell.name, place, self.followed(one.finding, way))
        return one.finding

    def ways(self, name: CellName, place: int) -> Iterator[Way]:
        """What the entry may be right from, as far as it is known: what the student wrote.

        An entry that is wrong may have been written so alone, and what should stand there gone on with. The slope of a
        curved unit and the cost may be worked out from s as well as from a.
        """
        sources = self.sources((name, place))
        if not sources:
            return
        behind = self.behind(sources)
        for rounding, used in ((self.rounding, sources), (self.corrected, behind))[: 1 if behind == sources else 2]:
            yield Way(rounding.cells.step(name), rounding.reach(name, place), tuple(used))
            inputs = rounding.cells.inputs_through_s(name)
            if inputs is not None:
                logits = [source for one in used if one[0].kind is Kind.A for source in self.sources(one)]
                reach = rounding.reach_through_s(inputs, place)
                yield Way(recomputed(inputs), reach, tuple(dict.fromkeys(logits)))

    def behind(self, sources: list[Place]) -> list[Place]:
        """The same entries, what a wrong one is worked out from in its place."""
        found: dict[Place, bool] = {}  # whether it is not wrong
        waiting = list(sources)
        for source in waiting:  # grows as it goes
            if source not in found:
                found[source] = self.verdict(source) is not Verdict.WRONG
                waiting += [] if found[source] else self.sources(source)
        return [source for source, is_used in found.items() if is_used]

    def is_right(self, one: Judged, place: int, way: Way) -> bool:
        """Whether the entry is right by its step, done this way."""
        key = self.held_against(one, way.step.values.flat[place], place, way)
        if key is None or one.value is None:
            return False
        known = [abs(Number.of(value)) for value in way.step.values.flat if is_known(value)]
        if key.largest is not None:
            key = replace(key, largest=reduce(larger, known))
        try:
            return judge(one.value, key, self.reference.part.tolerance).verdict in RIGHT
        except AnswerError:
            return False

    def followed(self, finding: Finding, way: Way) -> Finding:
        """The finding of an entry that is right this way: close, where all that it follows from is right."""
        wrong = [name for name, place in way.sources if self.verdict((name, place)) not in RIGHT]
        if not wrong:
            note = f"right from your rounded entries; {finding.note}"
            return replace(finding, verdict=Verdict.CLOSE, note=note)
        names = [self.reference.part.name(str(name)) for name in dict.fromkeys(wrong)]
        return replace(finding, verdict=Verdict.FOLLOW_THROUGH, note=f"right from your own {_listed(names)}")

    def key(self, name: CellName, place: int, value: Any, one: Judged) -> Key | None:
        """What an entry is held against where its step gives `value`; None where that is not known."""
        return self.held_against(one, value, place, Way(self.step(name), self.rounding.reach(name, place), ()))

    def held_against(self, one: Judged, value: Any, place: int, way: Way) -> Key | None:
        """The same for its step done this way."""
        size = way.step.sizes.flat[place]
        if not all(map(is_known, (value, size))):
            return None
        right = one.entry.key
        reach = excused(way.reach, upper_bound(Number.of(size if way.step.is_sum else value)))
        is_rounded = not right.is_rational or way.reach not in (None, ZERO)
        return replace(right, value=Number.of(value), size=Number.of(size), is_rounded=is_rounded, reach=reach)

    def verdict(self, place: Place) -> Verdict:
        """What was found of an entry."""
        return self.judged[place[0]][place[1]].finding.verdict

    def changed(self, name: CellName, place: int, finding: Finding) -> Finding:
        """Puts another finding in the place of an entry's; returns it."""
        self.judged[name][place] = replace(self.judged[name][place], finding=finding)
        return finding

    def has_wrong_sources(self, cell: KeyCell) -> bool:
        """Whether a cell that one of the cell's entries works on is not all right."""
        names = {name for place in range(len(cell.entries)) for name, _ in self.sources((cell.name, place))}
        return any(one.finding.verdict not in RIGHT for name in names for one in self.judged[name])


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
