"""The key confirmed entry by entry: by exact equality with what the witness derived, and by mpmath to 50 digits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any

import mpmath

from exact.calculation.solution import Solution
from exact.letters.normal import formally_equal
from exact.networks.problem import Problem
from exact.numbers.decimals import decimal
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.number import Number
from exact.witness.derivation import Derivation, largest
from exact.witness.evaluation import Values, as_symbolic, decimal_values, exact_values, symbolic_values

DIGITS = 50
"""Digits to which mpmath has to agree."""

PRECISIONS = (3 * DIGITS, 20 * DIGITS, 200 * DIGITS)
"""The digits that mpmath works with, in turn: cancellation takes some of them."""

BITS_PER_DIGIT = 3.33

PROOF_BITS = 1_000
"""Bits at which enclosures may prove a difference."""

PATIENCE = 5
"""Proofs of equality that turn out too long before no more are tried: the numbers of a deep network are all alike."""


class How(Enum):
    """How an entry was found to be."""

    EXACT = "equal"
    DIGITS = f"equal to {DIGITS} digits"
    DIFFERENT = "different"
    UNDERIVED = "not derived"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What was found of one entry, by its cell and place; the decimals of the key and of what was derived."""

    cell: str
    place: int
    how: How
    key: str | None
    derived: str | None

    @property
    def is_confirmed(self) -> bool:
        """Whether the witness agrees."""
        return self.how in (How.EXACT, How.DIGITS)


def confirmed(problem: Problem, solution: Solution, entries: Iterable[tuple[str, int]]) -> Iterator[Confirmation]:
    """What the witness says of the entries, by cell and place."""
    witness = _Witness(problem, solution)
    for cell, place in entries:
        yield witness.confirmation(cell, place)


class _Witness:
    def __init__(self, problem: Problem, solution: Solution) -> None:
        self.solution = solution
        self.derivation = Derivation(problem)
        self.exact, self.symbolic = exact_values(self.derivation.point), symbolic_values(self.derivation.point)
        self.decimals: dict[int, Values] = {}
        self.patience = PATIENCE

    def confirmation(self, cell: str, place: int) -> Confirmation:
        key = self.solution.cell(cell).entries[place].value
        derived = self._value(cell, place, self.exact)
        if derived is None:
            return Confirmation(cell, place, How.UNDERIVED, _decimal(key), None)
        number = Number.of(derived)
        equal = self._are_equal(cell, place, key, number)
        how = How.DIGITS if equal is None else How.EXACT if equal else How.DIFFERENT
        if not self._agrees(cell, place, key):
            how = How.DIFFERENT
        return Confirmation(cell, place, how, _decimal(key), _decimal(number))

    def _value(self, cell: str, place: int, values: Values) -> Any:
        """The value that was derived, in the arithmetic of `values`; None where none was."""
        if cell in self.derivation.classes:
            return values.rational(largest(values, self.derivation.classes[cell]))
        if cell in self.derivation.cells:
            return values.of(self.derivation.cells[cell][place])
        factor = self.solution.calculation.by_name[cell].factor
        expression = None if factor is None else self.derivation.factor(*factor)
        return None if expression is None else values.of(expression)

    def _are_equal(self, cell: str, place: int, key: Number, derived: Number) -> bool | None:
        """Whether the two are equal, proved; None where neither is proved."""
        with suppress(TooLarge):
            if key.exact is not None and derived.exact is not None:
                return key.exact == derived.exact
        if not key.enclosure(PROOF_BITS).overlaps(derived.enclosure(PROOF_BITS)):
            return False
        written = as_symbolic(key) if self.patience else None
        if written is None:
            return None
        try:
            return formally_equal(written, self._value(cell, place, self.symbolic)) or None
        except TooLarge:
            self.patience -= 1
            return None

    def _agrees(self, cell: str, place: int, key: Number) -> bool:
        """Whether mpmath's value is the key's to so many digits."""
        for digits in PRECISIONS:
            if digits not in self.decimals:
                self.decimals[digits] = decimal_values(self.derivation.point)
            with mpmath.workdps(digits):
                found = self._value(cell, place, self.decimals[digits])
                ball = key.enclosure(int(digits * BITS_PER_DIGIT))
                if not ball.is_finite():
                    continue
                wanted = mpmath.ldexp(*map(int, ball.mid().man_exp()))
                if abs(found - wanted) <= mpmath.mpf(10) ** -DIGITS * abs(wanted):
                    return True
                nothing = mpmath.mpf(10) ** (-digits // 2)
                if digits == PRECISIONS[-1] and abs(found) < nothing and abs(wanted) < nothing:
                    return True
        return False


def _decimal(value: Number) -> str | None:
    try:
        return decimal(value)
    except Undecided:
        return None
