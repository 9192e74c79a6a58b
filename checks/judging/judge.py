"""Judges one answer against the key: a verdict that is proved, and the ground it stands on.

Every comparison is of exact numbers, or of rigorous enclosures where the answer leaves the exact field; no tolerance is
ever applied to a float.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from flint import arb, ctx

from checks.judging.tolerance import Tolerance
from checks.judging.verdicts import Verdict
from checks.language.evaluate import Value
from checks.language.tree import Numeral
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.field import Element
from exact.numbers.number import Number, formally_equal


@dataclass(frozen=True, slots=True)
class Key:
    """The right value of an entry and what its tolerance is measured by.

    `size` is the sum of |terms| of the entry's step (None: the terms clause does not apply), `largest` the largest
    |key| of its cell (None: the zero clause does not). `exact_only` allows no tolerance; `within`, where given, is an
    absolute tolerance that replaces all others. `from_rounded`: worked out from numbers that somebody rounded, so that
    a rational value is none that an answer has to hit; `slack` is how far the roundings before it can have moved it.
    """

    value: Number
    size: Number | None = None
    largest: Number | None = None
    exact_only: bool = False
    within: Fraction | None = None
    from_rounded: bool = False
    slack: Number | None = None


class Ground(Enum):
    """Why an answer is close."""

    RELATIVE = "relative"
    TERMS = "terms"
    ZERO = "zero"
    INPUTS = "rounded inputs"
    LAST_DIGIT = "last digit"
    STATED = "stated"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict; for close answers the ground; the distance, where it is known; whether it is 0, if proved.

    `bound` is what the distance was held against, for close ones; `digits` how many digits a rounding too short has.
    """

    verdict: Verdict
    ground: Ground | None = None
    difference: Element | None = None
    equal: bool | None = None
    bound: Number | None = None
    digits: int = 0


UNIT_DIGITS = 3
"""Significant digits from which an answer may be off by less than one unit in its last digit, for a rational key."""


def judge(value: Value, key: Key, tolerance: Tolerance) -> Judgement:
    """The verdict on an answer that could be read.

    Raises `AnswerError` for an answer outside the field that only the precision needed here shows not to be real.
    """
    distance = Distance(value, key.value)
    equal = distance.is_zero()
    if equal:
        return Judgement(Verdict.EXACT, difference=distance.exact, equal=True)
    numeral, rounds = None if key.exact_only else value.numeral, None
    if numeral and numeral.digits:
        rounds = distance.at_most(Number.of(numeral.unit / 2))
        if rounds and shows_enough(numeral, tolerance, near=False):
            return Judgement(Verdict.ROUNDED, difference=distance.exact, equal=equal)
    met, undecided = (None, False) if key.exact_only else _first_met(_clauses(value, key, tolerance), distance)
    if numeral and rounds and shows_enough(numeral, tolerance, near=met is not None):
        return Judgement(Verdict.ROUNDED, difference=distance.exact, equal=equal)
    if met:
        return Judgement(Verdict.CLOSE, met.ground, distance.exact, equal, met.bound)
    if undecided or equal is None or (numeral and numeral.digits and rounds is None):
        return Judgement(Verdict.UNDECIDED, equal=equal)
    too_short = numeral.digits if numeral and rounds else 0
    return Judgement(Verdict.WRONG, difference=distance.exact, equal=False, digits=too_short)


def is_far(value: Value, key: Key, tolerance: Tolerance) -> bool:
    """Whether a first enclosure already shows the answer to be beyond every tolerance; False proves nothing."""
    bits = FIRST_LOOK_BITS
    right = key.value.enclosure(bits)
    with ctx.workprec(bits):
        allowed = abs(right) * _ball(tolerance.relative)
        for size in (key.size, key.largest):
            allowed += 0 if size is None else size.enclosure(bits) * _ball(tolerance.absolute)
        allowed += 0 if key.slack is None else key.slack.enclosure(bits)
        allowed += 0 if value.numeral is None else _ball(value.numeral.unit)
        return bool(abs(value.enclosure(bits) - right) > allowed)


def _ball(number: Fraction) -> arb:
    return arb(number.numerator) / number.denominator


