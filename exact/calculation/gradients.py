"""Gradients of one quantity with respect to others, derived from the list by the operations' own backward rules.

The list is walked from the end; what a shared quantity gets from each of those that use it is added up.

Source: A. Griewank, A. Walther, Evaluating Derivatives, 2008, section 3.2.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from exact.calculation.expression import Expression, Operation, Way, letter
from exact.calculation.operations import plus
from exact.calculation.quantity import Quantity
from exact.numbers.array import Array, Shape
from exact.numbers.unknown import UNKNOWN

Shapes = Callable[[str], Shape]
Back = Callable[[Operation, Way], tuple[Expression | None, ...]]
"""The gradient of each operand of an operation."""


def _back(operation: Operation, way: Way) -> tuple[Expression | None, ...]:
    return operation.back(way)


def gradients(
    quantities: Sequence[Quantity], seeds: Mapping[str, Expression], known: Mapping[str, Expression], shape_of: Shapes
) -> dict[str, Expression]:
    """The gradient with respect to everything that the quantities work on: formulas whose letters are names.

    `seeds` are the gradients that the walk begins with: the constant 1 of the quantity that is differentiated.
    `known` has what stands for the gradient of a quantity from then on, a letter of its own name, say.
    """
    found = dict(seeds)
    for quantity in reversed(quantities):
        if quantity.name not in found and quantity.name not in known:
            continue
        g = known[quantity.name] if quantity.name in known else found[quantity.name]
        formula = quantity.step.formula.put(lambda name, of=quantity.of: letter(of[name]))  # type: ignore[misc]
        for name, gradient in pulled(formula, g, letter(quantity.name), shape_of):
            found[name] = plus(found[name], gradient) if name in found else gradient
    return found


def pulled(
    formula: Expression, g: Expression, out: Expression, shape_of: Shapes, back: Back = _back
) -> list[tuple[str, Expression]]:
    """The gradient of each letter, as often as it stands in the formula; `out` stands for its value.

    `back` is how operations are gone back through: by their own rules, unless somebody errs.
    """
    if formula.operation is None:
        return [(formula.letter, g)] if formula.letter else []
    shapes = tuple(shape(operand, shape_of) for operand in formula.operands)
    backwards = back(formula.operation, Way(g, out, formula.operands, shapes))
    pairs = zip(formula.operands, backwards, strict=True)
    return [
        found for one, gradient in pairs if gradient is not None for found in pulled(one, gradient, one, shape_of, back)
    ]


def shape(formula: Expression, shape_of: Shapes) -> Shape:
    """The shape of a formula's value. Raises `exact.numbers.array.ShapeError`."""
    if formula.operation is None:
        return shape_of(formula.letter) if formula.letter else ()
    shapes = [shape(operand, shape_of) for operand in formula.operands]
    operation = formula.operation
    if operation.works_by == "entries":
        return max(shapes, key=len)
    one = 1 if operation.works_by == "all" else UNKNOWN
    return operation.forward(*(_filled(each, one) for each in shapes)).shape


def _filled(each: Shape, value: object) -> Array:
    size = 1
    for length in each:
        size *= length
    return Array([value] * size, each)
