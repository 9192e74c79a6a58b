"""Mistakes of gradients in calculations that are given as formulas: the way back is gone once more, by another rule.

A gradient is the sum over the paths that lead on from a quantity; each path is the gradient of what it leads to, times
the slope there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from exact.calculation.expression import Expression, Operation, Way, constant, letter
from exact.calculation.gradients import Back, pulled, sum_of
from exact.calculation.inputs import Inputs, NotThereError
from exact.calculation.operations import (
    INNER,
    MATRIX_PRODUCT,
    NEGATIVE,
    SCALE,
    SQUARE,
    SUBTRACT,
    TIMES,
    negative,
    product,
    scaled,
    spread,
    summed,
    times,
)
from exact.calculation.powers import SQUARE_OF_EACH
from exact.mistakes.formulas import with_formula
from exact.mistakes.mistake import Mistake, Work
from exact.numbers.array import Array

GRADIENT = ("gradient",)

MOST_PATHS = 6
"""Paths of which one alone may be left out, or be the only one."""

Gradients = tuple[Expression | None, ...]
Changed = Callable[[Operation, Way], Gradients | None]
"""Another backward rule; None where the operation keeps its own."""


def paths(c: Inputs, back: Back | None = None, *, upstream: bool = True) -> list[Expression]:
    """What each path adds to the gradient, gone back by some rule; without `upstream` each begins with 1."""
    calculation, origin = c.calculation, c.quantity.origin
    if origin is None:
        raise NotThereError
    known = set(c.quantity.of)
    found = []
    for quantity in reversed(calculation.quantities):
        gradient = f"grad_{quantity.name}"
        if quantity.origin is not None or origin.base not in quantity.of.values():
            continue
        if gradient in known and upstream:
            g = letter(gradient)
        elif gradient in known or quantity.name == calculation.cost:
            g = spread(constant(1), letter(quantity.name)) if quantity.shape else constant(1)
        else:
            continue
        formula = quantity.step.formula
        ways = pulled(formula, g, letter(quantity.name), calculation.shape_of, *([back] if back else []))
        found += [one for name, one in ways if name == origin.base]
    if not found:
        raise NotThereError
    return found


def _over(c: Inputs, step: Work, terms: list[Expression]) -> Array:
    """The step with other terms, whose letters are names."""
    return step(with_formula(c, sum_of(terms)))


def _by(change: Changed) -> Callable[[Inputs, Work], Array]:
    """The way back with another rule for some operations. Raises `NotThereError` where it meets none of them."""

    def variant(c: Inputs, step: Work) -> Array:
        met = []

        def back(operation: Operation, way: Way) -> Gradients:
            found = change(operation, way)
            met.extend([operation] if found is not None else [])
            return operation.back(way) if found is None else found

        terms = paths(c, back)
        if not met:
            raise NotThereError
        return _over(c, step, terms)

    return variant


def _without_path(c: Inputs, step: Work, place: int) -> Array:
    terms = paths(c)
    if len(terms) < 2 or place >= len(terms):
        raise NotThereError
    return _over(c, step, terms[:place] + terms[place + 1 :])


def _only_path(c: Inputs, step: Work, place: int) -> Array:
    terms = paths(c)
    if len(terms) < 3 or place >= len(terms):
        raise NotThereError
    return _over(c, step, [terms[place]])


def _is_function(operation: Operation) -> bool:
    return operation.works_by == "entries" and operation.name != "/" and not operation.name.startswith("power")


def _slope_left_out(operation: Operation, way: Way) -> Gradients | None:
    return (way.g,) if _is_function(operation) and operation.slope is None else None


def _mask_left_out(operation: Operation, way: Way) -> Gradients | None:
    if _is_function(operation) and operation.slope is not None:
        return (way.g,)
    if operation.name in ("max", "maxpool"):
        (handed_back,) = operation.back(way)
        if handed_back is not None and handed_back.operation is not None:
            mask, g = handed_back.operands
            return (Expression(handed_back.operation, (spread(constant(1), mask), g)),)
    return None


def _value_for_slope(operation: Operation, way: Way) -> Gradients | None:
    return (times(way.g, way.out),) if _is_function(operation) and operation.name != "exp" else None


def _both(way: Way, left: Expression, right: Expression) -> Gradients:
    """The gradients of two operands, summed up where one is a number that went with every entry."""
    fitted = []
    for one, own, other in zip((left, right), way.shapes, reversed(way.shapes), strict=True):
        fitted.append(summed(one) if other and not own else one)
    return tuple(fitted)


def _other_left_out(operation: Operation, way: Way) -> Gradients | None:
    if operation in (TIMES, SCALE):
        spread_g = [spread(way.g, one) if own else way.g for one, own in zip(way.operands, way.shapes, strict=True)]
        return _both(way, *(spread_g if not any(way.shapes) else (way.g, way.g)))
    if operation is INNER:
        return tuple(spread(way.g, one) for one in way.operands)
    return None


def _own_for_other(operation: Operation, way: Way) -> Gradients | None:
    x, y = way.operands if len(way.operands) == 2 else (way.g, way.g)
    if operation in (TIMES, SCALE):
        return _both(way, times(way.g, x), times(way.g, y))
    return (scaled(way.g, x), scaled(way.g, y)) if operation is INNER else None


def _not_turned(operation: Operation, way: Way) -> Gradients | None:
    if operation is not MATRIX_PRODUCT or len(way.shapes[0]) < 2:
        return None
    first, _ = operation.back(way)
    return first, product(way.operands[0], way.g)


def _minus_lost(operation: Operation, way: Way) -> Gradients | None:
    if operation is NEGATIVE:
        return (way.g,)
    if operation is SUBTRACT or operation.name == "/":
        first, second = operation.back(way)
        return first, None if second is None else negative(second)
    return None


def _exponent_left_out(operation: Operation, way: Way) -> Gradients | None:
    if operation in (SQUARE, SQUARE_OF_EACH):
        return (times(way.g, way.operands[0]),)
    if not operation.name.startswith("power"):
        return None
    (gradient,) = operation.back(way)
    g, slope = gradient.operands if gradient is not None and len(gradient.operands) == 2 else (way.g, way.g)
    return (times(g, slope.operands[1]),) if slope.operation is SCALE else None


def _without_upstream(c: Inputs, step: Work) -> Array:
    return _over(c, step, paths(c, upstream=False))


PATHS = (
    *(Mistake("path-left-out", GRADIENT, partial(_without_path, place=place)) for place in range(MOST_PATHS)),
    *(Mistake("path-left-out", GRADIENT, partial(_only_path, place=place)) for place in range(MOST_PATHS)),
    Mistake("upstream-left-out", GRADIENT, _without_upstream),
    Mistake("slope-left-out", GRADIENT, _by(_slope_left_out)),
    Mistake("mask-left-out", GRADIENT, _by(_mask_left_out)),
    Mistake("value-for-slope", GRADIENT, _by(_value_for_slope)),
    Mistake("other-factor-left-out", GRADIENT, _by(_other_left_out)),
    Mistake("own-factor-for-other", GRADIENT, _by(_own_for_other)),
    Mistake("not-transposed-backward", GRADIENT, _by(_not_turned)),
    Mistake("minus-lost-backward", GRADIENT, _by(_minus_lost)),
    Mistake("exponent-left-out", GRADIENT, _by(_exponent_left_out)),
    Mistake("gradient-sign", GRADIENT, lambda c, step: -step(c)),
)
