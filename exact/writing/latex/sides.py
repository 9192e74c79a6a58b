"""The sides of an equation: a quantity's formula in letters, with the numbers put in, and with its products worked out.

Each is read off the formula, its sums, products and functions from left to right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from exact.calculation.expression import Expression, Operation, letter
from exact.calculation.operations import (
    ADD,
    MATRIX_PRODUCT,
    NEGATIVE,
    OUTER,
    SCALE,
    SUBTRACT,
    TIMES,
    TRANSPOSE,
)
from exact.calculation.quantity import Calculation, Quantity
from exact.numbers.affine import NotAffine
from exact.numbers.array import Array
from exact.numbers.number import Number, sign
from exact.writing.latex.formula import Formula, matrix, total
from exact.writing.latex.grids import Grids
from exact.writing.latex.width import estimated_width

Factors = tuple[Formula, ...]
"""The factors and terms of one side of an equation; a line may break before each but the first."""

PLUS, MINUS, DOT = Formula("+", 1.2), Formula("-", 1.2), Formula(r"\odot", 1.3)


@dataclass(frozen=True)
class Sides:
    """One quantity's sides; `grids` say how its numbers are shown."""

    grids: Grids
    quantity: Quantity

    @property
    def calculation(self) -> Calculation:
        """What the quantity is part of."""
        return self.grids.solution.calculation

    @cached_property
    def formula(self) -> Expression:
        """The formula, its letters the names of quantities; what is never shown by itself is put in."""
        return _put_in(self.calculation, self.quantity)

    def all(self) -> list[Factors]:
        """In letters, with numbers, with products worked out: those that there are."""
        found = [self.in_letters]
        if self.formula.operation is None or not self._can_have_numbers:
            return found
        found.append(self._factors(self.formula))
        if any(one in (MATRIX_PRODUCT, OUTER) for one in self.formula.operations()) and not _is_product(self.formula):
            found.append(self._factors(self.formula, worked=True))
        return found

    @property
    def in_letters(self) -> Factors:
        """The formula."""
        return (Formula.name(self.formula.latex(self.calculation.latex_of)),)

    @property
    def _can_have_numbers(self) -> bool:
        return not any(one.name in ("cross_entropy", "bce", "sum") for one in self.formula.operations())

    @property
    def definition(self) -> str:
        operation = self.formula.operation
        return "" if operation is None else DEFINITIONS.get(operation.name, "")

    def are_by_entry(self, places: Sequence[int]) -> bool:
        return False

    def of_entry(self, place: int) -> list[Factors]:
        return []

    def value(self, formula: Expression | None = None) -> Array:
        """What the formula comes to, in p as far as it is linear in them."""
        chosen = self.formula if formula is None else formula
        solution = self.grids.solution
        try:
            return chosen.value(solution.forms)
        except NotAffine:
            return chosen.value(solution.values)

    def _factors(self, formula: Expression, *, worked: bool = False) -> Factors:
        """The formula with its numbers put in; `worked`: with the matrix products in it worked out."""
        operation, operands = formula.operation, formula.operands
        if operation is None:
            return (self._number(formula),)
        if operation is TRANSPOSE or (worked and operation in (MATRIX_PRODUCT, OUTER)):
            return (self._shown(self.value(formula)),)
        if operation is SCALE:
            return _behind(self._number(operands[0], in_product=True), self._within(operands[1], 3, worked))
        if operation is NEGATIVE:
            return _behind(MINUS, self._within(operands[0], 2, worked))
        if operation is OUTER:
            left, right = operands
            row = self.value(right)
            return (*self._within(left, 3, worked), self._shown(Array(row.entries, (1, row.size))))
        if operation in _SIGNS:
            left, right = (
                self._within(operand, need, worked) for operand, need in zip(operands, operation.needs, strict=True)
            )
            return (*left, *_behind(_SIGNS[operation], right))
        if operation is MATRIX_PRODUCT:
            return (*self._within(operands[0], 3, worked), *self._within(operands[1], 3, worked))
        return (_applied(operation, [total(self._factors(operand, worked=worked)) for operand in operands]),)

    def _within(self, operand: Expression, need: int, worked: bool) -> Factors:
        """An operand, in brackets where it binds less strongly than it needs to."""
        found = self._factors(operand, worked=worked)
        if operand.operation is None or operand.binding >= need:
            return found
        return (Formula(r"\left(", 0.5) + total(found) + Formula(r"\right)", 0.5),)

    def _number(self, leaf: Expression, *, in_product: bool = False) -> Formula:
        values = self.value(leaf)
        if values.shape:
            return self._shown(values)
        number = total(self.grids.number(values.item()))
        if in_product and sign(Number.of(self._as_number(values.item()))) < 0:
            return Formula(r"\left(", 0.5) + number + Formula(r"\right)", 0.5)
        return number

    def _as_number(self, value: Any) -> Any:
        return self.grids.solution.value_of(value)

    def _shown(self, values: Array) -> Formula:
        return matrix(self.grids.of(values)) if values.shape else total(self.grids.number(values.item()))


_SIGNS = {ADD: PLUS, SUBTRACT: MINUS, TIMES: DOT}

DEFINITIONS = {
    "softmax": r"\frac{e^{s_i}}{\sum_j e^{s_j}}",
    "sigmoid": r"\frac{1}{1 + e^{-s_i}}",
}


def _is_product(formula: Expression) -> bool:
    """Whether the formula is nothing but a product, so that there is nothing to be worked out before its result."""
    return formula.operation in (MATRIX_PRODUCT, OUTER)


def _applied(operation: Operation, operands: list[Formula]) -> Formula:
    """A function of what may be matrices."""
    latex = operation.latex(*(f" {one.latex} " for one in operands))
    width = estimated_width(operation.latex(*("" for _ in operands))) + 1.5
    latex = latex.replace(r"\bigl(", r"\left(").replace(r"\bigr)", r"\right)")
    copies = latex.count(operands[0].latex) if operands[0].latex else 1
    width += sum(one.width for one in operands) + (copies - 1) * operands[0].width
    return Formula(
        " ".join(latex.split()), width, max(one.height for one in operands), any(one.is_rounded for one in operands)
    )


def _behind(head: Formula, factors: Factors) -> Factors:
    return (head + factors[0], *factors[1:])


def _put_in(calculation: Calculation, quantity: Quantity) -> Expression:
    def named(name: str) -> Expression:
        source = calculation.by_name.get(quantity.of[name])
        return letter(quantity.of[name]) if source is None or source.latex else _put_in(calculation, source)

    return quantity.step.formula.put(named)
