"""The functions that formulas may use: one row each, with what it makes of its arguments and their shapes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import prod

from exact.calculation.costs import BINARY_CROSS_ENTROPY, CROSS_ENTROPY
from exact.calculation.expression import Expression, Operation
from exact.calculation.functions import LN, SIGMOID, SOFTMAX, TANH
from exact.calculation.groups import SOFTMAX_OF_ROWS, largest, max_pool
from exact.calculation.index_maps import average_pool, convolution, joined
from exact.calculation.operations import minus, negative, square, summed
from exact.calculation.powers import ABS, EXP, SQRT, power
from exact.calculation.vectors import MEAN, NORM
from exact.graphs.terms import Term, settled
from exact.networks.units import UNITS, Kinks
from exact.numbers.array import Shape, ShapeError, described

MAX_PRODUCTS = 200_000
"""Products in one convolution, and entries looked at in one pool."""


@dataclass(frozen=True, slots=True)
class Function:
    """A function of a formula: `shown` as it is called, how many arguments it takes, and what it makes of them.

    `made` raises `ShapeError` for arguments that do not fit. `target`: the number of the argument that is a target,
    which nobody asks a gradient of.
    """

    shown: str
    least: int
    most: int
    made: Callable[[Kinks, tuple[Term, ...]], Term]
    target: int | None = None


def _each(operation: Operation) -> Callable[[Kinks, tuple[Term, ...]], Term]:
    """A function that goes entry by entry."""
    return lambda _, x: Term(Expression(operation, (x[0].expression,)), x[0].shape)


def _unit(name: str) -> Callable[[Kinks, tuple[Term, ...]], Term]:
    def made(kinks: Kinks, x: tuple[Term, ...]) -> Term:
        if len(x) == 2:
            kinks = replace(kinks, slope=_constant(x[1], "a slope"))
        return Term(UNITS[name](kinks).of(x[0].expression), x[0].shape)

    return made


def _to_number(make: Callable[[Term], Expression]) -> Callable[[Kinks, tuple[Term, ...]], Term]:
    """A function of all entries; a number is its own only one."""
    return lambda _, x: Term(make(x[0]), ())


def _constant(x: Term, word: str) -> Fraction:
    if x.constant is None:
        raise ShapeError(f"expected {word} that is written as a number")
    return x.constant


def _whole(x: Term, word: str, least: int) -> int:
    value = _constant(x, word)
    if value.denominator != 1 or not least <= value <= 1000:
        raise ShapeError(f"expected {word} that is a whole number from {least} to 1000, not {value}")
    return value.numerator


def _softmax(_: Kinks, x: tuple[Term, ...]) -> Term:
    if len(x[0].shape) != 1:
        raise ShapeError(f"expected a vector, not {described(x[0].shape)}; softmax_rows takes each row of a matrix")
    return Term(Expression(SOFTMAX, (x[0].expression,)), x[0].shape)


def _matrix(x: Term) -> tuple[int, int]:
    if len(x.shape) != 2:
        raise ShapeError(f"expected a matrix, not {described(x.shape)}")
    rows, columns = x.shape
    return rows, columns


def _softmax_rows(_: Kinks, x: tuple[Term, ...]) -> Term:
    shape = _matrix(x[0])
    return Term(Expression(SOFTMAX_OF_ROWS, (x[0].expression,)), shape)


def _largest(x: Term) -> Expression:
    return Expression(largest(x.shape), (x.expression,)) if x.shape else x.expression


def _smallest(x: Term) -> Expression:
    return negative(_largest(Term(negative(x.expression), x.shape)))


def _extreme(make: Callable[[Term], Expression]) -> Callable[[Kinks, tuple[Term, ...]], Term]:
    """Of all entries of an array, or of several numbers."""

    def made(kinks: Kinks, x: tuple[Term, ...]) -> Term:
        if len(x) > 1 and any(one.shape for one in x):
            raise ShapeError("expected one array, or several numbers")
        return Term(make(x[0] if len(x) == 1 else _concat(kinks, x)), ())

    return made


def _mean(x: Term) -> Expression:
    return Expression(MEAN, (x.expression,)) if x.shape else x.expression


def _concat(_: Kinks, x: tuple[Term, ...]) -> Term:
    for part in x:
        if len(part.shape) == 2:
            raise ShapeError(f"expected numbers and vectors, not {described(part.shape)}")
    shapes = tuple(part.shape for part in x)
    return Term(Expression(joined(shapes), tuple(part.expression for part in x)), (sum(map(prod, shapes)),))


def _grid(x: Term) -> Shape:
    """The shape as rows and columns: a vector is a column."""
    return (*x.shape, 1, 1)[:2]


def _bounded(products: int) -> None:
    if products > MAX_PRODUCTS:
        raise ShapeError(f"more than {MAX_PRODUCTS} products")


def _convolution(_: Kinks, x: tuple[Term, ...]) -> Term:
    image, kernel = x[:2]
    stride = _whole(x[2], "a stride", 1) if len(x) > 2 else 1
    padding = _whole(x[3], "a padding", 0) if len(x) > 3 else 0
    sides = [n + 2 * padding - k for n, k in zip(_grid(image), _grid(kernel), strict=True)]
    if min(sides) < 0:
        raise ShapeError(f"{described(image.shape)} with padding {padding} is smaller than {described(kernel.shape)}")
    shape = tuple(side // stride + 1 for side in sides)
    _bounded(prod(shape) * prod(kernel.shape))
    operation = convolution(_grid(image), _grid(kernel), stride, padding)
    return settled(Expression(operation, (image.expression, kernel.expression)), shape)


def _pooled(make: Callable[[Shape, int, int], Operation]) -> Callable[[Kinks, tuple[Term, ...]], Term]:
    def made(_: Kinks, x: tuple[Term, ...]) -> Term:
        rows, columns = _matrix(x[0])
        size = _whole(x[1], "a size", 1)
        stride = _whole(x[2], "a stride", 1) if len(x) > 2 else size
        if size > min(rows, columns):
            raise ShapeError(f"windows of {size} x {size} in {described(x[0].shape)}")
        shape = ((rows - size) // stride + 1, (columns - size) // stride + 1)
        _bounded(prod(shape) * size * size)
        return settled(Expression(make(x[0].shape, size, stride), (x[0].expression,)), shape)

    return made


def _of_target(operation: Operation) -> Callable[[Kinks, tuple[Term, ...]], Term]:
    def made(_: Kinks, x: tuple[Term, ...]) -> Term:
        _equal_shapes(x)
        return Term(Expression(operation, (x[0].expression, x[1].expression)), ())

    return made


def _equal_shapes(x: tuple[Term, ...]) -> None:
    if x[0].shape != x[1].shape:
        raise ShapeError(f"{described(x[0].shape)} and {described(x[1].shape)}; expected equal shapes")


def _squared_error(_: Kinks, x: tuple[Term, ...]) -> Term:
    _equal_shapes(x)
    difference = minus(x[0].expression, x[1].expression)
    return Term(summed(power(difference, Fraction(2), of_array=True)) if x[0].shape else square(difference), ())


FUNCTIONS: Mapping[str, Function] = {
    **{
        name: Function(f"{name}(x)", 1, 1, _each(operation))
        for name, operation in (
            *(("exp", EXP), ("ln", LN), ("sqrt", SQRT), ("abs", ABS)),
            *(("sigmoid", SIGMOID), ("tanh", TANH)),
        )
    },
    **{name: Function(f"{name}(x)", 1, 1, _unit(name)) for name in ("relu", "step", "sign")},
    "leaky_relu": Function("leaky_relu(x), leaky_relu(x, slope)", 1, 2, _unit("leaky_relu")),
    "softmax": Function("softmax(x)", 1, 1, _softmax),
    "softmax_rows": Function("softmax_rows(X)", 1, 1, _softmax_rows),
    "sum": Function("sum(x)", 1, 1, _to_number(lambda x: summed(x.expression) if x.shape else x.expression)),
    "mean": Function("mean(x)", 1, 1, _to_number(_mean)),
    "max": Function("max(x), max(a, b, ..)", 1, 20, _extreme(_largest)),
    "min": Function("min(x), min(a, b, ..)", 1, 20, _extreme(_smallest)),
    "norm2": Function("norm2(x)", 1, 1, _to_number(lambda x: Expression(NORM, (x.expression,)))),
    "concat": Function("concat(a, b, ..)", 2, 20, _concat),
    "conv": Function("conv(X, K), conv(X, K, stride, padding)", 2, 4, _convolution),
    "maxpool": Function("maxpool(X, size), maxpool(X, size, stride)", 2, 3, _pooled(max_pool)),
    "avgpool": Function("avgpool(X, size), avgpool(X, size, stride)", 2, 3, _pooled(average_pool)),
    "cross_entropy": Function("cross_entropy(p, y)", 2, 2, _of_target(CROSS_ENTROPY), target=1),
    "bce": Function("bce(p, y)", 2, 2, _of_target(BINARY_CROSS_ENTROPY), target=1),
    "squared_error": Function("squared_error(a, y)", 2, 2, _squared_error, target=1),
}
"""The function of each name."""


def applied(name: str, kinks: Kinks, arguments: tuple[Term, ...]) -> Term:
    """The function of its arguments. Raises `ShapeError`."""
    function = FUNCTIONS[name]
    if not function.least <= len(arguments) <= function.most:
        raise ShapeError(f"expected {function.shown}")
    return function.made(kinks, arguments)
