"""What was found before is not worked out again, and nothing changes by that: the same findings with no memory."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from checks.answers.answers_txt import read_answers_txt
from checks.assignment.assignment_file import load_assignment
from checks.hand.check_backprop import check_backprop
from checks.hand.key import HandReference
from checks.hand.memory import HandMemory, Memory
from checks.judging.findings import NOTHING_OPEN, LeftOpen, Reading
from checks.language import reading
from checks.marking.checked import Checked
from checks.marking.checking import check_material, make_reference
from checks.marking.reference import Reference
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


def fresh(hand: HandMemory) -> HandReference:
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
    without = reference(HandMemory(Memory(0), Memory(0)))
    for number, text in enumerate(texts):
        assert found(text, without, explain=bool(number % 2)) == with_it[number], text


def test_what_was_typed_is_not_taken_for_what_was_read_with_a_doubt() -> None:
    """Nor what was read for what was typed, nor an entry that is missing for one that may stand in a write-up."""
    typed = tuple(read_answers_txt(ANSWERS[: ANSWERS.index("W1")].encode(), "answers.txt", HOMEWORK_NAMES)[0])
    doubted = tuple(replace(one, reading=Reading.TO_CONFIRM, doubt="it is blurred") for one in typed)
    ways = ((typed, NOTHING_OPEN), (doubted, NOTHING_OPEN), (typed, LeftOpen("page 2 was not read")))
    without = [check_backprop(fresh(HandMemory(Memory(0), Memory(0))), said, left_open=open_) for said, open_ in ways]
    assert len({str(found) for found in without}) == len(ways)
    for first in range(len(ways)):
        remembering = fresh(HandMemory())
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
