"""What becomes of sheets with one step worked out by another formula, which is in no list."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from checks.judging.verdicts import Verdict
from tests.editing_students import FORMULAS, names, random_edit, rule
from tests.hand_sheets import reference_of
from tests.sheet_study import SLIPS, Case, Sheets, check, random_table, single_cases, written
from tests.students import RIGHT, Floats, Paper, as_floats, sheet

OTHER = "other-formula"


@dataclass
class Studied:
    """Counts: of sheets, of those that show two numbers, those told as a formula, and those given a listed name."""

    sheets: int = 0
    can_tell: int = 0
    told: int = 0
    told_all: int = 0
    listed: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def line(self) -> str:
        share = lambda part, whole: f"{100 * part / max(whole, 1):5.1f} %"  # noqa: E731
        return (
            f"{self.sheets} sheets, {self.can_tell} can tell, told as a formula {share(self.told, self.can_tell)}, "
            f"given a listed name {share(self.listed.total(), self.sheets)} {dict(self.listed)}; "
            f"missed {dict(self.missed)}"
        )


def edited_sheet(
    table: Mapping[str, object], right: Mapping[str, Floats], chance: random.Random
) -> tuple[str, str, object, dict[str, Floats]] | None:
    """Which step, what was changed, the formula and the sheet; None where it cannot be done or makes no difference."""
    x, y, eta, W, b = as_floats(table)
    L = len(W)
    kind = chance.choice(list(FORMULAS))
    l = L if kind in ("out", "delta_out") else chance.randint(1, L - 1 if kind in ("a", "delta") else L)
    known = names(Paper(l, L, x, y, eta, W, b, dict(right)))
    told, formula = random_edit(kind, chance, known)
    step = kind if kind in ("out", "delta_out") else f"{kind}{l}"
    try:
        with np.errstate(all="ignore"):
            cells = written(table, Case(frozenset({told}), {step: rule(formula)}))
    except (TypeError, AttributeError):
        return None
    if cells is None or all(np.allclose(cells[n], right[n], rtol=2e-3, atol=1e-9) for n in right):
        return None
    if max(float(np.abs(one).max()) for one in cells.values()) > 1e5:
        return None
    cell = {"out": f"a{L}", "delta_out": f"delta{L}"}.get(kind) or f"{kind}{l}" + ("_new" if kind in "Wb" else "")
    return cell, told, formula, cells


def numbers_shown(cell: Floats, right: Floats) -> int:
    """How many numbers are wrong, equal ones and those of the other sign counted once."""
    wrong = ~np.isclose(cell, right, rtol=2e-3, atol=1e-9)
    return len({float(f"{abs(value):.6g}") for value in cell[wrong]})


def _listed(layers: int) -> Iterator[Case]:
    """Every listed mistake, throughout or in one layer."""
    for case in single_cases(layers):
        yield case
        for l in range(1, layers + 1):
            yield Case(case.ids, {f"{kind}{l}": one for kind, one in case.rules.items() if kind in FORMULAS})
            for only in "Wb":
                if only in case.rules:
                    yield Case(case.ids, {f"{only}{l}": case.rules[only]})
    for l in range(1, layers):
        yield Case(frozenset({"activation-for-derivative"}), {f"delta{l}": rule(("*", "a", FORMULAS["delta"][2]))})
    yield Case(frozenset({"delta-replaced-by-mean"}), {"delta_out": lambda p: RIGHT["delta_out"](p).mean() + 0 * p.y})
    for by in (1, -1):  # as if two entries of the target were swapped
        yield Case(frozenset({"misread-given"}), {"delta_out": lambda p, by=by: p.cells[f"a{p.L}"] - np.roll(p.y, by)})


def study(sheets: int, seed: int, digits: int = 4, verbose: int = 0) -> Studied:
    chance, studied = random.Random(seed), Studied()
    while studied.sheets < sheets:
        table = random_table(chance)
        reference, right = reference_of(table), sheet(table)
        listed = Sheets(table, list(_listed(reference.part.problem.depth)))
        for _ in range(6):
            made = edited_sheet(table, right, chance)
            if made is None or listed.equals(made[3]) or studied.sheets >= sheets:
                continue
            cell, what, formula, cells = made
            findings = check(reference, cells, digits)
            here = [one for one in findings if one.name.partition("[")[0] == cell]
            wrong = [one for one in here if one.verdict is Verdict.WRONG]
            named = {name for one in findings for name in one.mistakes} - set(SLIPS)
            can_tell = numbers_shown(cells[cell], right[cell]) >= 2 and bool(wrong)
            studied.sheets += 1
            studied.can_tell += can_tell
            is_told = bool(wrong) and all(one.mistakes == (OTHER,) for one in wrong)
            studied.told += can_tell and is_told
            for name in named - {OTHER}:
                studied.listed[name] += 1
            if can_tell and not is_told:
                studied.missed[what] += 1
            if verbose > 0 and ((can_tell and not is_told) or named - {OTHER}):
                verbose -= 1
                print(
                    cell,
                    what,
                    formula,
                    "named",
                    named,
                    cells[cell].tolist(),
                    right[cell].tolist(),
                    [f.note for f in wrong][:1],
                )
    return studied
