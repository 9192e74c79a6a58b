"""Random expressions and roots, against other ways to the same number."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.scope import Scope
from checks.language.tower import tower_value
from exact.numbers.field import Element
from tests.reading import OUTPUTS, P, value

e = Element.exponential


numbers = st.fractions(min_value=-9, max_value=9, max_denominator=9)


@st.composite
def expressions(draw: st.DrawFn, depth: int = 3) -> tuple[str, Element]:
    """A random expression as text, and its value by other means: the field's operations, applied to the parts."""
    kind = draw(st.integers(0, 5 if depth else 2))
    if kind == 0:
        number = draw(numbers)
        style = draw(st.sampled_from(["{}", "({})", "{{{}}}"]))
        return (style.format(number) if number >= 0 and number.denominator == 1 else f"({number})"), Element.of(number)
    if kind == 1:
        r = draw(st.integers(-5, 5))
        style = draw(st.sampled_from(["e^({})", "e^{{{}}}", "exp({})", r"\exp\left({}\right)", r"\mathrm{{e}}^{{{}}}"]))
        return style.format(r), e(r)
    if kind == 2:
        i = draw(st.integers(1, 3))
        return draw(st.sampled_from(["p{}", "p_{}", "p_{{{}}}"])).format(i), P[i - 1]
    left, x = draw(expressions(depth - 1))
    right, y = draw(expressions(depth - 1))
    if kind == 3:
        return f"({left} + {right})", x + y
    if kind == 4:
        return draw(st.sampled_from(["{} - ({})", r"{} − \left({}\right)"])).format(left, right).join("()"), x - y
    return draw(st.sampled_from(["({})*({})", r"({}) \cdot ({})", "({})({})", "({}) × ({})"])).format(
        left, right
    ), x * y


@given(expressions())
def test_random_expressions_have_the_value_of_their_parts(case: tuple[str, Element]) -> None:
    text, expected = case
    assert value(text) == expected


ROOTS = {
    "sqrt(2)*sqrt(2)": Fraction(2),
    "(sqrt(108)+10)^(1/3)-(sqrt(108)-10)^(1/3)": Fraction(2),
    "sqrt(11+6*sqrt(2)) - sqrt(2)": Fraction(3),
    "(5*sqrt(2)-7)^7 - (19601-13860*sqrt(2))^(7/4)": Fraction(0),
    "2*sqrt(3) - sqrt(12)": Fraction(0),
    "sqrt(2)^4/sqrt(16)": Fraction(1),
    "e^sqrt(2) * e^(-sqrt(2))": Fraction(1),
    "1/(sqrt(2)+1) - sqrt(2)": Fraction(-1),
    r"\sqrt[3]{2}*\sqrt[3]{-4}": Fraction(-2),
    "(e^3*sqrt(2) + e^3)/(sqrt(2)+1)/e^3": Fraction(1),
}


@pytest.mark.parametrize("text", ROOTS)
def test_roots_that_cancel_are_seen_to(text: str) -> None:
    assert value(text).as_fraction() == ROOTS[text]


NO_ELEMENTS = [
    "sqrt(2)",
    "e^sqrt(2)",
    "sqrt(2)*e",
    "sqrt(2) + sqrt(3)",
    "sqrt(2)*pi/sqrt(2)",
    "+".join(f"sqrt({p})" for p in (2, 3, 5, 7, 11, 13, 17)),
]


@pytest.mark.parametrize("text", NO_ELEMENTS)
def test_roots_that_do_not_cancel_are_left_to_enclosures(text: str) -> None:
    assert evaluate(parse(text), Scope()).exact is None


small = st.integers(1, 12)


@given(small, small, small, st.integers(2, 4))
def test_sums_of_roots_are_decided_as_a_polynomial_says(a: int, b: int, c: int, n: int) -> None:
    """(sqrt a + sqrt b)^2 = a + b + 2 sqrt(ab); and c's n-th root to the n is c."""
    assert value(f"(sqrt({a}) + sqrt({b}))^2 - 2*sqrt({a * b})").as_fraction() == a + b
    assert value(rf"(\sqrt[{n}]{{{c}}})^{n}").as_fraction() == c
    off = evaluate(parse(f"(sqrt({a}) + sqrt({b}))^2 - 2*sqrt({a * b}) - {a + b} + 10^-50*sqrt({c})"), Scope(OUTPUTS))
    assert off.exact is None or not off.exact.is_zero()


ROOTS_OF_NOTHING = ["sqrt(sqrt(2)-sqrt(2))", "(sqrt(2)-sqrt(2))^(1/2)", r"\sqrt[3]{sqrt(8)-2*sqrt(2)}"]


@pytest.mark.parametrize("text", ROOTS_OF_NOTHING)
def test_a_root_of_what_cancels_is_0(text: str) -> None:
    assert value(text).as_fraction() == 0


def test_the_indices_of_different_roots_are_bounded_together() -> None:
    """Seven square roots could lead to the degree 128."""
    roots = [f"sqrt({p})" for p in (2, 3, 5, 7, 11, 13, 17)]
    assert tower_value(parse("*".join(roots[:4])), Scope()) is not None
    assert tower_value(parse("*".join(roots)), Scope()) is None
    assert tower_value(parse("*".join(["sqrt(2)"] * 7)), Scope()) is not None
