"""What is provable of logarithms, and of roots of numbers that are not algebraic, is proved; and nothing else is."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.judging.comparison import compare
from checks.judging.verdicts import Verdict
from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.scope import Scope
from tests.hand_sheets import HOMEWORK, found_in
from tests.reading import value

EQUAL = {
    "exp(ln(10))": "10",
    "exp(42 - ln(e^42 + e^-31 + e^25))": "e^42/(e^42 + e^-31 + e^25)",
    "exp(42)/exp(ln(e^42 + e^-31 + e^25))": "1/(1 + e^-17 + e^-73)",
    "exp(25 - (42 + ln(1 + e^-17 + e^-73)))": "e^25/(e^42 + e^-31 + e^25)",
    "sqrt(e+3)+1": "1+sqrt(e+3)",
    "sqrt(2 ln 26 + 4 - 2 ln 2)": "sqrt(4 + 2 ln 13)",
    "sqrt(2+" * 6 + "sqrt(2)" + ")" * 6: "sqrt(" + "sqrt(2+" * 5 + "sqrt(2)" + ")" * 5 + "+2)",
    "sqrt(e+3)*sqrt(e+3)": "e+3",
    "1/sqrt(e+3)": "sqrt(e+3)/(e+3)",
    "sqrt(4*e+12)": "2*sqrt(e+3)",
    r"\sqrt[3]{-1-e}": r"-\sqrt[3]{e+1}",
    "(1+e)^(3/2)": "(1+e)*sqrt(1+e)",
    "sqrt(pi)*sqrt(pi)": "pi",
    "ln(2)*ln(3)": "ln(3)*ln(2)",
    "tanh(ln(3))": "4/5",
    "sigmoid(ln(3))": "3/4",
    "exp(ln(2)/3)": "2^(1/3)",
    "ln(ln(9))": "ln(2)+ln(ln(3))",
    "ln(e^17/(1+e^-17))": "17-ln(1+e^-17)",
    "ln(2*e^e)": "e+ln(2)",
    "5*ln(2)/ln(2)": "5",
    "(77+20*sqrt(13))^(1/6)-(77-20*sqrt(13))^(1/6)": "1",
}


@pytest.mark.parametrize("text", EQUAL)
def test_what_is_equal_is_proved_equal_and_what_is_a_little_more_is_not(text: str) -> None:
    assert compare(EQUAL[text], text).verdict == "exact"
    assert compare(text, EQUAL[text]).verdict == "exact"
    assert compare(EQUAL[text], f"({text}) + 10^-60").verdict != "exact"


wholes = st.integers(1, 10**6)
fractions = st.fractions(min_value=Fraction(1, 50), max_value=50, max_denominator=50)
exponents = st.lists(st.integers(-30, 30), min_size=1, max_size=4)


@given(wholes, wholes, st.integers(-5, 5))
def test_logarithms_of_products_are_sums(a: int, b: int, n: int) -> None:
    assert compare(f"ln({a * b}) + {n}*ln({a})", f"ln({b}) + ln({a}^{n + 5}) - 4*ln({a})").verdict == "exact"
    if a * b > 1:
        assert compare(f"1/ln({a * b})", f"1/(ln({a}) + ln({b}))").verdict == "exact"


@given(fractions, exponents, st.integers(-40, 40))
def test_exp_and_ln_undo_each_other(factor: Fraction, powers: list[int], shift: int) -> None:
    """With the sum worked out beside: e^(shift - ln(factor * sum)) is e^shift over factor times the sum."""
    total = " + ".join(f"e^({r})" for r in powers)
    exact = value(f"exp({shift} - ln(({factor})*({total})))")
    with mpmath.workdps(60):
        expected = mpmath.exp(shift) / mpmath.fsum(map(mpmath.exp, powers)) * factor.denominator / factor.numerator
        found = mpmath.mpf(exact.enclosure(300).mid()._mpf_)
        assert abs(found - expected) <= abs(expected) * mpmath.mpf(10) ** -50


FIELD = st.sampled_from(["e", "pi", "ln(2)", "ln(3)", "sqrt(e+3)", "sqrt(2)", "e^e", "2", "1/3"])


@given(st.lists(FIELD, min_size=2, max_size=3), st.randoms(use_true_random=False))
def test_sums_and_products_in_another_order_are_equal_and_others_are_not(parts: list[str], chance: object) -> None:
    other = list(parts)
    chance.shuffle(other)  # type: ignore[attr-defined]
    for sign in ("+", "*"):
        one, same = (f"sqrt(1 + ({f' {sign} '.join(some)})^2)" for some in (parts, other))
        assert compare(one, same).verdict == "exact"
        assert compare(one, f"{same} + 10^-40*{parts[0]}").verdict != "exact"


def test_roots_of_roots_do_not_double_a_degree_each_time() -> None:
    """Fifty square roots would be an algebraic number of degree 2^50, on which FLINT works for minutes."""
    assert compare("5", "sqrt(" * 50 + "2" + ")" * 50).verdict is Verdict.WRONG
    assert compare("1 + 1/7", "sqrt(" * 50 + "2" + ")" * 50 + " + 1/7").verdict is not Verdict.EXACT


def test_nine_sheets_of_nested_radicals_cost_work_that_is_counted() -> None:
    """Each costs a few milliseconds; the rest of the sheet is judged as if they were not there."""
    radicals = "sqrt(2+" * 9 + "2" + ")" * 9
    text = "\n".join(f"W3_new[{i},{j}] = {radicals}" for i in (1, 2, 3) for j in (1, 2)) + "\ns1 = [5, -5]"
    found = found_in(text, HOMEWORK)
    assert [found[name].verdict for name in ("s1[1]", "s1[2]")] == ["exact", "exact"]
    assert {finding.verdict for name, finding in found.items() if name.startswith("W3")} == {"wrong"}


@pytest.mark.parametrize(
    "text", ["ln(ln(1/2))", "sqrt(1-e)", "exp(ln(-10))", "exp(ln(1-e))", "sqrt(ln(2)-ln(3))", "(1-e)^(1/3)"]
)
def test_what_is_not_real_is_refused_though_it_would_cancel(text: str) -> None:
    assert compare("1", text).verdict == "unreadable"
    assert compare("1", f"({text})^2 + 1").verdict == "unreadable"


def test_the_value_of_a_symbol_is_an_enclosure() -> None:
    assert evaluate(parse("ln(2)*ln(3)"), Scope()).exact is None
