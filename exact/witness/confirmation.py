"""The key confirmed entry by entry: by exact equality with what the witness derived, and by mpmath to 50 digits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

import mpmath

from exact.calculation.quantity import Calculation
from exact.calculation.solution import Solution
from exact.letters.decide import Different, Equal, Undecided, decide
from exact.letters.normal import formally_equal
from exact.letters.solution import LetterSolution
from exact.letters.symbolic import symbolic
from exact.numbers.decimals import decimal
from exact.numbers.exponential_sums import TooLarge
from exact.numbers.exponential_sums import Undecided as NoDecision
from exact.numbers.number import Number
from exact.witness.evaluation import Point, Values, as_symbolic, decimal_values, exact_values, largest, symbolic_values
from exact.witness.forms import Expr
from exact.witness.given import Letters

DIGITS = 50
"""Digits to which mpmath has to agree."""

PRECISIONS = (3 * DIGITS, 20 * DIGITS, 200 * DIGITS)
"""The digits that mpmath works with, in turn: cancellation takes some of them."""

BITS_PER_DIGIT = 3.33

PROOF_BITS = 1_000
"""Bits at which enclosures may prove a difference."""

PATIENCE = 5
"""Proofs of equality that turn out too long before no more are tried: the numbers of a deep network are all alike."""


class Derived(Protocol):
    """What was derived a second time, each entry an expression; `point` says what the symbols stand for."""

    point: Point

    def entry(self, cell: str, place: int) -> Expr | None:
        """The entry, by its place row by row; None where nothing of that name is derived."""

    def largest_of(self, cell: str) -> list[Expr] | None:
        """Of what entries the cell is the number of the largest one; None where it is no such number."""

    def factor(self, of: tuple[str, int], by: tuple[str, int]) -> Expr | None:
        """The derivative of an entry in another one; None where there is none."""


class How(Enum):
    """How an entry was found to be."""

    EXACT = "equal"
    DIGITS = f"equal to {DIGITS} digits"
    DIFFERENT = "different"
    UNDERIVED = "not derived"
    UNDECIDED = "not decided"


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


def confirmed(derived: Derived, solution: Solution, entries: Iterable[tuple[str, int]]) -> Iterator[Confirmation]:
    """What the witness says of the entries, by cell and place."""
    witness = _Witness(derived, solution)
    for cell, place in entries:
        yield witness.confirmation(cell, place)


def confirmed_in_letters(
    derived: Derived, key: LetterSolution, letters: Letters, entries: Iterable[tuple[str, int]]
) -> Iterator[Confirmation]:
    """What the witness says of the entries of a key in letters: by the decision whether two expressions are equal."""
    values = symbolic_values(derived.point, letters.stands_for)
    for cell, place in entries:
        expression = _expression(derived, key.calculation, cell, place)
        if expression is None:
            yield Confirmation(cell, place, How.UNDERIVED, None, None)
            continue
        match decide(symbolic(key.values(cell)[place]), values.of(expression), letters.positive):
            case Equal():
                yield Confirmation(cell, place, How.EXACT, None, None)
            case Different(where=where, key=told, answer=other):
                yield Confirmation(cell, place, How.DIFFERENT, f"{told} at {where}" if where else told, other)
            case Undecided(reason=reason):
                yield Confirmation(cell, place, How.UNDECIDED, None, reason)


def _expression(derived: Derived, calculation: Calculation, cell: str, place: int) -> Expr | None:
    """What was derived of the entry; None where nothing was."""
    factor = calculation.by_name[cell].factor
    return derived.entry(cell, place) if factor is None else derived.factor(*factor)


class _Witness:
    def __init__(self, derived: Derived, solution: Solution) -> None:
        self.solution, self.derivation = solution, derived
        self.exact, self.symbolic = exact_values(derived.point), symbolic_values(derived.point)
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
        if outputs := self.derivation.largest_of(cell):
            return values.rational(largest(values, outputs))
        expression = _expression(self.derivation, self.solution.calculation, cell, place)
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
    except NoDecision:
        return None
