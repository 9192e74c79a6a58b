"""Names the mistake behind wrong entries, and charges it once.

Only cells that are wrong by the key and by the student's own earlier entries are looked at (see `explanation`). Where a
mistake shows again in a later step it is not charged again, unless the assignment says so. What no mistake explains is
a slip, where it stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.hand.coincidence import NOTHING, Shown, shown_by, weighed, without_habits
from checks.hand.explanation import Explanation, Trial
from checks.hand.follow_through import Follower
from checks.hand.found_mistakes import AGAIN, charge_formula, charge_misread, unexplained
from checks.hand.key import KeyCell, KeyEntry
from checks.hand.misreading import Misread, misread_at
from checks.hand.other_formula import OtherFormula, other_formula
from checks.hand.read_numbers import Told, told
from checks.hand.slips import slip
from checks.hand.unasked import Unasked, charge_unasked, made_unasked
from checks.judging.findings import Finding
from checks.judging.verdicts import RIGHT, Verdict
from checks.mistakes.advice import headline, or_else
from exact.mistakes.deciding import deciding_change
from exact.numbers.array import Array
from exact.numbers.number import Number
from exact.numbers.unknown import is_known

MOST_SEARCHES, MOST_EDITED = 3, 3
"""Cells of a sheet at which a misread number, and another formula, is looked for."""

CLOSER = 2
"""How much likelier chance has to lead to a known mistake than to a misread number that explains as many entries."""

SIGN, FLIPPED = "output-delta-sign", "sign-convention-flipped"
"""A delta of the other sign is a mistake, or, where the updates are right all the same, another convention."""


def diagnosed(follower: Follower) -> Iterator[Finding]:
    """All findings in order, those that are still wrong with their mistakes named where there is one."""
    diagnosis = _Diagnosis(follower)
    for cell in follower.reference.cells:
        diagnosis.name(cell)
        yield from (follower.judged[cell.quantity.name][place].finding for place in cell.places)


class _Diagnosis:
    """One submission's mistakes, as they are found."""

    def __init__(self, follower: Follower) -> None:
        self.follower = follower
        self.charged: dict[str, object] = {}  # each mistake with the step where it was charged
        self.named: dict[str, str] = {}
        self.searched, self.edited = 0, 0
        self.formulas: dict[str, str] = {}  # the edit that was told of each kind of step
        self.is_at_a_loss = False  # whether several entries of a cell had no explanation: then no pairs are tried

    def name(self, cell: KeyCell) -> None:
        """Names what explains the cell's wrong entries, if anything does."""
        wrong = unexplained(self.follower, cell)
        if not wrong:
            return
        trial = Trial(self.follower, cell, wrong, self.named)
        found, shown = self.weighed(trial, trial.single())
        unasked = None if found else self.unasked(trial)
        if unasked:
            shown = shown_by(trial, unasked.made)
        misread = None if found and self.is_charged(found) else self.misread(cell, wrong)
        advantage = self.advantage(trial, misread, shown) if misread and (found or unasked) else 1
        if misread and advantage > 0:
            self.name_misread(cell, misread)
            return
        if unasked:
            self.name_unasked(trial, unasked)
            return
        if not found and (other := self.other_formula(cell)):
            found = without_habits(trial, trial.with_values(other.values), self.others(trial))
            if not found:
                self.name_formula(cell, other)
                return
        if not found and not self.is_at_a_loss:
            found, _ = self.weighed(trial, trial.pair())
        if not found:
            found, _ = self.weighed(trial, trial.beside_a_slip())
        name, judged = cell.quantity.name, self.follower.judged[cell.quantity.name]
        if found:
            same = self.words(misread).id if misread and not advantage else ""
            self.name_mistake(cell, found, same)
            if found.slip is not None:
                self.name_slip(cell, found.slip, found.values)
        elif all(judged[place].is_short for place in wrong):
            return  # what is said of them already is all there is to say
        elif len(wrong) == 1:
            self.name_slip(cell, wrong[0], self.follower.step(name).values)
        else:
            self.is_at_a_loss = True

    def misread(self, cell: KeyCell, wrong: list[int]) -> Misread | None:
        """The misread number that explains these entries, if one does; looked for in the first cells alone."""
        self.searched += 1
        return misread_at(self.follower, cell, wrong) if self.searched <= MOST_SEARCHES else None

    def unasked(self, trial: Trial) -> Unasked | None:
        """A mistake in a cell that is not asked for, if one explains this; looked for in as many cells."""
        return made_unasked(trial, self.others(trial), self.charged) if self.searched < MOST_SEARCHES else None

    def name_unasked(self, trial: Trial, found: Unasked) -> None:
        """Charges it where it shows first."""
        name = found.ids[0]
        charge_unasked(trial, found, is_again=name in self.charged)
        self.charged.setdefault(name, trial.quantity.group or trial.quantity.name)

    def words(self, misread: Misread) -> Told:
        """What is said of it."""
        part = self.follower.reference.part
        return told(misread, part, part.naming.calculation)

    def name_misread(self, first: KeyCell, misread: Misread) -> None:
        """Tells a misread number; from there on the number as it was read is worked with."""
        words = self.words(misread)
        self.follower = misread.follower
        charge_misread(self.follower, first, words)

    def other_formula(self, cell: KeyCell) -> OtherFormula | None:
        """The formula that explains these entries, if one does; one that was told of such a step before, first."""
        again = self.formulas.get(cell.quantity.step.name, "")
        if again and (formula := other_formula(self.follower, cell, again)):
            return formula
        self.edited += 1
        return other_formula(self.follower, cell) if self.edited <= MOST_EDITED else None

    def name_formula(self, cell: KeyCell, other: OtherFormula) -> None:
        """Tells another formula."""
        step, what = cell.quantity.step.name, other.edit.what
        is_again = bool(what) and what == self.formulas.get(step)
        self.formulas[step] = what
        charge_formula(self.follower, cell, other, is_again=is_again)

    def is_charged(self, listed: Explanation) -> bool:
        """Whether a mistake that explains this was charged before."""
        return any(mistake.id in self.charged for mistakes in listed.equals for mistake in mistakes)

    def weighed(self, trial: Trial, found: Explanation | None) -> tuple[Explanation | None, Shown]:
        """The explanation where it is more than a coincidence, or was given before; and what it shows."""
        if found and self.is_charged(found):
            return found, NOTHING
        return weighed(trial, found, self.others(trial) if found else [])

    def others(self, trial: Trial) -> list[Trial]:
        """The other cells that are still wrong."""
        return [Trial(self.follower, *one, self.named) for one in self.still_wrong() if one[0] is not trial.cell]

    def advantage(self, trial: Trial, misread: Misread, listed: Shown) -> int:
        """How many more wrong entries a misread number explains; of as many it has to meet them more closely."""
        steps = self.follower.balls.reading(misread.changed)
        wrong = [entry for entry in misread.shown if self.follower.verdict(entry) is Verdict.WRONG]
        read = shown_by(trial, {(name, place): steps.step(name)[place] for name, place in wrong})
        more = len(wrong) - len(listed.entries)
        return more or int(read.chance * CLOSER < listed.chance)

    def still_wrong(self) -> Iterator[tuple[KeyCell, list[int]]]:
        """The cells with wrong entries, and their places."""
        for cell in self.follower.reference.cells:
            if wrong := unexplained(self.follower, cell):
                yield cell, wrong

    def name_mistake(self, cell: KeyCell, found: Explanation, same: str) -> None:
        """Puts the mistake, or the two, into the findings; charges them where they show first.

        `same` is what explains as much and is in no list; "" where nothing is.
        """
        chosen = next((one for one in found.equals if one[0].id in self.charged), found.equals[0])
        rest = [one for one in found.equals if one is not chosen]
        ids = tuple(mistake.id for mistake in chosen)
        others = tuple(dict.fromkeys(mistake.id for one in rest for mistake in one if mistake.id not in ids))
        deciding = self._deciding(cell, found) if others else ""
        if ids == (SIGN,) and self._updates_are_right() and not self._is_right_elsewhere(cell):
            ids, others, same = (FLIPPED,), (), ""
        quantity = cell.quantity
        step = quantity.group or quantity.name
        is_again = all(self.charged.get(name, step) != step for name in ids)
        self.charged = dict.fromkeys(ids, step) | self.charged
        self.named[quantity.name] = ids[0]
        note = f"{' and '.join(ids)}: {AGAIN}" if is_again else headline(ids)
        is_free = is_again and not self.follower.reference.part.charge_repeats
        verdict = Verdict.FOLLOW_THROUGH if is_free else Verdict.WRONG
        layer = quantity.layer if any(one.has_layer for one in chosen) else None
        for place in found.places:
            changed = replace(
                self.follower.judged[quantity.name][place].finding,
                verdict=verdict,
                note=note + or_else((*others, same) if same else others),
                hint=note + or_else(others),
                mistakes=ids,
                alternatives=(*others, same) if same else others,
                layer=layer,
                deciding=deciding,
            )
            self.follower.changed(cell.quantity.name, place, changed)

    def _deciding(self, cell: KeyCell, found: Explanation) -> str:
        """The entry, or the small change of the problem, that would tell equals apart; "" where none was found."""
        quantity = cell.quantity
        for mistake in (mistake for one in found.equals for mistake in one):
            if first := quantity.beside.get(mistake.first_in) or quantity.of.get(mistake.first_in):
                return f"{self.follower.reference.part.cell_name(first)} would decide"
        one, *others = found.equals
        naming = self.follower.reference.part.naming
        change = deciding_change(self.follower.calculation, quantity, one, tuple(others), naming.entry)
        return f"with {change} they would differ" if change else ""

    def _is_right_elsewhere(self, cell: KeyCell) -> bool:
        """Whether the same step, done another time, is right, so that there is no habit."""
        return any(
            self.follower.verdict((other.quantity.name, place)) in RIGHT and not _is_zero(other.every[place])
            for other in self.follower.reference.cells
            if other is not cell and other.quantity.step.name == cell.quantity.step.name
            for place in other.places
        )

    def _updates_are_right(self) -> bool:
        """Whether the updated parameters were given, and are right."""
        updates = [
            self.follower.judged[cell.quantity.name][place]
            for cell in self.follower.reference.cells
            if cell.quantity.group
            for place in cell.places
        ]
        return bool(updates) and all(one.finding.verdict in RIGHT for one in updates)

    def name_slip(self, cell: KeyCell, place: int, values: Array) -> None:
        """A lone wrong entry, named after what its value is beside the one that the step should have given."""
        one = self.follower.judged[cell.quantity.name][place]
        if one.value is None or not is_known(values[place]):
            return
        right = [Number.of(value) if is_known(value) else None for value in values]
        name = slip(one.value, place, right, cell.shape)
        head, joint = (name, ": ") if name == "slip" else (headline([name]), "; ")
        note = joint.join(filter(None, (head, one.finding.note)))
        changed = replace(one.finding, mistakes=(name,), note=note)
        self.follower.changed(cell.quantity.name, place, changed)


def _is_zero(entry: KeyEntry) -> bool:
    return entry.key.value.as_fraction() == 0
