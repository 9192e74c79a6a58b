"""Every mistake that can be named has its words, in one table, and the table has no others."""

from __future__ import annotations

import pytest

from checks.hand.diagnosis import FLIPPED
from checks.mistakes.advice import FOUND_FORMULA, FOUND_GIVEN, FOUND_RATE, SLIPS, advice
from exact.mistakes import MISTAKES
from numeric.mistaken_passes import mistaken_passes
from tests.mnist_cases import NETWORK
from tests.test_diagnose_result import CLASSES, FORMATS

BY_ROWS = {"activations-rounded", "one-record-repeated", "rows-shuffled", "file-shape", FLIPPED}
FOUND = {FOUND_GIVEN, FOUND_RATE, FOUND_FORMULA}


def test_every_mistake_has_its_words() -> None:
    programs = {program.id for program in mistaken_passes(NETWORK)}
    named = {mistake.id for mistake in MISTAKES} | programs | set(FORMATS) | set(CLASSES) | SLIPS | BY_ROWS
    assert set(advice()) == named | FOUND


@pytest.mark.parametrize("name", advice())
def test_the_words_are_sentences(name: str) -> None:
    words = advice()[name]
    assert not words.title.endswith(".")
    assert words.title[0].islower() or words.title[0] in "|0123456789(" or words.title.startswith(("ReLU", "W", "L"))
    assert words.explanation.endswith(".")
    assert words.hint.endswith(("?", "."))
    assert len(words.title) <= 80
    assert len(words.explanation) <= 200
