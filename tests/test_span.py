"""Spans: intervals of rational numbers, rounded outward where they come from a ball."""

from __future__ import annotations

from fractions import Fraction

from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from exact.numbers.span import Span

numbers = st.fractions(-5, 5, max_denominator=20)
shares = st.fractions(0, 1, max_denominator=20)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    one, other = draw(numbers), draw(numbers)
    return Span(min(one, other), max(one, other))


@given(spans(), spans(), shares, shares)
def test_sums_hulls_and_overlaps_hold_what_they_should(
    one: Span, other: Span, share: Fraction, second: Fraction
) -> None:
    x, y = one.low + share * (one.high - one.low), other.low + second * (other.high - other.low)
    total, hull, common = one + other, one.hull(other), one.within(other)
    assert total.low <= x + y <= total.high
    assert all(hull.low <= number <= hull.high for number in (x, y))
    assert (common is not None and common.low <= x <= common.high) == (other.low <= x <= other.high)
    assert abs(x) <= one.width


def test_a_ball_is_rounded_outward() -> None:
    third = arb(1) / 3
    span = Span.of(third)
    assert span is not None
    assert span.low < Fraction(1, 3) < span.high
    assert span.high - span.low < Fraction(1, 10**14)
    tiny = Span.of(-arb("1e-30000"))
    assert tiny is not None
    assert tiny.low < 0 == tiny.high
    assert Span.of(arb("nan")) is None
