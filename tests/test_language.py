"""The answer language: what each notation stands for, and what is said of a text that is not in it.

Values are checked against Fractions and mpmath written here by hand; errors are checked whole, with their place.
"""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.matrices import nested_list
from checks.language.matrix_arithmetic import expand
from checks.language.scope import Scope
from checks.language.tree import AnswerError, Blank, Matrix, Unreadable
from exact.field import Element
from exact.softmax import softmax
from tests.fuzz import fuzz

P = softmax((Fraction(42), Fraction(-31), Fraction(25))).outputs


def value(text: str) -> Element:
    exact = evaluate(parse(text), Scope(P)).exact
    assert exact is not None, text
    return exact


NUMBERS = {
    "5": Fraction(5),
    "-5": Fraction(-5),
    "+5": Fraction(5),
    "−5": Fraction(-5),
    "–5": Fraction(-5),
    "5.": Fraction(5),
    ".5": Fraction(1, 2),
    "0.50": Fraction(1, 2),
    "1.979e-32": Fraction(1979, 10**35),
    "1.979E-32": Fraction(1979, 10**35),
    "1.979*10^-32": Fraction(1979, 10**35),
    "1.979 x 10^-32": Fraction(1979, 10**35),
    "1.979x10^-32": Fraction(1979, 10**35),
    "1.979 X 10^(-32)": Fraction(1979, 10**35),
    "1.979×10⁻³²": Fraction(1979, 10**35),
    "1.979·10^{-32}": Fraction(1979, 10**35),
    r"1.979 \times 10^{-32}": Fraction(1979, 10**35),
    r"1.979 \cdot 10^{-32}": Fraction(1979, 10**35),
    "2e3": Fraction(2000),
    "2e+3": Fraction(2000),
    "28%": Fraction(28, 100),
    r"28 \%": Fraction(28, 100),
    "1/2": Fraction(1, 2),
    r"\frac{1}{2}": Fraction(1, 2),
    r"\frac12": Fraction(1, 2),
    r"\tfrac1{2}": Fraction(1, 2),
    r"\dfrac {1} {2}": Fraction(1, 2),
    r"-\frac{10}{9}": Fraction(-10, 9),
    "1/2/4": Fraction(1, 8),
    "1/2*3": Fraction(3, 2),
    "2*-1": Fraction(-2),
    "--2": Fraction(2),
    "-2^2": Fraction(-4),
    "(-2)^2": Fraction(4),
    "2^-2": Fraction(1, 4),
    "2^3^2": Fraction(512),
    "2**3": Fraction(8),
    "2³": Fraction(8),
    "10⁻²": Fraction(1, 100),
    "(1+2)(3-4)": Fraction(-3),
    "{1+2}{3-4}": Fraction(-3),
    r"\left(1+2\right)\left(3-4\right)": Fraction(-3),
    "(3)4": Fraction(12),
    "5 - 3": Fraction(2),
    "6 ÷ 3": Fraction(2),
    "$5$": Fraction(5),
    "$$5$$": Fraction(5),
    r"\( 5 \)": Fraction(5),
    r"5\,": Fraction(5),
    r"(6\,-1)": Fraction(5),
    r"\left(2\,\cdot 3 - 1\right)": Fraction(5),
    r"\bigl(5\bigr)": Fraction(5),
    "e - 1 - e + 6": Fraction(5),
    "\u20095\u202f": Fraction(5),
    "sqrt(100)": Fraction(10),
    r"\sqrt{4}": Fraction(2),
    r"\sqrt[3]{-8}": Fraction(-2),
    "√9": Fraction(3),
    "4^(1/2)": Fraction(2),
    "4^(-0.5)": Fraction(1, 2),
    "ln(e^5)": Fraction(5),
    "log(1)": Fraction(0),
    "e^0": Fraction(1),
    "exp(0)": Fraction(1),
    "0^e": Fraction(0),
    "0^(e-1)": Fraction(0),
}


@pytest.mark.parametrize("text", NUMBERS)
def test_rational_notations(text: str) -> None:
    assert value(text).as_fraction() == NUMBERS[text]


