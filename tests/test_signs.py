"""What the form of a number proves: that it is 0, and that it is not negative; roots of what is not known to be 0."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from flint import ctx
from hypothesis import assume, given
from hypothesis import strategies as st

from checks.answers.answers_txt import read_answers_txt
from checks.hand.check_backprop import check_backprop
from checks.marking.checked import Checked
from checks.reports.console import Console
from checks.reports.feedback import at_level
from checks.reports.report_text import findings_text
from exact.calculation.powers import root_ball, sqrt_value
from exact.numbers.exponential_sums import Undecided
from exact.numbers.number import Number, sign
from tests.hand_parts import reference_of
from tests.hand_sheets import CLOSE, EXACT, WRONG, found_in
from tests.test_graphs import reference_of as graph_of
from tests.vocabulary import names_of

BITS = 200


@st.composite
def numbers(draw: st.DrawFn, depth: int = 4) -> Number:
    """A number made by a few operations, squares and sizes among them."""
    if depth == 0 or draw(st.booleans()):
        return Number.of(Fraction(draw(st.integers(-3, 3)), draw(st.integers(1, 3))))
    x = draw(numbers(depth - 1))
    way = draw(st.sampled_from(["square", "abs", "exp", "+", "-", "*", "/"]))
    if way in ("square", "abs", "exp"):
        return Number.of({"square": lambda: x * x, "abs": lambda: abs(x), "exp": x.exp}[way]())
    y = draw(numbers(depth - 1))
    return Number.of({"+": lambda: x + y, "-": lambda: x - y, "*": lambda: x * y, "/": lambda: x / y}[way]())


@given(numbers())
def test_what_is_made_of_squares_is_not_negative(x: Number) -> None:
    ball = x.enclosure(BITS)
    assume(ball.is_finite())
    assert not (x.is_never_negative() and ball < 0)


@given(numbers())
def test_a_square_and_sums_of_them_are_seen_not_to_be_negative(x: Number) -> None:
    for one in (x * x, x * x + abs(x), x * x * Fraction(1, 10), x.exp() / (1 + x * x)):
        assert Number.of(one).is_never_negative()
    assert not Number.of(-(x * x) - 1).is_never_negative()


def hidden_zero() -> Number:
    """0 as a difference of sums of five roots in another order, more than are worked out exactly."""
    roots = [Number.of(Fraction(n)).sqrt() for n in (2, 3, 5, 7, 11)]
    return sum(roots, Number.of(0)) - sum(reversed(roots), Number.of(0))


def test_the_root_of_a_square_that_may_be_0_is_enclosed() -> None:
    """Nothing shows whether it is 0, and nobody need know; of another number the root is not taken."""
    zero = hidden_zero()
    with pytest.raises(Undecided):
        sign(zero)
    with pytest.raises(Undecided):
        sqrt_value(zero)
    root = Number.of(sqrt_value(zero * zero + 0))
    ball = root.enclosure(BITS)
    assert ball.is_finite()
    assert ball.contains(0)
    assert ball.abs_upper() < 2.0**-150
    assert root.exact is None
    assert root.tower() is None


def test_a_zero_that_is_proved_is_a_fraction() -> None:
    root = Number.of(Fraction(2)).sqrt()
    assert (root * root - 2).settled() == 0
    assert isinstance((root * root - 2).settled(), Fraction)
    assert isinstance(hidden_zero().settled(), Number)
    assert sqrt_value(root * root - 2) == 0


def test_the_roots_of_a_ball_around_0_are_those_of_what_is_not_negative_in_it() -> None:
    with ctx.workprec(BITS):
        ball = Number.of(Fraction(1, 100)).enclosure(BITS).union(Number.of(Fraction(-1, 50)).enclosure(BITS))
        assert root_ball(ball).is_finite()
        assert root_ball(ball).contains(Number.of(Fraction(1, 10)).enclosure(BITS))
        assert not root_ball(-abs(ball) - 1).is_finite()


SYMMETRIC: dict[str, Any] = {
    "hidden": "sigmoid",
    "layers": [{"W": [[0, 0, 1], [0, 0, 1]]}, {"W": [[0, 1], [0, 1]], "unit": "relu"}, {"W": [[0, 1], [0, 1]]}],
    "x": [0, 0, 1],
    "y": ["1/2", "1/2"],
    "eta": "1/2",
    "steps": 2,
}
"""Both outputs are 1/2, so nothing moves: all gradients are 0, though in no field of ours."""


@pytest.mark.parametrize("name", ["adagrad", "rmsprop", "adam"])
def test_gradients_that_vanish_by_symmetry_are_0(name: str) -> None:
    reference = reference_of(SYMMETRIC, optimizer={"name": name})
    keys = {entry.name: entry.key.value.as_fraction() for cell in reference.cells for entry in cell.entries}
    for cell in ("delta3", "delta3@2", "delta1@2"):
        assert keys[f"{cell}[1]"] == 0
    assert (keys["W3_new@2[1,1]"], keys["W3_new@2[1,2]"]) == (0, 1)
    sheet = "delta3 = [-2.2e-17, 0.01]\ndelta3@2 = [0, 0.5 - 1/2]\nW3_new@2 = [[0, 1], [0.0, 0.9]]"
    found = {name: finding.verdict for name, finding in found_in(sheet, reference).items()}
    assert (found["delta3@2[1]"], found["delta3@2[2]"]) == (EXACT, EXACT)
    assert (found["delta3[1]"], found["delta3[2]"]) == (CLOSE, WRONG)
    assert [found[f"W3_new@2[{i},{j}]"] for i in (1, 2) for j in (1, 2)] == [EXACT, EXACT, EXACT, WRONG]


TWO_STEPS: dict[str, Any] = {
    "layers": [{"W": [[1, -1], [1, 0]], "b": [0, 0]}],
    "x": [1, 2],
    "y": [1, 0],
    "eta": "1/2",
    "steps": 2,
    "cells": ["a1", "C", "a1@2", "W1_new@2[1,1]"],
}


def test_what_enclosures_alone_decide_is_told_where_the_key_is() -> None:
    """The second step's softmax is of numbers in powers of e; the first one's is in closed form, and so is a root."""
    reference = reference_of(TWO_STEPS)
    enclosed = {entry.name for cell in reference.cells for entry in cell.entries if entry.is_enclosed}
    assert enclosed == {"a1@2[1]", "a1@2[2]", "W1_new@2[1,1]"}
    statements, _ = read_answers_txt(b"a1 = [7, 0.5]\na1@2 = [7, 0.5]\nC = 3", "answers.txt", names_of(reference))
    section, _ = check_backprop(reference, tuple(statements))
    told = {}
    for level in ("full", "hint"):
        (shown,) = at_level(Checked("s", (section,), ()), level).sections
        told[level] = "\n".join(findings_text(shown, level, Console(80, colour=False, unicode=True)))
    assert "The key of a1@2 is known to every digit asked, not in closed form." in told["full"]
    assert "closed form" not in told["hint"]
    root = graph_of({"given": {"x": 2, "y": 3}, "formulas": ["f = sqrt(x) + y"]})
    assert not any(entry.is_enclosed for cell in root.cells for entry in cell.entries)
