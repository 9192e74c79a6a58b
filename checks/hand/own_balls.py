"""A submission's cells in balls: a first look at what comes out with other given numbers, or by another formula.

Quick and rigorous, but no verdict: what is near here is judged afterwards, exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any

from flint import arb, ctx

from checks.hand.own_cells import OwnCells, Place
from checks.hand.own_rounding import OwnRounding
from checks.judging.clauses import UNIT_DIGITS
from checks.language.tree import Numeral
from exact.calculation.balls import BITS, as_ball, in_balls, quantities_in_balls
from exact.calculation.quantity import Quantity
from exact.calculation.readings import added_to, sources
from exact.numbers.array import Array
from exact.numbers.unknown import UNKNOWN, is_known

NEAR = Fraction(2, 1000)
"""The share of a value, beside what it may be rounded to, within which an answer is looked at more closely."""

FIRST_LOOK = 4
"""How much more than by its own step an answer may be off by another formula, at a first look."""

TINY = arb(1) / 10**6
"""The share of its terms that floats leave."""


class OwnBalls:
    """The cells of one submission."""

    def __init__(self, cells: OwnCells, rounding: OwnRounding) -> None:
        self.cells, self.rounding = cells, rounding
        self._written: dict[str, Array | None] = {}
        self._behind: dict[Place, frozenset[Place]] = {}
        self._allowed: dict[Place, Any] = {}
        self._answers: dict[Place, Any] = {}

    def written(self, name: str) -> Array | None:
        """The cell as the student wrote it, or what is given; None for a cell that was not asked for as a whole."""
        if name not in self._written:
            cell, given = self.cells.cells.get(name), self.cells.calculation.given.get(name)
            is_whole = cell is not None and cell.is_whole
            stated = self.cells.stated(name).each(as_ball) if is_whole else None
            self._written[name] = stated if given is None else in_balls(given)
        return self._written[name]

    @cached_property
    def usual(self) -> Reading:
        """The sheet with the numbers that are given."""
        return self.reading({})

    def reading(self, changed: Mapping[str, Array]) -> Reading:
        """The sheet with other given numbers."""
        return Reading(self, changed)

    def answer(self, place: Place) -> Any:
        """The answer to an entry, as a ball; `UNKNOWN` where there is none."""
        if place not in self._answers:
            one = self.cells.judged[place[0]][place[1]]
            self._answers[place] = UNKNOWN if one.value is None else one.value.enclosure(BITS)
        return self._answers[place]

    def given_behind(self, place: Place) -> frozenset[Place]:
        """The given numbers that the entry's step works on, through cells that were not asked for."""
        if place not in self._behind:
            calculation = self.cells.calculation
            found = set()
            for source in sources(calculation, calculation.by_name[place[0]])[place[1]]:
                if source[0] in calculation.given:
                    found.add(source)
                elif not self.cells.is_asked(source):
                    found |= self.given_behind(source)
            self._behind[place] = frozenset(found)
        return self._behind[place]

    def allowed(self, place: Place) -> Any:
        """How far the answer may be from what comes out for its own digits, and for the roundings before it."""
        if place not in self._allowed:
            one = self.cells.judged[place[0]][place[1]]
            reach = self.rounding.reach(*place)
            with ctx.workprec(BITS):
                unit = arb(0) if one.entry.key.exact_only else self.unit(place)
                size = as_ball(self.cells.step(place[0]).sizes[place[1]])
                terms = arb(0) if not is_known(size) or self.cells.is_rational(place[0]) else size * TINY
                self._allowed[place] = unit + terms + (as_ball(reach.width) if reach else arb(0))
        return self._allowed[place]

    def unit(self, place: Place) -> Any:
        """How far the answer may be from a number for its own digits."""
        one = self.cells.judged[place[0]][place[1]]
        numeral = one.value.numeral if one.value else None
        return arb(0) if numeral is None else as_ball(_shown(numeral))

    def loose(self, place: Place) -> float:
        """The share of a value within which an answer may be: 0 in a cell of rational numbers."""
        return 0.0 if self.cells.is_rational(place[0]) else float(NEAR)

    def tells_apart(self, place: Place, one: Any, other: Any) -> bool:
        """Whether two values for an entry are apart by more than the last digit of its answer."""
        if not (is_known(one) and is_known(other)):
            return False
        with ctx.workprec(BITS):
            return bool(abs(one - other) > self.unit(place))

    def is_another(self, place: Place, value: Any) -> bool:
        """Whether the value is an old one that is copied, and the answer another: nobody rounds what is copied."""
        copied = self.usual.copied(place[0])
        answer = self.answer(place)
        if copied is None or not (is_known(answer) and is_known(value)) or not value.overlaps(copied[place[1]]):
            return False
        with ctx.workprec(BITS):
            return bool(abs(answer - value) > self.unit(place))

    def is_near(self, place: Place, value: Any, *, at_first: bool = False) -> bool:
        """Whether the answer may be this value, rounded.

        `at_first`: by another formula, in which the roundings before it may weigh more, and numbers need not be
        rational.
        """
        answer = self.answer(place)
        if not (is_known(answer) and is_known(value)) or not value.is_finite() or self.is_another(place, value):
            return False
        with ctx.workprec(BITS):
            share = abs(value) * ((float(NEAR) if at_first else self.loose(place)) + TINY)
            return not bool(abs(answer - value) > self.allowed(place) * (FIRST_LOOK if at_first else 1) + share)


def _shown(numeral: Numeral) -> Fraction:
    """How far from it a number can be that the numeral is rounded from, or cut off from."""
    if numeral.digits >= UNIT_DIGITS:
        return numeral.unit
    return numeral.unit / 2 if numeral.digits == UNIT_DIGITS - 1 else Fraction(0)


class Reading:
    """The sheet with other given numbers: what each step makes of the student's own cells before it."""

    def __init__(self, own: OwnBalls, changed: Mapping[str, Array]) -> None:
        self._own = own
        self._value = quantities_in_balls(own.cells.calculation, own.written, changed)
        self._steps: dict[str, Array] = {}

    def step(self, name: str) -> Array:
        """The cell by its own step."""
        if name not in self._steps:
            self._steps[name] = self.made(self._own.cells.calculation.by_name[name])
        return self._steps[name]

    def copied(self, name: str) -> Array | None:
        """The given numbers that the cell's step adds something to or takes it from, as the old weights; None: none."""
        quantity = self._own.cells.calculation.by_name[name]
        given = self._own.cells.calculation.given
        for letter in added_to(quantity.step.formula):
            if (old := given.get(quantity.of[letter])) is not None and old.shape == quantity.shape:
                return self._value(quantity.of[letter], None)
        return None

    def made(self, quantity: Quantity) -> Array:
        """The quantity by whichever step it has."""
        return self._value(quantity.name, quantity)
