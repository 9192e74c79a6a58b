"""Sparse sums c_1 e^(r_1) + ... + c_n e^(r_n), c and r rational, the r distinct: the ring under `exact.numbers.field`.

By the Lindemann-Weierstrass theorem the powers are linearly independent over Q, so a sum is zero exactly if it has no
term left (A. Baker, Transcendental Number Theory, 1975, theorem 1.4).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from flint import arb, ctx, fmpq

from exact.numbers.bounds import (
    FIRST_PRECISION,
    LAST_PRECISION,
    MAX_BITS,
    MAX_PAIRS,
    MAX_SIGN_WORK,
    MAX_TERMS,
)

Terms = dict[int, fmpq]
"""Exponent to coefficient, no coefficient zero; exponents are whole numbers of 1/q, for a q kept beside."""

ZERO, ONE = fmpq(0), fmpq(1)


class TooLarge(ArithmeticError):
    """A value outgrew `exact.numbers.bounds`; the message names the bound."""


class Undecided(ArithmeticError):
    """The enclosures did not decide within the bounds on precision in `exact.numbers.bounds`."""


def precisions(first: int = FIRST_PRECISION, last: int = LAST_PRECISION) -> Iterator[int]:
    """The working precisions to try in turn, in bits: doubling, up to the last."""
    precision = first
    while precision <= last:
        yield precision
        precision *= 2


def rational(value: Fraction | int) -> fmpq:
    """A rational number as FLINT holds it."""
    return fmpq(value.numerator, value.denominator)


def bounded(terms: Terms) -> Terms:
    """The same terms. Raises `TooLarge` past `exact.numbers.bounds`."""
    if len(terms) > MAX_TERMS:
        raise TooLarge(f"more than {MAX_TERMS} different powers of e in one value")
    if sum(c.height_bits() for c in terms.values()) > MAX_BITS:
        raise TooLarge(f"a value with more than {MAX_BITS} bits")
    return terms


def add(left: Terms, right: Terms) -> Terms:
    """The sum, without terms that cancel."""
    total = dict(left)
    for exponent, coefficient in right.items():
        together = total.get(exponent, ZERO) + coefficient
        if together:
            total[exponent] = together
        else:
            del total[exponent]
    return bounded(total)


def multiply(left: Terms, right: Terms) -> Terms:
    """The product, each pair of terms multiplied."""
    if len(left) * len(right) > MAX_PAIRS:
        raise TooLarge(f"a product of sums with more than {MAX_PAIRS} pairs of terms")
    if len(left) == 1:
        left, right = right, left
    if len(right) == 1:
        ((s, d),) = right.items()
        return left if not s and d == 1 else bounded({r + s: c * d for r, c in left.items()})
    total: Terms = {}
    for r, c in left.items():
        for s, d in right.items():
            total[r + s] = total.get(r + s, ZERO) + c * d
    return bounded({r: c for r, c in total.items() if c})


def rescaled(terms: Terms, factor: int) -> Terms:
    """The same sum, its exponents counted in units a whole `factor` smaller."""
    return terms if factor == 1 else {r * factor: c for r, c in terms.items()}


def ball(terms: Terms, q: int) -> arb:
    """An enclosure at the working precision; the exponents are counted in units of 1/q."""
    total = arb(0)
    for exponent, coefficient in terms.items():
        total += arb(coefficient) * arb(fmpq(exponent, q)).exp() if exponent else arb(coefficient)
    return total


def sign_of(terms: Terms, q: int) -> int:
    """-1, 0 or 1: 0 exactly where there is no term, else what an enclosure shows. Raises `Undecided`."""
    if not terms:
        return 0
    coefficients = iter(terms.values())
    first = next(coefficients) > 0
    if all((c > 0) == first for c in coefficients):
        return 1 if first else -1
    for precision in precisions():
        if precision * len(terms) > MAX_SIGN_WORK:
            break
        with ctx.workprec(precision):
            value = ball(terms, q)
        if value > 0:
            return 1
        if value < 0:
            return -1
    raise Undecided("a sum of powers of e too close to zero for its sign to be seen")
