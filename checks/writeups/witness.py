"""Witnesses in numbers: a value follows from the student's own earlier entries, or from what stands before it.

A witness agrees to two digits or more, measured by the terms of the step; it proves no verdict, only that a value was
read as it was meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.scope import Scope
from checks.language.tree import AnswerError
from checks.writeups.cells import CellName, Kind
from checks.writeups.fitting import fitted
from checks.writeups.known import KnownPart, Step, approximate
from checks.writeups.sayings import Saying
from checks.writeups.values import Element
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.number import Number

TWO_DIGITS = Fraction(1, 200)
"""Half a unit of the second digit."""

DUST = Fraction(1, 10**6)
"""What floats leave of terms that cancel, as a share of them."""

Own = Mapping[CellName, tuple[Fraction | None, ...]]
"""The student's own cells, as far as they are read, None where they are not."""


def agrees(
    element: Element,
    value: Fraction | None,
    number: Fraction | None,
    size: Fraction | None,
    slack: Fraction = TWO_DIGITS,
) -> bool | None:
    """Whether an element, whose approximate value is `value`, is the number that its step or chain gives.

    `slack` is what roundings before it may do, as a share of the terms. None where one of the numbers is not known.
    """
    if value is None or number is None or size is None:
        return None
    distance = abs(value - number)
    bound = max(size * max(DUST, min(slack, TWO_DIGITS)), abs(number) * TWO_DIGITS)
    if element.unit is not None and element.unit < 1 and element.digits >= 2:
        bound = max(bound, min(element.unit, size / 20))
    if value == 0:
        bound = max(bound, DUST)
    return distance <= bound


def rounding(elements: Iterable[Element]) -> Fraction:
    """How far the rounding of any of these numbers may be off, as a share of it; whole numbers stand as they are.

    A decimal of fewer than three digits counts as if padded with zeros to three.
    """
    shares = [Fraction(0)]
    for element in elements:
        if element.unit is not None and element.unit < 1 and element.value:
            padded = element.unit / 10 ** max(0, 3 - element.digits)
            shares.append(padded / abs(element.value))
    return max(shares)


def step_agrees(
    saying: Saying, values: Sequence[Fraction | None], step: Step, slack: Fraction
) -> tuple[bool | None, ...]:
    """For each of the saying's entries whether it follows from the student's own earlier ones."""
    return tuple(
        agrees(element, value, step.values[place], step.sizes[place], slack)
        for element, value, place in zip(saying.elements, values, saying.places, strict=True)
    )


def chain_agrees(
    saying: Saying, values: Sequence[Fraction | None], known: KnownPart, *, turned: bool
) -> tuple[bool | None, ...]:
    """For each of the saying's entries whether the last member with numbers before it gives the same."""
    before = [one for one in saying.claim.worked if one.number < saying.written.number]
    if not before:
        return (None,) * len(values)
    value = before[-1].value
    if len(values) == 1 and not value.bracketed:
        elements: tuple[Element, ...] | None = value.elements
    else:
        elements = fitted(value, known.cells[saying.cell], turned=turned)
        if elements is not None and len(elements) != len(values):
            elements = None
    if elements is None:
        return (None,) * len(values)
    return tuple(
        agrees(element, own, other.value, other.size)
        for element, own, other in zip(saying.elements, values, elements, strict=True)
    )


def own_values(saying: Saying, own: Own, known: KnownPart) -> tuple[Fraction | None, ...]:
    """The approximate values of a saying's elements; p_1, p_2, ... are the student's own outputs."""
    if all(element.value is not None for element in saying.elements):
        return tuple(element.value for element in saying.elements)
    outputs = own.get(CellName(Kind.A, known.depth), ()) if "@" not in str(saying.cell) else ()
    if not outputs or any(value is None for value in outputs):
        return tuple(element.value for element in saying.elements)
    scope = Scope(tuple(Number.of(value) for value in outputs if value is not None))
    return tuple(_in_scope(element, scope) for element in saying.elements)


def _in_scope(element: Element, scope: Scope) -> Fraction | None:
    if element.value is not None:
        return element.value
    try:
        return approximate(Number.of(evaluate(parse(element.text), scope)))
    except (AnswerError, TooLarge, Undecided, ZeroDivisionError):
        return None
