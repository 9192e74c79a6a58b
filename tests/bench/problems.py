"""Good problems: what drawing, varying and inspecting them take, and what the drawn ones show of simulated students."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from checks.assignment.assignment_file import AssignmentText
from checks.command import main as command
from checks.hand.key import hand_reference
from checks.inspection.inspecting import inspected
from checks.marking.checked import Checked
from checks.marking.checking import check_material, own_reference
from checks.marking.reference import Reference
from checks.problems.new_problem import drawn_problem
from checks.problems.plan import Plan, as_toml
from checks.submissions.contents import Material
from checks.variants.others_numbers import OthersNumbers, answers_another
from checks.variants.variant import Variant, Variants
from checks.variants.variants_file import load_variants
from tests.hand_sheets import reference_of
from tests.sheet_study import OUTCOMES, Sheets, check, outcome, single_cases, written
from tests.students import answers, sheet
from tests.test_new_problem import PLANS

SEEDS, STUDENTS, PROBLEMS = 200, 300, 50

SOFTMAX = Plan((3, 2, 2, 3))


def main() -> None:
    """Prints the figures."""
    drawing(PLANS, SEEDS)
    variants(STUDENTS)
    misconceptions(PROBLEMS)


def drawing(plans: Sequence[Plan], seeds: int) -> list[tuple[float, int]]:
    """Draws so many problems of each structure: the median of seconds, and how many inspecting finds a fault in."""
    found = []
    for plan in plans:
        seconds, faulty = [], 0
        for seed in range(seeds):
            begin = process_time()
            numbers = drawn_problem(plan, seed).numbers
            seconds.append(process_time() - begin)
            (part,) = AssignmentText("drawn", as_toml(plan, numbers, "drawn", "Drawn")).parsed().hand_parts
            faulty += bool(inspected(part).remarks)
        found.append((median(seconds), faulty))
        name = f"new {','.join(map(str, plan.widths))} {plan.hidden} {plan.output}"
        print(f"{name:<36} median {median(seconds):5.2f} s, most {max(seconds):5.2f} s, remarks on {faulty} of {seeds}")
    return found


def variants(students: int, swaps: int = 30) -> tuple[int, int, int]:
    """Makes a class of variants and checks right and erring sheets: differing verdicts, swaps found, others accused."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        numbers = drawn_problem(SOFTMAX, 1).numbers
        (folder / "hw.toml").write_text(as_toml(SOFTMAX, numbers, "hw", "Homework"), encoding="utf-8")
        with (folder / "class.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("id", "name"), *((f"s{n}", f"Name{n} Family{n}") for n in range(students))])
        begin, processor = perf_counter(), process_time()
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            files = ["--assignment", f"{folder / 'hw.toml'}", "--roster", f"{folder / 'class.csv'}"]
            command(["variants", *files, "--out", f"{folder / 'V'}"])
        seconds, busy = perf_counter() - begin, process_time() - processor
        made = load_variants(folder / "V")
    counts = [one.counts[""] for one in made.variants]
    ranges = ", ".join(
        f"{min(values)} to {max(values)} {kind}"
        for kind in ("products", "sums")
        if (values := [getattr(one, kind) for one in counts])
    )
    print(f"{students} variants with worksheets: {seconds:.0f} s, of which busy {busy:.0f} s; {ranges}")
    return _checked(made, swaps)


def _checked(made: Variants, swaps: int) -> tuple[int, int, int]:
    chance = Random(7)
    base = Reference(made.assignment.parsed(), None, tuple(map(hand_reference, made.assignment.parsed().hand_parts)))
    compared = OthersNumbers(made)
    differing = found = accused = 0
    people = list(made.variants)
    for place, one in enumerate(people):
        is_swapped = place < swaps
        wrote = people[(place + 1) % len(people)] if is_swapped else one
        text = _sheet(wrote, chance, errs=place % 3 == 0)
        own, alone = _judged(base, one, text), _alone(one, text)
        differing += [f.verdict for f in own.findings] != [f.verdict for f in alone.findings]
        is_told = any(answers_another(own, _judged(base, other, text)) for other in compared.suspects(own, one))
        found += is_told and is_swapped
        accused += is_told and not is_swapped
    print(f"verdicts unlike each alone: {differing}; swapped: {found} of {swaps} found, {accused} others accused")
    return differing, found, accused


def _sheet(variant: Variant, chance: Random, *, errs: bool) -> str:
    """What a student writes: all right, or with one of the known mistakes."""
    table = tomllib.loads(variant.assignment.text, parse_float=str)["backprop"]
    cells = sheet(table)
    if errs:
        made = [one for case in chance.sample(list(single_cases(3)), 8) if (one := written(table, case)) is not None]
        cells = made[0] if made else cells
    names = [asked.quantity.name for part in variant.assignment.parsed().hand_parts for asked in part.cells]
    return answers({name: cells[name] for name in names}, 6)


def _judged(base: Reference, variant: Variant, text: str) -> Checked:
    return check_material(Material((("answers.txt", text.encode()),)), own_reference(base, variant.assignment.parsed()))


def _alone(variant: Variant, text: str) -> Checked:
    """By the student's own assignment, as if there were no other."""
    assignment = variant.assignment.parsed()
    reference = Reference(assignment, None, tuple(map(hand_reference, assignment.hand_parts)))
    return check_material(Material((("answers.txt", text.encode()),)), reference)


def misconceptions(problems: int) -> Counter[str]:
    """Every single mistake on problems that were drawn: what became of those that can be made."""
    total: Counter[str] = Counter()
    for seed in range(problems):
        text = as_toml(SOFTMAX, drawn_problem(SOFTMAX, seed).numbers, "drawn", "Drawn")
        table = tomllib.loads(text)["backprop"]
        reference = reference_of(table)
        sheets = Sheets(table, list(single_cases(3)))
        for ids, cells in sheets.made:
            total[outcome(check(reference, cells), ids, sheets.equals(cells))] += 1
    visible = sum(total[kind] for kind in OUTCOMES[:-1])
    shares = ", ".join(f"{kind} {100 * total[kind] / visible:.1f} %" for kind in OUTCOMES[:-1])
    print(f"single mistakes on {problems} drawn problems: {visible} visible, {total['invisible']} not; {shares}")
    return total


if __name__ == "__main__":
    main()
