"""Judges one answer against the key: a verdict that is proved, and the ground it stands on.

Every comparison is of exact numbers, or of rigorous enclosures where the answer leaves the exact field; no tolerance is
ever applied to a float.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb, ctx

from checks.judging.clauses import Clause, Ground, Key, clauses
from checks.judging.distance import Distance
from checks.judging.tolerance import Tolerance
from checks.judging.verdicts import Verdict
from checks.language.evaluate import Value
from checks.language.tree import Numeral
from exact.numbers.field import Element
from exact.numbers.number import Number


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
    is_hopeless = key.exact_only or is_far(value, key, tolerance)
    met, undecided = (None, False) if is_hopeless else _first_met(value, key, tolerance)
    if numeral and rounds and shows_enough(numeral, tolerance, near=met is not None):
        return Judgement(Verdict.ROUNDED, difference=distance.exact, equal=equal)
    if met:
        return Judgement(Verdict.CLOSE, met.ground, distance.exact, equal, met.told)
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
        allowed += 0 if key.within is None else _ball(key.within)
        allowed += 0 if key.reach is None else _ball(key.reach.width)
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


def _first_met(value: Value, key: Key, tolerance: Tolerance) -> tuple[Clause | None, bool]:
    """The first clause that is met, and whether one before it stays open."""
    undecided = False
    for clause in clauses(value, key, tolerance):
        holds = Distance(value, clause.centre).at_most(clause.bound, strictly=clause.strictly)
        if holds:
            return clause, undecided
        undecided = undecided or holds is None
    return None, undecided
