"""The field Q(e^r): its laws, and its agreement with sympy's Q(t) and with mpmath."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
import sympy
from hypothesis import assume, given
from hypothesis import strategies as st

from exact.numbers.bounds import MAX_POWER
from exact.numbers.exponential_sums import TooLarge
from exact.numbers.field import Element

rationals = st.fractions(min_value=-20, max_value=20, max_denominator=12)
exponents = st.integers(-6, 6)
sums = st.lists(st.tuples(rationals, exponents), min_size=0, max_size=4)


def element(terms: list[tuple[Fraction, int]]) -> Element:
    """c_1 e^(r_1/2) + ..."""
    return sum((c * Element.exponential(Fraction(r, 2)) for c, r in terms), start=Element.of(0))


elements = st.builds(element, sums)


@given(elements, elements, elements)
def test_it_is_a_commutative_ring(x: Element, y: Element, z: Element) -> None:
    assert x + y == y + x
    assert x * y == y * x
    assert (x + y) + z == x + (y + z)
    assert (x * y) * z == x * (y * z)
    assert x * (y + z) == x * y + x * z
    assert (x - x).is_zero()
    assert x * 1 == x
    assert x + 0 == x


@given(elements, elements)
def test_division_undoes_multiplication(x: Element, y: Element) -> None:
    assume(not y.is_zero())
    assert x * y / y == x
    assert (x / y) * y == x
    assert y / y == 1
    assert (y**-2) * y * y == 1


@given(sums, sums, sums, sums)
def test_equality_is_that_of_sympys_rational_functions(
    a: list[tuple[Fraction, int]],
    b: list[tuple[Fraction, int]],
    c: list[tuple[Fraction, int]],
    d: list[tuple[Fraction, int]],
) -> None:
    """With t = e^(1/2), a/b = c/d in Q(e^(1/2)) exactly if so in Q(t): e^(1/2) is transcendental."""
    field, t = sympy.polys.fields.field("t", sympy.QQ)

    def function(terms: list[tuple[Fraction, int]]) -> object:
        return sum((sympy.QQ(k.numerator, k.denominator) * t**r for k, r in terms), start=field(0))

    assume(function(b) != 0)
    assume(function(d) != 0)
    ours = element(a) / element(b) == element(c) / element(d)
    theirs = function(a) / function(b) == function(c) / function(d)
    assert ours == theirs


@given(sums, sums)
def test_signs_and_enclosures_are_those_of_mpmath(
    top: list[tuple[Fraction, int]], bottom: list[tuple[Fraction, int]]
) -> None:
    assume(not element(bottom).is_zero())
    value = element(top) / element(bottom)
    with mpmath.workdps(120):
        number = _mpmath(top) / _mpmath(bottom)
        ball = value.enclosure(200)
        assert (
            abs(mpmath.mpf(ball.mid()._mpf_) - number)
            <= mpmath.mpf(ball.rad()._mpf_) + abs(number) * mpmath.mpf(10) ** -100
        )
        assert value.sign() == (0 if abs(number) < mpmath.mpf(10) ** -90 else mpmath.sign(number))


def _mpmath(terms: list[tuple[Fraction, int]]) -> mpmath.mpf:
    return mpmath.fsum(mpmath.mpf(c.numerator) / c.denominator * mpmath.exp(mpmath.mpf(r) / 2) for c, r in terms)


@given(elements, st.one_of(rationals, st.just(Fraction(0))))
def test_a_rational_value_is_seen_whatever_hides_it(x: Element, r: Fraction) -> None:
    assume(not x.is_zero())
    assert (x * r / x).as_fraction() == r
    assert (r + x - x).as_fraction() == r


def test_other_values_are_not_taken_for_rational() -> None:
    e = Element.exponential(1)
    assert e.as_fraction() is None
    assert ((e + 1) / (e + 2)).as_fraction() is None
    assert (e / (e + 1)).as_fraction() is None
    assert ((2 * e + 2) / (e + 1)).as_fraction() == 2


def test_a_sign_is_seen_however_small_the_number() -> None:
    """e^200 agrees with its first 400 decimals far beyond any fixed precision, and is still not equal to them."""
    with mpmath.workdps(500):
        rounded = Fraction(int(mpmath.floor(mpmath.exp(200) * mpmath.mpf(10) ** 300)), 10**300)
    assert (Element.exponential(200) - rounded).sign() == 1
    assert (Element.exponential(200) - rounded - Fraction(1, 10**300)).sign() == -1


@pytest.mark.parametrize(
    ("build", "bound"),
    [
        (lambda: Element.of(2) ** (MAX_POWER + 1), "powers go up to"),
        (lambda: Element.of(10**5000) ** MAX_POWER, "bits"),
        (lambda: (Element.exponential(1) + 1) ** 1500, "terms"),
        (lambda: sum((Element.exponential(r) for r in range(1200)), start=Element.of(0)), "powers of e"),
    ],
)
def test_what_grows_too_large_is_refused(build: object, bound: str) -> None:
    with pytest.raises(TooLarge, match=bound):
        build()  # type: ignore[operator]


def test_division_by_zero_is_refused_also_where_it_is_hidden() -> None:
    with pytest.raises(ZeroDivisionError):
        Element.of(1) / (Element.exponential(1) - Element.exponential(2) / Element.exponential(1))


def test_the_bounds_themselves_are_allowed() -> None:
    assert len(Element.exponentials((1, r) for r in range(1000))) == 1001
    assert Element.exponential(100_000).as_monomial() == (1, 100_000)
    with pytest.raises(TooLarge):
        Element.exponential(100_001)


def test_quotients_with_one_denominator_divide_without_multiplying_out() -> None:
    d = Element.exponentials((k + 1, k) for k in range(60))
    n, m = (Element.exponentials((c, k) for k in range(60)) for c in (1, 2))
    assert len((n / d) / (m / d)) == 120
