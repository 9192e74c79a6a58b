"""How write-ups of different hands are read: what is certain is what stands in the text. A tenth of the study."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping

import pytest

from checks.answers.answers_txt import read_answers_txt
from checks.hand.check_backprop import check_backprop
from checks.hand.key import hand_reference
from checks.judging.findings import Finding, LeftOpen
from checks.judging.verdicts import Verdict
from checks.writeups.kinds import open_document
from checks.writeups.reading import merged, read_document, statements
from tests.erring_students import EVERYWHERE, IN_ONE_LAYER
from tests.hand_sheets import names_of
from tests.hands.desk import Desk
from tests.hands.files import ENGINE, KINDS, typed
from tests.hands.habits import HABITS
from tests.hands.held_out import HELD_OUT
from tests.hands.problems import ASKED, PROBLEMS
from tests.hands.study import HANDS, Tally, asked, assignment_of, damaged_texts, of_damaged, of_damages, of_hand
from tests.hands.writeup import entries
from tests.students import Rule

ASSIGNMENTS = {problem: assignment_of(problem) for problem in PROBLEMS}

LEAST_CERTAIN, LEAST_CERTAIN_DAMAGED, LEAST_PROPOSED = 0.75, 0.60, 0.90


def share(tally: Tally) -> float:
    return tally.counts["certain right"] / tally.counts["all"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_certain_of_whole_write_ups_is_right(kind: str) -> None:
    if kind == "pdf" and ENGINE is None:
        pytest.skip("no pdflatex is installed")
    for hands in (HABITS, HELD_OUT):
        tally = Tally()
        for number, hand in enumerate(hands):
            problem = list(PROBLEMS)[(number + KINDS.index(kind)) % len(PROBLEMS)]
            tally += of_hand(hand, problem, kind, ASSIGNMENTS[problem])
        assert tally.misread == []
        assert share(tally) >= LEAST_CERTAIN


@pytest.mark.parametrize("course", ASKED)
def test_a_course_with_names_and_conventions_of_its_own_is_read(course: str) -> None:
    problem, assignment, called = asked(course)
    tally = Tally()
    for hand in HANDS:
        tally += of_hand(hand, problem, "md", assignment, called)
    assert tally.misread == []
    if course == "layers from 0":  # two numberings of the same letters: what they say is proposed, never certain
        proposed = tally.counts["certain right"] + tally.counts["to-confirm right"]
        assert proposed >= 0.9 * tally.counts["all"]
    else:
        assert share(tally) >= LEAST_CERTAIN


@pytest.mark.parametrize("kind", ["md", "docx", "spaced out", "mathpix", "bare breaks"])
def test_what_is_certain_of_damaged_write_ups_is_right(kind: str) -> None:
    chance = random.Random(f"{kind} 541")
    tally = Tally()
    for hand in HANDS:
        for problem in ("homework", "sigmoid", "squared error"):
            tally += of_damages(hand, problem, kind, ASSIGNMENTS[problem], chance)
    assert tally.misread == []
    assert share(tally) >= LEAST_CERTAIN_DAMAGED


def test_a_single_damage_leads_to_no_silent_misreading() -> None:
    tally = Tally()
    for told, problem, text in damaged_texts(250):
        tally += of_damaged(told, ASSIGNMENTS[problem], text)
    assert tally.misread == []
    assert share(tally) >= LEAST_CERTAIN
    proposed = tally.counts["to-confirm right"] + tally.counts["to-confirm wrong"]
    assert tally.counts["to-confirm right"] >= LEAST_PROPOSED * proposed


def findings(problem: str, hand: str, rules: Mapping[str, Rule]) -> tuple[dict[str, Finding], dict[str, Finding]]:
    """The findings on a sheet with mistakes, as a document and as answers.txt."""
    desk = Desk(PROBLEMS[problem], rules=rules)
    write_up = HABITS[hand](desk)
    reference = hand_reference(ASSIGNMENTS[problem].hand_parts[0])
    reading = read_document(open_document(typed(write_up).text.encode(), "hw.md"), ASSIGNMENTS[problem])
    stated = tuple(one for one in statements(merged([reading])) if one.name.cell)
    section, _ = check_backprop(reference, stated, left_open=LeftOpen("not found"))
    text = "\n".join(f"{name} = {value}" for name, value in entries(write_up))
    typed_section, _ = check_backprop(
        reference, tuple(read_answers_txt(text.encode(), "answers.txt", names_of(reference))[0])
    )
    return {one.name: one for one in section.findings}, {one.name: one for one in typed_section.findings}


@pytest.mark.parametrize("name", [*EVERYWHERE, *IN_ONE_LAYER])
def test_a_mistake_survives_reading(name: str) -> None:
    """What is certain gets the verdict and the names that the same sheet has as answers.txt."""
    rules = EVERYWHERE.get(name) or {f"{kind}2": rule for kind, rule in IN_ONE_LAYER[name].items()}
    compared: Counter[bool] = Counter()
    for hand in ("one display", "by component"):
        try:
            read, given = findings("homework", hand, rules)
        except (KeyError, ValueError):
            pytest.skip("the mistake cannot be made here")
        for entry, finding in read.items():
            if finding.verdict is not Verdict.UNDECIDED:
                assert (entry, finding.verdict) == (entry, given[entry].verdict)
                assert finding.mistakes == given[entry].mistakes
            compared[finding.verdict is Verdict.UNDECIDED] += 1
    assert compared[False] > 0
