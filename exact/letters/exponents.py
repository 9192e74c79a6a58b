"""Exponents of e: which rational multiples of known ones add up to another, and what of it is a logarithm."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import fmpq_mat

from exact.letters.quotients import Quotient, Quotients


def combination(q: Quotients, exponents: Mapping[int, Quotient], exponent: Quotient) -> dict[int, Fraction] | None:
    """Rational numbers by which the exponents of the exponentials add up to this one; None where there are none."""
    if not exponents:
        return None
    for index, known in exponents.items():
        if ratio := _ratio(q, exponent, known):
            return {index: ratio}
    columns = [*exponents.values(), exponent]
    common = columns[0].bottom
    for column in columns[1:]:
        if common != column.bottom:
            shared = common.gcd(column.bottom) if q.is_cheap(common, column.bottom) else q.context.constant(1)
            common = q.product(common, column.bottom // shared)
    tops = [q.reduced(q.product(column.top, common // column.bottom)).to_dict() for column in columns]
    rows = list(dict.fromkeys(monomial for top in tops for monomial in top))
    q.budget.pay(len(rows) * len(columns) ** 2)
    entries = [top.get(row, 0) for row in rows for top in tops]
    solved, rank = fmpq_mat(len(rows), len(columns), entries).rref()
    last = len(columns) - 1
    if rank > last and solved[last, last]:
        return None
    shares = [solved[place, last] for place in range(last)]
    return {index: Fraction(int(c.p), int(c.q)) for index, c in zip(exponents, shares, strict=True) if c}


def share_of(value: Quotient, index: int) -> Fraction:
    """The rational number c for which value - c * generator is free of the generator, 0 where there is none."""
    if value.top.degrees()[index] != 1 or value.bottom.degrees()[index]:
        return Fraction(0)
    coefficient = value.top.derivative(index)
    c = Fraction(int(coefficient.leading_coefficient()), int(value.bottom.leading_coefficient()))
    return c if coefficient * c.denominator == value.bottom * c.numerator else Fraction(0)


def _ratio(q: Quotients, left: Quotient, right: Quotient) -> Fraction | None:
    """The rational number that left is times right, None where it is none."""
    if left.bottom == right.bottom:
        one, other = left.top, right.top
    else:
        one, other = q.reduced(q.product(left.top, right.bottom)), q.reduced(q.product(right.top, left.bottom))
    ratio = Fraction(int(one.leading_coefficient()), int(other.leading_coefficient()))
    return ratio if one * ratio.denominator == other * ratio.numerator else None
