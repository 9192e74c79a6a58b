"""Puts a judgement into words: the note that a student reads, and the evidence that a verdict stands on."""

from __future__ import annotations

from decimal import Context, Decimal
from fractions import Fraction

from checks.judging import Ground, Judgement
from checks.language.evaluate import Value
from checks.verdicts import Verdict
from exact.decimals import DECIMAL_DIGITS, decimal
from exact.exponential_sums import Undecided
from exact.field import Element

NOTES = {
    Ground.RELATIVE: "near enough, though not a rounding; the exact value is {expected} {decimal}",
    Ground.TERMS: "the terms of this sum cancel: its exact value is {expected} {decimal}",
    Ground.ZERO: "as good as 0 beside the other entries; the exact value is {expected} {decimal}",
    Ground.LAST_DIGIT: "less than one unit off in its last digit; the exact value is {expected}",
    Ground.STATED: "near enough to the exact value",
}


def note(judgement: Judgement, expected: str, decimal_key: str) -> str:
    """What to say to the student beside the verdict; "" where the verdict says it all."""
    match judgement.verdict:
        case Verdict.CLOSE if judgement.ground:
            return NOTES[judgement.ground].format(expected=expected, decimal=short_decimal(decimal_key))
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
        return f"enclosed by balls of up to 4096 bits: answer {_ball(value)}, key {short(key)}"
    match judgement.verdict:
        case Verdict.EXACT:
            return "proved equal in Q" if key.as_fraction() is not None else "proved equal in Q(e^r)"
        case Verdict.ROUNDED if numeral:
            half = short(Element.of(numeral.unit / 2))
            return f"rounds at {numeral.digits} digits: |x - key| = {short(difference)} <= {half}"
        case Verdict.CLOSE:
            clause = judgement.ground.value if judgement.ground else ""
            return f"within tolerance ({clause} clause): |x - key| = {short(difference)}"
        case _:
            return f"differs: |x - key| = {short(difference)}, key = {short(key)}"


def short(value: Element | Fraction) -> str:
    """A number to two or, where it is a short decimal, few digits."""
    element = value if isinstance(value, Element) else Element.of(value)
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


def _ball(value: Value) -> str:
    return next(str(ball.str(10)) for _, ball in value.enclosures())
