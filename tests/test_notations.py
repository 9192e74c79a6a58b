"""What each notation of the answer language stands for, against Fractions and mpmath written here by hand."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest

from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.scope import Scope
from exact.numbers.field import Element
from tests.reading import OUTPUTS, P, value

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
        for bits, ball in evaluate(parse(text), Scope(OUTPUTS)).enclosures():
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
    "text", ["1/2", "2*3", "5*1", "2*10^0.5", "5*10^5001", "0.5*1.979e-32", "e", "p_1", "2^3", "(5)+1"]
)
def test_an_expression_is_no_numeral(text: str) -> None:
    assert evaluate(parse(text), Scope(OUTPUTS)).numeral is None


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


def test_one_to_a_fraction_is_one() -> None:
    assert value("1^0.5").as_fraction() == 1


def test_sigmoid_and_tanh_are_those_of_the_definition() -> None:
    assert value("sigmoid(1/2)") == e(Fraction(1, 2)) / (e(Fraction(1, 2)) + 1)
    assert value(r"\sigma(-2)") == 1 / (1 + e(2))
    assert value("tanh(1/2)") == (e(1) - 1) / (e(1) + 1)


FUNCTIONS = {
    "sigmoid(pi)": lambda: 1 / (1 + mpmath.exp(-mpmath.pi)),
    "tanh(pi)": lambda: mpmath.tanh(mpmath.pi),
}


@pytest.mark.parametrize("text", FUNCTIONS)
def test_functions_outside_the_field_are_enclosed(text: str) -> None:
    with mpmath.workdps(60):
        ball = evaluate(parse(text), Scope(OUTPUTS)).enclosure(256)
        middle, radius = (mpmath.mpf(part._mpf_) for part in (ball.mid(), ball.rad()))
        assert abs(middle - FUNCTIONS[text]()) <= radius + mpmath.mpf(10) ** -55
