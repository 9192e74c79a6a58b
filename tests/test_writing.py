"""Decimals, forms in p and LaTeX: what is printed is the number, by a second way of computing or reading it."""

from __future__ import annotations

import decimal as stdlib
from fractions import Fraction

import mpmath
import pytest
from flint import arb
from hypothesis import assume, given
from hypothesis import strategies as st

from checks.judging.distance import Distance
from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.scope import Scope
from exact.networks.mlp import solve
from exact.networks.problem_table import read_problem
from exact.numbers.affine import Affine
from exact.numbers.decimals import decimal, rational_decimal
from exact.numbers.field import Element
from exact.numbers.number import Number
from exact.writing.entries import decimal_or_none, in_exponentials, in_outputs
from exact.writing.notation import LATEX, TEXT, Notation, affine, softmax_quotient
from tests.reading import softmax
from tests.worked_cases import TABLES


def of_form(form: Affine, outputs: tuple[Number, ...]) -> Element:
    exact = Number.of(form.value(outputs)).exact
    assert exact is not None
    return exact


rationals = st.fractions(min_value=-50, max_value=50, max_denominator=30)
logits = st.lists(st.fractions(min_value=-60, max_value=60, max_denominator=3), min_size=2, max_size=4).map(tuple)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (Fraction(0), 20, "0"),
        (Fraction(17, 2), 20, "8.5"),
        (Fraction(-3, 2), 4, "-1.5"),
        (Fraction(1, 3), 5, "0.33333"),
        (Fraction(2, 3), 5, "0.66667"),
        (Fraction(123456), 3, "1.23e5"),
        (Fraction(10**30), 5, "1e30"),
        (Fraction(1, 10**7), 3, "1e-7"),
        (Fraction(12345, 10**9), 3, "0.0000123"),
        (Fraction(5), 1, "5"),
        (Fraction(1, 10**400), 3, "1e-400"),
        (Fraction("0.0825"), 2, "0.083"),
        (Fraction("0.00125"), 2, "0.0013"),
        (Fraction("-0.00125"), 2, "-0.0013"),
        (Fraction(10**30 + 10**27, 4 * 10**30), 3, "0.250"),
        (Fraction(999999, 10**6), 3, "1.00"),
        (Fraction(23, 5), 1, "5"),
        (Fraction(42), 20, "42"),
        (Fraction(42), 5, "42"),
    ],
)
def test_rational_decimals(value: Fraction, digits: int, text: str) -> None:
    assert rational_decimal(value, digits) == text == decimal(Element.of(value), digits)


@given(rationals, st.integers(-40, 40), st.integers(1, 45))
def test_decimals_are_rounded_as_the_standard_librarys_decimal_rounds(c: Fraction, r: int, digits: int) -> None:
    """c e^r + 1/7: the same number in decimal arithmetic, 100 digits more precise."""
    assume(c != 0)
    assume(r != 0)
    context = stdlib.Context(prec=digits + 100)
    exact = context.add(
        context.multiply(context.divide(c.numerator, c.denominator), context.exp(stdlib.Decimal(r))),
        context.divide(1, 7),
    )
    expected = stdlib.Context(prec=digits, rounding=stdlib.ROUND_HALF_UP).plus(exact)
    assert stdlib.Decimal(decimal(c * Element.exponential(r) + Fraction(1, 7), digits)) == expected


@given(rationals, st.lists(rationals, min_size=3, max_size=3).map(tuple), logits.filter(lambda s: len(s) == 3))
def test_fewest_keeps_the_value_and_has_the_fewest_ps(
    constant: Fraction, coefficients: tuple[Fraction, ...], s: tuple[Fraction, ...]
) -> None:
    p = softmax(s)
    form = Affine(constant, coefficients)
    fewest = form.fewest()
    assert of_form(fewest, p) == of_form(form, p)
    count = lambda f: sum(c != 0 for c in f.coefficients)  # noqa: E731
    shifts = [Affine(constant + t, tuple(c - t for c in coefficients)) for t in (*coefficients, Fraction(0))]
    assert count(fewest) == min(map(count, shifts))
    equals = [f for f in shifts if count(f) == count(fewest)]
    assert abs(fewest.constant) == min(abs(f.constant) for f in equals)


