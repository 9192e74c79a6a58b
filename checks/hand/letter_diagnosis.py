"""Names the mistake behind wrong entries with letters: a known one that gives all that was answered, charged once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.hand.key import KeyCell
from checks.hand.letter_follow_through import LetterFollower
from checks.judging.verdicts import Verdict
from checks.mistakes.advice import headline, or_else
from exact.calculation.inputs import Inputs, NotThereError
from exact.letters.lettered import NoFormula, in_letters
from exact.letters.solution import Unsettled
from exact.letters.symbolic import is_rational, symbolic
from exact.mistakes import MISTAKES, Mistake
from exact.numbers.array import Array
from exact.numbers.exponential_sums import TooLarge, Undecided

AGAIN = "the same mistake again"

NO_VARIANT = (NotThereError, ValueError, ZeroDivisionError, TooLarge, Undecided, Unsettled, NoFormula)
"""Why a mistake cannot be made with these inputs."""

NUMBERS_ONLY = (TypeError, AttributeError)
"""What a mistake raises that compares or rounds numbers: with letters it is none."""


class LetterDiagnosis:
    """One submission's mistakes, as they are found."""

    def __init__(self, follower: LetterFollower) -> None:
        self.follower = follower
        self.charged: dict[str, str] = {}  # each mistake with the step where it was charged
        self.named: dict[str, str] = {}

    def name(self, cell: KeyCell) -> None:
        """Names what explains the cell's wrong entries, if anything does."""
        quantity, judged = cell.quantity, self.follower.judged[cell.quantity.name]
        wrong = [place for place, one in enumerate(judged) if one.finding.verdict is Verdict.WRONG and one.formula]
        if not wrong:
            return
        found = list(dict.fromkeys(mistake.id for mistake in self._explaining(cell)))
        if not found:
            self._name_sign(cell, wrong)
            return
        chosen = next((one for one in found if one in self.charged), found[0])
        step = quantity.group or quantity.name
        is_again = self.charged.get(chosen, step) != step
        self.charged.setdefault(chosen, step)
        self.named[quantity.name] = chosen
        others = tuple(one for one in found if one != chosen)
        note = (f"{chosen}: {AGAIN}" if is_again else headline([chosen])) + or_else(others)
        is_free = is_again and not self.follower.reference.part.charge_repeats
        has_layer = any(one.has_layer for one in MISTAKES if one.id == chosen)
        for place in wrong:
            changed = replace(
                judged[place].finding,
                verdict=Verdict.FOLLOW_THROUGH if is_free else Verdict.WRONG,
                note=note,
                hint=note,
                mistakes=(chosen,),
                alternatives=others,
                layer=quantity.layer if has_layer else None,
            )
            self.follower.changed(quantity.name, place, changed)

    def _name_sign(self, cell: KeyCell, wrong: list[int]) -> None:
        """A lone wrong entry that is the right one with the other sign."""
        if len(wrong) != 1:
            return
        name, (place,) = cell.quantity.name, wrong
        one = self.follower.judged[name][place]
        if any(
            own.is_equal(-symbolic(own.step(name)[place]), own.formula(name, one)) for own in self.follower.readings
        ):
            note = "; ".join(filter(None, (headline(["sign-slip"]), one.finding.note)))
            self.follower.changed(name, place, replace(one.finding, mistakes=("sign-slip",), note=note))

    def _explaining(self, cell: KeyCell) -> Iterator[Mistake]:
        """The mistakes that give every answered entry of the cell."""
        follower, quantity = self.follower, cell.quantity
        judged = follower.judged[quantity.name]
        calculation, has_wrong_sources = follower.solution.calculation, follower.has_wrong_sources(cell)
        for reading in follower.readings:
            own, right = (Inputs(calculation, quantity, one) for one in (reading.own, reading.right))
            answers = [(place, reading.formula(quantity.name, one)) for place, one in enumerate(judged) if one.formula]
            for inputs in (own, right) if has_wrong_sources else (right, own):
                for mistake in MISTAKES:
                    values = self._variant(mistake, inputs) if self._is_open(mistake, inputs) else None
                    if values is None or values.size != len(judged):
                        continue
                    if all(reading.is_equal(values[place], formula) for place, formula in answers):
                        yield mistake

    def _is_open(self, mistake: Mistake, inputs: Inputs) -> bool:
        """Whether it may be made here: one that shows first in another cell must be seen there, if it can."""
        quantity = inputs.quantity
        first = quantity.of.get(mistake.first_in) or quantity.beside.get(mistake.first_in)
        is_answered = any(one.formula is not None for one in self.follower.judged.get(first or "", ()))
        return mistake.applies(inputs) and (not is_answered or self.named.get(first or "") == mistake.id)

    def _variant(self, mistake: Mistake, inputs: Inputs) -> Array | None:
        """The quantity as it comes out with the mistake; None where that has no formula."""
        solution, name = self.follower.solution, inputs.quantity.name

        def step(c: Inputs) -> Array:
            return in_letters(c.quantity.step.formula, c.letter)

        try:
            values = solution.settled(name, mistake.variant(inputs, step))
        except (*NO_VARIANT, *NUMBERS_ONLY):
            return None
        return None if all(is_rational(value, 0) for value in values) else values
