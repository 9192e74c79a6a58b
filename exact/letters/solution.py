"""The key of a calculation of which some of what is given are letters: every entry an expression with letters.

What a ReLU does where its argument depends on letters, assumptions have to settle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from exact.calculation.quantity import Calculation
from exact.letters.assumptions import settled
from exact.letters.lettered import in_letters
from exact.letters.symbolic import Symbolic, symbolic
from exact.numbers.array import Array


class Unsettled(Exception):
    """What entries do on the two sides of 0 is not settled: on which side `questions` lie has to be assumed.

    `entries`: cell and place.
    """

    def __init__(self, entries: tuple[tuple[str, int], ...], questions: tuple[Symbolic, ...] = ()) -> None:
        super().__init__(entries)
        self.entries, self.questions = entries, questions


def with_letters(calculation: Calculation, letters: Mapping[Fraction, Symbolic]) -> Calculation:
    """The calculation with an expression for each given number that stands for one."""
    given = {name: values.each(lambda value: letters.get(value, value)) for name, values in calculation.given.items()}
    return replace(calculation, given=given)


class LetterSolution:
    """The key in letters; a quantity is worked out when somebody asks for it, and but once.

    `positive`: what is assumed to be positive. Raises `Unsettled`, and `exact.letters.lettered.NoFormula`.
    """

    def __init__(self, calculation: Calculation, positive: Sequence[Symbolic] = ()) -> None:
        self.calculation, self.positive = calculation, tuple(positive)
        self._values: dict[str, Array] = {name: values.each(symbolic) for name, values in calculation.given.items()}

    def values(self, name: str) -> Array:
        """A quantity's entries, or those of what is given."""
        if name not in self._values:
            quantity = self.calculation.by_name[name]
            found = in_letters(quantity.step.formula, lambda letter: self.values(quantity.of[letter]))
            self._values[name] = self.settled(name, found)
        return self._values[name]

    def settled(self, name: str, found: Array) -> Array:
        """Entries of the quantity, with those pieces of ReLUs and the like that count. Raises `Unsettled`."""
        entries, unsettled = [], []
        open_: list[Symbolic] = []
        for place, entry in enumerate(found):
            value, questions = settled(symbolic(entry), self.positive)
            entries.append(value)
            unsettled += [(name, place)] if questions else []
            open_ += questions
        if unsettled:
            raise Unsettled(tuple(unsettled), tuple(open_))
        return Array(entries, found.shape)

    def followed(self, name: str, own: Mapping[str, Array]) -> Array:
        """The quantity by its own step from somebody's own expressions, where there are none from the key's."""
        quantity = self.calculation.by_name[name]

        def letters(letter: str) -> Array:
            source = quantity.of[letter]
            return own[source] if source in own else self.values(source)

        return self.settled(name, in_letters(quantity.step.formula, letters))
