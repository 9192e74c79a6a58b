"""What is not in the answer language, or too large: the whole message, its place, and bounded time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.matrix_arithmetic import expand
from checks.language.scope import Scope
from checks.language.tree import AnswerError, Matrix
from exact.numbers.field import Element
from tests.fuzz import fuzz
from tests.reading import OUTPUTS, value

e = Element.exponential


ERRORS = {
    "exp(42)/(exp(42)+exp(1)": ("expected ')' before the end", 23),
    "1.979 e-32": (
        "a space in the exponent: write 1.979e-32 for a power of ten, 1.979*e^(-32) for one of e",
        0,
    ),
    "0,5": ("a comma inside a number; write a decimal point (0.5), or brackets around a vector", 1),
    "2 3": ("two numbers side by side; expected an operator between them", 2),
    "1 2/3": ("write (1 + 2/3) for a mixed number, 1*2/3 for a product, commas between entries", 0),
    "1.2.3": ("a number with two decimal points", 3),
    "5 -": ("expected a number before the end", 3),
    "*5": ("expected a number, found '*'", 0),
    "1+2)": ("expected an operator or the end, found ')'", 3),
    "()": ("expected a number, found ')'", 1),
    "[5, -5": ("expected ']' before the end", 6),
    "[1, 2], [3]": ("several numbers need brackets around them, such as [5, -5]", 6),
    "e10": ("expected '^' between e and its exponent, found '10'", 1),
    "a + 1": ("the name 'a' is not known; expected a number, e, exp(...), p_1 or the like", 0),
    r"\alpha": (r"the name '\alpha' is not known; expected a number, e, exp(...), p_1 or the like", 0),
    "p": ("p needs an index, such as p_1", 0),
    "NaN": ("'NaN' is not a real number", 0),
    "log_2(8)": ("a base of log is not read; ln and log are the natural logarithm", 3),
    "log10(5)": ("a base of log is not read; ln and log are the natural logarithm", 3),
    "log2(8)": ("a base of log is not read; ln and log are the natural logarithm", 3),
    "p_2 / 7.9 x 10^-8": ("a product in a denominator; write it as 7.9e-8, or in brackets", 6),
    "4/3.52·10⁵": ("a product in a denominator; write it as 7.9e-8, or in brackets", 2),
    "5.979e -32": (
        "a space in the exponent: write 5.979e-32 for a power of ten, 5.979*e^(-32) for one of e",
        0,
    ),
    "1.9×10−3": (
        "write 1.9*10^-3 (or 1.9e-3) for a power of ten, 1.9*10 - ... with spaces for a difference",
        0,
    ),
    "e-31": ("write e^-31 for a power of e, e - 31 with spaces for a difference", 1),
    "1=" * 25 + "1": ("a chain of more than 20 members", 40),
    r"\sqrt12": ("a root of a number of several digits needs brackets, such as sqrt(12)", 6),
    "\u202e5": ("expected a number, found the invisible character U+202E (RIGHT-TO-LEFT OVERRIDE)", 0),
    "$5": ("expected the end of the formula that $ begins, found the end", 2),
    "1e999999999": ("a power of ten beyond 5000", 0),
    "1" * 401: ("a number of more than 400 digits", 0),
    "(" * 61 + "1" + ")" * 61: ("brackets and powers more than 60 deep", 60),
    "1+" * 9000: ("a value of more than 16000 characters", 0),
    "1+" * 2000 + "1": ("a number of more than 4000 characters", 0),
    "[1, 2; 3]": ("rows of different lengths: 2, 1", 0),
    "[[1, 2], 3]": ("expected rows of numbers, such as [[1, 2], [3, 4]]", 0),
    "__import__('os').system('x')": ("expected a number, found '__import__'", 0),
    "1/0": ("division by zero", 2),
    "pi + 1/0": ("division by zero", 7),
    "sqrt(2)*0^0": ("0 to the power 0", 8),
    "1e5.5": ("a number with two decimal points", 3),
    "2 .5": ("two numbers side by side; expected an operator between them", 2),
    "p_1.5": ("expected an operator before '.'", 3),
    "1/(sqrt(2)-sqrt(2))": ("division by zero", 3),
    "1/(e-e)": ("division by zero", 3),
    "0^0": ("0 to the power 0", 0),
    "sqrt(-1)": ("an even root of a negative number is not real", 0),
    "(-8)^(1/3)": ("a negative number to a fractional power is not real", 1),
    "sqrt(1-pi)": ("an even root of a negative number is not real", 0),
    r"\sqrt[4]{1-pi}": ("an even root of a negative number is not real", 0),
    "(1-pi)^0.5": ("a negative number to a fractional power is not real", 1),
    "(-2)^pi": ("a negative number to a fractional power is not real", 1),
    "pi^20000": ("a power beyond 10000", 0),
    "1e5001": ("a power of ten beyond 5000", 0),
    "1e99999": ("a power of ten beyond 5000", 0),
    "1.9x10-3": (
        "write 1.9*10^-3 (or 1.9e-3) for a power of ten, 1.9*10 - ... with spaces for a difference",
        0,
    ),
    "1.9X10-3": (
        "write 1.9*10^-3 (or 1.9e-3) for a power of ten, 1.9*10 - ... with spaces for a difference",
        0,
    ),
    "ln(0)": ("the logarithm of a number that is not positive", 0),
    "9^9^9^9": ("a power beyond 10000", 2),
    "e^10001": ("a power beyond 10000", 0),
    "p_4": ("there are p_1 to p_3, no p_4", 0),
    "[1, 2]^2": ("a matrix has no power here, only its transpose ^T", 0),
    "1 + [1, 2]": ("a number beside a vector or matrix; expected one of the same shape", 0),
    "[[1], [2]] + [[1, 2]]": ("shapes that differ: 2x1 and 1x2", 13),
    "[[1,2],[3,4]]*[[1,2]]": ("a product of 2x2 by 1x2", 0),
    "[1, 2]/[1, 2]": ("division by a vector or matrix", 7),
    "[1, 2 & 3]": ("expected ']', found '&'", 6),
    "[1, 2] + [1, 2, 3]": ("shapes that differ: 2x1 and 3x1", 9),
    "[[1, 2]]*[1, 2, 3]": ("a product of 1x2 by 3x1", 0),
    "exp([1, 2])": ("a vector or matrix where a number is expected", 0),
}


@pytest.mark.parametrize("text", ERRORS, ids=lambda text: text[:30])
def test_errors_say_what_was_expected_and_where(text: str) -> None:
    with pytest.raises(AnswerError) as caught:
        tree = expand(parse(text), text)
        items = [item.node for row in tree.rows for item in row] if isinstance(tree, Matrix) else [tree]
        for item in items:
            evaluate(item, Scope(OUTPUTS))
    assert (caught.value.message, caught.value.position) == ERRORS[text]


BOMBS = [
    "9^9^9^9",
    "1e999999999",
    "(" * 15_000,
    "[" * 15_000,
    "{" * 15_000,
    "-" * 15_000 + "1",
    "1" * 10_000,
    "e^e^e^e^9",
    "1+" * 7_999 + "1",
    "2^" * 3000 + "2",
    "10000^10000",
    "((1+e)^999)*((1+e)^999)",
    "(2^9999)^9999",
    "sqrt(" * 100 + "2" + ")" * 100,
    r"\frac" * 2000,
    "[" + ";" * 15_000 + "]",
    "[[1,2],[3,4]]*" * 1000 + "[1,2]",
    "[" + ",".join(["1"] * 7000) + "]*[" + ",".join(["1"] * 900) + "]^T",
    "\u202e1+2\u200f",
    "e^9999*" * 500 + "1",
    "1/(sqrt(2)-sqrt(2))",
]


@pytest.mark.parametrize("text", BOMBS, ids=lambda text: text[:20])
def test_what_is_too_large_is_refused_or_harmless(text: str) -> None:
    try:
        tree = expand(parse(text), text)
        for item in [item.node for row in tree.rows for item in row][:5] if isinstance(tree, Matrix) else [tree]:
            evaluate(item, Scope(OUTPUTS))
    except AnswerError:
        pass


@given(st.text(alphabet="0123456789.,;+-*/^()[]{}ep_xT \\&%$=≈frac sqrtln", max_size=40))
def test_any_text_gives_a_tree_or_an_answer_error(text: str) -> None:
    try:
        tree = expand(parse(text), text)
        for item in [item.node for row in tree.rows for item in row] if isinstance(tree, Matrix) else [tree]:
            evaluate(item, Scope(OUTPUTS))
    except AnswerError as error:
        assert 0 <= error.position <= len(text)


def test_thousands_of_random_texts_bring_nothing_but_answers_and_answer_errors() -> None:
    found = fuzz(4_000)
    assert found.read > 200
    assert found.refused > 1_000


def test_work_is_bounded_for_one_number_as_a_whole() -> None:
    with pytest.raises(AnswerError, match="too many operations"):
        evaluate(parse("+".join(["((1+e)^40/(2+e)^40)"] * 100)), Scope())
    assert value("*".join(["(1+e)"] * 40)) == (e(1) + 1) ** 40


UNREAL = {
    "sqrt(1-sqrt(2))^2 - sqrt(2)": ("an even root of a negative number is not real", 0),
    "((1-sqrt(2))^(1/3))^3 + sqrt(2)": ("a negative number to a fractional power is not real", 2),
}


@pytest.mark.parametrize("text", UNREAL)
def test_what_is_not_real_is_refused_also_where_it_cancels(text: str) -> None:
    with pytest.raises(AnswerError) as caught:
        evaluate(parse(text), Scope())
    assert (caught.value.message, caught.value.position) == UNREAL[text]
