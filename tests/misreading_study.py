"""What becomes of sheets with a misread number: how many steps are charged, and what is named."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from checks.hand.key import HandReference
from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from tests.hand_sheets import reference_of
from tests.misreading_students import Misread, misread_sheet, shown_by
from tests.sheet_study import SLIPS, Sheets, check, random_table, single_cases
from tests.students import Floats

FOUND, OTHER = ("misread-given", "wrong-learning-rate"), "other-formula"
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
    formulas: int = 0
    cannot_tell: Counter[str] = field(default_factory=Counter)
    lost: int = 0

    def line(self) -> str:
        """The counts as shares."""
        share = lambda part, whole: f"{100 * part / max(whole, 1):5.1f} %"  # noqa: E731
        return (
            f"{self.sheets:5} sheets, charged at one step {share(self.one_step, self.sheets)}, "
            f"{self.can_tell:4} can tell, named {share(self.named, self.can_tell)}, "
            f"another number {self.other_number}, a formula {self.formulas}, "
            f"a misconception {share(self.misconceptions, self.sheets)}, "
            f"entries lost {self.lost / max(self.sheets, 1):.2f}"
        )


def steps_charged(reference: HandReference, findings: tuple[Finding, ...]) -> set[str]:
    """The steps with an entry that loses its points."""
    steps = {
        finding.name: cell.quantity.group or cell.name
        for (cell, _), finding in zip(
            ((cell, place) for cell in reference.cells for place in cell.places), findings, strict=True
        )
    }
    return {steps[one.name] for one in findings if one.verdict is Verdict.WRONG}


def counted(
    studied: Studied,
    reference: HandReference,
    findings: tuple[Finding, ...],
    *,
    can_tell: bool,
    alike: Collection[str] = (),
) -> set[str]:
    """Adds a sheet with a misread number; the names that were given, slips apart.

    `alike` are the mistakes that would have made the same sheet.
    """
    named = {name for one in findings for name in one.mistakes if name not in SLIPS}
    told = {*named, *(name for one in findings for name in one.alternatives)}
    is_named = bool(told & set(FOUND))
    studied.sheets += 1
    studied.lost += sum(one.verdict is Verdict.WRONG for one in findings)
    studied.one_step += len(steps_charged(reference, findings)) <= 1
    studied.can_tell += can_tell
    studied.named += can_tell and is_named
    studied.misconceptions += bool(named - {*FOUND, OTHER, *alike}) and not is_named
    studied.formulas += OTHER in named
    return named


def count(
    studied: Studied,
    reference: HandReference,
    table: Mapping[str, object],
    made: tuple[Misread, Mapping[str, Floats]],
    digits: int,
) -> str:
    """Adds one sheet; says what was odd about it."""
    misread, sheet = made
    findings = check(reference, sheet, digits)
    shown = shown_by(table, sheet)
    alike = Sheets(table, list(single_cases(reference.part.problem.depth))).equals(sheet)
    tells = shown >= LEAST_TO_TELL and not alike
    before = studied.one_step, studied.named, studied.misconceptions
    named = counted(studied, reference, findings, can_tell=tells, alike=alike)
    if not tells:
        studied.cannot_tell[", ".join(sorted(misread.numbers))] += 1
    told = {dict(one.detail).get("number", "") for one in findings if "number" in dict(one.detail)}
    is_other = any(not _is_of(number, misread) for number in told)
    studied.other_number += is_other
    odd = [] if studied.one_step > before[0] else [f"charged at {steps_charged(reference, findings)}"]
    odd += [] if studied.named > before[1] or not tells else [f"not named ({shown} show)"]
    odd += [f"told {told}"] if is_other else []
    odd += [f"named {named}"] if studied.misconceptions > before[2] else []
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
                odd = count(studied, reference, table, made, digits)
                if odd and verbose > 0:
                    verbose -= 1
                    print(sorted(made[0].numbers), made[0].table, "from", table, odd, sep="\n   ")
    return studied


def _is_of(told: str, misread: Misread) -> bool:
    """Whether the numbers told are some that were misread, or arrays that hold them."""
    arrays = {name.partition("[")[0] for name in misread.numbers}
    return set(told.split(", ")) <= misread.numbers | arrays