@pytest.mark.parametrize("notation", [TEXT, LATEX])
@given(constant=rationals, coefficients=st.lists(rationals, min_size=3, max_size=3).map(tuple))
def test_a_printed_form_is_read_back_as_the_same_number(
    notation: object, constant: Fraction, coefficients: tuple[Fraction, ...]
) -> None:
    p = softmax((Fraction(3), Fraction(-1), Fraction(1, 2)))
    form = Affine(constant, coefficients)
    value = evaluate(parse(affine(form, notation)), Scope(p))  # type: ignore[arg-type]
    assert value.exact is not None
    assert value.exact == of_form(form, p)


@pytest.mark.parametrize("notation", [TEXT, LATEX])
@pytest.mark.parametrize("case", TABLES)
def test_every_key_that_is_shown_is_read_back_as_the_same_number(case: str, notation: Notation) -> None:
    solution = solve(read_problem(TABLES[case]))
    exact = 0
    for cell in (*solution.cells, solution.cell("C")):
        for entry in cell.entries:
            text = in_exponentials(entry, cell.quantity, solution, notation)
            if text is not None:
                exact += 1
                value = evaluate(parse(text), Scope(solution.outputs))
                assert Distance(value, entry.value).is_zero() is True, (entry.name, text)
            shown = decimal_or_none(entry.value)
            assert shown is not None
            key = entry.value.enclosure(20_000)
            assert abs(evaluate(parse(shown), Scope()).enclosure(20_000) - key) <= abs(key) * arb("1e-19"), (
                entry.name,
                shown,
            )
    assert exact >= len(solution.calculation.given["y"])


def test_the_constant_leads_unless_it_alone_is_negative() -> None:
    forms = {
        "5 - 3*p_1": (5, (-3, 0)),
        "p_2 - 1": (-1, (0, 1)),
        "-3/2 - p_2/2": (Fraction(-3, 2), (0, Fraction(-1, 2))),
        "2*p_2 - p_1/2": (0, (Fraction(-1, 2), 2)),
        "-p_1 - p_2": (0, (-1, -1)),
        "0": (0, (0, 0)),
        "-2 + 3*p_1/2 - 11*p_2/2": (-2, (Fraction(3, 2), Fraction(-11, 2))),
    }
    for text, (constant, coefficients) in forms.items():
        assert affine(Affine(Fraction(constant), tuple(map(Fraction, coefficients))), TEXT) == text


def test_mpmath_and_the_balls_agree_on_a_hundred_digits() -> None:
    p = softmax((Fraction(42), Fraction(-31), Fraction(25)))[1]
    with mpmath.workdps(130):
        number = mpmath.exp(-31) / (mpmath.exp(42) + mpmath.exp(-31) + mpmath.exp(25))
        assert decimal(p, 100) == mpmath.nstr(number, 100, strip_zeros=False, min_fixed=-6)


def test_a_number_next_to_a_midpoint_is_rounded_to_its_own_side() -> None:
    assert decimal(Fraction(5, 2) - Element.exponential(-200), 1) == "2"
    assert decimal(Fraction(5, 2) + Element.exponential(-200), 1) == "3"


def test_latex_of_forms_and_powers() -> None:
    assert affine(Affine(Fraction(-1), (Fraction(0), Fraction(1))), LATEX) == "p_{2} - 1"
    assert affine(Affine(Fraction(0), (Fraction(2), Fraction(0))), LATEX) == "2 p_{1}"
    assert affine(Affine(Fraction(1, 2), (Fraction(1), Fraction(0))), TEXT) == "1/2 + p_1"
    whole = (Fraction(0), Fraction(1), Fraction(2))
    assert softmax_quotient(whole, 1, LATEX) == r"\frac{e}{1 + e + e^{2}}"
    mixed = (Fraction(0), Fraction(1), Fraction(1, 2), Fraction(-3))
    assert softmax_quotient(mixed, 0, TEXT) == "1/(1 + e + e^(1/2) + e^-3)"


def test_ties_for_the_fewest_ps_go_to_the_smallest_constant() -> None:
    assert affine(Affine(Fraction(1), (Fraction(2), Fraction(-4))).fewest(), TEXT) == "3 - 6*p_2"
    assert Affine(Fraction(2), ()).fewest() == Affine(Fraction(2), ())


def test_a_cost_is_written_as_a_logarithm() -> None:
    (cost,) = solve(read_problem(TABLES["homework"])).cell("C").entries
    assert in_outputs(cost, TEXT) == "ln(e^17 + 1 + e^-56)"
