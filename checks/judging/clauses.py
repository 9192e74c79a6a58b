"""When an answer is near enough to a key, clause by clause; nothing here looks at how an answer is dressed.

Each clause is a distance to a number, and a bound: it is met where the distance is proved to be no larger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from checks.judging.tolerance import Tolerance
from checks.language.evaluate import Value
from checks.language.tree import Numeral
from exact.numbers.exponential_sums import Undecided
from exact.numbers.number import Number, larger, sign
from exact.numbers.span import Span

UNIT_DIGITS = 3
"""Significant digits from which an answer may be cut off in the place of rounded, and that a shorter one stands for."""

FLOAT_DIGITS, FLOAT_UNIT = 6, Fraction(1, 1_000_000)
"""Significant digits, or the last decimal, from which a decimal looks as if a machine had written it."""

CANCELLED, NOISE = Fraction(1, 100_000), Fraction(1, 100)
"""The share of its terms above which a rational key has not cancelled, and how near a float must then be to it."""


@dataclass(frozen=True, slots=True)
class Key:
    """The right value of an entry and what its tolerance is measured by.

    `size` is the sum of |terms| of the entry's step (None: no clause looks at it), `largest` the largest |key| of its
    cell (None: the zero clause does not apply). `exact_only` allows no tolerance; `within`, where given, is an absolute
    tolerance that replaces all others. `is_rounded`: worked out from what somebody rounded because it is irrational, so
    that a rational value is none that an answer has to hit. `reach` is how far from the value what was meant can be,
    for the roundings before it; None where they excuse nothing.
    """

    value: Number
    size: Number | None = None
    largest: Number | None = None
    exact_only: bool = False
    within: Fraction | None = None
    is_rounded: bool = False
    reach: Span | None = None

    @property
    def is_rational(self) -> bool:
        """Whether the key is a rational number, as what it is worked out from is."""
        return not self.is_rounded and self.value.as_fraction() is not None


class Ground(Enum):
    """Why an answer is close."""

    RELATIVE = "relative"
    TERMS = "terms"
    ZERO = "zero"
    INPUTS = "rounded inputs"
    LAST_DIGIT = "last digit"
    FLOAT = "floating point"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Clause:
    """One way to be near enough: the distance to the centre is at most the bound, or, where `strictly`, less.

    `told` is how far from the key that allows an answer to be, which is the bound where the key is the centre.
    """

    ground: Ground
    centre: Number
    bound: Number
    told: Number
    strictly: bool = False


def clauses(value: Value, key: Key, tolerance: Tolerance) -> Iterator[Clause]:
    """The clauses that apply to the answer.

    None to one that is written in p: it claims equality. For a rational key an answer that is no numeral is exact or
    wrong, but for what was rounded before it; for another one with e, pi, a logarithm or a root there is the relative
    clause alone.
    """
    if value.claims_equality:
        return
    if key.within is not None:
        yield _around(key, Ground.STATED, Number.of(key.within))
        return
    numeral, is_rational = value.numeral, key.is_rational
    if not is_rational:
        yield _around(key, Ground.RELATIVE, Number.of(abs(key.value) * tolerance.relative))
        if value.is_symbolic:
            return
    if key.reach is not None:
        yield _reached(key, key.reach, numeral)
    if numeral is not None and numeral.digits >= UNIT_DIGITS:
        yield _cut_off(key, numeral)
    if is_rational:
        if numeral is not None and key.size is not None and looks_like_float(numeral):
            yield _around(key, Ground.FLOAT, float_bound(key.value, key.size, tolerance))
        return
    if key.size is not None:
        yield _around(key, Ground.TERMS, Number.of(key.size * tolerance.absolute))
    if key.largest is not None and value.exact is not None and value.exact.is_zero():
        yield _around(key, Ground.ZERO, Number.of(key.largest * tolerance.absolute))


def _around(key: Key, ground: Ground, bound: Number) -> Clause:
    return Clause(ground, key.value, bound, bound)


def _cut_off(key: Key, numeral: Numeral) -> Clause:
    """Truncated at the last digit, of the same sign: |x| < |key| < |x| + one unit. A habit, no mistake, for any key."""
    half = numeral.unit / 2 if numeral.value > 0 else -numeral.unit / 2
    return Clause(Ground.LAST_DIGIT, key.value - half, Number.of(abs(half)), Number.of(numeral.unit), strictly=True)


def _reached(key: Key, reach: Span, numeral: Numeral | None) -> Clause:
    """As near as the roundings before it allow; that three digits or more are rounded, or cut off, comes on top."""
    unit = numeral.unit if numeral and numeral.digits >= UNIT_DIGITS else Fraction(0)
    low, high = (unit, unit / 2) if numeral and numeral.value > 0 else (unit / 2, unit)
    allowed = reach + Span(-low, high)
    centre = key.value + (allowed.low + allowed.high) / 2
    return Clause(Ground.INPUTS, centre, Number.of((allowed.high - allowed.low) / 2), Number.of(allowed.width))


def looks_like_float(numeral: Numeral) -> bool:
    """Whether a machine may have written the decimal: 0.47619047619047616, -0.000000, 5.55e-17."""
    return numeral.digits >= FLOAT_DIGITS or numeral.unit <= FLOAT_UNIT or numeral.is_scientific


def float_bound(key: Number, size: Number, tolerance: Tolerance) -> Number:
    """What floats leave of a rational key: the absolute clause and, where the terms have not cancelled, 1 % of it."""
    absolute, noise = Number.of(size * tolerance.absolute), Number.of(abs(key) * NOISE)
    try:
        has_cancelled = sign(abs(key) - size * CANCELLED) <= 0
    except Undecided:
        has_cancelled = False
    return absolute if has_cancelled else smaller(absolute, noise)


def smaller(left: Number, right: Number) -> Number:
    """The smaller of two numbers; either, where no enclosure shows a difference."""
    return right if larger(left, right) is left else left


def carried_unit(numeral: Numeral | None, *, is_rational: bool) -> Fraction:
    """What an entry as written may be off, at most: less than one unit of its last digit.

    A decimal of fewer than three digits counts as if it were padded with zeros to three. A whole number in a cell with
    a rational key (`is_rational`) stands as it is; so do a plain 0, and an answer that is no numeral.
    """
    if numeral is None or (numeral.unit == 1 and (is_rational or not numeral.digits)):
        return Fraction(0)
    if not numeral.digits:
        return min(numeral.unit, Fraction(1, 10**UNIT_DIGITS))
    return numeral.unit * Fraction(1, 10 ** max(UNIT_DIGITS - numeral.digits, 0))
