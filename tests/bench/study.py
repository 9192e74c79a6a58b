"""A study of the diagnosis: simulated students on random problems, each with known mistakes, or with slips alone."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping

from checks.judging.verdicts import Verdict
from tests.erring_students import EVERYWHERE, IN_ONE_LAYER
from tests.hand_sheets import reference_of
from tests.sheet_study import (
    OUTCOMES,
    Sheets,
    check,
    double_cases,
    miscopied,
    outcome,
    random_slip,
    random_table,
    single_cases,
    written,
)
from tests.students import sheet
from tests.work_mistakes import MISTAKES, Told
from tests.work_mistakes import study as study_works
from tests.worked_cases import TABLES

NETWORKS, PAIRS, SLIPS = 50, 8, 10
"""Networks, and for each so many pairs of mistakes in different steps, and sheets with a slip alone."""

WORKS, WORK_SLIPS = 20, 10
"""Batches, steps and graphs of each kind, and slips in each."""

VISIBLE = OUTCOMES[:-1]


def main() -> None:
    """Prints a table of all mistakes, and a line for each kind of sheet."""
    chance = random.Random(541)
    by_mistake = {name: Counter[str]() for name in (*EVERYWHERE, *IN_ONE_LAYER)}
    kinds = ("with a slip elsewhere, miscopied", "with a slip carried on", "two at once", "slips alone", "right sheets")
    others = {kind: Counter[str]() for kind in kinds}
    for _ in range(NETWORKS):
        problem = random_table(chance)
        reference, right = reference_of(problem), sheet(problem)
        singles = list(single_cases(reference.part.problem.depth))
        sheets = Sheets(problem, singles)
        visible = []
        for case in singles:
            (name,) = case.ids
            cells = written(problem, case)
            if cells is None:
                continue
            alike = sheets.equals(cells)
            told = outcome(check(reference, cells), case.ids, alike)
            by_mistake[name][told] += 1
            if told == "invisible":
                continue
            visible.append(case)
            slipped = miscopied(problem, cells, chance)
            others[kinds[0]][outcome(check(reference, slipped), case.ids, alike)] += 1
            carried = written(problem, case, random_slip(right, chance))
            if carried is not None:
                others[kinds[1]][outcome(check(reference, carried), case.ids, alike)] += 1
        for case in double_cases(reference.part.problem.depth, visible, chance, PAIRS):
            cells = written(problem, case)
            if cells is not None:
                others[kinds[2]][outcome(check(reference, cells), case.ids)] += 1
        for _ in range(SLIPS):
            findings = check(reference, sheet(problem, random_slip(right, chance)))
            others[kinds[3]][outcome(findings, frozenset())] += 1
        accused = any(one.verdict in (Verdict.WRONG, Verdict.FOLLOW_THROUGH) for one in check(reference, right))
        others[kinds[4]]["misnamed" if accused else "invisible"] += 1
    print(f"diagnosis, {NETWORKS} networks{'':<19}" + "".join(f"{column:>20}" for column in OUTCOMES))
    for name, counts in by_mistake.items():
        print(f"  {name:<38}" + "".join(f"{counts[column]:>20}" for column in OUTCOMES))
    total = sum(by_mistake.values(), Counter[str]())
    for name, counts in {"one mistake": total, **others}.items():
        print(f"{name:<40}" + "".join(f"{counts[column]:>20}" for column in OUTCOMES) + _shares(counts))
    _of_other_kinds()
    print("Problem 2 of the homework cannot show: " + ", ".join(invisible_in_the_homework()))


def _of_other_kinds() -> None:
    """The same of batches, steps and graphs; what is in brackets is in no list."""
    told = Told()
    for kind in MISTAKES:
        study_works(kind, WORKS, WORK_SLIPS, random.Random(541), told)
    print(f"{WORKS} calculations of each other kind, {WORK_SLIPS} slips in each")
    for name, counts in told.by_mistake.items():
        print(f"  {name:<38}" + "".join(f"{counts[one]:>6} {one}" for one in ("named", "not named", "misnamed")))
    print(f"  slips (signs apart) that were given a name: {len(told.accused)}")
    for line in told.accused[:WORKS]:
        print(f"    {line}")


def _shares(counts: Mapping[str, int]) -> str:
    """What part of the visible ones was named, alone or among equals, and what part was taken for something else."""
    visible = sum(counts[kind] for kind in VISIBLE)
    if not visible:
        return ""
    named = visible - counts["misnamed"] - counts["not named"]
    return f"   named {100 * named / visible:.1f} %, misnamed {100 * counts['misnamed'] / visible:.1f} %"


def invisible_in_the_homework() -> list[str]:
    """The mistakes that make no difference, or cannot be made, in Problem 2; with its layer where that matters."""
    table = TABLES["homework"]
    reference = reference_of(table)
    found: dict[str, None] = {}
    for case in single_cases(reference.part.problem.depth):
        cells = written(table, case)
        if cells is None or outcome(check(reference, cells), case.ids) == "invisible":
            layers = {kind[-1] for kind in case.rules if kind[-1].isdigit()}
            found[" in layer ".join((*case.ids, *layers))] = None
    return list(found)


if __name__ == "__main__":
    main()
