"""Formulas that are in no list: an edit of the step's own that gives every answered entry of a cell.

A formula is told where it is more than a coincidence: where two numbers at least show it that do not follow from each
other, and so many edits were tried that one of them hits by chance in few sheets.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any

from checks.hand.evidence import MOST_BY_CHANCE, chance
from checks.hand.follow_through import Course, Follower
from checks.hand.key import KeyCell
from checks.hand.own_cells import recomputed
from exact.calculation.inputs import Inputs
from exact.calculation.quantity import Quantity
from exact.mistakes.edits import Edit, edits
from exact.mistakes.formulas import with_formula
from exact.numbers.array import Array
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.unknown import is_known
from exact.writing.formula_text import formula_text

LEAST_ENTRIES = 2
"""Wrong entries that have to show a formula: a lone one is a slip."""


ROUND = 24
"""The denominator of which fractions are round."""


@dataclass(frozen=True, slots=True)
class OtherFormula:
    """What stands in a cell: the edit, the quantity with that formula, and the values that it makes."""

    edit: Edit
    quantity: Quantity
    values: Array

    def text(self, called: Any) -> str:
        """The formula, as a line of text."""
        return formula_text(self.edit.formula, lambda one: called(self.quantity.of[one]))

    def latex(self, called: Any) -> str:
        """The formula, typeset."""
        return self.edit.formula.latex(lambda one: called(self.quantity.of[one]))


def other_formula(follower: Follower, cell: KeyCell, again: str = "") -> OtherFormula | None:
    """The likeliest edit that explains all answered entries of a cell; None where none does, or it may be by chance.

    `again` is an edit that was told before of a step of this kind: it needs no more evidence.
    """
    search = _Search(follower, cell)
    tried = 0
    for edit, quantity in search.edits():
        is_again = bool(again) and edit.what == again
        if again and not is_again:
            continue
        made = search.made(quantity)
        if made is None:
            continue
        tried += search.is_likely(made)
        if search.is_near(made) and (values := search.exact(quantity)) is not None:
            return OtherFormula(edit, quantity, values) if is_again or search.is_evident(made, tried) else None
    return None


class _Search:
    """One cell of which no listed mistake explains the wrong entries."""

    def __init__(self, follower: Follower, cell: KeyCell) -> None:
        self.follower, self.cell = follower, cell
        self.name = cell.quantity.name
        self.own = follower.balls
        self.inputs = Inputs(follower.calculation, cell.quantity, follower.own)
        judged = follower.judged[self.name]
        usual = self.own.usual.step(self.name)
        self.answered = [place for place in cell.places if judged[place].value is not None]
        self.shown = [place for place in self.answered if not self.own.is_near((self.name, place), usual[place])]
        self.is_round = {place: _is_round(self.own.answer((self.name, place))) for place in self.shown}
        self.outcomes: set[tuple[str, ...]] = set()

    def edits(self) -> tuple[tuple[Edit, Quantity], ...]:
        """The edits of the formula, and the quantity with each; other given numbers make no others."""
        known = self.follower.reference.memory.edits
        if self.name not in known:
            found = edits(self.follower.calculation, self.cell.quantity)
            known[self.name] = tuple((edit, with_formula(self.inputs, edit.formula).quantity) for edit in found)
        return known[self.name]

    def made(self, quantity: Quantity) -> Array | None:
        """What a formula makes of the cell, at a first look; None where it makes nothing of its shape."""
        try:
            made = self.own.usual.made(quantity)
        except (ValueError, ArithmeticError, TypeError, LookupError):
            return None
        return made if made.shape == self.cell.quantity.shape else None

    def is_near(self, made: Array) -> bool:
        """Whether every answered entry may be what the formula makes."""
        return all(self.own.is_near((self.name, place), made[place], at_first=True) for place in self.answered)

    def is_likely(self, made: Array) -> bool:
        """Whether a formula counts as one that may hit by chance: another than before, and as round as the answers.

        Where an answer is a whole number, or a simple fraction, what makes decimals without end can never hit it.
        """
        if any(self.is_round[place] and not _is_round(made[place]) for place in self.shown):
            return False
        outcome = tuple(_text(made[place]) for place in self.shown)
        is_new = outcome not in self.outcomes
        self.outcomes.add(outcome)
        return is_new

    def exact(self, quantity: Quantity) -> Array | None:
        """What a formula makes of the cell, from the student's own entries; None where an answer is not that."""
        follower = self.follower
        inputs = Inputs(follower.calculation, quantity, follower.own)
        try:
            step = recomputed(inputs)
            reaches = {place: follower.rounding.reach_of(inputs, step, place) for place in self.answered}
            judged = follower.judged[self.name]
            courses = {place: Course(step, reach, ()) for place, reach in reaches.items()}
            is_right = all(follower.is_right(judged[place], place, course) for place, course in courses.items())
        except (ValueError, ArithmeticError, TypeError, LookupError, TooLarge, Undecided):
            return None
        return step.values if is_right else None

    def is_evident(self, made: Array, tried: int) -> bool:
        """Whether the entries that show it are enough, where so many edits were tried."""
        found = {(self.name, place): made[place] for place in self.shown}
        return len(self.shown) >= LEAST_ENTRIES and tried * chance(self.own, found, self.name) < MOST_BY_CHANCE


def _text(ball: Any) -> str:
    return f"{float(ball.mid()):.9g}" if is_known(ball) else ""


def _is_round(ball: Any) -> bool:
    """Whether the number is a whole one, or a fraction of a small denominator, or is not known, or beyond floats."""
    if not is_known(ball):
        return True
    scaled = float(ball.mid()) * ROUND
    return not isfinite(scaled) or abs(scaled - round(scaled)) < 1e-6
