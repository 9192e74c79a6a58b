"""Random values in twelve notations, read back: a seeded part of the study in tests/bench."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import pytest

from checks.judging.comparison import compare
from checks.language.evaluate import evaluate
from checks.language.reading import Wanted, read
from checks.language.scope import Scope
from tests.notation_study import study
from tests.written_values import WRITERS, random_value

COUNT = 480


def test_none_is_misread_and_few_are_refused() -> None:
    outcome = study(COUNT, seed=2)
    assert outcome.misread == []
    assert sum(outcome.read.values()) + sum(outcome.refused.values()) == COUNT
    assert sum(outcome.refused.values()) <= 0.03 * COUNT
    assert {system for system, _ in outcome.read} == set(WRITERS)
    assert len({kind for _, kind in outcome.read}) == 9


@pytest.mark.parametrize("system", WRITERS)
def test_another_value_is_not_taken_for_it(system: str) -> None:
    """The texts are no empty ones: what they are read as differs from any other value."""
    chance = random.Random(system)
    values = [random_value(chance) for _ in range(12)]
    for value, other in pairwise(values):
        if value.kind == other.kind and value.plain != other.plain:
            assert compare(other.plain, WRITERS[system](value, chance)).verdict != "exact"


def test_the_elements_are_those_that_were_written() -> None:
    """Against the numbers themselves, without a key that is read as well."""
    chance = random.Random(5)
    for system in WRITERS:
        for _ in range(8):
            value = random_value(chance)
            if not value.rows:
                continue
            shape = len(value.rows), len(value.rows[0])
            items = read(WRITERS[system](value, chance), Wanted(shape, is_matrix=value.kind == "matrix"))
            found = [evaluate(item.node, Scope()).exact for item in items]
            assert [one.as_fraction() for one in found if one] == [Fraction(one) for row in value.rows for one in row]
