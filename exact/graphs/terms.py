"""Terms of a formula: expressions with their shapes, joined by + - * / and powers as linear algebra joins them.

A number, a vector (a column) or a matrix. A matrix of one column is a vector here, one of one row and one column a
number. A number is spread over all entries, a vector over the rows or columns of a matrix, whichever it is as long as.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod

from exact.calculation.beside import beside_columns, beside_rows
from exact.calculation.expression import Expression, constant
from exact.calculation.index_maps import reshaped, row_of
from exact.calculation.operations import (
    INNER,
    divided,
    is_plain,
    minus,
    negative,
    outer_product,
    plus,
    product,
    scaled,
    times,
    transposed,
)
from exact.calculation.powers import power
from exact.calculation.selection import entry_of
from exact.numbers.array import Shape, ShapeError, described
from exact.numbers.bounds import MAX_GIVEN_DIGITS

ONE = Fraction(1)

MAX_EXPONENT_OF_FORMULA = 100
"""The size of the numerator and the denominator of an exponent in a formula."""


@dataclass(frozen=True, slots=True)
class Term:
    """An expression, and the shape of what it stands for."""

    expression: Expression
    shape: Shape

    @property
    def constant(self) -> Fraction | None:
        """The number, where the term is one that stands in the formula itself."""
        return self.expression.constant if is_plain(self.expression) else None


def number(value: Fraction) -> Term:
    """A number that stands in a formula. Raises `ShapeError` where it is too long."""
    if max(abs(value.numerator), value.denominator) >= 10**MAX_GIVEN_DIGITS:
        raise ShapeError(f"a number of more than {MAX_GIVEN_DIGITS} digits")
    return Term(constant(value), ())


def usual_shape(shape: Shape) -> Shape:
    """The shape without a last length of 1: a column is a vector, one entry a number."""
    while shape and shape[-1] == 1:
        shape = shape[:-1]
    return shape


def settled(expression: Expression, shape: Shape) -> Term:
    """The term, in its usual shape."""
    usual = usual_shape(shape)
    return Term(expression if usual == shape else Expression(reshaped(shape, usual), (expression,)), usual)


def _together(x: Term, y: Term, words: str) -> tuple[Term, Term, Shape]:
    """What is joined entry by entry, a vector spread over the other's rows or columns. Raises `ShapeError`."""
    if x.shape and y.shape and x.shape != y.shape:
        told = f"{described(x.shape)} {words} {described(y.shape)}"
        if prod(x.shape) < prod(y.shape):
            return _spread(x, y, told), y, y.shape
        return x, _spread(y, x, told), x.shape
    return x, y, x.shape or y.shape


def _spread(x: Term, matrix: Term, told: str) -> Term:
    """A vector, or a matrix of one row, beside every row of a matrix, or every column. Raises `ShapeError`."""
    if len(matrix.shape) == 2 and not _is_row(matrix):
        rows, columns = matrix.shape
        if x.shape == (rows,) == (columns,):
            raise ShapeError(f"{told}, which is as long as rows and columns; for every row write its transpose")
        if _is_row(x) and x.shape[1] == columns:
            x = turned(x)
        if x.shape == (columns,):
            return Term(Expression(beside_rows(matrix.shape, of_column=True), (x.expression,)), matrix.shape)
        if x.shape == (rows,):
            return Term(Expression(beside_columns(matrix.shape), (x.expression,)), matrix.shape)
        if x.shape == (1, columns):
            row = Expression(reshaped(x.shape, (columns,)), (x.expression,))
            return Term(Expression(beside_rows(matrix.shape, of_column=False), (row,)), matrix.shape)
    raise ShapeError(f"{told}; expected equal shapes, a number, or a vector as long as the rows or the columns")


def added(x: Term, y: Term) -> Term:
    """x + y."""
    x, y, shape = _together(x, y, "plus")
    if x.constant is not None and y.constant is not None:
        return number(x.constant + y.constant)
    return Term(plus(x.expression, y.expression), shape)


def subtracted(x: Term, y: Term) -> Term:
    """x - y."""
    x, y, shape = _together(x, y, "minus")
    if x.constant is not None and y.constant is not None:
        return number(x.constant - y.constant)
    if x.constant == 0:
        return negated(y)
    return Term(minus(x.expression, y.expression), shape)


