"""Formulas that are in no list: an edit of the step's own that gives every answered entry of a cell.

A formula is told where it is more than a coincidence: where two numbers at least show it that do not follow from each
other, and so many edits were tried that one of them hits by chance in few sheets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from checks.hand.evidence import MOST_BY_CHANCE, chance, numbers
from checks.hand.explanation import Trial
from checks.hand.follow_through import Follower
from checks.hand.key import KeyCell
from checks.hand.own_balls import OwnBalls
from exact.calculation.inputs import Inputs, worked_out
from exact.calculation.quantity import Quantity
from exact.mistakes.edits import Edit, edits
from exact.mistakes.formulas import with_formula
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.writing.formula_text import formula_text

LEAST_NUMBERS = 2
"""Numbers that have to show a formula, none of them another one's size."""


@dataclass(frozen=True, slots=True)
class OtherFormula:
    """What stands in a cell: the edit, and the quantity with its formula in the place of the right one."""

    edit: Edit
    quantity: Quantity

    def text(self, called: Any) -> str:
        """The formula, as a line of text."""
        return formula_text(self.edit.formula, lambda one: called(self.quantity.of[one]))

    def latex(self, called: Any) -> str:
        """The formula, typeset."""
        return self.edit.formula.latex(lambda one: called(self.quantity.of[one]))


def other_formula(follower: Follower, cell: KeyCell, trial: Trial, again: str = "") -> OtherFormula | None:
    """The likeliest edit that explains all answered entries of a cell; None where none does, or it may be by chance.

    `again` is an edit that was told before of a step of this kind: it needs no more evidence.
    """
    search = _Search(follower, cell, trial)
    tried = 0
    for edit in edits(follower.calculation, cell.quantity):
        is_again = bool(again) and edit.what == again
        if again and not is_again:
            continue
        tried += 1
        quantity = search.with_edit(edit)
        if search.is_near(quantity) and search.is_exact(quantity):
            return OtherFormula(edit, quantity) if is_again or search.is_evident(tried) else None
    return None


class _Search:
    """One cell of which no listed mistake explains the wrong entries."""

    def __init__(self, follower: Follower, cell: KeyCell, trial: Trial) -> None:
        self.follower, self.cell, self.trial = follower, cell, trial
        self.name = cell.quantity.name
        self.own = OwnBalls(follower, follower.rounding)
        self.usual = self.own.reading({})
        self.inputs = Inputs(follower.calculation, cell.quantity, follower.own)
        judged = follower.judged[self.name]
        self.answered = [place for place in cell.places if judged[place].value is not None]

    def with_edit(self, edit: Edit) -> Quantity:
        """The quantity with the edited formula."""
        return with_formula(self.inputs, edit.formula).quantity

    def is_near(self, quantity: Quantity) -> bool:
        """Whether every answered entry may be what the formula gives, at a first look."""
        try:
            made = self.usual.made(quantity)
        except (ValueError, ArithmeticError, TypeError, LookupError):
            return False
        if made.shape != self.cell.quantity.shape:
            return False
        return all(self.own.is_near((self.name, place), made[place]) for place in self.answered)

    def is_exact(self, quantity: Quantity) -> bool:
        """Whether every answered entry is what the formula gives."""
        try:
            values = worked_out(Inputs(self.follower.calculation, quantity, self.follower.own))
        except (ValueError, ArithmeticError, TypeError, LookupError, TooLarge, Undecided):
            return False
        return not self.trial.misses(values, most=0)

    def is_evident(self, tried: int) -> bool:
        """Whether the entries that show it are enough, where so many edits were tried."""
        usual = self.usual.step(self.name)
        shown = [place for place in self.answered if not self.own.is_near((self.name, place), usual[place])]
        found = numbers(self.own, self.usual, [(self.name, place) for place in shown])
        return len(found) >= LEAST_NUMBERS and tried * chance(self.own, found, self.name) < MOST_BY_CHANCE
