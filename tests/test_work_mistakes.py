"""Mistakes in batches, steps and graphs drawn at random are named, never taken for others; slips are given no name."""

from __future__ import annotations

import random

import pytest

from tests.work_mistakes import MISTAKES, Told, study


@pytest.mark.parametrize("kind", MISTAKES)
def test_mistakes_are_named_and_never_taken_for_others(kind: str) -> None:
    """Two calculations each, and two slips in each; sheets of four digits."""
    told = Told()
    study(kind, 2, 2, random.Random(3), told)
    assert set(told.by_mistake) == {f"{kind}: {name}" for name in MISTAKES[kind]}
    for name, outcomes in told.by_mistake.items():
        assert not outcomes["misnamed"], name
        assert bool(outcomes["named"]) is ("(" not in name), name
    assert not told.accused