def negated(x: Term) -> Term:
    """-x."""
    return Term(negative(x.expression), x.shape)


def multiplied(x: Term, y: Term) -> Term:
    """x y: a number times anything, or a product of matrices and vectors. Raises `ShapeError`."""
    left, right = x.shape, y.shape
    if x.constant is not None and y.constant is not None:
        return number(x.constant * y.constant)
    if not left or not right:
        first, second = (y, x) if left else (x, y)
        return Term(scaled(first.expression, second.expression), left or right)
    if len(left) == len(right) == 1:
        raise ShapeError(f"{described(left)} times {described(right)}; write x^T y for a number, x ⊙ y entry by entry")
    rows, columns = left if len(left) == 2 else (left[0], 1)
    if columns != right[0]:
        turned = "; the first is to be transposed" if rows == right[0] else ""
        raise ShapeError(f"{described(left)} times {described(right)}{turned}")
    return _matrix_product(x, y)


def _matrix_product(x: Term, y: Term) -> Term:
    left, right = x.shape, y.shape
    if _is_row(x) and len(right) == 1:
        return Term(Expression(INNER, (x.expression.operands[0], y.expression)), ())
    if len(left) == 1 and _is_row(y):
        return Term(outer_product(x.expression, y.expression.operands[0]), (left[0], right[1]))
    first = x.expression if len(left) == 2 else Expression(reshaped(left, (left[0], 1)), (x.expression,))
    return settled(product(first, y.expression), (left[0], *right[1:]))


def _is_row(x: Term) -> bool:
    """Whether the term is the transpose of a vector."""
    operation = x.expression.operation
    return len(x.shape) == 2 and operation is row_of(x.shape[1])


def by_entries(x: Term, y: Term) -> Term:
    """The product entry by entry. Raises `ShapeError`."""
    if not x.shape or not y.shape:
        return multiplied(x, y)
    x, y, shape = _together(x, y, "entry by entry with")
    return Term(times(x.expression, y.expression), shape)


def quotient(x: Term, y: Term) -> Term:
    """x / y, entry by entry. Raises `ShapeError`, and `ZeroDivisionError` for the number 0."""
    x, y, shape = _together(x, y, "divided by")
    if y.constant == 0:
        raise ZeroDivisionError
    if x.constant is not None and y.constant is not None:
        return number(x.constant / y.constant)
    return Term(divided(x.expression, y.expression), shape)


def raised_to(x: Term, exponent: Term) -> Term:
    """x to a rational power, of an array entry by entry. Raises `ShapeError`, `ZeroDivisionError`."""
    value = exponent.constant
    if value is None:
        raise ShapeError("an exponent that is no number; write exp(...) for a power of e")
    if max(abs(value.numerator), value.denominator) > MAX_EXPONENT_OF_FORMULA:
        raise ShapeError(f"an exponent beyond {MAX_EXPONENT_OF_FORMULA}")
    if x.constant is not None and value.denominator == 1:
        return number(x.constant**value.numerator)
    return Term(power(x.expression, value, of_array=bool(x.shape)), x.shape if value else ())


def turned(x: Term) -> Term:
    """The transpose; of a vector a matrix of one row."""
    if not x.shape:
        return x
    if len(x.shape) == 1:
        return Term(Expression(row_of(x.shape[0]), (x.expression,)), (1, x.shape[0]))
    if _is_row(x):
        return Term(x.expression.operands[0], (x.shape[1],))
    return settled(transposed(x.expression), x.shape[::-1])


def picked(x: Term, index: tuple[int, ...]) -> Term:
    """One entry, by its index from 1. Raises `ShapeError`."""
    index = (*index, *(1,) * (len(x.shape) - len(index)))
    lengths = (*x.shape, *(1,) * (len(index) - len(x.shape)))
    if not all(1 <= i <= n for i, n in zip(index, lengths, strict=True)) or (len(x.shape) == 2 and len(index) != 2):
        raise ShapeError(f"no such entry of {described(x.shape)}")
    place = 0
    for i, n in zip(index, lengths, strict=True):
        place = place * n + i - 1
    return Term(entry_of(x.expression, place, x.shape), ())


def size_of(x: Term) -> int:
    """The number of entries."""
    return prod(x.shape)
