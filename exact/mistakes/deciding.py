"""What would tell two mistakes apart that make the same of a cell: a small change of the problem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache

from exact.mistakes.mistake import Mistake, cell_with
from exact.networks.cells import CellName
from exact.networks.inputs import Inputs
from exact.networks.problem import Problem, Vector
from exact.networks.recomputation import is_known, worked_out_once
from exact.networks.steps import Array
from exact.numbers.exponential_sums import Undecided
from exact.numbers.number import Number, sign

Mistakes = tuple[Mistake, ...]


@cache
def deciding_change(problem: Problem, name: CellName, one: Mistakes, others: tuple[Mistakes, ...]) -> str:
    """The first of some small changes after which these mistakes make another cell of the step than all others do.

    `eta = 1/3`, `x[2] = 0`, `b1[1] = 2` and the like; "" where none does.
    """
    for told, changed in _changes(problem):
        inputs = Inputs(changed, name, worked_out_once(changed, {}))
        values = cell_with(one, inputs)
        rest = [cell_with(other, inputs) for other in others]
        if values is not None and all(other is None or _differ(values, other) for other in rest):
            return told
    return ""


def _changes(problem: Problem) -> Iterator[tuple[str, Problem]]:
    """The problem with one number changed, and what the number is then."""
    eta = problem.eta * Fraction(2, 3)
    yield f"eta = {eta}", replace(problem, eta=eta)
    for place, x in enumerate(problem.x):
        yield f"x[{place + 1}] = {x + 1}", replace(problem, x=_with(problem.x, place, x + 1))
    for number, layer in enumerate(problem.layers):
        for place, b in enumerate(layer.b):
            changed = replace(layer, b=_with(layer.b, place, b + 1))
            layers = (*problem.layers[:number], changed, *problem.layers[number + 1 :])
            yield f"b{number + 1}[{place + 1}] = {b + 1}", replace(problem, layers=layers)


def _with(vector: Vector, place: int, value: Fraction) -> Vector:
    return (*vector[:place], value, *vector[place + 1 :])


def _differ(one: Array, other: Array) -> bool:
    """Whether an entry is proved to be another; no, where one is not known."""
    if not all(map(is_known, (*one.flat, *other.flat))):
        return False
    try:
        return one.shape != other.shape or any(
            sign(Number.of(x) - Number.of(y)) != 0 for x, y in zip(one.flat, other.flat, strict=True)
        )
    except Undecided:
        return False
