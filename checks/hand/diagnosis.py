"""Names the mistake behind wrong entries, and charges it once.

Only cells that are wrong by the key and by the student's own earlier entries are looked at (see `explanation`). Where a
mistake shows again in a later step it is not charged again, unless the assignment says so. What no mistake explains is
a slip, where it stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.hand.explanation import Explanation, explanation
from checks.hand.follow_through import Follower
from checks.hand.key import KeyCell
from checks.hand.slips import HINT, slip
from checks.judging.findings import Finding
from checks.judging.verdicts import RIGHT, Verdict
from checks.mistakes.advice import headline, or_else
from exact.mistakes.deciding import deciding_change
from exact.networks.cells import CellName
from exact.networks.recomputation import is_known
from exact.networks.steps import Array
from exact.numbers.number import Number

AGAIN = "the same mistake again"

SIGN, FLIPPED = "output-delta-sign", "sign-convention-flipped"
"""A delta of the other sign is a mistake, or, where the updates are right all the same, another convention."""


def diagnosed(follower: Follower) -> Iterator[Finding]:
    """All findings in order, those that are still wrong with their mistakes named where there is one."""
    diagnosis = _Diagnosis(follower)
    for cell in follower.reference.cells:
        diagnosis.name(cell)
        yield from (one.finding for one in follower.judged[cell.name])


class _Diagnosis:
    """One submission's mistakes, as they are found."""

    def __init__(self, follower: Follower) -> None:
        self.follower = follower
        self.charged: dict[str, object] = {}  # each mistake with the step where it was charged
        self.named: dict[CellName, str] = {}
        self.is_at_a_loss = False  # whether several entries of a cell had no explanation: then no pairs are tried

    def name(self, cell: KeyCell) -> None:
        """Names what explains the cell's wrong entries, if anything does."""
        judged = self.follower.judged[cell.name]
        wrong = [place for place, one in enumerate(judged) if one.finding.verdict is Verdict.WRONG and one.value]
        if not wrong:
            return
        found = explanation(self.follower, cell, wrong, self.named, with_pairs=not self.is_at_a_loss)
        if found:
            self.name_mistake(cell, found)
            if found.slip is not None:
                self.name_slip(cell, found.slip, found.values)
        elif all(judged[place].is_short for place in wrong):
            return  # what is said of them already is all there is to say
        elif len(wrong) == 1:
            self.name_slip(cell, wrong[0], self.follower.step(cell.name).values)
        else:
            self.is_at_a_loss = True

    def name_mistake(self, cell: KeyCell, found: Explanation) -> None:
        """Puts the mistake, or the two, into the findings; charges them where they show first."""
        chosen = next((one for one in found.equals if one[0].id in self.charged), found.equals[0])
        rest = [one for one in found.equals if one is not chosen]
        ids = tuple(mistake.id for mistake in chosen)
        others = tuple(dict.fromkeys(mistake.id for one in rest for mistake in one if mistake.id not in ids))
        if ids == (SIGN,) and self._updates_are_right():
            ids, others = (FLIPPED,), ()
        step = (cell.name.layer, "update") if cell.name.is_update else cell.name
        is_again = all(self.charged.get(name, step) != step for name in ids)
        self.charged = dict.fromkeys(ids, step) | self.charged
        self.named[cell.name] = ids[0]
        note = (f"{' and '.join(ids)}: {AGAIN}" if is_again else headline(ids)) + or_else(others)
        is_free = is_again and not self.follower.reference.part.charge_repeats
        verdict = Verdict.FOLLOW_THROUGH if is_free else Verdict.WRONG
        layer = cell.name.layer if any(one.has_layer for one in chosen) else None
        deciding = self._deciding(cell, found) if others else ""
        for place in found.places:
            changed = replace(
                self.follower.judged[cell.name][place].finding,
                verdict=verdict,
                note=note,
                hint=note,
                mistakes=ids,
                alternatives=others,
                layer=layer,
                deciding=deciding,
            )
            self.follower.changed(cell.name, place, changed)

    def _deciding(self, cell: KeyCell, found: Explanation) -> str:
        """The entry, or the small change of the problem, that would tell equals apart; "" where none was found."""
        for mistake in (mistake for one in found.equals for mistake in one):
            if mistake.first_in is not None:
                return f"{CellName(mistake.first_in, cell.name.layer)} would decide"
        one, *others = found.equals
        change = deciding_change(self.follower.problem, cell.name, one, tuple(others))
        return f"with {change} they would differ" if change else ""

    def _updates_are_right(self) -> bool:
        """Whether the updated parameters were given, and are right."""
        updates = [one for cell, judged in self.follower.judged.items() if cell.is_update for one in judged]
        return bool(updates) and all(one.finding.verdict in RIGHT for one in updates)

    def name_slip(self, cell: KeyCell, place: int, values: Array) -> None:
        """A lone wrong entry, named after what its value is beside the one that the step should have given."""
        one = self.follower.judged[cell.name][place]
        if one.value is None or not is_known(values.flat[place]):
            return
        right = [Number.of(value) if is_known(value) else None for value in values.flat]
        name = slip(one.value, place, right, cell.shape)
        head, joint = (name, ": ") if name == "slip" else (headline([name]), "; ")
        note = joint.join(filter(None, (head, one.finding.note)))
        changed = replace(one.finding, mistakes=(name,), note=note, hint=HINT)
        self.follower.changed(cell.name, place, changed)
