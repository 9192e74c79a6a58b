"""What the step of a quantity works on: its letters, each of which may stand for something else than it should."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from exact.calculation.expression import Expression, Operation
from exact.calculation.quantity import Calculation, Given, Quantity
from exact.numbers.array import Array, array
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.number import Number
from exact.numbers.unknown import UNKNOWN, Unknown, is_known

MAX_OWN_LOGIT = 10_000
"""The size of a logit from which nothing is worked out further."""


class NotThereError(LookupError):
    """The step has no such letter, and no quantity beside it that is meant."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """The letters of the step that makes a quantity, as attributes: arrays of numbers, some perhaps `UNKNOWN`.

    `given` has the values of any earlier quantity. Raises `NotThereError` for a letter that is not there.
    """

    calculation: Calculation
    quantity: Quantity
    given: Given
    changed: Mapping[str, Any] = field(default_factory=dict)

    def but(self, **changed: Any) -> Inputs:
        """The same with other values in the place of these letters'."""
        return replace(self, changed={**self.changed, **changed})

    def __getattr__(self, letter: str) -> Any:
        return self.stands_for(letter)

    def stands_for(self, letter: str) -> Any:
        """What a letter stands for; letters that are called like a method here are found so, too."""
        if letter in self.changed:
            return self.changed[letter]
        name = self.quantity.of.get(letter) or self.quantity.beside.get(letter)
        if name is None:
            raise NotThereError(letter)
        return self.value_of(name)

    def value_of(self, name: str) -> Array:
        """What is given, or an earlier quantity."""
        given = self.calculation.given.get(name)
        if given is None and name not in self.calculation.by_name:
            raise NotThereError(name)
        return self.given(name) if given is None else given

    def letter(self, name: str) -> Array:
        """The letter's array; a number that somebody put in its place is one, too."""
        return array(self.stands_for(name))


def worked_out(c: Inputs) -> Array:
    """The quantity that its step makes of these inputs; unknown where a number in it is, or has no value."""
    return value_with(c.quantity.step.formula, c)


def value_with(formula: Expression, c: Inputs) -> Array:
    """What a formula of the step's letters makes of the inputs; unknown likewise."""
    if formula.operation is None:
        return formula.value(c.letter)
    operands = [value_with(operand, c) for operand in formula.operands]
    return carefully(formula.operation, *operands)


def carefully(operation: Operation, *operands: Array) -> Array:
    """The result; unknown where the operation works on what is, on a number too large, or where nothing decides."""
    if operation.works_by == "structure":
        return operation.forward(*operands)
    if operation.grouped is not None:
        grouped = operation.grouped(operands[0].shape)
        return grouped.applied(operands[0], lambda group: carefully(grouped.within, group))
    is_fit = is_small if operation.has_powers else is_known
    if operation.works_by == "entries":
        shape = max((one.shape for one in operands), key=len)
        size = max(one.size for one in operands)
        spread = [one.entries if one.size == size else one.entries * size for one in operands]
        return Array((_entry(operation, is_fit, entries) for entries in zip(*spread, strict=True)), shape)
    if all(is_fit(x) for one in operands for x in one):
        try:
            return operation.forward(*operands)
        except (TooLarge, ZeroDivisionError, Undecided):
            pass
    return operation.forward(*(_of_ones(one) for one in operands)).each(lambda _: UNKNOWN)


def _of_ones(one: Array) -> Array:
    return one.each(lambda _: 1)


def _entry(operation: Operation, is_fit: Callable[[object], bool], entries: tuple[Any, ...]) -> Any:
    """The operation on single numbers."""
    if not all(map(is_fit, entries)):
        return UNKNOWN
    try:
        return operation.forward(*(Array((x,), ()) for x in entries)).item()
    except (TooLarge, ZeroDivisionError, Undecided):
        return UNKNOWN


def is_small(logit: object) -> bool:
    """Whether the number is known, and small enough to be an exponent of e."""
    if isinstance(logit, Unknown):
        return False
    if isinstance(logit, Number):
        return bool(abs(logit.enclosure(64)) < MAX_OWN_LOGIT)
    return bool(abs(logit) <= MAX_OWN_LOGIT)  # type: ignore[arg-type]  # a fraction


def worked_out_once(calculation: Calculation, stated: Mapping[str, Array]) -> Given:
    """The quantities, as they are stated, else by their own steps from one another, each worked out once."""

    @cache
    def value(name: str) -> Array:
        if name in stated:
            return stated[name]
        return worked_out(Inputs(calculation, calculation.by_name[name], value))

    return value
