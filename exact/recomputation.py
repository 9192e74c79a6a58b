"""Any one cell of the calculation again, from given values of the cells before it: a step on somebody's own numbers.

Where an input is not known (`UNKNOWN`) neither is what depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exact import steps
from exact.cells import CellName, Kind
from exact.exponential_sums import TooLarge, Undecided
from exact.number import Number, Scalar
from exact.problem import Problem
from exact.steps import Array, array

MAX_OWN_LOGIT = 10_000
"""The size of a logit from which nothing is worked out further."""


class Unknown:
    """A number that is not known: so is every result that it enters, but for a product with 0."""

    def _absorbed(self, *_: object) -> Unknown:
        return self

    def __mul__(self, other: object) -> Any:
        return Fraction(0) if other == 0 else self

    __rmul__ = __mul__
    __add__ = __radd__ = __sub__ = __rsub__ = __truediv__ = __rtruediv__ = _absorbed
    __neg__ = __abs__ = _absorbed


UNKNOWN = Unknown()


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A cell's values, and the size of each: the sum of |terms| of the step. Arrays of numbers, some `UNKNOWN`."""

    values: Array
    sizes: Array


def recomputed(problem: Problem, name: CellName, given: Callable[[CellName], Array]) -> Recomputed:
    """The cell by its own step; `given` has the values of any earlier cell."""
    last, l = problem.depth, name.layer  # noqa: E741  the field's letter
    match name.kind:
        case Kind.S:
            W, b, a = _weights(problem, l), _biases(problem, l), _activations(problem, l - 1, given)
            return Recomputed(steps.pre_activation(W, a, b), steps.pre_activation(abs(W), abs(a), abs(b)))
        case Kind.A if l < last:
            return _sized(_each(problem.hidden.value, given(CellName(Kind.S, l))))
        case Kind.A:
            s = given(CellName(Kind.S, l))
            return _sized(_from_logits(problem.output.activations, s, len(s)))
        case Kind.DA:
            s = given(CellName(Kind.S, l))
            return _sized(_each(problem.hidden.derivative, s, _each(problem.hidden.value, s)))
        case Kind.DELTA if l == last:
            a, y = given(CellName(Kind.A, l)), array(problem.y)
            return Recomputed(steps.output_delta(a, y), steps.output_delta(abs(a), -abs(y)))
        case Kind.DELTA:
            da, W, delta = given(CellName(Kind.DA, l)), _weights(problem, l + 1), given(CellName(Kind.DELTA, l + 1))
            back = steps.backpropagated_delta
            return Recomputed(back(da, W, delta), back(abs(da), abs(W), abs(delta)))
        case Kind.W_NEW:
            W, delta, a = _weights(problem, l), given(CellName(Kind.DELTA, l)), _activations(problem, l - 1, given)
            eta, update = problem.eta, steps.updated_weights
            return Recomputed(update(W, eta, delta, a), update(abs(W), -abs(eta), abs(delta), abs(a)))
        case Kind.B_NEW:
            b, delta, eta = _biases(problem, l), given(CellName(Kind.DELTA, l)), problem.eta
            return Recomputed(steps.updated_biases(b, eta, delta), steps.updated_biases(abs(b), -abs(eta), abs(delta)))
        case Kind.COST:
            s = given(CellName(Kind.S, last))
            return _sized(_from_logits(lambda logits: (problem.output.cost(logits, problem.y),), s, 1))


def is_known(value: object) -> bool:
    """Whether the value is a number."""
    return not isinstance(value, Unknown)


def _weights(problem: Problem, layer: int) -> Array:
    return array(problem.layers[layer - 1].W)


def _biases(problem: Problem, layer: int) -> Array:
    return array(problem.layers[layer - 1].b)


def _activations(problem: Problem, layer: int, given: Callable[[CellName], Array]) -> Array:
    return given(CellName(Kind.A, layer)) if layer else array(problem.x)


def _from_logits(function: Callable[[tuple[Scalar, ...]], Iterable[Scalar]], logits: Array, entries: int) -> Array:
    """The function of all logits, which has so many entries; unknown where one of them is, or is too large."""
    if all(map(is_small, logits)):
        with suppress(TooLarge):
            return array(list(function(tuple(logits))))
    return array([UNKNOWN] * entries)


def is_small(logit: object) -> bool:
    """Whether the logit is known, and small enough to be worked with."""
    if isinstance(logit, Unknown):
        return False
    if isinstance(logit, Number):
        return bool(abs(logit.enclosure(64)) < MAX_OWN_LOGIT)
    return bool(abs(logit) <= MAX_OWN_LOGIT)  # type: ignore[arg-type]  # a fraction


def _sized(values: Array) -> Recomputed:
    return Recomputed(values, abs(values))


def _each(function: Callable[..., Any], *vectors: Array) -> Array:
    """The function's values, entry by entry; unknown where an argument is, or where no enclosure decides."""

    def value(*arguments: Any) -> Any:
        if not all(map(is_known, arguments)):
            return UNKNOWN
        try:
            return function(*arguments)
        except Undecided:
            return UNKNOWN

    return array([value(*items) for items in zip(*vectors, strict=True)])
