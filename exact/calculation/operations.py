"""The operations of linear algebra: one row each, forward beside backward.

Sources of the backward rules: M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic
differentiation, 2008, section 2.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import prod

from exact.calculation.expression import Expression, Operation, Way, constant, is_constant
from exact.numbers.array import Array, Shape, array, outer, total

Arrays = tuple[Array, ...]


def plus(x: Expression, y: Expression) -> Expression:
    """x + y."""
    if is_constant(x, 0):
        return y
    return x if is_constant(y, 0) else Expression(ADD, (x, y))


def minus(x: Expression, y: Expression) -> Expression:
    """x - y."""
    if is_constant(x, 0):
        return negative(y)
    return x if is_constant(y, 0) else Expression(SUBTRACT, (x, y))


def negative(x: Expression) -> Expression:
    """-x."""
    if x.operation is NEGATIVE:
        return x.operands[0]
    return constant(-x.constant) if x.operation is None and not x.letter else Expression(NEGATIVE, (x,))


def times(x: Expression, y: Expression) -> Expression:
    """The product entry by entry, or of a number and an array."""
    if is_constant(x, 1):
        return y
    if is_constant(y, 1):
        return x
    for one, other in ((x, y), (y, x)):
        if one.operation is SPREAD:
            return scaled(one.operands[0], other)
    return Expression(TIMES, (x, y))


def scaled(factor: Expression, x: Expression) -> Expression:
    """A number times an array, written without a sign between them."""
    if is_constant(factor, 1):
        return x
    if is_plain(factor) and x.operation is SCALE and is_plain(x.operands[0]):
        return scaled(constant(factor.constant * x.operands[0].constant), x.operands[1])
    return Expression(SCALE, (factor, x))


def divided(x: Expression, y: Expression) -> Expression:
    """The quotient entry by entry, or of an array and a number."""
    return x if is_constant(y, 1) else Expression(DIVIDE, (x, y))


def product(x: Expression, y: Expression) -> Expression:
    """The matrix product."""
    return Expression(MATRIX_PRODUCT, (x, y))


def outer_product(column: Expression, row: Expression) -> Expression:
    """The matrix of all products of the entries of two vectors."""
    return Expression(OUTER, (column, row))


def transposed(x: Expression) -> Expression:
    """The transpose."""
    return x.operands[0] if x.operation is TRANSPOSE else Expression(TRANSPOSE, (x,))


def summed(x: Expression) -> Expression:
    """The sum of all entries, a number."""
    return Expression(SUM, (x,))


def is_plain(x: Expression) -> bool:
    """Whether the expression is a constant."""
    return x.operation is None and not x.letter


def spread(x: Expression, like: Expression) -> Expression:
    """An array of the shape of another one, every entry the number x."""
    return Expression(SPREAD, (x, like))


def spread_over_samples(b: Expression, batch: Expression, *, in_rows: bool) -> Expression:
    """The biases beside every sample of a batch: a matrix of the shape of another one's samples and of the units."""
    return Expression(SPREAD_ROWS if in_rows else SPREAD_COLUMNS, (b, batch))


def over_samples(x: Expression, *, in_rows: bool) -> Expression:
    """The sum over the samples of a batch, a vector of the units."""
    return Expression(COLUMN_SUMS if in_rows else ROW_SUMS, (x,))


def square(x: Expression) -> Expression:
    """Every entry times itself."""
    return Expression(SQUARE, (x,))


def _as_sum(_: Arrays, sizes: Arrays) -> Array:
    left, right = sizes
    return left + right


def _fitted(way: Way, gradient: Expression, place: int) -> Expression:
    """The gradient of an operand: summed up, where the operand is a number that went with every entry."""
    others = [shape for shape in way.shapes if shape]
    return summed(gradient) if others and not way.shapes[place] else gradient


def _product_back(way: Way) -> tuple[Expression, Expression]:
    """g y^T and x^T g; where one of them is a vector, an outer product stands for a product of two vectors."""
    (x, y), (left, right) = way.operands, way.shapes
    if len(left) == len(right) == 1:
        return scaled(way.g, y), scaled(way.g, x)
    if len(right) == 1:
        return outer_product(way.g, y), product(transposed(x), way.g)
    if len(left) == 1:
        return product(y, way.g), outer_product(x, way.g)
    return product(way.g, transposed(y)), product(transposed(x), way.g)


