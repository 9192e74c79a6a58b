"""Names the mistake behind wrong entries, and charges it once.

Only cells that are wrong by the key and by the student's own earlier entries are looked at (see `explanation`). Where a
mistake shows again in a later step it is not charged again, unless the assignment says so. What no mistake explains is
a slip, where it stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.hand.explanation import Explanation, Trial
from checks.hand.follow_through import Follower
from checks.hand.key import KeyCell
from checks.hand.misreading import Misread, misread_at
from checks.hand.other_formula import other_formula
from checks.hand.read_numbers import Told, told
from checks.hand.slips import slip
from checks.judging.findings import Finding
from checks.judging.verdicts import RIGHT, Verdict
from checks.mistakes.advice import FOUND_FORMULA, headline, or_else
from exact.mistakes.deciding import deciding_change
from exact.numbers.array import Array
from exact.numbers.number import Number
from exact.numbers.unknown import is_known

AGAIN = "the same mistake again"

MOST_SEARCHES, MOST_EDITED = 3, 3
"""Cells of a sheet at which a misread number, and another formula, is looked for."""

SIGN, FLIPPED = "output-delta-sign", "sign-convention-flipped"
"""A delta of the other sign is a mistake, or, where the updates are right all the same, another convention."""


def diagnosed(follower: Follower) -> Iterator[Finding]:
    """All findings in order, those that are still wrong with their mistakes named where there is one."""
    diagnosis = _Diagnosis(follower)
    for cell in follower.reference.cells:
        diagnosis.name(cell)
        yield from (follower.judged[cell.quantity.name][place].finding for place in cell.places)


def is_open(finding: Finding) -> bool:
    """Whether an entry is wrong, and nothing explains it yet."""
    return finding.verdict is Verdict.WRONG and not finding.mistakes


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
        wrong = self.wrong_entries(cell)
        if not wrong:
            return
        trial = Trial(self.follower, cell, wrong, self.named)
        found = trial.single()
        misread = None if found and self.is_charged(found) else self.misread(cell, wrong)
        advantage = self.explained_by_reading(misread) - self.explained_by(found) if misread and found else 1
        if misread and advantage > 0:
            self.name_misread(cell, misread)
            return
        if not found and self.is_other_formula(cell, trial):
            return
        if not found and not self.is_at_a_loss:
            found = trial.pair()
        found = found or trial.beside_a_slip()
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

    def wrong_entries(self, cell: KeyCell) -> list[int]:
        """The places of the cell's entries that are wrong, and nothing explains it yet."""
        judged = self.follower.judged[cell.quantity.name]
        return [place for place, one in enumerate(judged) if one.value and is_open(one.finding)]

    def misread(self, cell: KeyCell, wrong: list[int]) -> Misread | None:
        """The misread number that explains these entries, if one does; looked for in the first cells alone."""
        self.searched += 1
        return misread_at(self.follower, cell, wrong) if self.searched <= MOST_SEARCHES else None

    def words(self, misread: Misread) -> Told:
        """What is said of it."""
        return told(misread, self.follower.reference.part, self.follower.calculation)

    def name_misread(self, first: KeyCell, misread: Misread) -> None:
        """Tells a misread number at the step that shows it first; from there on the number as read is worked with."""
        words = self.words(misread)
        self.follower = self.follower.with_numbers(misread.changed)
        cells = self.follower.reference.cells
        for cell in cells[cells.index(first) :]:
            self.charge_misread(cell, first, words)

    def is_other_formula(self, cell: KeyCell, trial: Trial) -> bool:
        """Whether another formula than the step's explains these entries; then it is told."""
        kind = cell.quantity.step.name
        again = self.formulas.get(kind, "")
        other = other_formula(self.follower, cell, trial, again) if again else None
        is_again = other is not None
        if other is None and self.edited < MOST_EDITED:
            self.edited += 1
            other = other_formula(self.follower, cell, trial)
        if other is None:
            return False
        self.formulas[kind] = other.edit.what
        part = self.follower.reference.part
        text = other.text(part.naming.cell)
        detail = (("formula", text), ("latex", other.latex(part.naming.latex_of)))
        name, is_free = cell.quantity.name, is_again and not part.charge_repeats
        for place in trial.wrong:
            finding = self.follower.judged[name][place].finding
            if is_free:
                note = f"{FOUND_FORMULA}: {AGAIN}; what stands there is {text}"
                hint = "right from the formula that you worked with"
                finding = replace(finding, verdict=Verdict.FOLLOW_THROUGH, note=note, hint=hint)
            else:
                finding = replace(finding, note=f"{FOUND_FORMULA}: what stands there is {text}")
                finding = replace(finding, mistakes=(FOUND_FORMULA,), detail=detail)
            self.follower.changed(name, place, finding)
        return True

    def is_charged(self, listed: Explanation) -> bool:
        """Whether a mistake that explains this was charged before."""
        return any(mistake.id in self.charged for mistakes in listed.equals for mistake in mistakes)

    def explained_by(self, listed: Explanation) -> int:
        """How many wrong entries a known mistake explains, wherever it is made."""
        trials = [(Trial(self.follower, cell, wrong, self.named), wrong) for cell, wrong in self.still_wrong()]
        return max(
            sum(len(wrong) for trial, wrong in trials if trial.is_explained_by(mistake.id))
            for (mistake,) in listed.equals
        )

    def explained_by_reading(self, misread: Misread) -> int:
        """How many a misread number explains."""
        return sum(self.follower.verdict(entry) is Verdict.WRONG for entry in misread.shown)

    def still_wrong(self) -> Iterator[tuple[KeyCell, list[int]]]:
        """The cells with wrong entries, and their places."""
        for cell in self.follower.reference.cells:
            if wrong := self.wrong_entries(cell):
                yield cell, wrong

    def charge_misread(self, cell: KeyCell, first: KeyCell, words: Told) -> None:
        """Puts the misreading into the findings of a cell: wrong at the step that shows it first, else followed."""
        name, group = cell.quantity.name, cell.quantity.group
        is_first = cell is first or bool(group and group == first.quantity.group)
        is_charged = is_first or self.follower.reference.part.charge_repeats
        for place in self.wrong_entries(cell):
            if self.follower.course(name, place) is None:
                continue
            finding = self.follower.judged[name][place].finding
            if is_charged:
                note = f"{words.id}: {words.sentence}"
                finding = replace(finding, note=note, mistakes=(words.id,), detail=words.detail)
            else:
                finding = replace(
                    finding,
                    verdict=Verdict.FOLLOW_THROUGH,
                    note=f"right from your {words.own}",
                    hint="right from the numbers that you worked with",
                )
            self.follower.changed(name, place, finding)

    def name_mistake(self, cell: KeyCell, found: Explanation, same: str) -> None:
        """Puts the mistake, or the two, into the findings; charges them where they show first.

        `same` is what explains as much and is in no list; "" where nothing is.
        """
        chosen = next((one for one in found.equals if one[0].id in self.charged), found.equals[0])
        rest = [one for one in found.equals if one is not chosen]
        ids = tuple(mistake.id for mistake in chosen)
        others = tuple(dict.fromkeys(mistake.id for one in rest for mistake in one if mistake.id not in ids))
        deciding = self._deciding(cell, found) if others else ""
        others += (same,) if same else ()
        if ids == (SIGN,) and self._updates_are_right():
            ids, others = (FLIPPED,), ()
        quantity = cell.quantity
        step = quantity.group or quantity.name
        is_again = all(self.charged.get(name, step) != step for name in ids)
        self.charged = dict.fromkeys(ids, step) | self.charged
        self.named[quantity.name] = ids[0]
        note = (f"{' and '.join(ids)}: {AGAIN}" if is_again else headline(ids)) + or_else(others)
        is_free = is_again and not self.follower.reference.part.charge_repeats
        verdict = Verdict.FOLLOW_THROUGH if is_free else Verdict.WRONG
        layer = quantity.layer if any(one.has_layer for one in chosen) else None
        for place in found.places:
            changed = replace(
                self.follower.judged[quantity.name][place].finding,
                verdict=verdict,
                note=note,
                hint=note,
                mistakes=ids,
                alternatives=others,
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
