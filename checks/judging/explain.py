"""Puts a judgement into words: the note that a student reads, and the evidence that a verdict stands on."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from math import lcm

from checks.judging.clauses import Ground
from checks.judging.judge import Judgement
from checks.judging.verdicts import Verdict
from checks.language.evaluate import Value
from exact.numbers.decimals import DECIMAL_DIGITS, decimal
from exact.numbers.exponential_sums import Undecided
from exact.numbers.field import Element
from exact.numbers.number import Number

NOTES = {
    Ground.RELATIVE: "within tolerance; the exact value is {key}",
    Ground.TERMS: "the terms of this sum cancel: its exact value is {key}",
    Ground.INPUTS: "as near as the rounded entries before it allow",
    Ground.ZERO: "negligible beside the other entries; the exact value is {key}",
    Ground.LAST_DIGIT: "cut off at its last digit, not rounded; the exact value is {key}",
    Ground.FLOAT: "as near as floating-point numbers come; the exact value is {key}",
    Ground.STATED: "within tolerance",
}


def note(judgement: Judgement, expected: str | None, decimal_key: str | None) -> str:
    """What to say to the student beside the verdict; "" where the verdict says it all."""
    match judgement.verdict:
        case Verdict.CLOSE if judgement.ground:
            return NOTES[judgement.ground].format(key=_key(expected, decimal_key))
        case Verdict.WRONG if judgement.digits:
            return f"a rounding, but {_digits(judgement.digits)} is too few to tell"
        case Verdict.WRONG if judgement.difference is not None:
            return f"differs from the key by {short(judgement.difference)}"
        case Verdict.UNDECIDED:
            return "it could not be decided whether this equals the key; a person will look at it"
        case _:
            return ""


def evidence(judgement: Judgement, value: Value, key: Number) -> str:
    """The proof of the verdict in a line."""
    difference, numeral = judgement.difference, value.numeral
    if judgement.verdict is Verdict.EXACT:
        return f"proved equal {_place_of(value, key)}"
    if judgement.equal is None:
        return f"answer in {shown_ball(value)}, key in {shown_ball(key)}"
    distance = f"|x - key| = {short(abs(Number.of(value) - key) if difference is None else difference)}"
    match judgement.verdict:
        case Verdict.ROUNDED if numeral:
            return f"rounds at {_digits(numeral.digits)}: {distance} <= {short(numeral.unit / 2)}"
        case Verdict.CLOSE if judgement.ground and judgement.bound is not None:
            return f"within tolerance ({judgement.ground.value}): {distance} <= {short(judgement.bound)}"
        case _:
            return f"differs: {distance}, key = {short(key)}"


def _place_of(value: Value, key: Number) -> str:
    """Where both were held against each other: Q, Q(e), Q(e^(1/q)), or beyond."""
    if value.exact is None or key.exact is None:
        nested = value.tower() is not None and key.tower() is not None
        return "among nested exponentials" if nested else "as powers of e"
    if key.as_fraction() is not None:
        return "in Q"
    q = lcm(*(exponent.denominator for terms in key.exact.quotient() for exponent, _ in terms))
    return "in Q(e)" if q == 1 else f"in Q(e^(1/{q}))"


def _key(expected: str | None, decimal_key: str | None) -> str:
    """The key as a note shows it: exactly, where that is another text than its decimal, and in a few digits."""
    if expected is None or decimal_key is None:
        return "too near 0 to be told from it"
    if expected != decimal_key:
        return f"{expected} {short_decimal(decimal_key)}"
    return short_decimal(decimal_key).removeprefix("= ").replace("≈", "about")


def _digits(number: int) -> str:
    return "1 digit" if number == 1 else f"{number} digits"


def short(value: Element | Number | Fraction) -> str:
    """A number to three significant digits; whole numbers in full."""
    number = Number.of(value)
    fraction = number.as_fraction()
    if fraction is not None and fraction.denominator == 1 and abs(fraction) < 10**12:
        return str(fraction)
    try:
        return decimal(number, 3)
    except Undecided:
        return "too little to be seen"


ENCLOSED = "known to every digit asked, not in closed form"
"""What is said of numbers that enclosures alone decide."""


def short_decimal(text: str, digits: int = 8) -> str:
    """A decimal of the key, rounded again to the few digits that one reads, with `=` or `≈` before it.

    The key's decimals are exact where they have fewer digits than the report carries.

    >>> short_decimal("4.9999998758018735782"), short_decimal("8.5")
    ('≈ 4.9999999', '= 8.5')
    """
    number = Decimal(text)
    rounded = Context(prec=digits).create_decimal(number)
    exact = rounded == number and len(number.as_tuple().digits) < DECIMAL_DIGITS
    return f"{'=' if exact else '≈'} {rounded:g}".replace("e+", "e")


def shown_ball(value: Value | Number) -> str:
    """The first enclosure that shows some digits, else the last."""
    balls = [ball for _, ball in value.enclosures()]
    return str(next((ball for ball in balls if ball.rel_accuracy_bits() > 20), balls[-1]).str(6))