e = Element.exponential
EXPONENTIALS = {
    "e": e(1),
    "e^42": e(42),
    "e^-31": e(-31),
    "e^{-31}": e(-31),
    "e^(-31)": e(-31),
    "e⁻³¹": e(-31),
    "exp(42)": e(42),
    r"\exp(42)": e(42),
    r"\exp{42}": e(42),
    r"\exp\left(42\right)": e(42),
    r"\mathrm{e}^{42}": e(42),
    "exp 3": e(3),
    "2e^3": 2 * e(3),
    "2 e^3": 2 * e(3),
    "e^1/2": e(1) / 2,
    "e^(1/2)": e(Fraction(1, 2)),
    "sqrt(e)": e(Fraction(1, 2)),
    "exp(3)^2": e(6),
    "(1+e)^2": e(2) + 2 * e(1) + 1,
    "1/(1+e^(-17)+e^(-73))": P[0],
    "e^42/(e^42+e^-31+e^25)": P[0],
    r"\frac{e^{-31}}{e^{42}+e^{-31}+e^{25}}": P[1],
    "p_1": P[0],
    "p1": P[0],
    "p_{1}": P[0],
    "p₁": P[0],
    "3p_1": 3 * P[0],
    "1/2p_1": P[0] / 2,
    "1/2 p_1": P[0] / 2,
    "p_1 p_2": P[0] * P[1],
    "5 - 3*p_3": 5 - 3 * P[2],
    r"\frac{15}{2}p_1": Fraction(15, 2) * P[0],
    "-p_1/2": -P[0] / 2,
}


@pytest.mark.parametrize("text", EXPONENTIALS)
def test_exponential_notations(text: str) -> None:
    assert value(text) == EXPONENTIALS[text]


OUTSIDE = {
    "sqrt(2)": lambda: mpmath.sqrt(2),
    r"\sqrt3": lambda: mpmath.sqrt(3),
    "2^0.5": lambda: mpmath.sqrt(2),
    r"\sqrt[3]{2}": lambda: mpmath.cbrt(2),
    "pi": lambda: mpmath.pi,
    "2π": lambda: 2 * mpmath.pi,
    r"\pi^2": lambda: mpmath.pi**2,
    "ln 2": lambda: mpmath.log(2),
    "log(2)": lambda: mpmath.log(2),
    r"-\ln(p_1)": lambda: mpmath.log(1 + mpmath.exp(-17) + mpmath.exp(-73)),
    "e^e": lambda: mpmath.exp(mpmath.e),
    "exp(sqrt(2))": lambda: mpmath.exp(mpmath.sqrt(2)),
    "(1+sqrt(5))/2": lambda: mpmath.phi,
    r"\sqrt[3]{-2}": lambda: -mpmath.cbrt(2),
    r"\sqrt[3]{1-pi}": lambda: -mpmath.cbrt(mpmath.pi - 1),
    r"\sqrt[3]{pi}": lambda: mpmath.cbrt(mpmath.pi),
    "sqrt(pi-3)": lambda: mpmath.sqrt(mpmath.pi - 3),
    "(1-pi)^3": lambda: (1 - mpmath.pi) ** 3,
    "pi^-3": lambda: mpmath.pi**-3,
    "(pi-3)^0.5": lambda: mpmath.sqrt(mpmath.pi - 3),
}


@pytest.mark.parametrize("text", OUTSIDE)
def test_values_outside_the_field_are_enclosed(text: str) -> None:
    with mpmath.workdps(60):
        for bits, ball in evaluate(parse(text), Scope(P)).enclosures():
            middle, radius = (mpmath.mpf(part._mpf_) for part in (ball.mid(), ball.rad()))
            assert abs(middle - OUTSIDE[text]()) <= radius + mpmath.mpf(10) ** -55
            if bits > 256:
                break


DIGITS = {
    "1.979e-32": (4, Fraction(1, 10**35)),
    "4.140e-8": (4, Fraction(1, 10**11)),
    "4.14*10^-8": (3, Fraction(1, 10**10)),
    "-0.50": (2, Fraction(1, 100)),
    "1": (1, Fraction(1)),
    "1200": (4, Fraction(1)),
    "0": (0, Fraction(1)),
    "0.000": (0, Fraction(1, 1000)),
    "0.0010": (2, Fraction(1, 10**4)),
    "41.4%": (3, Fraction(1, 1000)),
    "5.": (1, Fraction(1)),
    "1e0": (1, Fraction(1)),
    "5.00e+00": (3, Fraction(1, 100)),
    "4.14/10^8": (3, Fraction(1, 10**10)),
    "2*10^3": (1, Fraction(1000)),
    "-1.979e-32": (4, Fraction(1, 10**35)),
}


@pytest.mark.parametrize("text", DIGITS)
def test_digits_are_counted_as_written(text: str) -> None:
    numeral = evaluate(parse(text), Scope()).numeral
    assert numeral is not None
    assert (numeral.digits, numeral.unit) == DIGITS[text]


