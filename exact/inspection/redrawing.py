"""Other given numbers for a calculation of the same structure, drawn at random.

Each is of the kind of those that stand beside it: whole numbers become whole numbers, decimals such with as many
places, fractions such with the same denominator. `varied_names` leaves out targets, masks of 0 and 1 and the learning
rate, and a `Range` of numbers of which none is negative has none. `wholly_redrawn` changes zeros, signs and the
learning rate, too; `unit_changes` the rate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from math import lcm
from random import Random

from exact.calculation.quantity import Calculation
from exact.numbers.array import Array, array

LEAST_RANGE = 3
"""Units up to which numbers are drawn at least, so that there is a choice where all are small."""


def varied_names(calculation: Calculation) -> tuple[str, ...]:
    """What is given and may have other numbers: inputs and parameters, but neither targets nor masks nor eta."""
    stands_for = _uses(calculation)
    found = []
    for name, values in calculation.given.items():
        is_parameter = bool({("W", name), ("b", name)} & stands_for)
        is_input = name in calculation.varied and not is_chosen(values) and ("eta", name) not in stands_for
        if (is_parameter or is_input) and ("y", name) not in stands_for and not _is_target(calculation, name):
            found.append(name)
    return tuple(found)


def _uses(calculation: Calculation) -> set[tuple[str, str]]:
    """What is made use of, by the letters of the steps that it stands for."""
    return {(letter, name) for one in calculation.quantities for letter, name in one.of.items()}


def _is_target(calculation: Calculation, name: str) -> bool:
    """Whether it is given, and nobody asks for the gradient by it, though for others."""
    if name.startswith("grad_"):
        return True
    usual = {one.name for one in calculation.quantities if one.name.startswith("grad_") and one.is_usual}
    return bool(usual) and f"grad_{name}" in calculation.by_name and f"grad_{name}" not in usual


def is_chosen(values: Array) -> bool:
    """Whether all of several numbers are 0 or 1, as in a one-hot vector or a mask."""
    return values.size > 1 and all(x in (0, 1) for x in values)


def unit_of(values: Array) -> Fraction:
    """The unit that all entries are multiples of: 1, a power of ten, or one over the common denominator."""
    denominator = reduce(lcm, (Fraction(x).denominator for x in values), 1)
    power = 1
    while power % denominator and power < 10**12:
        power *= 10
    return Fraction(1, power if power % denominator == 0 else denominator)


@dataclass(frozen=True, slots=True)
class Range:
    """From which numbers one is drawn: multiples of a unit up to so many, not 0; of both signs, or of one."""

    unit: Fraction
    most: int
    is_positive: bool

    @classmethod
    def of(cls, values: Array) -> Range:
        """The range of numbers like these."""
        unit = unit_of(values)
        most = max(LEAST_RANGE, *(int(abs(x) / unit) for x in values))
        return cls(unit, most, all(x >= 0 for x in values))

    def number(self, random: Random) -> Fraction:
        """One of them."""
        size = random.randrange(self.most) + 1
        return self.unit * (size if self.is_positive or random.randrange(2) else -size)


RATES = (Fraction(1, 2), Fraction(1, 3), Fraction(1, 5), Fraction(2))


def wholly_redrawn(calculation: Calculation, random: Random) -> Calculation:
    """The calculation with other numbers of any sign, where a 0 was, too, and another learning rate."""
    given = dict(calculation.given)
    rates = {
        name: array(RATES[random.randrange(len(RATES))])
        for letter, name in sorted(_uses(calculation))
        if letter == "eta"
    }
    for name in varied_names(calculation):
        numbers = replace(Range.of(given[name]), is_positive=False)
        given[name] = Array((numbers.number(random) for _ in given[name]), given[name].shape)
    return replace(calculation, given=given | {name: rate for name, rate in rates.items() if name in given})


def unit_changes(calculation: Calculation) -> Iterator[tuple[str, int, Fraction]]:
    """Given numbers, each with another value: name, place, value; the smallest changes first."""
    others = (name for name in varied_names(calculation) if name not in calculation.varied)
    rates = {name for letter, name in _uses(calculation) if letter == "eta"}
    names = [name for name in (*calculation.varied, *others) if name in calculation.given]
    for units in STEPS:
        for name in names:
            values = calculation.given[name]
            if name in rates:
                yield from _of_rate(name, values[0], units)
                continue
            unit = unit_of(values)
            for place, value in enumerate(values.entries):
                if value + units * unit != 0:  # a 0 hides what is done with it
                    yield name, place, value + units * unit


STEPS = (1, -1, 2, -2, 3, -3, 4, -4, 6, -6, 8, -8, 12, -12)
"""Units by which a number is changed."""


def _of_rate(name: str, value: Fraction, units: int) -> Iterator[tuple[str, int, Fraction]]:
    factors = {1: Fraction(2, 3), -1: Fraction(2), 2: Fraction(1, 2)}
    if units in factors:
        yield name, 0, value * factors[units]