def _sum_latex(x: str, y: str) -> str:
    return f"{x} - {y.removeprefix('-').lstrip()}" if y.startswith("-") else f"{x} + {y}"


def transposed_latex(x: str) -> str:
    """The transpose of what is written, its T within an index that stands above."""
    return rf"{x[:-1]}\mathsf{{T}}}}" if x.endswith(")}") and "^{(" in x else rf"{x}^{{\mathsf{{T}}}}"


ADD = Operation(
    "+",
    lambda x, y: x + y,
    lambda way: (_fitted(way, way.g, 0), _fitted(way, way.g, 1)),
    _sum_latex,
    size=_as_sum,
    binding=1,
    needs=(1, 1),
)
SUBTRACT = Operation(
    "-",
    lambda x, y: x - y,
    lambda way: (_fitted(way, way.g, 0), _fitted(way, negative(way.g), 1)),
    lambda x, y: f"{x} - {y}",
    size=_as_sum,
    binding=1,
    needs=(1, 2),
)
NEGATIVE = Operation(
    "negative",
    lambda x: -x,
    lambda way: (negative(way.g),),
    lambda x: f"-{x}",
    size=lambda _, sizes: sizes[0],
    binding=1,
    needs=(2,),
)
TIMES = Operation(
    "times",
    lambda x, y: x * y,
    lambda way: (_fitted(way, times(way.g, way.operands[1]), 0), _fitted(way, times(way.g, way.operands[0]), 1)),
    lambda x, y: rf"{x} \odot {y}",
    size=lambda _, sizes: sizes[0] * sizes[1],
    binding=2,
    needs=(2, 2),
)
SCALE = Operation(
    "scale",
    lambda x, y: x * y,
    lambda way: (_fitted(way, times(way.g, way.operands[1]), 0), scaled(way.operands[0], way.g)),
    lambda x, y: rf"{x}\, {y}",
    size=lambda _, sizes: sizes[0] * sizes[1],
    binding=3,
    needs=(3, 3),
)
DIVIDE = Operation(
    "/",
    lambda x, y: x / y,
    lambda way: (
        _fitted(way, divided(way.g, way.operands[1]), 0),
        _fitted(way, negative(divided(times(way.g, way.out), way.operands[1])), 1),
    ),
    lambda x, y: rf"\frac{{{x}}}{{{y}}}",
    works_by="entries",
    binding=4,
)
MATRIX_PRODUCT = Operation(
    "product",
    lambda x, y: x @ y,
    _product_back,
    lambda x, y: f"{x} {y}",
    size=lambda _, sizes: sizes[0] @ sizes[1],
    binding=3,
    needs=(3, 3),
)
OUTER = Operation(
    "outer",
    outer,
    lambda way: (product(way.g, way.operands[1]), product(way.operands[0], way.g)),
    lambda x, y: f"{x} {transposed_latex(y)}",
    size=lambda _, sizes: outer(*sizes),
    binding=3,
    needs=(3, 4),
)
TRANSPOSE = Operation(
    "transpose",
    lambda x: x.T,
    lambda way: (transposed(way.g),),
    transposed_latex,
    size=lambda _, sizes: sizes[0].T,
    binding=5,
    needs=(5,),
)
SUM = Operation(
    "sum",
    lambda x: array(total(x)),
    lambda way: (spread(way.g, way.operands[0]),),
    lambda x: rf"\textstyle\sum\left({x}\right)",
    size=lambda _, sizes: array(total(sizes[0])),
    binding=4,
)
SPREAD = Operation(
    "spread",
    lambda x, like: Array([x.item()] * like.size, like.shape),
    lambda way: (summed(way.g), None),
    lambda x, _: rf"{x}\, \mathbf{{1}}",
    size=lambda values, sizes: Array([sizes[0].item()] * values[1].size, values[1].shape),
    binding=3,
    needs=(3, 0),
)
SQUARE = Operation(
    "square",
    lambda x: x * x,
    lambda way: (times(way.g, scaled(constant(2), way.operands[0])),),
    lambda x: f"{x}^2",
    size=lambda _, sizes: sizes[0] * sizes[0],
    ball=lambda x: x.each(lambda ball: ball**2),
    binding=5,
    needs=(6,),
)


