"""Solves for the given number that somebody may have read: from an answer, what the number must have been.

The value of an entry is linear in nearly every number that it is worked out from. Where it is not, in calculations with
curved functions between cells that are asked for, a few secants find the number as well. An answer is rounded, so what
is found is an interval; a number that somebody reads is a simple one in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from math import ceil, floor
from typing import Any

from checks.hand.own_balls import OwnBalls
from checks.hand.own_cells import Place
from exact.numbers.array import Array
from exact.numbers.unknown import is_known

MOST_DECIMALS, LARGEST_DENOMINATOR = 6, 12
"""Decimals, or the denominator of a fraction, up to which a number is simple."""

SECANTS = 12
"""Steps after which a number is given up."""

STRAIGHT = 1e-12
"""How far from a straight line three values may be, as a share of the largest."""

LARGEST_NUMBER = 1e6
"""The size of a number from which nobody has read it."""


@dataclass(frozen=True, slots=True)
class Solved:
    """Where the number can lie by one answer: the middle, and how far from it.

    `width` is what an answer that is rounded, and worked out from rounded entries, leaves open; `widest` what a verdict
    allows besides.
    """

    value: float
    width: float
    widest: float

    def readable(self, given: Fraction) -> Iterator[Fraction]:
        """Simple numbers there, other than the given one, the likeliest first."""
        if abs(self.value) < LARGEST_NUMBER:
            for width in dict.fromkeys((self.width, self.widest)):
                value, reach = Fraction(self.value), Fraction(max(width, abs(self.value) * 1e-9, 1e-12))
                yield from readable(value - reach, value + reach, given)


def solved(own: OwnBalls, entries: Iterable[Place], number: Place) -> Iterator[Fraction]:
    """Simple values of a given number that may lead to the answers: to all, by the sharpest, and by the first of them.

    Entries that the number does not move are passed over.
    """
    name, place = number
    given = own.cells.calculation.given[name][place]
    if not isinstance(given, Fraction | int):
        return
    found = [one for entry in entries if (one := _by_answer(own, entry, number)) is not None]
    if found:
        sharpest = min(found, key=lambda one: one.width)
        told = (one.readable(Fraction(given)) for one in (_by_all(found), sharpest, found[0]))
        yield from dict.fromkeys(chain.from_iterable(told))


def _by_all(found: Sequence[Solved]) -> Solved:
    """Where the number can lie by as many of the answers as agree, the sharpest first."""
    first, *others = sorted(found, key=lambda one: one.width)
    low, high = first.value - first.width, first.value + first.width
    for one in others:
        if one.value - one.width < high and one.value + one.width > low:
            low, high = max(low, one.value - one.width), min(high, one.value + one.width)
    return Solved((low + high) / 2, (high - low) / 2, (high - low) / 2)


def _by_answer(own: OwnBalls, entry: Place, number: Place) -> Solved | None:
    name, place = number
    values = own.cells.calculation.given[name]
    answer = own.answer(entry)
    if not is_known(answer):
        return None

    def outcome(value: float) -> float:
        changed: Array = values.replaced(place, Fraction(value))
        return _as_float(own.reading({name: changed}).step(entry[0])[entry[1]])

    wanted = float(answer.mid())
    found = _root(outcome, float(values[place]), wanted)
    if found is None:
        return None
    value, slope = found
    width = float(own.allowed(entry).abs_upper()) / abs(slope)
    return Solved(value, width, width + own.loose(entry) * abs(wanted / slope))


def _as_float(ball: Any) -> float:
    return float(ball.mid()) if is_known(ball) and ball.is_finite() else float("nan")


def _root(outcome: Callable[[float], float], given: float, wanted: float) -> tuple[float, float] | None:
    """Where the function has the wanted value, and its slope there; None where none is found."""
    low, middle, high = (outcome(given + step) for step in (0, 1, 2))
    if low == middle or low != low or middle != middle:
        return None
    if abs(low - 2 * middle + high) <= STRAIGHT * max(abs(low), abs(middle), abs(high)):
        slope = middle - low
        return given + (wanted - low) / slope, slope
    for start in (given, -given):
        if (found := _by_secants(outcome, start, wanted)) is not None:
            return found
    return None


def _by_secants(outcome: Callable[[float], float], start: float, wanted: float) -> tuple[float, float] | None:
    x, y = start, start + 0.5
    fx, fy = outcome(x) - wanted, outcome(y) - wanted
    for _ in range(SECANTS):
        if fx == fy or fx != fx or fy != fy or abs(y) > LARGEST_NUMBER:
            return None
        slope = (fy - fx) / (y - x)
        x, fx, y = y, fy, y - fy / slope
        fy = outcome(y) - wanted
        if abs(fy) <= STRAIGHT * max(abs(wanted), 1e-300) or y == x:
            return y, slope
    return None


def readable(low: Fraction, high: Fraction, given: Fraction) -> Iterator[Fraction]:
    """The simple numbers between two bounds: the given one with the other sign, a short decimal, a short fraction.

    >>> [str(one) for one in readable(Fraction("0.3329"), Fraction("0.3339"), Fraction(3))]
    ['333/1000', '1/3']
    >>> [str(one) for one in readable(Fraction("1.99"), Fraction("2.01"), Fraction(-2))]
    ['2']
    """
    told = [-given] if low <= -given <= high and given else []
    told += _short_decimal(low, high)
    told += _short_fraction(low, high)
    yield from dict.fromkeys(one for one in told if one != given)


def _short_decimal(low: Fraction, high: Fraction) -> list[Fraction]:
    for decimals in range(MOST_DECIMALS + 1):
        scale = 10**decimals
        first, last = ceil(low * scale), floor(high * scale)
        if first <= last:
            middle = round((low + high) / 2 * scale)
            return [Fraction(min(max(middle, first), last), scale)]
    return []


def _short_fraction(low: Fraction, high: Fraction) -> list[Fraction]:
    for denominator in range(1, LARGEST_DENOMINATOR + 1):
        first, last = ceil(low * denominator), floor(high * denominator)
        if first <= last:
            return [Fraction(first, denominator)]
    return []