@pytest.mark.parametrize(
    "text", ["1/2", "2*3", "5*1", "2*10^p_1", "2*10^0.5", "5*10^5001", "0.5*1.979e-32", "e", "p_1", "2^3", "(5)+1"]
)
def test_an_expression_is_no_numeral(text: str) -> None:
    assert evaluate(parse(text), Scope(P)).numeral is None


MATRICES = {
    "[5, -5]": [[5], [-5]],
    "[5; -5]": [[5], [-5]],
    "(5, -5)": [[5], [-5]],
    "[5 -5]": [[5], [-5]],
    "[5 -5]^T": [[5, -5]],
    "[5 - 5]": [[0]],
    "[5 - 5 1]": [[0], [1]],
    "[1 2; 3 4]": [[1, 2], [3, 4]],
    "[[1, 2], [3, 4]]": [[1, 2], [3, 4]],
    "[1, 2; 3, 4]": [[1, 2], [3, 4]],
    "[[5], [-5]]": [[5], [-5]],
    "[[1, 2, 3]]": [[1, 2, 3]],
    "[[1. 2.]\n [3. 4.]]": [[1, 2], [3, 4]],
    "array([5., -5.])": [[5], [-5]],
    "np.array([[1, 2], [3, 4]], dtype=float32)": [[1, 2], [3, 4]],
    r"\begin{bmatrix} 5 \\ -5 \end{bmatrix}": [[5], [-5]],
    r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \\ \end{pmatrix}": [[1, 2], [3, 4]],
    r"\left[\begin{array}{rr} 1 & 2 \\ 3 & 4 \end{array}\right]": [[1, 2], [3, 4]],
    "[1, 2] + [3, 4]": [[4], [6]],
    "[1, 2] - [3; 4]": [[-2], [-2]],
    "-[1, 2]": [[-1], [-2]],
    "[[1, 2]] + [3, 4]": [[4, 6]],
    "[3, 4] + [[1, 2]]": [[4, 6]],
    "[1, 2]*[[1, 2], [3, 4]]": [[7, 10]],
    "[1,2]*[[3,4]]": [[3, 4], [6, 8]],
    "[[1],[2]]*[3]": [[3], [6]],
    "[1, 2, 3]*[[1, 2], [3, 4], [5, 6]]": [[22, 28]],
    "(5 -5; 1)": [[0], [1]],
    "[1 2\n 3 4]": [[1], [2], [3], [4]],
    "(5; -5)": [[5], [-5]],
    "[5~ -5]": [[5], [-5]],
    r"[5\quad -5]": [[5], [-5]],
    r"[(6\,-1), 2]": [[5], [2]],
    "torch.Size([200, 784])": [[200], [784]],
    "5*[1, 2]": [[5], [10]],
    "[1, 2]/2": [[Fraction(1, 2)], [1]],
    "[[1, 1], [3, 2]]*[1, 2]": [[3], [7]],
    "[[1, 2], [1, 1]]*[[2, 3], [4, 5]]": [[10, 13], [6, 8]],
    "[1; 2]*[3, 4]": [[3, 4], [6, 8]],
    "[1, 2]*[3, 4]^T": [[3, 4], [6, 8]],
    "[[1, 2], [3, 4]]^T": [[1, 3], [2, 4]],
    "[1, -2, 1; 3, 4, -2] - 1/2*[3; 0]*[1, -1, 1]": [[Fraction(-1, 2), Fraction(-1, 2), Fraction(-1, 2)], [3, 4, -2]],
}


@pytest.mark.parametrize("text", MATRICES)
def test_matrices(text: str) -> None:
    tree = expand(parse(text), text)
    assert isinstance(tree, Matrix)
    found = [[evaluate(item.node, Scope(P)).exact.as_fraction() for item in row] for row in tree.rows]  # type: ignore[union-attr]
    assert found == MATRICES[text]


def test_a_product_of_vectors_that_is_a_number() -> None:
    text = "[1, 2]^T * [3, 4]"
    assert evaluate(expand(parse(text), text), Scope()).exact == 11


def test_one_bad_entry_of_a_vector_is_its_trouble_alone() -> None:
    tree = parse("[1, 2 +, exp(3), 1.5.2, 7]")
    assert isinstance(tree, Matrix)
    kinds = [type(row[0].node) is Unreadable for row in tree.rows]
    assert kinds == [False, True, False, True, False]
    assert [row[0].text for row in tree.rows] == ["1", "2 +", "exp(3)", "1.5.2", "7"]


