"""Judges one answer against the key: a verdict that is proved, and the ground it stands on.

Every comparison is of exact numbers, or of rigorous enclosures where the answer leaves the exact field; no tolerance is
ever applied to a float.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from checks.language.evaluate import Value
from checks.language.tree import Numeral
from checks.verdicts import Verdict
from exact.field import Element, Undecided


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How near is near enough.

    relative: to the key; absolute: to the size of the terms that the entry is the sum of; digits: significant digits
    from which a rounding needs no further nearness.
    """

    relative: Fraction = Fraction(1, 1000)
    absolute: Fraction = Fraction(1, 1_000_000)
    digits: int = 2


@dataclass(frozen=True, slots=True)
class Key:
    """The right value of an entry and what its tolerance is measured by.

    `size` is the sum of |terms| of the entry's step (None: the terms clause does not apply), `largest` the largest
    |key| of its cell (None: the zero clause does not). `exact_only` allows no tolerance; `within`, where given, is an
    absolute tolerance that replaces all others.
    """

    value: Element
    size: Element | None = None
    largest: Element | None = None
    exact_only: bool = False
    within: Fraction | None = None


class Ground(Enum):
    """Why an answer is close."""

    RELATIVE = "relative"
    TERMS = "terms"
    ZERO = "zero"
    LAST_DIGIT = "last digit"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict; for close answers the ground; for different ones the exact distance, where it is known."""

    verdict: Verdict
    ground: Ground | None = None
    difference: Element | None = None


UNIT_DIGITS = 3
"""Significant digits from which an answer may be off by less than one unit in its last digit, for a rational key."""


def judge(value: Value, key: Key, tolerance: Tolerance) -> Judgement:
    """The verdict on an answer that could be read. Never raises."""
    try:
        return _judge(value, key, tolerance)
    except Undecided:
        return Judgement(Verdict.UNDECIDED)


def _judge(value: Value, key: Key, tolerance: Tolerance) -> Judgement:
    distance = _Distance(value, key.value)
    if distance.certainly_zero():
        return Judgement(Verdict.EXACT, difference=distance.exact)
    numeral = value.numeral
    if not key.exact_only:
        ground = _within_tolerance(value, key, tolerance, distance)
        if numeral and _digits_count(numeral, tolerance, ground) and distance.at_most(Element.of(numeral.unit / 2)):
            return Judgement(Verdict.ROUNDED, difference=distance.exact)
        if ground:
            return Judgement(Verdict.CLOSE, ground, distance.exact)
    if distance.certainly_not_zero():
        return Judgement(Verdict.WRONG, difference=distance.exact)
    return Judgement(Verdict.UNDECIDED)


def _digits_count(numeral: Numeral, tolerance: Tolerance, ground: Ground | None) -> bool:
    """Whether the numeral shows enough to be a rounding: a zero never does, a lone digit only if it is near."""
    return numeral.digits >= (1 if ground else tolerance.digits)


def _within_tolerance(value: Value, key: Key, tolerance: Tolerance, distance: _Distance) -> Ground | None:
    """The clause that an answer is within tolerance by, else None."""
    if value.claims_equality:
        return None
    if key.within is not None:
        return Ground.STATED if distance.at_most(Element.of(key.within)) else None
    relative = Ground.RELATIVE if distance.at_most(abs(key.value) * tolerance.relative) else None
    if value.is_symbolic:
        return relative
    if key.value.as_fraction() is not None:
        numeral = value.numeral
        near = numeral and numeral.digits >= UNIT_DIGITS and distance.less_than(Element.of(numeral.unit))
        return Ground.LAST_DIGIT if near else None
    if relative:
        return relative
    if key.size is not None and distance.at_most(key.size * tolerance.absolute):
        return Ground.TERMS
    is_zero = value.exact is not None and value.exact.is_zero()
    if is_zero and key.largest is not None and distance.at_most(key.largest * tolerance.absolute):
        return Ground.ZERO
    return None


class _Distance:
    """|answer - key|, exact where the answer is, else by enclosures of rising precision."""

    def __init__(self, value: Value, key: Element) -> None:
        self.value, self.key = value, key
        self.exact = None if value.exact is None else abs(value.exact - key)

    def certainly_zero(self) -> bool:
        return self.exact is not None and self.exact.is_zero()

    def certainly_not_zero(self) -> bool:
        if self.exact is not None:
            return not self.exact.is_zero()
        return any(not (ball - self.key.enclosure(bits)).contains(0) for bits, ball in self.value.enclosures())

    def at_most(self, bound: Element) -> bool:
        """Proved at most the bound; false also where the enclosures leave it open."""
        if self.exact is not None:
            return (bound - self.exact).sign() >= 0
        return any(
            abs(ball - self.key.enclosure(bits)) <= bound.enclosure(bits) for bits, ball in self.value.enclosures()
        )

    def less_than(self, bound: Element) -> bool:
        """Proved less than the bound."""
        return self.at_most(bound) and not (self.exact is not None and (bound - self.exact).is_zero())


def is_rounding(answer: Value, of: Value) -> bool:
    """Whether the answer is proved equal to the other one, or is a decimal proved to be it, rounded."""
    if of.exact is None:
        return False
    distance = _Distance(answer, of.exact)
    numeral = answer.numeral
    return distance.certainly_zero() or (numeral is not None and distance.at_most(Element.of(numeral.unit / 2)))
