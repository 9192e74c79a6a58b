"""Homework of many courses, where its files stand beside the course's data: keys, right sheets and single errors."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from mpmath import mpf

from checks.answers.answers import Statement
from checks.answers.names import Vocabulary
from checks.assignment.assignment import Assignment
from checks.assignment.assignment_file import load_assignment
from checks.hand.check_backprop import check_backprop
from checks.hand.key import HandReference, hand_reference
from checks.judging.findings import Finding
from checks.judging.verdicts import RIGHT, Verdict
from tests.conftest import COURSE_DATA

IN_LETTERS = frozenset({"brown-hw3", "cs189-d9", "wisc-ece532-23"})
"""Problems whose numbers are letters."""

FILES = sorted(COURSE_DATA.parent.joinpath("survey").glob("*.toml")) if COURSE_DATA else []
NUMERIC = [path for path in FILES if path.stem not in IN_LETTERS]
LETTERED = [path for path in FILES if path.stem in IN_LETTERS]

pytestmark = pytest.mark.skipif(not FILES, reason="the courses' homework is not here")


class Homework:
    """One file: its assignment, the key of each part, and what its entries are to be."""

    def __init__(self, path: Path) -> None:
        self.assignment: Assignment = load_assignment(str(path))
        self.references: list[HandReference] = [hand_reference(part) for part in self.assignment.hand_parts]
        told: dict[str, Any] = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        self.expected: dict[str, str] = told["expected"]
        self.spellings: dict[str, str] = told.get("spellings", {})
        self.equal: dict[str, list[str]] = told.get("equal", {})
        self.wrong: dict[str, list[str]] = told.get("wrong", {})
        self.keys = {e.name: e for one in self.references for cell in one.cells for e in cell.entries}

    def found(self, values: dict[str, str]) -> dict[str, Finding]:
        """The findings on a sheet."""
        vocabulary = Vocabulary(self.assignment.namings)
        statements = []
        for text, value in values.items():
            name = vocabulary.read_name(text)
            assert name is not None, text
            statements.append(Statement(name, value, "answers.txt", 1, 1))
        found = {}
        for one in self.references:
            section, troubles = check_backprop(one, tuple(statements))
            assert not troubles
            found |= {finding.name: finding for finding in section.findings}
        return found


@pytest.fixture(scope="module", params=NUMERIC, ids=[path.stem for path in NUMERIC])
def homework(request: pytest.FixtureRequest) -> Homework:
    return Homework(request.param)


def test_the_key_has_the_courses_values_under_its_names(homework: Homework) -> None:
    assert set(homework.expected) == set(homework.keys)
    for name, value in homework.expected.items():
        found = mpf(homework.keys[name].decimal)
        assert abs(found - mpf(value)) <= mpf("1e-9") * max(1, abs(mpf(value))), name


def test_a_right_sheet_has_full_marks(homework: Homework) -> None:
    spelt = {homework.spellings.get(name, name): value for name, value in homework.expected.items()}
    for sheet in (homework.expected, spelt):
        found = homework.found(sheet)
        assert set(found) == set(homework.expected)
        assert {finding.verdict for finding in found.values()} <= RIGHT


def test_one_wrong_entry_is_wrong_there_alone(homework: Homework) -> None:
    """Off by 5 % of its terms, 0.05 at least; what is worked out from it with the right number stays right."""
    for name in homework.expected:
        entry = homework.keys[name]
        size = float(entry.key.size.enclosure(64).mid()) if entry.key.size else 0.0
        wrong = float(entry.decimal or 0) + max(0.05, 0.05 * size)
        found = homework.found({**homework.expected, name: repr(wrong)})
        assert [one.name for one in found.values() if one.verdict is Verdict.WRONG] == [name]
        assert all(one.verdict in RIGHT for one in found.values() if one.name != name)


@pytest.fixture(scope="module", params=LETTERED, ids=[path.stem for path in LETTERED])
def in_letters(request: pytest.FixtureRequest) -> Homework:
    return Homework(request.param)


def test_every_form_of_the_key_in_letters_is_right(in_letters: Homework) -> None:
    found = in_letters.found(in_letters.expected)
    assert {name: one.verdict for name, one in found.items()} == dict.fromkeys(in_letters.expected, Verdict.EXACT)
    assert {one.decimal for one in found.values()} == {None}
    for name, texts in in_letters.equal.items():
        for text in texts:
            assert in_letters.found({name: text})[name].verdict is Verdict.EXACT, (name, text)


def test_near_misses_in_letters_are_wrong_and_a_point_shows_it(in_letters: Homework) -> None:
    for name, texts in in_letters.wrong.items():
        for text in texts:
            one = in_letters.found({**in_letters.expected, name: text})[name]
            assert one.verdict is Verdict.WRONG, (name, text)
            assert one.mistakes or re.match(r"at \w+ = .* yours is \S+, the key \S+", one.note), (name, text, one.note)
