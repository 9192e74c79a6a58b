"""What was found before is not worked out again, and nothing changes by that: the same findings with no memory."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from checks.answers.answers_txt import read_answers_txt
from checks.assignment.assignment_file import load_assignment
from checks.hand.check_backprop import check_backprop
from checks.hand.follow_through import Follower
from checks.hand.key import HandReference, right_cells
from checks.hand.memory import HandMemory, Memory
from checks.judging.findings import NOTHING_OPEN, LeftOpen, Reading
from checks.language import reading
from checks.marking.checked import Checked
from checks.marking.checking import check_material, make_reference
from checks.marking.reference import Reference
from exact.calculation.balls import as_ball, in_balls, quantities_in_balls
from exact.calculation.inputs import Inputs, worked_out_once
from exact.mistakes import MISTAKES, cell_with
from exact.numbers.array import Array
from exact.numbers.unknown import is_known
from tests.bench.class_of import HOSTILE, sheet
from tests.hand_sheets import HOMEWORK
from tests.runs import answers
from tests.sheet_study import answers as as_text
from tests.sheet_study import random_slip, single_cases, written
from tests.students import sheet as right_sheet
from tests.vocabulary import HOMEWORK_NAMES
from tests.worked_cases import ANSWERS, TABLES

OTHERWISE = (
    ANSWERS.replace("s1 = [5, -5]", "s1[1] = 5\ns1[2] = -5"),
    ANSWERS.replace("s1 = [5, -5]", "s1 = (5 | -5)"),
    ANSWERS.replace("s1 = [5, -5]", "s1 = [5, 0,5]\ns1[2] = -5"),
    ANSWERS + "s1 = [5, 5]\n",
    "\n\n" + ANSWERS,
    "# first of all\n\n" + ANSWERS.replace("a3 =", "  a3   ="),
    "a1 = [5, 0]\ns1 = [5, -5]",
    "s1 = [5, -5]\na1 = [5, 0]",
    "s1[0] = 9\ns1[1] = 5",
    "s1[1] = [5, -5]\ns1[2] = [5, -5]",
    "s1 = [5, -5]\ns1 = [, ]\nW9 = 5",
)
"""Sheets of which some say the same in other places, and some nearly the same."""


def reference(hand: HandMemory) -> Reference:
    made = make_reference(load_assignment("ee541-hw3"), None, "no data here")
    return replace(made, hand_parts=tuple(replace(one, memory=hand) for one in made.hand_parts))


def hand_part(hand: HandMemory) -> HandReference:
    return reference(hand).hand_parts[0]


def class_of_sheets() -> list[str]:
    """The mixture of the study of mistakes, slips and hostile texts, much of it more than once."""
    chance, table = random.Random(541), TABLES["homework"]
    cells = [made for case in single_cases(3) if (made := written(table, case)) is not None]
    cells = chance.sample(cells, 12)
    cells += [right_sheet(table, random_slip(right_sheet(table), chance)) for _ in range(4)]
    asked = [str(cell) for cell in HOMEWORK.part.cells]
    texts = [as_text({name: one[name] for name in asked}, digits) for one in cells for digits in (4, 6)]
    texts += [*OTHERWISE, *HOSTILE, *(sheet(number) for number in range(8))]
    again = chance.sample(texts, len(texts) // 2)
    return [*texts, *again, *("\n\n" + text for text in (*again[:8], *OTHERWISE))]


def found(text: str, against: Reference, *, explain: bool) -> Checked:
    return check_material(answers(text), against, explain=explain)


def test_the_findings_are_the_same_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = class_of_sheets()
    memory = HandMemory()
    remembering = reference(memory)
    with_it = [found(text, remembering, explain=bool(number % 2)) for number, text in enumerate(texts)]
    assert len(memory.entries) > 100
    assert len(memory.sheets) > 20
    monkeypatch.setattr(reading, "LONGEST_HELD", -1)
    (part,) = remembering.hand_parts
    for number, text in enumerate(texts):
        nothing = HandMemory(Memory(0), Memory(0))
        fresh = replace(part, memory=nothing, right=right_cells(part.solution.calculation, part.cells))
        without = replace(remembering, hand_parts=(fresh,))
        assert found(text, without, explain=bool(number % 2)) == with_it[number], text


def test_what_was_typed_is_not_taken_for_what_was_read_with_a_doubt() -> None:
    """Nor what was read for what was typed, nor an entry that is missing for one that may stand in a write-up."""
    typed = tuple(read_answers_txt(ANSWERS[: ANSWERS.index("W1")].encode(), "answers.txt", HOMEWORK_NAMES)[0])
    doubted = tuple(replace(one, reading=Reading.TO_CONFIRM, doubt="it is blurred") for one in typed)
    ways = ((typed, NOTHING_OPEN), (doubted, NOTHING_OPEN), (typed, LeftOpen("page 2 was not read")))
    without = [
        check_backprop(hand_part(HandMemory(Memory(0), Memory(0))), said, left_open=open_) for said, open_ in ways
    ]
    assert len({str(found) for found in without}) == len(ways)
    for first in range(len(ways)):
        remembering = hand_part(HandMemory())
        for way in (first, *range(len(ways)), first):
            said, open_ = ways[way]
            assert check_backprop(remembering, said, left_open=open_) == without[way]


def test_a_sheet_that_was_seen_is_not_judged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    against = reference(HandMemory())
    first = found(ANSWERS, against, explain=False)
    monkeypatch.setattr("checks.hand.check_backprop.judge", lambda *_: pytest.fail("judged again"))
    monkeypatch.setattr("checks.hand.check_backprop.diagnosed", lambda *_: pytest.fail("diagnosed again"))
    again = found("\n" + ANSWERS, against, explain=False)
    lines = [(one.source.line, other.source.line) for one, other in zip(first.findings, again.findings, strict=True)
             if one.source and other.source]  # fmt: skip
    assert len(lines) > 40
    assert all(later == line + 1 for line, later in lines if line and later)


def test_it_holds_no_more_than_it_may() -> None:
    memory = Memory[int](3)
    for number in range(10):
        memory.keep(number, number)
        assert memory.get(0) == (0 if number < 10 else None)
    assert len(memory) == 3
    assert [memory.get(number) for number in (0, 7, 8, 9)] == [0, None, 8, 9]
    long = reference(HandMemory())
    text = "s1[1] = " + "+".join(["5"] * 150)
    assert found(text, long, explain=False) == found(text, long, explain=False)
    assert not len(long.hand_parts[0].memory.entries)


def decimals(values: Array | None) -> list[str] | None:
    if values is None:
        return None
    return [f"{float(as_ball(value).mid()):.4g}" if is_known(value) else "" for value in values]


def test_what_mistakes_make_of_right_cells_is_each_cells_own() -> None:
    part = hand_part(HandMemory())
    calculation, made = part.solution.calculation, 0
    as_solved = worked_out_once(calculation, {})
    for cell in part.cells:
        for mistake in (*MISTAKES, *MISTAKES):
            expected = cell_with((mistake,), Inputs(calculation, cell.quantity, as_solved))
            assert decimals(part.right.with_mistake(cell.quantity, mistake)) == decimals(expected), (
                cell.name,
                mistake.id,
            )
            made += expected is not None
    assert made > 200


def test_with_other_given_numbers_other_cells_are_right() -> None:
    part = hand_part(HandMemory())
    judged = {cell.quantity.name: [] for cell in part.cells}
    usual = Follower(part, judged)  # type: ignore[arg-type]  # nothing was answered
    other = usual.with_numbers({"eta": usual.calculation.given["eta"] * 2})
    assert usual.right is part.right
    assert other.right.calculation is other.calculation
    assert decimals(other.right.value("W3_new")) == decimals(usual.right.value("W3_new"))  # it is asked for
    assert decimals(other.right.value("step_W3")) != decimals(usual.right.value("step_W3"))


def test_parts_of_formulas_that_quantities_share_are_worked_out_for_each() -> None:
    calculation = hand_part(HandMemory()).solution.calculation
    before, after = (calculation.by_name[name] for name in ("s1", "s1_after"))
    assert before.step is after.step
    given = {name: in_balls(values) for name, values in calculation.given.items()}
    value = quantities_in_balls(calculation, given.get, {})
    as_solved = worked_out_once(calculation, {})
    for quantity in (before, after, before):
        both = zip(value(quantity.name, quantity), as_solved(quantity.name), strict=True)
        assert all(ball.overlaps(as_ball(right)) for ball, right in both)
    assert decimals(as_solved("s1")) != decimals(as_solved("s1_after"))
