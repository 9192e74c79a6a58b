"""Puts what was found, and stands in no list, into the findings: charged at the step that shows it, else followed."""

from __future__ import annotations

from dataclasses import replace

from checks.hand.follow_through import Follower
from checks.hand.key import KeyCell
from checks.hand.other_formula import OtherFormula
from checks.hand.read_numbers import Told
from checks.judging.verdicts import Verdict
from checks.mistakes.advice import FOUND_FORMULA

AGAIN = "the same mistake again"


def unexplained(follower: Follower, cell: KeyCell) -> list[int]:
    """The places of the cell's entries that are wrong, and that nothing explains yet."""
    return [
        place
        for place, one in enumerate(follower.judged[cell.quantity.name])
        if one.value and one.finding.verdict is Verdict.WRONG and not one.finding.mistakes
    ]


def charge_misread(follower: Follower, first: KeyCell, words: Told) -> None:
    """Charges a misread number at the cell that shows it first; what it explains later is right from it.

    The follower does the steps with the number as it was read.
    """
    cells = follower.reference.cells
    for cell in cells[cells.index(first) :]:
        name, group = cell.quantity.name, cell.quantity.group
        is_first = cell is first or bool(group and group == first.quantity.group)
        is_charged = is_first or follower.reference.part.charge_repeats
        for place in unexplained(follower, cell):
            if follower.course(name, place) is None:
                continue
            finding = follower.judged[name][place].finding
            if is_charged:
                note = f"{words.id}: {words.sentence}"
                finding = replace(finding, note=note, mistakes=(words.id,), detail=words.detail)
            else:
                note, hint = f"right from your {words.own}", "right from the numbers that you worked with"
                finding = replace(finding, verdict=Verdict.FOLLOW_THROUGH, note=note, hint=hint)
            follower.changed(name, place, finding)


def charge_formula(follower: Follower, cell: KeyCell, other: OtherFormula, *, is_again: bool) -> None:
    """Charges another formula at a cell, or tells that it is the same again."""
    part, name = follower.reference.part, cell.quantity.name
    text = other.text(part.naming.cell)
    for place in unexplained(follower, cell):
        finding = follower.judged[name][place].finding
        if is_again and not part.charge_repeats:
            note = f"{FOUND_FORMULA}: {AGAIN}; what stands there is {text}"
            hint = "right from the formula that you worked with"
            finding = replace(finding, verdict=Verdict.FOLLOW_THROUGH, note=note, hint=hint)
        else:
            note = f"{FOUND_FORMULA}: what stands there is {text}"
            detail = (("formula", text), ("latex", other.latex(part.naming.latex_of)))
            finding = replace(finding, note=note, mistakes=(FOUND_FORMULA,), detail=detail)
        follower.changed(name, place, finding)
