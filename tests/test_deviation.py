"""How far a sum of products can be off for its inputs: every bound holds, and is met where no number enters twice."""

from __future__ import annotations

from fractions import Fraction

from flint import arb
from hypothesis import given
from hypothesis import strategies as st

from exact.numbers.deviation import Deviating, deviating
from exact.numbers.span import Span

numbers = st.fractions(-5, 5, max_denominator=20)
shares = st.fractions(0, 1, max_denominator=20)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    one, other = draw(numbers), draw(numbers)
    return Span(min(one, other), max(one, other))


def at(span: Span, share: Fraction) -> Fraction:
    """A number in the span, from its low end to its high one."""
    return span.low + share * (span.high - span.low)


@given(st.tuples(numbers, spans(), shares), st.tuples(numbers, spans(), shares), numbers)
def test_what_was_meant_lies_within_the_bound(one: tuple, other: tuple, factor: Fraction) -> None:
    first, second = (deviating(value, off) for value, off, _ in (one, other))
    assert isinstance(first, Deviating)
    assert isinstance(second, Deviating)
    result = first * second * factor - second + factor
    written = one[0] * other[0] * factor - other[0] + factor
    meant = [value + at(off, share) for value, off, share in (one, other)]
    shift = meant[0] * meant[1] * factor - meant[1] + factor - written
    assert result.value.low == result.value.high == written
    assert result.off.low <= shift <= result.off.high


@given(numbers, spans(), numbers, spans())
def test_a_product_is_as_far_off_as_its_ends(x: Fraction, dx: Span, y: Fraction, dy: Span) -> None:
    """Where both can only be off one way."""
    dx, dy = Span(Fraction(0), abs(dx.high)), Span(Fraction(0), abs(dy.high))
    one, other = deviating(abs(x), dx), deviating(abs(y), dy)
    assert isinstance(one, Deviating)
    assert isinstance(other, Deviating)
    assert (one * other).off == Span(Fraction(0), (abs(x) + dx.high) * (abs(y) + dy.high) - abs(x * y))


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
