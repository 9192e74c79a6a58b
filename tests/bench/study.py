"""A study of the diagnosis: simulated students on random problems, each with one known mistake, or with slips alone."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise

import numpy as np

from checks.answers_txt import read_answers_txt
from checks.assignment import read_assignment
from checks.check_backprop import check_backprop
from checks.findings import Finding
from checks.reference import BackpropReference, backprop_reference
from checks.verdicts import Verdict
from tests.erring_students import EVERYWHERE, IN_ONE_LAYER
from tests.students import Floats, answers, at, sheet

NETWORKS, DIGITS = 50, 4
NUMBERS: tuple[object, ...] = (-3, -2, -1, 1, 2, 3, "1/2", "-1/2")
SLIPS = ("sign-slip", "digit-slip", "copied-neighbour", "transposed-entry", "slip")


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


def reference_of(table: Mapping[str, object]) -> BackpropReference:
    """The table's key."""
    (part,) = read_assignment({"id": "study", "title": "Study", "backprop": dict(table)}).backprop
    return backprop_reference(part)


def check(reference: BackpropReference, cells: Mapping[str, Floats]) -> tuple[Finding, ...]:
    """The findings on a sheet as a person writes it."""
    text = answers({name: cells[name] for name in map(str, reference.part.cells)}, DIGITS)
    section, _ = check_backprop(reference, tuple(read_answers_txt(text.encode(), "answers.txt", ("",))[0]))
    return section.findings


def cases(layers: int) -> Iterator[tuple[str, dict[str, object]]]:
    """Every mistake, with what makes a sheet of it."""
    for name, rules in EVERYWHERE.items():
        yield name, {"rules": rules}
    for name, rules in IN_ONE_LAYER.items():
        for layer in range(1, layers + 1):
            yield name, {"rules": rules, "only": layer}


def slipped(table: Mapping[str, object], how: Mapping[str, object], chance: random.Random) -> dict[str, Floats]:
    """A sheet with the mistake, and one entry of another cell miscopied."""
    with np.errstate(all="ignore"):
        cells = sheet(table, **how)  # type: ignore[arg-type]
    right = sheet(table)
    untouched = [name for name in cells if not name.startswith("da") and np.allclose(cells[name], right[name])]
    if untouched:
        name = chance.choice(untouched)
        place = tuple(chance.randrange(n) for n in cells[name].shape)
        cells[name][place] += 2
    return cells


def outcome(findings: tuple[Finding, ...], mistake: str) -> str:
    """What became of a sheet with the mistake."""
    named = {name for finding in findings for name in finding.mistakes if name not in SLIPS}
    equals = {name for finding in findings for name in finding.alternatives}
    if not any(finding.verdict in (Verdict.WRONG, Verdict.FOLLOW_THROUGH) for finding in findings):
        return "invisible"
    if mistake in named:
        return "named" if named == {mistake} else "named with another"
    if mistake in equals:
        return "equal"
    return "misnamed" if named else "not named"


def main() -> None:
    """Prints the table."""
    chance = random.Random(541)
    problems = [random_table(chance) for _ in range(NETWORKS)]
    references = [reference_of(table) for table in problems]
    table: dict[str, Counter[str]] = {}
    slips, with_slip, charged = Counter[str](), Counter[str](), 0
    for problem, reference in zip(problems, references, strict=True):
        right = sheet(problem)
        charged += any(one.verdict in (Verdict.WRONG, Verdict.FOLLOW_THROUGH) for one in check(reference, right))
        for mistake, how in cases(reference.part.problem.depth):
            try:
                with np.errstate(all="ignore"):
                    cells = sheet(problem, **how)  # type: ignore[arg-type]
            except (KeyError, ValueError, IndexError):
                continue
            same = all(cells[name].shape == right[name].shape for name in right)
            if not same or not all(np.isfinite(cell).all() for cell in cells.values()):
                continue
            table.setdefault(mistake, Counter())[outcome(check(reference, cells), mistake)] += 1
            with_slip[outcome(check(reference, slipped(problem, how, chance)), mistake)] += 1
        for _ in range(10):
            name = chance.choice([name for name in right if not name.startswith("da")])
            place = tuple(chance.randrange(n) for n in right[name].shape)
            change = chance.choice((lambda x: -x, lambda x: x + 2, lambda x: x * 10))
            findings = check(reference, sheet(problem, {name: at(place, change)}))  # type: ignore[arg-type]
            slips[outcome(findings, "slip")] += 1
    columns = ("named", "equal", "named with another", "not named", "misnamed", "invisible")
    print(f"{'mistake':<38}" + "".join(f"{column:>20}" for column in columns))
    total = Counter[str]()
    for mistake, counts in table.items():
        total += counts
        print(f"{mistake:<38}" + "".join(f"{counts[column]:>20}" for column in columns))
    print(f"{'all':<38}" + "".join(f"{total[column]:>20}" for column in columns))
    visible = total.total() - total["invisible"]
    named = total["named"] + total["equal"] + total["named with another"]
    print(f"visible mistakes named: {100 * named / visible:.1f} %, misnamed {100 * total['misnamed'] / visible:.1f} %")
    visible = with_slip.total() - with_slip["invisible"]
    named = with_slip["named"] + with_slip["equal"] + with_slip["named with another"]
    print(f"with one more slip elsewhere: {100 * named / visible:.1f} % named")
    print(f"slips alone, taken for a mistake: {100 * slips['misnamed'] / slips.total():.1f} % of {slips.total()}")
    print(f"right sheets charged: {charged} of {NETWORKS}")


if __name__ == "__main__":
    main()
