"""What becomes of sheets with a misread number: how many steps are charged, and what is named."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from checks.hand.key import HandReference
from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from tests.hand_sheets import reference_of
from tests.misreading_students import Misread, misread_sheet, shown_by
from tests.sheet_study import SLIPS, check, random_table

FOUND = ("misread-given", "wrong-learning-rate")
LEAST_TO_TELL = 2
"""Entries that show a misreading each by itself, from which it can be told from a slip."""


@dataclass
class Studied:
    """Counts: of sheets, of those charged at one step, of those that can tell, named, and taken for something else."""

    sheets: int = 0
    one_step: int = 0
    can_tell: int = 0
    named: int = 0
    other_number: int = 0
    misconceptions: int = 0
    cannot_tell: Counter[str] = field(default_factory=Counter)
    lost: int = 0

    def line(self) -> str:
        """The counts as shares."""
        share = lambda part, whole: f"{100 * part / max(whole, 1):5.1f} %"  # noqa: E731
        return (
            f"{self.sheets:5} sheets, charged at one step {share(self.one_step, self.sheets)}, "
            f"{self.can_tell:4} can tell, named {share(self.named, self.can_tell)}, "
            f"another number {self.other_number}, a misconception {share(self.misconceptions, self.sheets)}, "
            f"entries lost {self.lost / max(self.sheets, 1):.2f}"
        )


def steps_charged(reference: HandReference, findings: tuple[Finding, ...]) -> set[str]:
    """The steps with an entry that loses its points."""
    groups = {cell.name: cell.quantity.group or cell.name for cell in reference.cells}
    wrong = [one.name.partition("[")[0] for one in findings if one.verdict is Verdict.WRONG]
    return {groups[name] for name in wrong}


def count(
    studied: Studied,
    reference: HandReference,
    table: Mapping[str, object],
    misread: Misread,
    sheet: Mapping,
    digits: int,
) -> str:
    """Adds one sheet; says what was odd about it."""
    findings = check(reference, sheet, digits)
    wrong = [one for one in findings if one.verdict is Verdict.WRONG]
    named = {name for one in findings for name in one.mistakes if name not in SLIPS}
    shown = shown_by(table, sheet)
    can_tell = shown >= LEAST_TO_TELL
    is_named = bool(named & set(FOUND))
    studied.sheets += 1
    studied.lost += len(wrong)
    one_step = len(steps_charged(reference, findings)) <= 1
    studied.one_step += one_step
    studied.can_tell += can_tell
    studied.named += can_tell and is_named
    if not can_tell:
        studied.cannot_tell[", ".join(sorted(misread.numbers))] += 1
    studied.misconceptions += bool(named - set(FOUND))
    told = (
        {dict(one.detail).get("number", "") for one in findings if one.detail}
        if hasattr(wrong[0] if wrong else None, "detail")
        else set()
    )
    is_other = bool(told) and not all(_is_of(number, misread) for number in told)
    studied.other_number += is_other
    odd = [] if one_step else [f"charged at {steps_charged(reference, findings)}"]
    odd += [] if is_named or not can_tell else [f"not named ({shown} show)"]
    odd += [f"told {told}"] if is_other else []
    odd += [f"named {named - set(FOUND)}"] if named - set(FOUND) else []
    return "; ".join(odd)


def study(kind: str, sheets: int, seed: int, digits: int = 4, verbose: int = 0) -> Studied:
    """So many sheets on random problems."""
    chance, studied = random.Random(seed), Studied()
    while studied.sheets < sheets:
        table = random_table(chance)
        reference = reference_of(table)
        for _ in range(5):
            made = misread_sheet(table, kind, chance)
            if made is not None and studied.sheets < sheets:
                odd = count(studied, reference, table, *made, digits)
                if odd and verbose > 0:
                    verbose -= 1
                    print(sorted(made[0].numbers), made[0].table, "from", table, odd, sep="\n   ")
    return studied


def _is_of(told: str, misread: Misread) -> bool:
    """Whether the numbers told are some that were misread, or arrays that hold them."""
    arrays = {name.partition("[")[0] for name in misread.numbers}
    return set(told.split(", ")) <= misread.numbers | arrays
