"""Equality of expressions with letters: identities, near misses, domains, bombs."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from exact.letters.decide import Decision, Different, Equal, Undecided, decide
from exact.letters.normal import formally_equal
from exact.letters.symbolic import Function, Letter, Operand, Power, Product, Sum, Symbolic, exp, letters, symbolic
from tests.letter_pairs import different_pair, equal_pair, in_symbols

x, y, z, w = map(Letter, "xyzw")
half, third = Fraction(1, 2), Fraction(1, 3)


def function(name: str, argument: Operand) -> Symbolic:
    return Function(name, symbolic(argument))


def ln(u: Operand) -> Symbolic:
    return function("ln", u)


def sqrt(u: Operand) -> Symbolic:
    return Power(symbolic(u), half)


def tanh(u: Operand) -> Symbolic:
    return function("tanh", u)


def sigmoid(u: Operand) -> Symbolic:
    return function("sigmoid", u)


def absolute(u: Operand) -> Symbolic:
    return function("abs", u)


def relu(u: Operand) -> Symbolic:
    return function("relu", u)


def softmax(*s: Symbolic) -> list[Symbolic]:
    total = sum(map(exp, s), start=symbolic(0))
    return [exp(one) / total for one in s]


EQUAL: list[tuple[Operand, Operand]] = [
    ((x - y) * (x + y), x**2 - y**2),
    ((x**2 - 1) / (x - 1), x + 1),
    (sigmoid(x), exp(x) / (1 + exp(x))),
    (sigmoid(x) * (1 - sigmoid(x)), exp(-x) / (1 + exp(-x)) ** 2),
    (sigmoid(x * w + y), (1 + tanh((x * w + y) / 2)) / 2),
    (1 - tanh(x) ** 2, 4 / (exp(x) + exp(-x)) ** 2),
    (softmax(x, y, z)[1], 1 / (1 + exp(x - y) + exp(z - y))),
    (softmax(x, y)[0], sigmoid(x - y)),
    (-ln(softmax(x, y, z)[0]), ln(1 + exp(y - x) + exp(z - x))),
    (-ln(sigmoid(x)), ln(1 + exp(-x))),
    (tanh(w * tanh(x)), 2 * sigmoid(2 * w * tanh(x)) - 1),
    (exp(42) * exp(x), exp(x + 42)),
    (exp(x * third) ** 3, exp(x)),
    (exp(x / (1 + y)) * exp(x * y / (1 + y)), exp(x)),
    (exp(y * ln(x)) ** 2, exp(2 * y * ln(x))),
    (exp(ln(x) / 2), sqrt(x)),
    (ln(x * y), ln(x) + ln(y)),
    (ln(x**2), 2 * ln(absolute(x))),
    (ln(exp(x) + exp(2 * x)), x + ln(1 + exp(x))),
    (ln(ln(x) * 2), ln(2) + ln(ln(x))),
    (ln(Fraction(8, 9)), 3 * ln(2) - 2 * ln(3)),
    (sqrt(x**2), absolute(x)),
    (sqrt(x) ** 2, x),
    (sqrt(x**2) * ln(x), x * ln(x)),
    (sqrt(x) * sqrt(x * y), x * sqrt(y)),
    (sqrt(8), 2 * sqrt(2)),
    (1 / sqrt(x), sqrt(x) / x),
    (Power(x, third) * Power(x, Fraction(1, 6)), sqrt(x)),
    (absolute(x * y), absolute(x) * absolute(y)),
    (absolute(1 - x), absolute(x - 1)),
    (sqrt(exp(x)), exp(x / 2)),
    (exp(-x) / (exp(-x) - 1), 1 / (1 - exp(x))),
    (relu(x) - relu(-x), x),
    (function("step", x) * x, relu(x)),
    (relu(x) + relu(-x), absolute(x)),
]

DIFFERENT: list[tuple[Operand, Operand]] = [
    (x - y, y - x),
    (sigmoid(x), sigmoid(-x)),
    (sigmoid(x) * (1 - sigmoid(x)), sigmoid(x) * (1 + sigmoid(x))),
    (1 - tanh(x) ** 2, 1 - tanh(x)),
    (softmax(x, y, z)[1], softmax(x, y, z)[2]),
    (sqrt(x**2), x),
    (ln(x * y), ln(x) * ln(y)),
    (relu(x), x),
    (relu(x), absolute(x)),
    (absolute(exp(x) - 1), exp(x) - 1),
    (sqrt(exp(x)), exp(x)),
    (exp(y * ln(x)), x),
    (1 / (1 - exp(x)), 1 / (exp(x) - 1)),
    (absolute(1 - x), x - 1),
    (absolute(x - 1000), x - 1000),
    (absolute(x + 3000), x + 3000),
    (x, x + y * Fraction(1, 10**50)),
    (exp(x), exp(x) + exp(-1000)),
    (exp(2), Fraction(7389056098930650227, 10**18)),
]


@pytest.mark.parametrize(("key", "answer"), EQUAL)
def test_equal_wherever_both_have_values(key: Operand, answer: Operand) -> None:
    assert decide(symbolic(key), symbolic(answer)) == Equal()
    assert decide(symbolic(answer), symbolic(key)) == Equal()


@pytest.mark.parametrize(("key", "answer"), DIFFERENT)
def test_different_with_a_point_to_show(key: Operand, answer: Operand) -> None:
    found = decide(symbolic(key), symbolic(answer))
    assert isinstance(found, Different)
    assert set(found.point) == set(letters(symbolic(key), symbolic(answer)))


@pytest.mark.parametrize(("key", "answer"), DIFFERENT)
def test_algebra_alone_takes_no_different_ones_for_equal(key: Operand, answer: Operand) -> None:
    assert formally_equal(symbolic(key), symbolic(answer)) is False


def test_algebra_alone_takes_no_random_different_ones_for_equal() -> None:
    chance = random.Random(541)
    for _ in range(60):
        key, answer = map(in_symbols, different_pair(chance))
        assert not formally_equal(key, answer)


def test_the_point_is_pleasant_to_show() -> None:
    found = decide(w * x, w + x)
    assert isinstance(found, Different)
    assert (found.where, found.key, found.answer) == ("w = 2, x = 3", "6", "5")


def test_a_difference_of_1e_50_is_shown_as_one() -> None:
    found = decide(x, x + Fraction(1, 10**50))
    assert isinstance(found, Different)
    assert found.is_tiny
    assert Fraction(found.difference) == Fraction(1, 10**50)


@pytest.mark.parametrize(
    ("key", "answer", "positive"),
    [(relu(x), x, [x]), (relu(x * w + y), 0, [-x * w - y]), (sqrt(x**2), -x, [-x]), (absolute(x - y), x - y, [x - y])],
)
def test_what_is_assumed_decides(key: Symbolic, answer: Operand, positive: list[Symbolic]) -> None:
    assert isinstance(decide(key, symbolic(answer)), Different)
    assert decide(key, symbolic(answer), positive) == Equal()


def test_a_point_obeys_what_is_assumed() -> None:
    found = decide(relu(x), 2 * x, [x - 7])
    assert isinstance(found, Different)
    assert found.point["x"] > 7


@pytest.mark.parametrize(
    "answer",
    [
        ln(x) + ln(-x),
        ln(x - 5) + ln(3 - x),
        Power(x - x, Fraction(0)),
        1 / (x - x),
        ln(-1 - x**2),
        sqrt(-exp(x)),
        Power(x - x, Fraction(-1, 2)),
        ln(x - x),
    ],
)
def test_what_nowhere_has_a_value_is_equal_to_nothing(answer: Symbolic) -> None:
    """Not even to itself: then there is nothing that could be right."""
    assert isinstance(decide(answer, answer), Undecided)
    assert isinstance(decide(x, answer), Undecided)


def test_what_cannot_be_assumed_leaves_nothing_to_decide() -> None:
    assert isinstance(decide(x, x, [x - x]), Undecided)
    assert isinstance(decide(x, x, [x, -x]), Undecided)


def test_what_only_algebra_beyond_ours_would_show_is_undecided() -> None:
    assert isinstance(decide(x * sqrt(3 + 2 * sqrt(2)), x + x * sqrt(2)), Undecided)


def tower(levels: int) -> Symbolic:
    found: Symbolic = x
    for _ in range(levels):
        found = exp(found)
    return found


def doubled(levels: int) -> Symbolic:
    """A tree of 2^levels leaves whose parts are shared."""
    found: Symbolic = x + y
    for _ in range(levels):
        found = Sum((found, Product((found, found))))
    return found


BOMBS = [
    (x + y + z + w) ** 9_999,
    ((x**9_999) ** 9_999) ** 9_999,
    ((x + 1) ** 9_999) ** 9_999,
    tower(150),
    tower(500),
    doubled(60),
    sum((exp(x * y ** (i + 1)) for i in range(100)), start=symbolic(0)) ** 3,
    sum((absolute(x - i) for i in range(100)), start=symbolic(0)),
    sum((sqrt(x + i) for i in range(100)), start=symbolic(0)) ** 5,
    ln(x**997 - y**991 + 10 ** Fraction(300).numerator),
    exp(symbolic(10) ** 4_000),
    Power(x, Fraction(1, 9_973)) * Power(x, Fraction(1, 9_967)) * Power(x, Fraction(1, 9_949)),
    sum((exp(x / (i + 2)) for i in range(60)), start=symbolic(0)),
    sum((1 / (x + exp(y * i)) for i in range(40)), start=symbolic(0)),
]


@pytest.mark.parametrize("bomb", range(len(BOMBS)))
def test_a_bomb_is_refused_at_once(bomb: int) -> None:
    same, other = decide(BOMBS[bomb], BOMBS[bomb] + x - x), decide(BOMBS[bomb], 2 * BOMBS[bomb])
    assert not isinstance(same, Different)
    assert not isinstance(other, Equal)


def decided(seed: int, count: int) -> list[tuple[Decision, Decision]]:
    chance = random.Random(seed)
    pairs = [(equal_pair(chance), different_pair(chance)) for _ in range(count)]
    return [(decide(*map(in_symbols, same)), decide(*map(in_symbols, other))) for same, other in pairs]


def test_random_pairs_of_equal_and_of_nearly_equal_expressions() -> None:
    found = decided(17, 50)
    assert not any(isinstance(same, Different) or isinstance(other, Equal) for same, other in found)
    assert sum(isinstance(one, Undecided) for pair in found for one in pair) <= 1
