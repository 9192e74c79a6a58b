"""A vector beside every row of a matrix, or beside every column, as biases are beside every sample. One row each.

numpy calls it broadcasting. Backwards, what each row or column gives is added up.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from exact.calculation.expression import Expression, Operation
from exact.calculation.typesetting import transposed_latex
from exact.numbers.array import Array, Shape, total

ONES, ONES_TURNED = r"\mathbf{1}", r"\mathbf{1}^{\mathsf{T}}"


@cache
def beside_rows(shape: Shape, *, of_column: bool) -> Operation:
    """A vector beside every row of a matrix of the shape; `of_column`: it is a column, and typeset so."""
    turned = transposed_latex if of_column else str
    return _beside(
        "rows",
        lambda b: Array(b.entries * shape[0], shape),
        lambda x: Array(map(total, x.T.rows()), shape[1:]),
        lambda b: rf"{ONES}\, {turned(b)}",
        (lambda x: rf"{transposed_latex(x)}\, {ONES}") if of_column else (lambda x: f"{ONES_TURNED} {x}"),
        needs=5 if of_column else 3,
    )


@cache
def beside_columns(shape: Shape) -> Operation:
    """A vector beside every column of a matrix of the shape."""
    return _beside(
        "columns",
        lambda b: Array((x for x in b for _ in range(shape[1])), shape),
        lambda x: Array(map(total, x.rows()), shape[:1]),
        lambda b: rf"{b}\, {ONES_TURNED}",
        lambda x: rf"{x}\, {ONES}",
        needs=3,
    )


def _beside(
    lines: str,
    repeated: Callable[[Array], Array],
    summed: Callable[[Array], Array],
    repeated_latex: Callable[[str], str],
    summed_latex: Callable[[str], str],
    *,
    needs: int,
) -> Operation:
    """A vector beside all lines of a matrix; backwards their sum, whose gradient stands beside all of them again."""
    sums = Operation(
        f"sum of {lines}",
        summed,
        lambda way: (Expression(beside, (way.g,)),),
        summed_latex,
        size=lambda _, sizes: summed(sizes[0]),
        binding=3,
        needs=(needs,),
    )
    beside = Operation(
        f"beside {lines}",
        repeated,
        lambda way: (Expression(sums, (way.g,)),),
        repeated_latex,
        size=lambda _, sizes: repeated(sizes[0]),
        binding=3,
        needs=(needs,),
    )
    return beside
