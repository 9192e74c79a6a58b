"""Follows an early mistake through: what is right from the student's own earlier entries is not charged again.

Every entry that is wrong is worked out again by its own step, from what the student wrote before it. Where an own entry
is rounded the student may have worked on with the unrounded number as well: what that can change is allowed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from checks.hand.corrected_cells import CorrectedCells
from checks.hand.key import HandReference, KeyCell
from checks.hand.own_balls import OwnBalls
from checks.hand.own_cells import Judged, OwnCells, Place, Recomputed, upper_bound
from checks.hand.own_rounding import OwnRounding, excused
from checks.judging.clauses import Key
from checks.judging.findings import Finding
from checks.judging.judge import judge
from checks.judging.verdicts import RIGHT, Verdict
from checks.language.tree import AnswerError
from exact.calculation.quantity import Calculation
from exact.numbers.array import Array
from exact.numbers.number import Number
from exact.numbers.span import ZERO, Span
from exact.numbers.unknown import is_known
from exact.writing.sentence import enumerated


def follow_through(reference: HandReference, judged: dict[str, list[Judged]]) -> Follower:
    """The submission's cells, with the findings of wrong entries changed where they follow from its own entries."""
    follower = Follower(reference, judged)
    for cell in reference.cells:
        for place in cell.places:
            follower.finding(cell, place, judged[cell.quantity.name][place])
    return follower


@dataclass(frozen=True, slots=True)
class Course:
    """One way to work a cell out: the cell, how far what was meant can be from it, and the entries it follows from."""

    step: Recomputed
    reach: Span | None
    sources: tuple[Place, ...]


class Follower(OwnCells):
    """The cells of one submission, judged as they follow from each other."""

    def __init__(
        self, reference: HandReference, judged: dict[str, list[Judged]], calculation: Calculation | None = None
    ) -> None:
        super().__init__(reference, judged, calculation)
        self.rounding = OwnRounding(self)
        self.corrected = OwnRounding(CorrectedCells(reference, judged, calculation))

    @property
    def is_reread(self) -> bool:
        """Whether the steps are done with other given numbers than the problem's."""
        return self.calculation is not self.reference.part.naming.calculation

    @cached_property
    def balls(self) -> OwnBalls:
        """The same sheet in balls."""
        return OwnBalls(self, self.rounding)

    def with_numbers(self, changed: Mapping[str, Array]) -> Follower:
        """The same sheet, its steps done with other given numbers."""
        calculation = replace(self.calculation, given={**self.calculation.given, **changed})
        return Follower(self.reference, self.judged, calculation)

    def finding(self, cell: KeyCell, place: int, one: Judged) -> Finding:
        """The entry's finding: its own, or one that follows."""
        if one.finding.verdict is not Verdict.WRONG or one.value is None:
            return one.finding
        name = cell.quantity.name
        course = self.course(name, place)
        return one.finding if course is None else self.changed(name, place, self.followed(one.finding, course))

    def course(self, name: str, place: int) -> Course | None:
        """The first way to work the entry out by which it is right; None where there is none."""
        one = self.judged[name][place]
        return next((course for course in self.courses(name, place) if self.is_right(one, place, course)), None)

    def courses(self, name: str, place: int) -> Iterator[Course]:
        """What the entry may be right from, as far as it is known: what the student wrote.

        An entry that is wrong may have been written so alone, and what should stand there gone on with. And there may
        be other ways to the cell: a slope or a cost from s as well as from a, an update by the step.
        """
        sources = self.sources((name, place))
        behind = self.behind(sources)
        is_first = not sources and not self.is_reread  # then it follows from what is given alone
        for rounding, used in ((self.rounding, sources), (self.corrected, behind))[: 1 if behind == sources else 2]:
            if not is_first:
                yield Course(rounding.cells.step(name), rounding.reach(name, place), tuple(used))
            for way in rounding.cells.other_ways(name):
                others = self.sources_of(way.inputs.quantity, place)
                rest = others if rounding is self.rounding else self.behind(others)
                yield Course(way.step, rounding.reach_of(way.inputs, way.step, place), tuple(rest))

    def behind(self, sources: list[Place]) -> list[Place]:
        """The same entries, what a wrong one is worked out from in its place."""
        found: dict[Place, bool] = {}  # whether it is not wrong
        waiting = list(sources)
        for source in waiting:  # grows as it goes
            if source not in found:
                found[source] = self.verdict(source) is not Verdict.WRONG
                waiting += [] if found[source] else self.sources(source)
        return [source for source, is_used in found.items() if is_used]

    def is_right(self, one: Judged, place: int, course: Course) -> bool:
        """Whether the entry is right by its step, done this way."""
        key = self.held_against(one, course.step.values[place], place, course)
        if key is None or one.value is None:
            return False
        if key.largest is not None:
            key = replace(key, largest=course.step.largest)
        try:
            return judge(one.value, key, self.reference.part.tolerance).verdict in RIGHT
        except AnswerError:
            return False

    def followed(self, finding: Finding, course: Course) -> Finding:
        """The finding of an entry that is right this way: close, where all that it follows from is right."""
        wrong = [place for place in course.sources if self.verdict(place) not in RIGHT]
        if not wrong:
            note = f"right from your rounded entries; {finding.note}"
            return replace(finding, verdict=Verdict.CLOSE, note=note)
        names = dict.fromkeys(self.told(place) for place in wrong)
        return replace(finding, verdict=Verdict.FOLLOW_THROUGH, note=f"right from your own {enumerated([*names])}")

    def told(self, place: Place) -> str:
        """What is said of an entry that another one follows from: its cell, or its own name where it has one."""
        part = self.reference.part
        return part.name(part.naming.own_entry(*place)) if part.naming.own_entry(*place) else part.cell_name(place[0])

    def key(self, name: str, place: int, value: Any, one: Judged) -> Key | None:
        """What an entry is held against where its step gives `value`; None where that is not known."""
        return self.held_against(one, value, place, Course(self.step(name), self.rounding.reach(name, place), ()))

    def held_against(self, one: Judged, value: Any, place: int, course: Course) -> Key | None:
        """The same for its step done this way."""
        size = course.step.sizes[place]
        if not all(map(is_known, (value, size))):
            return None
        right, reach = one.entry.key, course.reach
        is_moved = reach is not None and reach != ZERO
        if is_moved:
            reach = excused(reach, upper_bound(Number.of(size if course.step.is_sum else value)))
        is_rounded = is_moved or not right.is_rational
        return Key(Number.of(value), Number.of(size), right.largest, right.exact_only, right.within, is_rounded, reach)

    def verdict(self, place: Place) -> Verdict:
        """What was found of an entry."""
        return self.judged[place[0]][place[1]].finding.verdict

    def changed(self, name: str, place: int, finding: Finding) -> Finding:
        """Puts another finding in the place of an entry's; returns it."""
        self.judged[name][place] = replace(self.judged[name][place], finding=finding)
        return finding

    def has_wrong_sources(self, cell: KeyCell) -> bool:
        """Whether a cell that one of the cell's entries works on is not all right."""
        names = {name for place in cell.places for name, _ in self.sources((cell.quantity.name, place))}
        return any(self.verdict((name, place)) not in RIGHT for name in names for place in self.cells[name].places)