def test_an_empty_place_is_blank() -> None:
    tree = parse("[1, , 3]")
    assert isinstance(tree, Matrix)
    assert isinstance(tree.rows[1][0].node, Blank)
    assert isinstance(parse("  "), Blank)


ERRORS = {
    "exp(42)/(exp(42)+exp(1)": ("expected ')' before the end", 23),
    "1.979 e-32": (
        "a space in the exponent: write 1.979e-32 for a power of ten, 1.979*e^-32 for one of e",
        5,
    ),
    "0,5": ("a comma inside a number; write a decimal point (0.5), or brackets around a vector", 1),
    "5, -5": ("several numbers need brackets around them, such as [5, -5]", 1),
    "6, 15": ("several numbers need brackets around them, such as [5, -5]", 1),
    "2 3": ("two numbers side by side; expected an operator between them", 2),
    "1 2/3": ("two numbers side by side; expected an operator between them", 2),
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
    "5.979e -32": ("a space in the exponent: write 5.979e-32 for a power of ten, 5.979*e^-32 for one of e", 5),
    "1.9×10−3": ("expected '^' between 10 and its exponent", 6),
    "e-31": ("write e^-31 for a power of e, e - 31 with spaces for a difference", 1),
    "1=" * 25 + "1": ("a chain of more than 20 members", 40),
    r"\sqrt12": ("a root of a number of several digits needs brackets, such as sqrt(12)", 6),
    "\u200b5": ("expected a number, found the invisible character U+200B (ZERO WIDTH SPACE)", 0),
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
    "1.9x10-3": ("expected '^' between 10 and its exponent", 6),
    "1.9X10-3": ("expected '^' between 10 and its exponent", 6),
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
            evaluate(item, Scope(P))
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
            evaluate(item, Scope(P))
    except AnswerError:
        pass


@given(st.text(alphabet="0123456789.,;+-*/^()[]{}ep_xT \\&%$=≈frac sqrtln", max_size=40))
def test_any_text_gives_a_tree_or_an_answer_error(text: str) -> None:
    try:
        tree = expand(parse(text), text)
        for item in [item.node for row in tree.rows for item in row] if isinstance(tree, Matrix) else [tree]:
            evaluate(item, Scope(P))
    except AnswerError as error:
        assert 0 <= error.position <= len(text)


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
    off = evaluate(parse(f"(sqrt({a}) + sqrt({b}))^2 - 2*sqrt({a * b}) - {a + b} + 10^-50*sqrt({c})"), Scope(P))
    assert off.exact is None or not off.exact.is_zero()


def test_thousands_of_random_texts_bring_nothing_but_answers_and_answer_errors() -> None:
    found = fuzz(4_000)
    assert found.read > 200
    assert found.refused > 1_000


SYMBOLIC = {
    "6.48^2": False,
    "2^-3": False,
    "5*10^-3": False,
    "1764.1^0.5": True,
    "2^(1/2)": True,
    "e": True,
    "pi/2": True,
}


@pytest.mark.parametrize("text", SYMBOLIC)
def test_what_counts_as_symbolic(text: str) -> None:
    assert evaluate(parse(text), Scope()).is_symbolic is SYMBOLIC[text]


def test_nested_lists_are_matrices_of_texts() -> None:
    column = nested_list(["1", "2"], parse)
    assert isinstance(column, Matrix)
    assert (column.shape, column.flat) == ((2, 1), True)
    square = nested_list([["1", "2"], ["3", "x"]], parse)
    assert isinstance(square, Matrix)
    assert (square.shape, square.flat) == ((2, 2), False)
    assert isinstance(square.rows[1][1].node, Unreadable)
    for value, message in (
        ([], "a list without entries"),
        ([["1"], []], "a matrix without entries"),
        ([["1", "2"], ["3"]], "rows of different lengths: 2, 1"),
        (["1", ["2"]], "expected rows of numbers"),
        ([[["1"]]], "lists nested more than two deep"),
    ):
        with pytest.raises(AnswerError, match=message):
            nested_list(value, parse)


def test_work_is_bounded_for_one_number_as_a_whole() -> None:
    with pytest.raises(AnswerError, match="too many operations"):
        evaluate(parse("+".join(["((1+e)^40/(2+e)^40)"] * 100)), Scope())
    assert value("*".join(["(1+e)"] * 40)) == (e(1) + 1) ** 40
