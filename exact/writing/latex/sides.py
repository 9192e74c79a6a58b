"""The sides of an equation: a quantity's formula in letters, with the numbers put in, and with its products worked out.

Each is read off the formula, its sums, products and functions from left to right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any

from exact.calculation.expression import Expression, Operation
from exact.calculation.operations import ADD, MATRIX_PRODUCT, NEGATIVE, OUTER, SCALE, SUBTRACT, TIMES, TRANSPOSE
from exact.calculation.quantity import Calculation, Quantity
from exact.calculation.solution import settled
from exact.numbers.affine import NotAffine
from exact.numbers.array import Array
from exact.numbers.number import Number, sign
from exact.writing.latex.entry_formulas import NotWrittenError, in_scalars
from exact.writing.latex.formula import BEFORE, Formula, matrix, total
from exact.writing.latex.grids import Grids
from exact.writing.latex.scalars import Scalar, as_scalar
from exact.writing.latex.width import estimated_width
from exact.writing.latex.written_formula import is_single, written_formula

Factors = tuple[Formula, ...]
"""The factors and terms of one side of an equation; a line may break before each but the first."""

MOST_BY_ENTRY, MOST_TERMS = 400, 12
"""Entries of what a quantity is made of, and terms of one of them, up to which each is worked out by itself."""

PLUS, MINUS, DOT = Formula("+", 1.2), Formula("-", 1.2), Formula(r"\odot", 1.3)


@dataclass(frozen=True)
class Sides:
    """One quantity's sides; `grids` say how its numbers are shown."""

    grids: Grids
    quantity: Quantity
    asked: frozenset[str] = frozenset()

    @property
    def calculation(self) -> Calculation:
        """What the quantity is part of."""
        return self.grids.solution.calculation

    @cached_property
    def formula(self) -> Expression:
        """The formula, its letters the names of quantities that are shown."""
        return written_formula(self.calculation, self.quantity, self.asked)

    def all(self) -> list[Factors]:
        """In letters, with numbers, with products worked out: those that there are."""
        found = [self.in_letters]
        if self.formula.operation is None or not self._can_have_numbers:
            return found
        found.append(self._factors(self.formula))
        if any(one.name in PRODUCTS for one in self.formula.operations()) and not _is_product(self.formula):
            found.append(self._factors(self.formula, worked=True))
        return found

    @property
    def in_letters(self) -> Factors:
        """The formula; where that is long, its terms."""
        whole = Formula.name(self.formula.latex(self.calculation.latex_of))
        terms = _terms(self.formula)
        if whole.width <= LONG or len(terms) < 2:
            return (whole,)
        first, *rest = (Formula.name(term.latex(self.calculation.latex_of)) for _, term in terms)
        return (first, *(sign + term for (sign, _), term in zip(terms[1:], rest, strict=True)))

    @property
    def _can_have_numbers(self) -> bool:
        return not any(one.name in ("cross_entropy", "bce", "sum") for one in self.formula.operations())

    @property
    def definition(self) -> str:
        """What an output is, of the logits s; "" where there is nothing to say."""
        operation = self.formula.operation
        return "" if operation is None else DEFINITIONS.get(operation.name, "")

    def are_by_entry(self, places: Sequence[int]) -> bool:
        """Whether each entry is worked out by itself: where it has a name of its own, or is the only one asked for."""
        quantity, calculation = self.quantity, self.calculation
        if len(places) < quantity.size or quantity.name in calculation.singly or quantity.factor is not None:
            return self._is_small
        if self.is_own and all(map(calculation.is_single, (quantity.name, *self.formula.letters()))):
            return True
        told_in_letters = {"class"} if self.is_own else {"class", "cross_entropy", "bce"}
        return quantity.is_number and not any(one.name in told_in_letters for one in self.formula.operations())

    @property
    def is_own(self) -> bool:
        """Whether the course has names of its own."""
        return bool(self.calculation.entry_latex)

    @property
    def _is_small(self) -> bool:
        sizes = [prod(self.calculation.shape_of(name)) for name in self.quantity.of.values()]
        return sum(sizes) + self.quantity.size <= MOST_BY_ENTRY

    def of_entry(self, place: int, line: float) -> list[Factors]:
        """One entry in letters, and with its numbers put in; the formula where nobody would write that down."""
        try:
            found = [as_scalar(in_scalars(self.formula, leaf)[place]) for leaf in (self._names, self._numbers)]
        except NotWrittenError:
            return [self.in_letters]
        sides = [one.formulas() for one in (found[:1] if self.formula.operation is None else found)]
        is_short = len(found[0].terms) <= MOST_TERMS and all(factor.width <= line - BEFORE for factor in sides[0])
        return sides if is_short else [self.in_letters]

    def _names(self, name: str) -> Array:
        shape = self.calculation.shape_of(name)
        entries = (Scalar.of(self.calculation.latex_of_entry(name, place)) for place in range(prod(shape)))
        return Array(entries, shape)

    def _numbers(self, name: str) -> Array:
        return self.grids.solution.forms(name).each(self._number_of)

    def _number_of(self, value: Any) -> Scalar:
        terms = self.grids.number(value)
        is_rounded = any(term.is_rounded for term in terms)
        first, *rest = (Scalar.of(term.latex.removeprefix("+ "), is_rounded=is_rounded) for term in terms)
        return sum(rest, first)

    def value(self, formula: Expression | None = None) -> Array:
        """What the formula comes to, in p as far as it is linear in them."""
        chosen = self.formula if formula is None else formula
        solution = self.grids.solution
        try:
            return chosen.value(solution.forms).each(settled)
        except NotAffine:
            return chosen.value(solution.values).each(settled)

    def _factors(self, formula: Expression, *, worked: bool = False) -> Factors:
        """The formula with its numbers put in; `worked`: with the matrix products in it worked out."""
        operation, operands = formula.operation, formula.operands
        if operation is None:
            return (self._number(formula),)
        if operation is TRANSPOSE or (worked and operation.name in PRODUCTS):
            return (self._shown(self.value(formula)),)
        if operation is SCALE:
            return _behind(self._number(operands[0], in_product=True), self._within(operands[1], 3, worked))
        if operation is NEGATIVE:
            return _behind(MINUS, self._within(operands[0], 2, worked))
        if operation.name == OUTER.name:
            return (self._turned(operands[0], is_row=False), self._turned(operands[1], is_row=True))
        if operation in _SIGNS:
            left, right = (
                self._within(operand, need, worked) for operand, need in zip(operands, operation.needs, strict=True)
            )
            return (*left, *_behind(_SIGNS[operation], _enclosed(right)))
        if operation.name == MATRIX_PRODUCT.name:
            left, right = (self._multiplied(operand, worked) for operand in operands)
            is_number = is_single(self.calculation, operands[1]) and not right[0].latex.startswith(r"\left")
            return (*left, *(_behind(Formula(r"\cdot", 1.2), right) if is_number else right))
        if (worked and operation.works_by != "structure") or operation.name in CHOOSING:
            return (self._shown(self.value(formula)),)
        if operation.chosen is not None:
            return (_applied(operation, [self._number(operands[0], in_product=True)]),)
        return (_applied(operation, [total(self._factors(operand, worked=worked)) for operand in operands]),)

    def _multiplied(self, operand: Expression, worked: bool) -> Factors:
        if operand.operation is None:
            return (self._number(operand, in_product=True),)
        return self._within(operand, 3, worked)

    def _within(self, operand: Expression, need: int, worked: bool) -> Factors:
        """An operand, in brackets where it binds less strongly than it needs to."""
        found = self._factors(operand, worked=worked)
        if operand.operation is None or operand.binding >= need:
            return found
        return (Formula(r"\left(", 0.5) + total(found) + Formula(r"\right)", 0.5),)

    def _turned(self, operand: Expression, *, is_row: bool) -> Formula:
        """A vector as a row or a column, a single number as it is."""
        if is_single(self.calculation, operand):
            return self._number(operand, in_product=True)
        values = self.value(operand)
        return self._shown(Array(values.entries, (1, values.size) if is_row else (values.size, 1)))

    def _number(self, leaf: Expression, *, in_product: bool = False) -> Formula:
        values = self.value(leaf)
        if values.shape and not is_single(self.calculation, leaf):
            return self._shown(values)
        number = total(self.grids.number(values.item()))
        if in_product and sign(Number.of(self._as_number(values.item()))) < 0:
            return Formula(r"\left(", 0.5) + number + Formula(r"\right)", 0.5)
        return number

    def _as_number(self, value: Any) -> Any:
        return self.grids.solution.value_of(value)

    def _shown(self, values: Array) -> Formula:
        is_number = not values.shape or (self.is_own and values.size == 1)
        return total(self.grids.number(values.item())) if is_number else matrix(self.grids.of(values))


