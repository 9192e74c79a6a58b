"""What is said of a number that was misread: what it was read as, and what the problem says."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from checks.assignment.parts import HandPart
from checks.hand.misreading import Misread, is_rate_of
from checks.mistakes.advice import FOUND_GIVEN, FOUND_RATE
from exact.calculation.quantity import Calculation
from exact.numbers.array import Array
from exact.writing.sentence import enumerated

MOST_PLACES, MOST_DECIMALS = 2, 6
"""Numbers that are told one by one, and decimals up to which a number is written as one."""


@dataclass(frozen=True, slots=True)
class Told:
    """The id of the mistake; what the number is called, what is given and what was read; and the same in a sentence.

    `own` is what later entries are right from.
    """

    id: str
    number: str
    given: str
    read_as: str
    sentence: str
    own: str

    @property
    def detail(self) -> tuple[tuple[str, str], ...]:
        """What reports say of it by name."""
        return (("number", self.number), ("given", self.given), ("read_as", self.read_as))


def told(misread: Misread, part: HandPart, calculation: Calculation) -> Told:
    """The words for a misread number."""
    reading, naming = misread.reading, part.naming
    arrays = {name: calculation.given[name] for name in misread.changed}
    is_rate = all(is_rate_of(calculation, name) for name in arrays)
    if len(reading.places) <= MOST_PLACES:
        names = [part.name(naming.entry(name, place)) for name, place in reading.places]
        given = [_number(arrays[name][place]) for name, place in reading.places]
        read = [_number(misread.changed[name][place]) for name, place in reading.places]
    else:
        names = [part.cell_name(name) for name in arrays]
        given = [_array(values) for values in arrays.values()]
        read = [_array(misread.changed[name]) for name in arrays]
    if reading.manner:
        own = reading.manner.format(enumerated(names))
        sentence = f"you worked with {own}; the problem says {_equations(names, given)}"
    else:
        own = _equations(names, read)
        sentence = f"you worked with {own}; the problem says {given[0]}"
    return Told(
        _rate_name(misread, calculation) if is_rate else FOUND_GIVEN,
        ", ".join(names),
        ", ".join(given),
        ", ".join(read),
        sentence,
        own,
    )


def _rate_name(misread: Misread, calculation: Calculation) -> str:
    """The name of another learning rate: of 1 and of its square there are known ones."""
    ((name, values),) = misread.changed.items()
    rate, given = values.item(), calculation.given[name].item()
    return {1: "learning-rate-forgotten", given * given: "learning-rate-squared"}.get(rate, FOUND_RATE)


def _equations(names: list[str], values: list[str]) -> str:
    return enumerated([f"{name} = {value}" for name, value in zip(names, values, strict=True)])


def _array(values: Array) -> str:
    rows = [", ".join(map(_number, row)) for row in values.rows()]
    return f"[{'; '.join(rows) if len(values.shape) == 2 else ', '.join(rows)}]"


def _number(value: Any) -> str:
    """The number as one writes it: a decimal where it ends soon, else a fraction.

    >>> _number(Fraction(-1, 20)), _number(Fraction(1, 3))
    ('-0.05', '1/3')
    """
    fraction = Fraction(value)
    scaled = fraction * 10**MOST_DECIMALS
    if fraction.denominator == 1 or scaled.denominator != 1:
        return str(fraction)
    whole = str(abs(scaled.numerator)).rjust(MOST_DECIMALS + 1, "0")
    sign = "-" if fraction < 0 else ""
    return f"{sign}{whole[:-MOST_DECIMALS]}.{whole[-MOST_DECIMALS:].rstrip('0')}"
