"""Expressions without letters as numbers, against mpmath."""

from __future__ import annotations

import random
from fractions import Fraction

import mpmath
import pytest

from exact.letters.constants import NoNumber, number_of
from exact.letters.symbolic import Function, Letter, Pi, Power, Symbolic, exp, replaced, symbolic
from exact.numbers.exponential_sums import TooLarge, Undecided
from tests.letter_pairs import LETTERS, in_mpmath, in_symbols, random_tree


def test_random_constants_are_mpmaths() -> None:
    chance, seen = random.Random(17), 0
    while seen < 60:
        tree = random_tree(chance, 3)
        point = {name: Fraction(chance.randint(-12, 12), 4) for name in LETTERS}
        root = replaced(in_symbols(tree), {name: symbolic(value) for name, value in point.items()})
        with mpmath.workdps(60):
            try:
                wanted = in_mpmath(tree, {name: mpmath.mpf(v.numerator) / v.denominator for name, v in point.items()})
                ball = number_of(root).enclosure(400)
            except (ValueError, ZeroDivisionError, NoNumber, TooLarge, Undecided):
                continue
            if not ball.is_finite():
                continue
            seen += 1
            assert abs(mpmath.mpf(ball.mid().str(50, radius=False)) - wanted) <= 1e-40 * (1 + abs(wanted)), tree


@pytest.mark.parametrize(
    ("root", "value"),
    [
        (Power(symbolic(8), Fraction(1, 3)), 2),
        (Power(symbolic(2), Fraction(-3, 2)), Fraction(8) ** Fraction(-1, 2)),
        (Power(symbolic(0), Fraction(1, 3)), 0),
        (Function("abs", symbolic(-3)), 3),
        (Function("relu", exp(1) - 3), 0),
        (Function("step", exp(1) - 2), 1),
        (Function("sign", exp(1) - 3), -1),
        (Pi() * 2, 6.283185307179586),
    ],
)
def test_functions(root: Symbolic, value: float) -> None:
    assert float(number_of(root).enclosure(100).mid()) == pytest.approx(float(value), rel=1e-12)


@pytest.mark.parametrize(
    "root",
    [
        Letter("x"),
        Function("ln", symbolic(0)),
        Function("sign", exp(1) - exp(1)),
        Power(symbolic(-8), Fraction(1, 3)),
        1 / (symbolic(2) - 2),
    ],
)
def test_what_is_no_number(root: Symbolic) -> None:
    with pytest.raises(NoNumber):
        number_of(root)
