"""Given numbers that somebody misread: another value of one, or two swapped, that explains what was done with it.

A misreading is charged once, where it shows first; so it has to explain more than that. Of the entries whose step works
on the number two at least must be right with the number as read and wrong with the given one, each from the student's
own cells before it, and none the other way about. Fewer may be wrong either way: then they are explained by something
else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from checks.hand.evidence import MOST_BY_CHANCE, chance, numbers
from checks.hand.follow_through import Follower
from checks.hand.key import KeyCell
from checks.hand.own_balls import Reading
from checks.hand.own_cells import Place
from checks.hand.solved_numbers import solved
from checks.judging.verdicts import Verdict
from exact.calculation.quantity import Calculation
from exact.mistakes.misreadings import Misreading, misreadings
from exact.numbers.array import Array

LEAST_EVIDENCE = 2
"""Entries that have to show a misreading, each by itself: the first one is what the number is solved from."""

MOST_NUMBERS, MOST_ARRAYS = 60, 200
"""Numbers that are solved for, and swapped numbers that are tried."""

MOST_ANSWERS, MOST_HERE = 8, 3
"""Answers from which a number is solved, and how many of them, at first, are those of the step that shows it."""


@dataclass(frozen=True, slots=True)
class Misread:
    """What was read, the entries that show it, and how many of those that are wrong are left without explanation.

    `follower` does the sheet's steps with the number as it was read.
    """

    reading: Misreading
    follower: Follower
    shown: tuple[Place, ...]
    unexplained: int

    @property
    def changed(self) -> dict[str, Array]:
        """What stands in the place of what is given."""
        return self.reading.changed


def misread_at(follower: Follower, cell: KeyCell, wrong: list[int]) -> Misread | None:
    """The misreading that explains these entries of a cell and what was done with the number later; None if none does.

    Several that explain the same number of entries are taken in the order in which they are tried: single numbers
    first, as the step has them.
    """
    search = _Search(follower, cell, wrong)
    found = [one for reading in search.readings() if (one := search.evidence(reading)) is not None]
    found.sort(key=lambda one: (-len(one.shown), one.unexplained, bool(one.reading.manner)))
    for one in found:
        if all(one.follower.course(cell.quantity.name, place) is not None for place in wrong):
            return one
    return None


def is_rate_of(calculation: Calculation, name: str) -> bool:
    """Whether the number is what the steps have as eta."""
    return any(quantity.of.get("eta") == name for quantity in calculation.quantities)


def _oddness(given: Array, place: int, read: Fraction) -> float:
    """How much likelier, or less likely, it is that chance leads to this number than to one like those beside it."""
    if read == -given[place]:
        return 1 / 20
    return 1.0 if any(Fraction(one).denominator % read.denominator == 0 for one in given) else 4.0


class _Search:
    """One step with wrong entries."""

    def __init__(self, follower: Follower, cell: KeyCell, wrong: list[int]) -> None:
        self.follower, self.name, self.wrong = follower, cell.quantity.name, wrong
        self.own = follower.balls
        self.tried = 0
        self.answered = [
            (one.quantity.name, place)
            for one in follower.reference.cells
            for place in one.places
            if follower.judged[one.quantity.name][place].value is not None
        ]

    def readings(self) -> Iterator[Misreading]:
        """What may have been read instead of the numbers that the first wrong entry is worked out from."""
        behind = [self.own.given_behind((self.name, place)) for place in self.wrong]
        given = self.follower.calculation.given
        for number in sorted(frozenset.intersection(*behind))[:MOST_NUMBERS]:
            name, place = number
            is_rate = is_rate_of(self.follower.calculation, name)
            self.tried += 1
            for value in solved(self.own, self._wrong_by(number), number):
                if is_rate and value * given[name][place] <= 0:
                    continue  # that is a step the other way, or none
                yield Misreading({name: given[name].replaced(place, value)}, (number,))
        names = frozenset(name for one in behind for name, _ in one)
        self.tried = 0
        for count, reading in enumerate(misreadings(self.follower.calculation, names)):
            if count == MOST_ARRAYS:
                break
            self.tried += 1
            yield reading

    def _wrong_by(self, number: Place) -> list[Place]:
        """Wrong entries that are worked out from the number, those of this step first."""
        here = [(self.name, place) for place in self.wrong]
        later = [
            entry
            for entry in self.answered
            if self.follower.verdict(entry) is Verdict.WRONG and number in self.own.given_behind(entry)
        ]
        apart = {name: (name, place) for name, place in reversed(later)}  # one of each cell before the rest of them
        return list(dict.fromkeys([*here[:MOST_HERE], *reversed(apart.values()), *here, *later]))[:MOST_ANSWERS]

    def _explains_here(self, reading: Reading) -> bool:
        step = reading.step(self.name)
        return all(self.own.is_near((self.name, place), step[place]) for place in self.wrong)

    def evidence(self, misreading: Misreading) -> Misread | None:
        """The misreading with the entries that show it; None where they are too few, or one shows the contrary."""
        reading = self.own.reading(misreading.changed)
        if not self._explains_here(reading):
            return None
        concerned = frozenset(misreading.places)
        shown, unexplained = [], 0
        for name, place in self.answered:
            if not concerned & self.own.given_behind((name, place)):
                continue
            entry, read, usual = (name, place), reading.step(name)[place], self.own.usual.step(name)[place]
            is_wrong = self.follower.verdict(entry) is Verdict.WRONG
            as_read, as_given = self.own.is_near(entry, read), self.own.is_near(entry, usual)
            as_given = as_given and not (is_wrong and self.own.tells_apart(entry, read, usual))
            if as_given and not as_read:
                return None
            if as_read and not as_given:
                shown.append(entry)
            unexplained += not as_read and is_wrong
        if len(shown) < max(LEAST_EVIDENCE, unexplained + 1) or not self._is_evident(misreading, reading, shown):
            return None
        return Misread(misreading, self.follower.with_numbers(misreading.changed), tuple(shown), unexplained)

    def _is_evident(self, misreading: Misreading, reading: Reading, shown: list[Place]) -> bool:
        """Whether chance is out: of a number that was solved for, one of the entries is no evidence."""
        found = {(name, place): reading.step(name)[place] for name, place in shown}
        if misreading.manner:
            return self.tried * chance(self.own, found, self.name) < MOST_BY_CHANCE
        ((name, place),) = misreading.places
        first = numbers(self.own, shown)[0]
        others = {entry: value for entry, value in found.items() if entry not in first}
        oddness = _oddness(self.follower.calculation.given[name], place, misreading.changed[name][place])
        return self.tried * oddness * chance(self.own, others, self.name) < MOST_BY_CHANCE
