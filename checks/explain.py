"""Puts a judgement into words: the note that a student reads, and the evidence that a verdict stands on."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction
from math import lcm

from checks.judging import Ground, Judgement
from checks.language.evaluate import Value
from checks.verdicts import Verdict
from exact.decimals import DECIMAL_DIGITS, decimal
from exact.exponential_sums import Undecided
from exact.field import Element

NOTES = {
    Ground.RELATIVE: "within tolerance; the exact value is {expected} {decimal}",
    Ground.TERMS: "the terms of this sum cancel: its exact value is {expected} {decimal}",
    Ground.ZERO: "negligible beside the other entries; the exact value is {expected} {decimal}",
    Ground.LAST_DIGIT: "less than one unit off in its last digit; the exact value is {expected}",
    Ground.STATED: "within tolerance",
}


def note(judgement: Judgement, expected: str, decimal_key: str) -> str:
    """What to say to the student beside the verdict; "" where the verdict says it all."""
    match judgement.verdict:
        case Verdict.CLOSE if judgement.ground:
            return NOTES[judgement.ground].format(expected=expected, decimal=short_decimal(decimal_key))
        case Verdict.WRONG if judgement.digits:
            return f"a rounding, but {_digits(judgement.digits)} is too few to tell"
        case Verdict.WRONG if judgement.difference is not None:
            return f"differs from the key by {short(judgement.difference)}"
        case Verdict.UNDECIDED:
            return "it could not be decided whether this equals the key; a person will look at it"
        case _:
            return ""


def evidence(judgement: Judgement, value: Value, key: Element) -> str:
    """The proof of the verdict in a line."""
    difference, numeral = judgement.difference, value.numeral
    if difference is None:
        return f"answer in {shown_ball(value)}, key {short(key)}"
    distance = f"|x - key| = {short(difference)}"
    match judgement.verdict:
        case Verdict.EXACT:
            return f"proved equal in {_field_of(key)}"
        case Verdict.ROUNDED if numeral:
            return f"rounds at {_digits(numeral.digits)}: {distance} <= {short(numeral.unit / 2)}"
        case Verdict.CLOSE if judgement.ground and judgement.bound is not None:
            return f"within tolerance ({judgement.ground.value}): {distance} <= {short(judgement.bound)}"
        case _:
            return f"differs: {distance}, key = {short(key)}"


def _field_of(key: Element) -> str:
    """The field that the key lies in: Q, Q(e) or Q(e^(1/q))."""
    if key.as_fraction() is not None:
        return "Q"
    q = lcm(*(exponent.denominator for terms in key.quotient() for exponent, _ in terms))
    return "Q(e)" if q == 1 else f"Q(e^(1/{q}))"


def _digits(number: int) -> str:
    return "1 digit" if number == 1 else f"{number} digits"


def short(value: Element | Fraction) -> str:
    """A number to three significant digits; whole numbers in full."""
    element = value if isinstance(value, Element) else Element.of(value)
    fraction = element.as_fraction()
    if fraction is not None and fraction.denominator == 1 and abs(fraction) < 10**12:
        return str(fraction)
    try:
        return decimal(element, 3)
    except Undecided:
        return "too little to be seen"


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


def shown_ball(value: Value) -> str:
    """The first enclosure that shows some digits, else the last."""
    balls = [ball for _, ball in value.enclosures()]
    return str(next((ball for ball in balls if ball.rel_accuracy_bits() > 20), balls[-1]).str(6))
