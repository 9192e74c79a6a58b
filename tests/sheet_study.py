"""Simulated students on random problems, and what became of the mistakes that they made."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from checks.hand.key import HandReference
from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from tests.erring_students import EVERYWHERE, IN_ONE_LAYER, TWO_AT_ONCE
from tests.hand_sheets import found_in
from tests.students import Floats, Rule, Slip, answers, at, sheet

DIGITS = 4
NUMBERS: tuple[object, ...] = (-3, -2, -1, 1, 2, 3, "1/2", "-1/2")
SLIPS = ("sign-slip", "digit-slip", "copied-neighbour", "transposed-entry", "slip")
OUTCOMES = ("named", "equal", "named with another", "not named", "misnamed", "invisible")

Table = Mapping[str, object]
Rules = Mapping[str, Rule]


def random_table(chance: random.Random) -> dict[str, object]:
    """A problem of 2 to 4 layers, small whole numbers and fractions, logits of moderate size."""
    while True:
        widths = [chance.randint(2, 3) for _ in range(chance.randint(3, 5))]
        vector: Callable[[int], list[object]] = lambda n: chance.choices(NUMBERS, k=n)  # noqa: E731
        layers = [
            {"W": [vector(inputs) for _ in range(outputs)], "b": vector(outputs)}
            for inputs, outputs in pairwise(widths)
        ]
        y = [int(i == 0) for i in range(widths[-1])]
        eta = chance.choice(("1/2", "1/4"))
        table: dict[str, object] = {"x": vector(widths[0]), "y": y, "eta": eta, "layers": layers}
        cells = sheet(table)
        last = cells[f"s{len(layers)}"]
        alive = all(cells[f"a{l}"].any() for l in range(1, len(layers)))
        if alive and np.ptp(last) < 8 and abs(last).max() < 30:
            return table


def check(reference: HandReference, cells: Mapping[str, Floats], digits: int = DIGITS) -> tuple[Finding, ...]:
    """The findings on a sheet as a person writes it; of three digits nobody drops a zero at the end."""
    asked = {name: cells[name] for name in map(str, reference.part.cells)}
    text = answers(asked, digits) if digits > 3 else answers(asked, digits, zeros="#")
    return tuple(found_in(text, reference).values())


@dataclass(frozen=True)
class Case:
    """Mistakes that a student makes: their ids, and the steps that are done otherwise."""

    ids: frozenset[str]
    rules: Rules = field(hash=False)


def single_cases(layers: int) -> Iterator[Case]:
    """Every mistake: throughout, or in each layer by itself."""
    for name, rules in EVERYWHERE.items():
        yield Case(frozenset({name}), rules)
    for name, rules in IN_ONE_LAYER.items():
        for l in range(1, layers + 1):
            yield Case(frozenset({name}), {f"{kind}{l}": rule for kind, rule in rules.items()})


def double_cases(layers: int, singles: list[Case], chance: random.Random, sample: int) -> Iterator[Case]:
    """Two mistakes in one step of each layer by itself, and a sample of those in different steps."""
    for names, rules in TWO_AT_ONCE.items():
        for l in range(1, layers + 1):
            yield Case(frozenset(names), {kind if "_" in kind else f"{kind}{l}": rule for kind, rule in rules.items()})
    for _ in range(sample):
        one, other = chance.sample(singles, 2)
        kinds = [{kind.rstrip("123456789") for kind in case.rules} for case in (one, other)]
        if one.ids != other.ids and not kinds[0] & kinds[1]:
            yield Case(one.ids | other.ids, {**one.rules, **other.rules})


def written(table: Table, case: Case, slips: Mapping[str, Slip] | None = None) -> dict[str, Floats] | None:
    """The student's sheet; None where the mistake cannot be made on this problem."""
    try:
        with np.errstate(all="ignore"):
            cells = sheet(table, slips, case.rules)
    except (KeyError, ValueError, IndexError):
        return None
    right = sheet(table)
    same = all(cells[name].shape == right[name].shape for name in right)
    return cells if same and all(np.isfinite(cell).all() for cell in cells.values()) else None


class Sheets:
    """The sheets that single mistakes lead to, on one problem."""

    def __init__(self, table: Table, singles: list[Case]) -> None:
        self.made = [(case.ids, cells) for case in singles if (cells := written(table, case)) is not None]

    def equals(self, cells: Mapping[str, Floats]) -> set[str]:
        """The mistakes that lead to this sheet, as it would be marked: to a thousandth."""
        return {
            name
            for ids, other in self.made
            for name in ids
            if all(np.allclose(cells[cell], other[cell], rtol=1e-3, atol=1e-9) for cell in cells)
        }


def miscopied(table: Table, cells: Mapping[str, Floats], chance: random.Random) -> dict[str, Floats]:
    """The sheet with one more entry wrong, in a cell that was right, and of no consequence."""
    changed, right = dict(cells), sheet(table)
    untouched = [name for name in cells if not name.startswith("da") and np.allclose(cells[name], right[name])]
    if untouched:
        name = chance.choice(untouched)
        changed[name] = at(random_place(changed[name], chance), lambda x: x + 2)(changed[name].copy())
    return changed


def random_place(cell: Floats, chance: random.Random) -> int | tuple[int, int]:
    """An entry of the cell."""
    place = tuple(chance.randrange(n) for n in cell.shape)
    return place if len(place) == 2 else place[0]


def random_slip(cells: Mapping[str, Floats], chance: random.Random) -> dict[str, Slip]:
    """One entry written wrongly, and gone on with."""
    name = chance.choice([name for name in cells if not name.startswith("da")])
    change = chance.choice((lambda x: -x, lambda x: x + 2, lambda x: x * 10))
    return {name: at(random_place(cells[name], chance), change)}


def names_in(findings: tuple[Finding, ...]) -> set[str]:
    """The mistakes that were named, slips apart."""
    return {name for finding in findings for name in finding.mistakes if name not in SLIPS}


def outcome(findings: tuple[Finding, ...], ids: frozenset[str], same: set[str] | frozenset[str] = frozenset()) -> str:
    """What became of a sheet with these mistakes, of which those in `same` would have made the same sheet."""
    if not any(finding.verdict in (Verdict.WRONG, Verdict.FOLLOW_THROUGH) for finding in findings):
        return "invisible"
    named = names_in(findings)
    if named == ids:
        return "named"
    if ids <= named:
        return "named with another"
    if named and named <= ids | same:
        return "equal"
    return "misnamed" if named - ids - same else "not named"
