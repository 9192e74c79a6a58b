"""Any one cell of the calculation again, from given values of the cells before it: a step on somebody's own numbers.

Where an input is not known (`UNKNOWN`) neither is what depends on it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, partial
from typing import Any

from exact.networks import steps
from exact.networks.cells import CellName, Kind
from exact.networks.inputs import Inputs
from exact.networks.problem import Problem
from exact.networks.steps import Array, array
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.number import Number, Scalar

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


def worked_out_once(problem: Problem, stated: Mapping[CellName, Array]) -> Callable[[CellName], Array]:
    """The cells of the problem, as they are stated, else by their own steps from one another, each worked out once."""

    @cache
    def cell(name: CellName) -> Array:
        return stated[name] if name in stated else worked_out(Inputs(problem, name, cell))

    return cell


def recomputed(problem: Problem, name: CellName, given: Callable[[CellName], Array]) -> Recomputed:
    """The cell by its own step; `given` has the values of any earlier cell."""
    inputs = Inputs(problem, name, given)
    values = worked_out(inputs)
    return Recomputed(values, worked_out(sizes(inputs)) if is_sum(inputs) else abs(values))


def worked_out(c: Inputs) -> Array:
    """The cell that the step makes of its inputs."""
    hidden = c.problem.hidden
    match c.name.kind:
        case Kind.S:
            return steps.pre_activation(c.W, c.a_before, c.b)
        case Kind.A if not c.is_last:
            return _each(hidden.value, c.s if hidden.is_linear else _small(c.s))
        case Kind.A:
            return _from_logits(c.problem, c.problem.output.activations, c.s, len(c.s))
        case Kind.DA if hidden.is_linear:
            return _each(hidden.derivative, c.s, _each(hidden.value, c.s))
        case Kind.DA:
            return _each(
                partial(hidden.derivative, Fraction(0)), c.a
            )  # the slope of such a unit is a matter of a alone
        case Kind.DELTA if c.is_last:
            return steps.output_delta(c.a, c.y)
        case Kind.DELTA:
            return steps.backpropagated_delta(c.da, c.W_behind, c.delta_behind)
        case Kind.W_NEW:
            return steps.updated_weights(c.W, c.eta, c.delta, c.a_before)
        case Kind.B_NEW:
            return steps.updated_biases(c.b, c.eta, c.delta)
        case Kind.COST:
            return array([_cost(c.problem, c.a)])


def is_sum(c: Inputs) -> bool:
    """Whether the step is a sum of products, not a function of each entry or of all logits."""
    return c.name.kind in (Kind.S, Kind.DELTA, Kind.W_NEW, Kind.B_NEW)


def sizes(c: Inputs) -> Inputs:
    """The inputs with which a sum of products gives the sum of its terms' sizes."""
    match c.name.kind:
        case Kind.S:
            return c.but(W=abs(c.W), a_before=abs(c.a_before), b=abs(c.b))
        case Kind.DELTA if c.is_last:
            return c.but(a=abs(c.a), y=-abs(c.y))
        case Kind.DELTA:
            return c.but(da=abs(c.da), W_behind=abs(c.W_behind), delta_behind=abs(c.delta_behind))
        case Kind.W_NEW:
            return c.but(W=abs(c.W), eta=-abs(c.eta), delta=abs(c.delta), a_before=abs(c.a_before))
        case _:
            return c.but(b=abs(c.b), eta=-abs(c.eta), delta=abs(c.delta))


def is_known(value: object) -> bool:
    """Whether the value is a number."""
    return not isinstance(value, Unknown)


def _from_logits(
    problem: Problem, function: Callable[[tuple[Scalar, ...]], Iterable[Scalar]], logits: Array, entries: int
) -> Array:
    """The function of all logits, which has so many entries; unknown where one of them is, or its power too large."""
    if all(map(is_small if problem.output.has_probabilities else is_known, logits)):
        with suppress(TooLarge):
            return array(list(function(tuple(logits))))
    return array([UNKNOWN] * entries)


def _cost(problem: Problem, a: Array) -> Any:
    """The cost of the outputs; unknown where one of them is, or is no probability."""
    if not all(map(is_known, a)):
        return UNKNOWN
    try:
        return problem.output.cost_of(tuple(a), problem.y)
    except (ZeroDivisionError, TooLarge, Undecided):
        return UNKNOWN


def _small(s: Array) -> Array:
    """The same, what is too large to be a power of e unknown."""
    return array([x if is_small(x) else UNKNOWN for x in s])


def is_small(logit: object) -> bool:
    """Whether the logit is known, and small enough to be worked with."""
    if isinstance(logit, Unknown):
        return False
    if isinstance(logit, Number):
        return bool(abs(logit.enclosure(64)) < MAX_OWN_LOGIT)
    return bool(abs(logit) <= MAX_OWN_LOGIT)  # type: ignore[arg-type]  # a fraction


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
