"""A quantity's formula as its course writes it: its order of products, its names of functions, what it skips."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from exact.calculation.expression import Chosen, Expression, Operation, letter
from exact.calculation.gradients import shape
from exact.calculation.operations import (
    MATRIX_PRODUCT,
    OUTER,
    SCALE,
    SUM,
    TIMES,
    TRANSPOSE,
    is_plain,
    scaled,
    transposed,
)
from exact.calculation.quantity import Calculation, Quantity, indices_text
from exact.calculation.typesetting import indexed_latex
from exact.numbers.array import Array
from exact.writing.latex.entry_formulas import in_scalars
from exact.writing.latex.scalars import Scalar, as_scalar

FUNCTIONS = {"relu": r"\mathrm{ReLU}", "leaky_relu": r"\mathrm{LeakyReLU}", "sigmoid": r"\sigma", "tanh": r"\tanh"}
"""What functions are called where the course has names of its own, so that h may be one of them."""


IDENTITIES = ("identity", "linear")


def written_formula(calculation: Calculation, quantity: Quantity, asked: frozenset[str]) -> Expression:
    """The formula, its letters the names of quantities; instead of what is not shown, its own formula."""

    def named(name: str) -> Expression:
        source = calculation.by_name.get(quantity.of[name])
        if source is None or is_shown(calculation, source, asked):
            return letter(quantity.of[name])
        return written_formula(calculation, source, asked)

    return _written(calculation, quantity.step.formula.put(named))


def is_shown(calculation: Calculation, quantity: Quantity, asked: frozenset[str]) -> bool:
    """Whether the quantity stands in the worked solution by itself, where something is worked out from it."""
    if not quantity.latex:
        return False
    is_named = not calculation.entry_latex or quantity.name in calculation.named
    return quantity.name in asked or is_named or not quantity.is_inline


def is_single(calculation: Calculation, formula: Expression) -> bool:
    """Whether it is the letter of a single number, or of an array of one entry that is written as one."""
    return bool(formula.letter) and calculation.is_single(formula.letter)


def _written(calculation: Calculation, formula: Expression) -> Expression:
    if formula.operation is None:
        return formula
    operands = tuple(_written(calculation, operand) for operand in formula.operands)
    return _shortened(calculation, formula.operation, operands) or Expression(
        _called(calculation, formula.operation, operands), _turned(calculation, formula.operation, operands)
    )


def _shortened(calculation: Calculation, operation: Operation, operands: tuple[Expression, ...]) -> Expression | None:
    """What nobody writes left out: factors 1, the transpose of a number, the identity."""
    if operation is SCALE and is_plain(operands[0]):
        return scaled(operands[0], operands[1])
    if operation is TRANSPOSE and is_single(calculation, operands[0]):
        return operands[0]
    if calculation.entry_latex and operation.name in IDENTITIES:
        return operands[0]
    if calculation.entry_latex and operation is TIMES and _is_one(operands[0]):
        return operands[1]
    return None


def _turned(calculation: Calculation, operation: Operation, operands: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """The operands; a matrix times a vector is the vector times its transpose where vectors are rows."""
    if calculation.vectors_are_rows and operation is MATRIX_PRODUCT:
        matrix, vector = operands
        if [len(shape(operand, calculation.shape_of)) for operand in operands] == [2, 1]:
            return vector, transposed(matrix)
    return operands


def _called(calculation: Calculation, operation: Operation, operands: tuple[Expression, ...]) -> Operation:
    """The operation as it is typeset here."""
    latex = operation.latex
    if operation.chosen is not None:
        return replace(operation, latex=_counted(calculation, operation, operation.chosen, operands[0]))
    if operation is SUM:
        return replace(operation, latex=lambda _: _sum_of_entries(calculation, operands[0]))
    if operation.name in ("cross_entropy", "bce"):
        return replace(operation, latex=lambda a, y: latex(_base(a), _base(y)))
    if operation is OUTER:
        return _outer(calculation, operands)
    if operation is MATRIX_PRODUCT:
        return replace(operation, latex=_beside)
    word = FUNCTIONS.get(operation.name.removesuffix("'")) if calculation.entry_latex else None
    if word is None:
        return operation
    prime = "'" if operation.name.endswith("'") else ""
    return replace(operation, latex=lambda s: rf"{word}{prime}\bigl({s}\bigr)")


def _counted(
    calculation: Calculation, operation: Operation, chosen: Chosen, operand: Expression
) -> Callable[[str], str]:
    """How chosen entries are typeset: by their own names, counted as the course counts."""
    index = indices_text(chosen, calculation.first)
    if operation.name == "beside zeros":
        return lambda g: rf"{g}\, \mathbf{{e}}_{{{index}}}"
    if operand.letter and len(chosen.places) == 1:
        return lambda _: calculation.latex_of_entry(operand.letter, chosen.places[0])
    return lambda x: indexed_latex(x, index)


def _is_one(formula: Expression) -> bool:
    """Whether it is the slope of the identity."""
    return formula.operation is not None and formula.operation.name in {f"{name}'" for name in IDENTITIES}


def _beside(x: str, y: str) -> str:
    """A product; room between words."""
    return rf"{x}\, {y}" if r"\mathrm{" in x[-20:] + y[:8] else f"{x} {y}"


def _outer(calculation: Calculation, operands: tuple[Expression, ...]) -> Operation:
    """The product of a column and a row, as it is typeset where vectors are rows, and where one is a number."""
    turned = 0 if calculation.vectors_are_rows else 1
    if is_single(calculation, operands[turned]):
        return replace(OUTER, latex=_beside)
    if calculation.vectors_are_rows:
        return replace(OUTER, latex=lambda x, y: _beside(TRANSPOSE.latex(x), y), needs=(4, 3))
    return OUTER


def _sum_of_entries(calculation: Calculation, summed: Expression) -> str:
    """The sum over k of an expression's k-th entry."""

    def entry(name: str) -> Array:
        base = _base(calculation.latex_of(name))
        return Array((Scalar.of(indexed_latex(base, "k").replace("_{k}", "_k")),), (1,))

    (found,) = in_scalars(summed, entry)
    scalar = as_scalar(found)
    return rf"\sum_k {scalar.latex if len(scalar.terms) == 1 else scalar.factor}"


def _base(latex: str) -> str:
    """The letter without the number of its layer, which an index would crowd."""
    return latex.partition("^{(")[0] if latex.endswith(")}") and "^{(" in latex else latex
