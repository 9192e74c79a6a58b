"""The study of drawn problems and variants (`tests.bench.problems`), with small counts."""

from __future__ import annotations

from tests.bench.problems import misconceptions, variants
from tests.sheet_study import OUTCOMES


def test_single_mistakes_on_a_drawn_problem_are_named() -> None:
    """At least as well as on problems that nobody looked at: 19 of 20, and none is taken for another."""
    found = misconceptions(1)
    visible = sum(found[kind] for kind in OUTCOMES[:-1])
    assert visible >= 45
    assert found["misnamed"] == 0
    assert found["named"] >= 0.95 * visible


def test_a_class_of_variants_is_judged_as_one_by_one_and_swaps_are_found() -> None:
    assert variants(8, 4) == (0, 4, 0)
