"""A vector beside every row of a matrix, or beside every column, as biases are beside every sample. One row each.

numpy calls it broadcasting. Backwards, what each row or column gives is added up.
"""

from __future__ import annotations

from functools import cache

from exact.calculation.expression import Expression, Operation
from exact.calculation.typesetting import transposed_latex
from exact.numbers.array import Array, Shape, total

ONES, ONES_TURNED = r"\mathbf{1}", r"\mathbf{1}^{\mathsf{T}}"


@cache
def beside_rows(shape: Shape, *, of_column: bool) -> Operation:
    """A vector beside every row of a matrix of the shape; `of_column`: it is a column, and typeset so."""

    def repeated(b: Array) -> Array:
        return Array(b.entries * shape[0], shape)

    def summed(x: Array) -> Array:
        return Array(map(total, x.T.rows()), shape[1:])

    turned = transposed_latex if of_column else str
    sums = Operation(
        "sum of rows",
        summed,
        lambda way: (Expression(beside_rows(shape, of_column=of_column), (way.g,)),),
        (lambda x: rf"{transposed_latex(x)}\, {ONES}") if of_column else (lambda x: f"{ONES_TURNED} {x}"),
        size=lambda _, sizes: summed(sizes[0]),
        binding=3,
        needs=(5 if of_column else 3,),
    )
    return Operation(
        "beside rows",
        repeated,
        lambda way: (Expression(sums, (way.g,)),),
        lambda b: rf"{ONES}\, {turned(b)}",
        size=lambda _, sizes: repeated(sizes[0]),
        binding=3,
        needs=(5 if of_column else 3,),
    )


@cache
def beside_columns(shape: Shape) -> Operation:
    """A vector beside every column of a matrix of the shape."""

    def repeated(b: Array) -> Array:
        return Array((x for x in b for _ in range(shape[1])), shape)

    def summed(x: Array) -> Array:
        return Array(map(total, x.rows()), shape[:1])

    sums = Operation(
        "sum of columns",
        summed,
        lambda way: (Expression(beside_columns(shape), (way.g,)),),
        lambda x: rf"{x}\, {ONES}",
        size=lambda _, sizes: summed(sizes[0]),
        binding=3,
        needs=(3,),
    )
    return Operation(
        "beside columns",
        repeated,
        lambda way: (Expression(sums, (way.g,)),),
        lambda b: rf"{b}\, {ONES_TURNED}",
        size=lambda _, sizes: repeated(sizes[0]),
        binding=3,
        needs=(3,),
    )
