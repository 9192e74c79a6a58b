"""The operations of linear algebra: one row each, forward beside backward.

Sources of the backward rules: M. Giles, Collected matrix derivative results for forward and reverse mode algorithmic
differentiation, 2008, section 2.
"""

from __future__ import annotations

from dataclasses import replace

from exact.calculation.expression import Expression, Operation, Way, constant, is_constant
from exact.calculation.typesetting import raised, transposed_latex
from exact.numbers.array import Array, array, outer, total

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
    if is_constant(x, 1):
        return factor
    if is_plain(factor) and x.operation is SCALE and is_plain(x.operands[0]):
        return scaled(constant(factor.constant * x.operands[0].constant), x.operands[1])
    return Expression(SCALE, (factor, x))


def divided(x: Expression, y: Expression) -> Expression:
    """The quotient entry by entry, or of an array and a number."""
    return x if is_constant(y, 1) else Expression(DIVIDE, (x, y))


def product(x: Expression, y: Expression) -> Expression:
    """The matrix product."""
    return Expression(MATRIX_PRODUCT, (x, y))


def inner_product(x: Expression, y: Expression) -> Expression:
    """The product of two vectors, a number."""
    return Expression(INNER, (x, y))


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
INNER = replace(MATRIX_PRODUCT, name="inner product", latex=lambda x, y: f"{transposed_latex(x)} {y}", needs=(5, 3))
"""x^T y of two vectors, a number."""

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
    lambda x: raised(x, "2"),
    size=lambda _, sizes: sizes[0] * sizes[0],
    ball=lambda x: x.each(lambda ball: ball**2),
    binding=5,
    needs=(6,),
)