def _repeated(b: Array, batch: Array, *, in_rows: bool) -> Array:
    if in_rows:
        return Array(b.entries * batch.shape[0], (batch.shape[0], b.size))
    return Array((x for x in b for _ in range(batch.shape[1])), (b.size, batch.shape[1]))


def _sums(x: Array) -> Array:
    return Array(map(total, x.rows()), x.shape[:1])


def _repetition(*, in_rows: bool) -> Operation:
    return Operation(
        "spread over samples",
        lambda b, batch: _repeated(b, batch, in_rows=in_rows),
        lambda way: (over_samples(way.g, in_rows=in_rows), None),
        (lambda b, _: rf"\mathbf{{1}}\, {b}") if in_rows else (lambda b, _: rf"{b}\, \mathbf{{1}}^{{\mathsf{{T}}}}"),
        size=lambda values, sizes: _repeated(sizes[0], values[1], in_rows=in_rows),
        binding=3,
        needs=(3, 0),
    )


def _summation(*, in_rows: bool) -> Operation:
    def sums(x: Array) -> Array:
        return _sums(x.T if in_rows else x)

    return Operation(
        "sum over samples",
        sums,
        lambda way: (spread_over_samples(way.g, way.operands[0], in_rows=in_rows),),
        (lambda x: rf"\mathbf{{1}}^{{\mathsf{{T}}}} {x}") if in_rows else (lambda x: rf"{x}\, \mathbf{{1}}"),
        size=lambda _, sizes: sums(sizes[0]),
        binding=3,
        needs=(3,),
    )


SPREAD_COLUMNS, SPREAD_ROWS = _repetition(in_rows=False), _repetition(in_rows=True)
ROW_SUMS, COLUMN_SUMS = _summation(in_rows=False), _summation(in_rows=True)


@cache
def _pick(place: int, shape: Shape) -> Operation:
    """One entry; backwards, that entry beside zeros."""

    def picked(x: Array) -> Array:
        return Array((x.entries[place],), ())

    def alone(x: Array) -> Array:
        return Array((x.item() if other == place else Fraction(0) for other in range(prod(shape))), shape)

    back = Operation(
        "beside zeros", alone, lambda way: (Expression(pick, (way.g,)),), str, size=lambda _, sizes: alone(sizes[0])
    )
    pick = Operation(
        "entry", picked, lambda way: (Expression(back, (way.g,)),), str, size=lambda _, sizes: picked(sizes[0])
    )
    return pick


def entry_of(x: Expression, place: int, shape: Shape) -> Expression:
    """One entry of an array, by its place row by row."""
    return Expression(_pick(place, shape), (x,)) if shape else x


def beside_zeros(x: Expression, place: int, shape: Shape) -> Expression:
    """A number in its place of an array that is else zero."""
    if not shape:
        return x
    way = Way(x, x, (x,), (shape,))
    return _pick(place, shape).back(way)[0] or x


def tied(raw: list[tuple[Expression, Shape]], groups: tuple[tuple[tuple[int, int], ...], ...], own: int) -> Expression:
    """One of several arrays, in which every entry of a group of tied ones is the sum of the group's.

    A group has the number of an array and a place in it for each of its entries.
    """
    shape = raw[own][1]
    sums = {one: group for group in groups for one in group}

    def forward(*arrays: Array) -> Array:
        return Array(
            (
                total(arrays[number].entries[at] for number, at in sums.get((own, place), ((own, place),)))
                for place in range(prod(shape))
            ),
            shape,
        )

    operation = Operation(
        "tied", forward, lambda _: (None,) * len(raw), lambda *x: x[own], size=lambda _, sizes: forward(*sizes)
    )
    return Expression(operation, tuple(one for one, _ in raw))
