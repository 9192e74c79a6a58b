"""What kind of slip a lone wrong entry is: its sign, its digits, a neighbour's value, the mirror entry's."""

from __future__ import annotations

from itertools import pairwise

from checks.judging.judge import is_rounding
from checks.language.evaluate import Value
from exact.numbers.decimals import decimal
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.number import Number

DIGITS = 12


def slip(value: Value, place: int, right: list[Number | None], shape: tuple[int, int]) -> str:
    """The slip's id; `right` are the values of the right step, row by row, None where unknown."""
    key = right[place]
    if key is None:
        return "slip"
    if _is(value, -key):
        return "sign-slip"
    row, column = divmod(place, shape[1])
    mirror = column * shape[1] + row
    if shape[0] == shape[1] and mirror != place and _is(value, right[mirror]):
        return "transposed-entry"
    neighbours = [row * shape[1] + column + step for step in (-1, 1) if 0 <= column + step < shape[1]]
    neighbours += [(row + step) * shape[1] + column for step in (-1, 1) if 0 <= row + step < shape[0]]
    if any(_is(value, right[other]) for other in neighbours):
        return "copied-neighbour"
    if _digits_differ_by_a_slip(value, key):
        return "digit-slip"
    return "slip"


def _is(value: Value, number: Number | None) -> bool:
    """Whether the answer is the number, or it rounded."""
    return number is not None and is_rounding(value, number)


def _digits_differ_by_a_slip(value: Value, key: Number) -> bool:
    """Whether two digits that stand beside each other are swapped, or one is left out or written twice."""
    numeral = value.numeral
    if numeral is None or not numeral.digits or (numeral.value < 0) != (_text(key)[:1] == "-"):
        return False
    given, right = (_significant(text) for text in (_text(Number.of(numeral.value)), _text(key)))
    right = right[: max(len(given), 1) + 1]
    for shown in {right, right[: len(given)], right.rstrip("0")}:
        swapped = {shown[:i] + b + a + shown[i + 2 :] for i, (a, b) in enumerate(pairwise(shown))}
        dropped = {shown[:i] + shown[i + 1 :] for i in range(len(shown))}
        repeated = {shown[:i] + shown[i] + shown[i:] for i in range(len(shown))}
        if len(given) > 1 and given != shown and given in swapped | dropped | repeated:
            return True
    return False


def _text(number: Number) -> str:
    try:
        return decimal(number, DIGITS)
    except (Undecided, TooLarge):
        return ""


def _significant(text: str) -> str:
    """The digits of a decimal from the first that is not 0, without the power of ten."""
    return text.partition("e")[0].lstrip("-").replace(".", "").lstrip("0")