PRODUCTS, CHOOSING = (MATRIX_PRODUCT.name, OUTER.name), ("entry", "part")

_SIGNS = {ADD: PLUS, SUBTRACT: MINUS, TIMES: DOT}
DEFINITIONS = {
    "softmax": r"\frac{e^{s_i}}{\sum_j e^{s_j}}",
    "sigmoid": r"\frac{1}{1 + e^{-s_i}}",
}

LONG = 26.0
"""The width of a formula in letters from which its terms may stand in lines of their own."""


def _terms(formula: Expression) -> list[tuple[Formula, Expression]]:
    """The terms of a sum, each with the sign before it."""
    if formula.operation is ADD:
        left, right = map(_terms, formula.operands)
        is_clear = not any(one.operation is NEGATIVE for _, one in right[:1])
        return [*left, (PLUS, right[0][1]), *right[1:]] if is_clear else [(PLUS, formula)]
    if formula.operation is SUBTRACT and formula.operands[1].binding > 1:
        return [*_terms(formula.operands[0]), (MINUS, formula.operands[1])]
    return [(PLUS, formula)]


def _is_product(formula: Expression) -> bool:
    """Whether the formula is nothing but a product, so that there is nothing to be worked out before its result."""
    return formula.operation is not None and formula.operation.name in PRODUCTS


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


def _enclosed(factors: Factors) -> Factors:
    """What stands behind a sign, in brackets where it begins with another."""
    if not factors[0].latex.startswith("-"):
        return factors
    return (Formula(r"\left(", 0.5) + total(factors) + Formula(r"\right)", 0.5),)


def _behind(head: Formula, factors: Factors) -> Factors:
    return (head + factors[0], *factors[1:])
