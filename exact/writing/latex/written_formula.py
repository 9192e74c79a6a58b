"""A quantity's formula as its course writes it: its order of products, its names of functions, what it skips."""

from __future__ import annotations

from dataclasses import replace

from exact.calculation.expression import Expression, Operation, letter
from exact.calculation.gradients import shape
from exact.calculation.operations import MATRIX_PRODUCT, OUTER, SCALE, TRANSPOSE, is_plain, scaled, transposed
from exact.calculation.quantity import Calculation, Quantity

FUNCTIONS = {"relu": r"\mathrm{ReLU}", "leaky_relu": r"\mathrm{LeakyReLU}", "sigmoid": r"\sigma", "tanh": r"\tanh"}
"""What functions are called where the course has names of its own, so that h may be one of them."""


def written_formula(calculation: Calculation, quantity: Quantity, asked: frozenset[str]) -> Expression:
    """The formula, its letters the names of quantities; instead of what is not shown, its own formula."""

    def named(name: str) -> Expression:
        source = calculation.by_name.get(quantity.of[name])
        if source is None or is_shown(calculation, source, asked):
            return letter(quantity.of[name])
        return written_formula(calculation, source, asked)

    return _written(calculation, quantity.step.formula.put(named))


def is_shown(calculation: Calculation, quantity: Quantity, asked: frozenset[str]) -> bool:
    """Whether the quantity stands in the worked solution by itself, where something is worked out from it.

    A course with names of its own has none for the slope of its function where it works with the slope's formula.
    """
    if not quantity.latex:
        return False
    operation = quantity.step.formula.operation
    is_slope = operation is not None and operation.works_by == "entries" and not quantity.are_outputs
    is_named = not calculation.entry_latex or quantity.name in calculation.named
    return quantity.name in asked or is_named or not is_slope


def is_single(calculation: Calculation, formula: Expression) -> bool:
    """Whether it is the letter of a single number, though it may be a vector of one entry: the entry has its name."""
    name = formula.letter
    if not name or not calculation.entry_latex or calculation.latex_of(name) not in calculation.entry_latex[name]:
        return False
    return len(calculation.entry_latex[name]) == 1


def _written(calculation: Calculation, formula: Expression) -> Expression:
    operation = formula.operation
    if operation is None:
        return formula
    operands = tuple(_written(calculation, operand) for operand in formula.operands)
    if operation is SCALE and is_plain(operands[0]):
        return scaled(operands[0], operands[1])
    if operation is TRANSPOSE and is_single(calculation, operands[0]):
        return operands[0]
    if calculation.vectors_are_rows and operation is MATRIX_PRODUCT and _is_matrix_by_vector(calculation, operands):
        return Expression(MATRIX_PRODUCT, (operands[1], transposed(operands[0])))
    if operation is OUTER:
        return Expression(_outer(calculation, operands), operands)
    word = FUNCTIONS.get(operation.name.removesuffix("'")) if calculation.entry_latex else None
    if word is not None:
        prime = "'" if operation.name.endswith("'") else ""
        operation = replace(operation, latex=lambda s: rf"{word}{prime}\bigl({s}\bigr)")
    return Expression(operation, operands)


def _is_matrix_by_vector(calculation: Calculation, operands: tuple[Expression, ...]) -> bool:
    return [len(shape(operand, calculation.shape_of)) for operand in operands] == [2, 1]


def _outer(calculation: Calculation, operands: tuple[Expression, ...]) -> Operation:
    """The product of a column and a row, as it is typeset where vectors are rows, and where one is a number."""
    turned = 0 if calculation.vectors_are_rows else 1
    if is_single(calculation, operands[turned]):
        return replace(OUTER, latex=lambda x, y: f"{x} {y}")
    if calculation.vectors_are_rows:
        return replace(OUTER, latex=lambda x, y: f"{TRANSPOSE.latex(x)} {y}", needs=(4, 3))
    return OUTER
