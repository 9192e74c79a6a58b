"""The operations of formulas as sympy works them out, from their definitions: one row each.

Everything is a sympy matrix: a vector has one column, a number one row and one column. Where a function is one formula
on each side of 0, or one of several entries, the values at the point say which counts there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import sympy

from exact.networks.units import Kinks
from exact.witness.forms import COSTS, SMOOTH, Expr, Grid, of_outputs, piece


@dataclass(frozen=True, slots=True)
class Here:
    """What is agreed on at kinks, and the sign of an expression at the point."""

    kinks: Kinks
    sign: Callable[[Expr], int]


Rule = Callable[[Here, Sequence[Grid]], Grid]
"""What a function makes of its arguments."""


def grid(rows: Sequence[Sequence[Expr]]) -> Grid:
    """The rows as a matrix."""
    return sympy.Matrix(len(rows), len(rows[0]), [entry for row in rows for entry in row])


def one(entry: Expr) -> Grid:
    """A number."""
    return grid([[entry]])


def is_number(x: Grid) -> bool:
    """Whether there is one entry alone."""
    return tuple(x.shape) == (1, 1)


def constant(x: Grid) -> Fraction:
    """The rational number that stands in the formula itself."""
    return Fraction(int(x[0, 0].p), int(x[0, 0].q))


def added(x: Grid, y: Grid) -> Grid:
    """x + y; a number goes with every entry, a vector with every row or column."""
    x, y = spread(x, y), spread(y, x)
    return x + y


def multiplied(x: Grid, y: Grid) -> Grid:
    """x y: of matrices the product, of a number and anything its multiple."""
    if is_number(x):
        return y * x[0, 0]
    return x * y[0, 0] if is_number(y) else x * y


def by_entries(x: Grid, y: Grid) -> Grid:
    """The product entry by entry."""
    return spread(x, y).multiply_elementwise(spread(y, x))


def divided(x: Grid, y: Grid) -> Grid:
    """x / y, entry by entry."""
    return by_entries(x, y.applyfunc(lambda entry: 1 / entry))


def raised(x: Grid, exponent: Expr) -> Grid:
    """Each entry to a power; to the power 0 it is the number 1."""
    return one(sympy.Integer(1)) if exponent == 0 else x.applyfunc(lambda entry: entry**exponent)


def spread(x: Grid, like: Grid) -> Grid:
    """A number as a matrix of its own in the shape of another one, a vector beside its rows or columns; else itself."""
    if is_number(x):
        return grid([[x[0, 0]] * like.cols] * like.rows)
    row = x if x.rows == 1 else x.T
    if min(x.shape) == 1 and row.cols == like.cols and x.shape != like.shape:
        return grid(row.tolist() * like.rows)
    if x.cols == 1 < like.cols and x.rows == like.rows:
        return grid([entry * like.cols for entry in x.tolist()])
    return x


def _each(function: Callable[[Expr], Expr]) -> Rule:
    return lambda _, x: x[0].applyfunc(function)


def _piecewise(name: str) -> Rule:
    def made(here: Here, x: Sequence[Grid]) -> Grid:
        kinks = replace(here.kinks, slope=constant(x[1])) if len(x) > 1 else here.kinks
        return x[0].applyfunc(lambda entry: piece(name, kinks, entry, here.sign(entry)))

    return made


def _abs(here: Here, x: Sequence[Grid]) -> Grid:
    return x[0].applyfunc(lambda entry: here.sign(entry) * entry)


def _softmax_rows(_: Here, x: Sequence[Grid]) -> Grid:
    rows = [[sympy.exp(entry) for entry in row] for row in x[0].tolist()]
    return grid([[entry / sum(row) for entry in row] for row in rows])


def _largest(here: Here, entries: Sequence[Expr]) -> Expr:
    """The first of the largest entries."""
    found = entries[0]
    for entry in entries[1:]:
        found = entry if here.sign(entry - found) > 0 else found
    return found


def _entries(x: Sequence[Grid]) -> list[Expr]:
    return [entry for part in x for entry in part]


def _convolution(_: Here, x: Sequence[Grid]) -> Grid:
    """sum over u, v of K[u, v] X[stride i + u - padding, stride j + v - padding], with zeros around X."""
    image, kernel = x[:2]
    stride = int(constant(x[2])) if len(x) > 2 else 1
    padding = int(constant(x[3])) if len(x) > 3 else 0
    high, wide = (
        (side + 2 * padding - window) // stride + 1 for side, window in zip(image.shape, kernel.shape, strict=True)
    )

    def entry(i: int, j: int) -> Expr:
        found = sympy.Integer(0)
        for u in range(kernel.rows):
            for v in range(kernel.cols):
                row, column = stride * i + u - padding, stride * j + v - padding
                if 0 <= row < image.rows and 0 <= column < image.cols:
                    found += kernel[u, v] * image[row, column]
        return found

    return grid([[entry(i, j) for j in range(wide)] for i in range(high)])


def _pooled(of_window: Callable[[Here, Sequence[Expr]], Expr]) -> Rule:
    def made(here: Here, x: Sequence[Grid]) -> Grid:
        size = int(constant(x[1]))
        stride = int(constant(x[2])) if len(x) > 2 else size
        corners = [range(0, side - size + 1, stride) for side in x[0].shape]
        return grid(
            [
                [of_window(here, list(x[0][top : top + size, left : left + size])) for left in corners[1]]
                for top in corners[0]
            ]
        )

    return made


def _cost(name: str) -> Rule:
    return lambda _, x: one(sympy.Add(*COSTS[name](of_outputs(list(x[0])), list(x[1]))))


RULES: Mapping[str, Rule] = {
    **{name: _each(function) for name, function in (("exp", sympy.exp), ("ln", sympy.log), ("sqrt", sympy.sqrt))},
    **{name: _each(SMOOTH[name]) for name in ("sigmoid", "tanh")},
    **{name: _piecewise(name) for name in ("relu", "leaky_relu", "step", "sign")},
    "abs": _abs,
    "softmax": lambda here, x: _softmax_rows(here, [x[0].T]).T,
    "softmax_rows": _softmax_rows,
    "sum": lambda _, x: one(sympy.Add(*x[0])),
    "mean": lambda _, x: one(sympy.Add(*x[0]) / len(x[0])),
    "max": lambda here, x: one(_largest(here, _entries(x))),
    "min": lambda here, x: one(-_largest(here, [-entry for entry in _entries(x)])),
    "norm2": lambda _, x: one(sympy.sqrt(sympy.Add(*(entry**2 for entry in x[0])))),
    "concat": lambda _, x: grid([[entry] for entry in _entries(x)]),
    "conv": _convolution,
    "maxpool": _pooled(_largest),
    "avgpool": _pooled(lambda _, window: sympy.Add(*window) / len(window)),
    "cross_entropy": _cost("cross-entropy"),
    "bce": _cost("binary-cross-entropy"),
    "squared_error": _cost("squared-error"),
}
"""The functions that formulas may use, by name."""
