"""What is given, as the witness reads it: numbers, or letters that numbers stand for, and the signs that follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import sympy

from exact.letters.assumptions import sign_under
from exact.letters.symbolic import Symbolic
from exact.numbers.exponential_sums import Undecided
from exact.numbers.number import sign
from exact.witness.evaluation import Point, Values, exact_values, symbolic_values
from exact.witness.forms import Expr, rational


@dataclass(frozen=True, slots=True)
class Letters:
    """What given numbers stand for, and what of that is assumed to be positive."""

    stands_for: Mapping[Fraction, Symbolic] = field(default_factory=dict)
    positive: Sequence[Symbolic] = ()


NO_LETTERS = Letters()


class Given:
    """The point of one derivation: what its symbols stand for."""

    def __init__(self, letters: Letters) -> None:
        self.letters = letters
        self.point: Point = {}
        self._values: Values = (
            symbolic_values(self.point, letters.stands_for) if letters.stands_for else exact_values(self.point)
        )

    def number(self, value: Fraction | int) -> Expr:
        """A number that stands in a formula; a symbol for one that stands for a letter."""
        if value not in self.letters.stands_for:
            return rational(value)
        symbol = sympy.Symbol(f"given {value}", real=True)
        self.point[symbol] = Fraction(value)
        return symbol

    def sign(self, expression: Expr) -> int:
        """The sign of an expression at the point, or under what is assumed. Raises `Undecided`."""
        value = self._values.of(expression)
        if not isinstance(value, Symbolic):
            return sign(value)
        found = sign_under(value, self.letters.positive)
        if found is None:
            raise Undecided("nothing that is assumed tells on which side of 0 it lies")
        return found