def is_rounding(answer: Value, of: Value | Number) -> bool:
    """Whether the answer is proved equal to the other one, or is a decimal proved to be it, rounded."""
    distance = Distance(answer, Number.of(of))
    if distance.is_zero():
        return True
    numeral, tolerance = answer.numeral, Tolerance()
    if numeral is None or not distance.at_most(Number.of(numeral.unit / 2)):
        return False
    near = distance.at_most(Number.of(abs(numeral.value) * tolerance.relative))
    return shows_enough(numeral, tolerance, near=near is True)


def contradicts(one: Value, other: Value) -> bool:
    """Whether two members of a chain are proved different, and neither is the other, rounded."""
    different = Distance(one, Number.of(other)).is_zero() is False
    return different and not is_rounding(one, other) and not is_rounding(other, one)


def shows_enough(numeral: Numeral, tolerance: Tolerance, *, near: bool) -> bool:
    """Whether the numeral shows enough to be a rounding: a zero never does, a lone digit only if it is near."""
    return numeral.digits >= (1 if near else tolerance.digits)


FIRST_LOOK_BITS = 64
"""The precision in which many candidates are looked at, to judge few of them."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """One way to be near enough: the distance is at most the bound, or, where `strictly`, less than it."""

    ground: Ground
    bound: Number
    strictly: bool = False


def _first_met(clauses: Iterator[_Clause], distance: Distance) -> tuple[_Clause | None, bool]:
    """The first clause that is met, and whether one before it stays open."""
    undecided = False
    for clause in clauses:
        holds = distance.at_most(clause.bound, strictly=clause.strictly)
        if holds:
            return clause, undecided
        undecided = undecided or holds is None
    return None, undecided


def _clauses(value: Value, key: Key, tolerance: Tolerance) -> Iterator[_Clause]:
    """The tolerance clauses that apply to the answer."""
    if value.claims_equality:
        return
    if key.within is not None:
        yield _Clause(Ground.STATED, Number.of(key.within))
        return
    is_rational = key.value.as_fraction() is not None and not key.from_rounded
    if value.is_symbolic or not is_rational:
        yield _Clause(Ground.RELATIVE, Number.of(abs(key.value) * tolerance.relative))
    if value.is_symbolic:
        return
    numeral = value.numeral
    if key.slack is not None:
        own = numeral.unit / 2 if numeral and numeral.digits >= UNIT_DIGITS else Fraction(0)
        yield _Clause(Ground.INPUTS, Number.of(key.slack + own))
    if is_rational:
        if numeral and numeral.digits >= UNIT_DIGITS:
            yield _Clause(Ground.LAST_DIGIT, Number.of(numeral.unit), strictly=True)
        return
    if key.size is not None:
        yield _Clause(Ground.TERMS, Number.of(key.size * tolerance.absolute))
    if key.largest is not None and value.exact is not None and value.exact.is_zero():
        yield _Clause(Ground.ZERO, Number.of(key.largest * tolerance.absolute))


class Distance:
    """|answer - key|: exact where that is known and small enough to work with, else enclosed ever more narrowly.

    Every question is answered by True or False, proved, or by None where the last precision leaves it open.
    """

    def __init__(self, value: Value, key: Number) -> None:
        self.value, self.key = value, key
        self.exact: Element | None = None
        if value.exact is not None and key.exact is not None:
            with suppress(TooLarge, Undecided):
                self.exact = abs(value.exact - key.exact)

    def is_zero(self) -> bool | None:
        """Whether answer and key are equal."""
        if self.exact is not None:
            return self.exact.is_zero()
        if formally_equal(self.value, self.key):
            return True
        return self._decided(lambda ball, _: False if not ball.contains(0) else None)

    def at_most(self, bound: Number, *, strictly: bool = False) -> bool | None:
        """Whether the distance is the bound or less; strictly less, where that is asked."""
        if self.exact is not None and bound.exact is not None:
            with suppress(TooLarge, Undecided):
                return (bound.exact - self.exact).sign() >= (1 if strictly else 0)
        return self._decided(lambda ball, bits: _ordered(abs(ball), bound.enclosure(bits)))

    def _decided(self, question: Callable[[arb, int], bool | None]) -> bool | None:
        """The first answer that an enclosure of answer - key gives."""
        for bits, ball in self.value.enclosures():
            with ctx.workprec(bits):
                answer = question(ball - self.key.enclosure(bits), bits)
            if answer is not None:
                return answer
        return None


def _ordered(left: arb, right: arb) -> bool | None:
    """Whether left < right, as far as the balls show it; where both are one number they never do."""
    return True if left < right else False if left > right else None
