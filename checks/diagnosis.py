"""Names the mistake behind wrong entries, and charges it once.

Only cells that are wrong by the key and by the student's own earlier entries are looked at. A known mistake is tried on
those own entries; it is named if it gives every entry of the cell that was answered. Where it shows again in a later
step it is not charged again, unless the assignment says so. What no mistake explains is a slip, where it stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks.findings import Finding
from checks.follow_through import Follower, Judged
from checks.judging import judge
from checks.language.tree import AnswerError
from checks.reference import KeyCell
from checks.slips import HINT, slip
from checks.verdicts import RIGHT, Verdict
from exact.mistakes import MISTAKES, Mistake, Step
from exact.number import Number
from exact.recomputation import is_known
from exact.steps import Array

AGAIN = "the same mistake again"

FLIPPED = "sign-convention-flipped"
FLIPPED_SAYS = "y - a was taken for the delta, and then added: the updated parameters are right"


def diagnosed(follower: Follower) -> Iterator[Finding]:
    """All findings in order, those that are still wrong with their mistakes named where there is one."""
    charged: dict[str, tuple[int, bool]] = {}  # each mistake with the step where it was charged
    for cell in follower.reference.cells:
        judged = follower.judged[cell.name]
        wrong = [place for place, one in enumerate(judged) if one.finding.verdict is Verdict.WRONG and one.value]
        if wrong:
            names = _explaining(follower, cell, judged)
            if names:
                step = (cell.name.layer, cell.name.is_update)
                first = next((one.id for one in names if one.id in charged), names[0].id)
                is_again = charged.setdefault(first, step) != step
                _name(follower, cell, wrong, first, names, again=is_again)
            elif len(wrong) == 1:
                _name_slip(follower, cell, wrong[0])
        yield from (one.finding for one in follower.judged[cell.name])


def _explaining(follower: Follower, cell: KeyCell, judged: list[Judged]) -> list[Mistake]:
    """The mistakes that give every answered entry of the cell.

    They are tried on the student's own entries, then on the right ones: what was miscopied need not have been used.
    """
    for given in (follower.own, follower.right):
        step = Step(follower.problem, cell.name.layer, given)
        found = []
        for mistake in MISTAKES:
            if mistake.kind is not cell.name.kind:
                continue
            values = mistake.values(step)
            if values is not None and values.size == len(judged) and _gives(follower, cell, judged, values):
                found.append(mistake)
        if found:
            return found
    return []


def _gives(follower: Follower, cell: KeyCell, judged: list[Judged], values: Array) -> bool:
    for place, one in enumerate(judged):
        if one.value is None:
            continue
        key = follower.key(cell.name, place, values.flat[place], one)
        if key is None:
            return False
        try:
            if judge(one.value, key, follower.reference.part.tolerance).verdict not in RIGHT:
                return False
        except AnswerError:
            return False
    return True


def _name(
    follower: Follower, cell: KeyCell, wrong: list[int], first: str, names: list[Mistake], *, again: bool
) -> None:
    chosen = next(one for one in names if one.id == first)
    if first == "output-delta-sign" and _updates_are_right(follower):
        chosen, first = replace(chosen, id=FLIPPED, says=FLIPPED_SAYS), FLIPPED
    others = tuple(dict.fromkeys(one.id for one in names if one.id not in (first, "output-delta-sign")))
    layer = cell.name.layer if chosen.has_layer else None
    is_free = again and not follower.reference.part.charge_repeats
    note = f"{first}: {AGAIN}" if again else f"{first}: {chosen.says}"
    if others:
        note += f" (or {', '.join(others)}, which give the same here)"
    for place in wrong:
        finding = follower.judged[cell.name][place].finding
        verdict = Verdict.FOLLOW_THROUGH if is_free else Verdict.WRONG
        follower.changed(
            cell.name,
            place,
            replace(
                finding, verdict=verdict, note=note, hint=note, mistakes=(first,), alternatives=others, layer=layer
            ),
        )


def _updates_are_right(follower: Follower) -> bool:
    """Whether the updated parameters were given, and are right."""
    updates = [one for cell, judged in follower.judged.items() if cell.is_update for one in judged]
    return bool(updates) and all(one.finding.verdict in RIGHT for one in updates)


def _name_slip(follower: Follower, cell: KeyCell, place: int) -> None:
    """A lone wrong entry, named after what its value is beside the right one."""
    one = follower.judged[cell.name][place]
    values = follower.step(cell.name).values.flat
    if one.value is None or not is_known(values[place]):
        return
    name, says = slip(one.value, place, [Number.of(v) if is_known(v) else None for v in values], cell.shape)
    note = f"{name}: {says}; {one.finding.note}" if says else f"{name}: {one.finding.note}"
    follower.changed(cell.name, place, replace(one.finding, mistakes=(name,), note=note, hint=HINT))
