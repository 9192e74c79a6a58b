"""Formulas of every kind, each beside the same in plain floating point of many digits, as a second witness.

A row is a formula over x, y, z with their shapes, and the function of the arrays that it is to be: numpy on numbers of
mpmath. What is random keeps away from kinks and from places without a value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
from mpmath import mp

DIGITS = 40
STEP = mp.mpf(10) ** -12
Arrays = Any
"""A number of mpmath, or a numpy array of such."""

N, V, M, R, Q = (), (3,), (2, 3), (3, 2), (3, 3)
IMAGE = (4, 5)
"""Shapes of operands."""


@dataclass(frozen=True)
class Row:
    """One formula; `positive`: its operands are; `is_linear`: its terms are products of entries."""

    text: str
    shapes: tuple[tuple[int, ...], ...]
    function: Callable[..., Arrays]
    positive: bool = False


def each(function: Callable[[Any], Any]) -> Callable[[Arrays], Arrays]:
    """The function, entry by entry."""
    return np.frompyfunc(function, 1, 1)


exp, ln, sqrt, tanh = (each(function) for function in (mp.exp, mp.log, mp.sqrt, mp.tanh))
sigmoid = each(lambda x: 1 / (1 + mp.exp(-x)))
relu = each(lambda x: x if x > 0 else mp.mpf(0))


def softmax(x: Arrays) -> Arrays:
    """Of a vector."""
    powers = exp(x)
    return powers / powers.sum()


def correlation(image: Arrays, kernel: Arrays, stride: int = 1, padding: int = 0) -> Arrays:
    """By its definition, the padding written out."""
    rows, columns = image.shape
    wide = np.full((rows + 2 * padding, columns + 2 * padding), mp.mpf(0))
    wide[padding : padding + rows, padding : padding + columns] = image
    height, width = kernel.shape
    return np.array(
        [
            [(wide[i : i + height, j : j + width] * kernel).sum() for j in range(0, wide.shape[1] - width + 1, stride)]
            for i in range(0, wide.shape[0] - height + 1, stride)
        ]
    )


def pool(image: Arrays, size: int, stride: int, reduce: Callable[[Arrays], Any]) -> Arrays:
    """What becomes of each window."""
    return np.array(
        [
            [reduce(image[i : i + size, j : j + size]) for j in range(0, image.shape[1] - size + 1, stride)]
            for i in range(0, image.shape[0] - size + 1, stride)
        ]
    )


ROWS = (
    Row("x + y", (N, N), lambda x, y: x + y),
    Row("x + y", (V, V), lambda x, y: x + y),
    Row("x + y", (M, V), lambda x, y: x + y),
    Row("x - y", (V, M), lambda x, y: x - y),
    Row("y - x ⊙ y", (R, R[:1]), lambda x, y: y[:, None] - x * y[:, None]),
    Row("x / y^T - z / y", (M, V, M), lambda x, y, z: x / y - z / y, positive=True),
    Row("x + y^T", (Q, V), lambda x, y: x + y),
    Row("(x^T + y^T)^T", (Q, V), lambda x, y: x + y[:, None]),
    Row("y ⊙ x", (M, (1, 3)), lambda x, y: x * y),
    Row("x + y", (N, V), lambda x, y: x + y),
    Row("x - y", (M, M), lambda x, y: x - y),
    Row("1 - x", (V,), lambda x: 1 - x),
    Row("-x", (V,), lambda x: -x),
    Row("x y", (N, N), lambda x, y: x * y),
    Row("x * y", (N, V), lambda x, y: x * y),
    Row("x y", (M, N), lambda x, y: x * y),
    Row("3/4 x", (V,), lambda x: 3 * x / 4),
    Row("x y", (M, V), lambda x, y: x @ y),
    Row("x y", (M, R), lambda x, y: x @ y),
    Row("x^T y", (V, V), lambda x, y: x @ y),
    Row("x y^T", (V, V), np.multiply.outer),
    Row("x^T y", (M, (2,)), lambda x, y: x.T @ y),
    Row("x^T y", ((2,), M), lambda x, y: (x @ y)[None, :]),
    Row("(x^T y)^T", ((2,), M), lambda x, y: x @ y),
    Row("x^T y x", (V, Q), lambda x, y: x @ y @ x),
    Row("x^T", (M,), lambda x: x.T),
    Row("x^T", (V,), lambda x: x[None, :]),
    Row("x y", (V, (1, 2)), lambda x, y: x[:, None] @ y),
    Row("x ⊙ y", (V, V), lambda x, y: x * y),
    Row("x .* y", (M, M), lambda x, y: x * y),
    Row(r"x \odot y z", (V, Q, V), lambda x, y, z: x * (y @ z)),
    Row("x / y", (N, N), lambda x, y: x / y, positive=True),
    Row("x / y", (V, N), lambda x, y: x / y, positive=True),
    Row("x / y", (M, M), lambda x, y: x / y, positive=True),
    Row("1/x", (V,), lambda x: 1 / x, positive=True),
    Row(r"\frac{x}{1 + y}", (N, V), lambda x, y: x / (1 + y), positive=True),
    Row("x^2", (N,), lambda x: x**2),
    Row("x^2", (V,), lambda x: x**2),
    Row("x^3 - x^-1", (V,), lambda x: x**3 - 1 / x, positive=True),
    Row("x^(3/2)", (V,), lambda x: sqrt(x) ** 3, positive=True),
    Row("x^(2/3)", (N,), lambda x: mp.root(x, 3) ** 2, positive=True),
    Row("x[2] y[1,3]", (V, M), lambda x, y: x[1] * y[0, 2]),
    Row("exp(x)", (V,), exp),
    Row("e^(-x)", (N,), lambda x: mp.exp(-x)),
    Row("ln(x)", (V,), ln, positive=True),
    Row("sqrt(x)", (V,), sqrt, positive=True),
    Row("abs(x)", (V,), each(abs)),
    Row("sigmoid(x)", (M,), sigmoid),
    Row("tanh(x)", (V,), tanh),
    Row(r"\tanh(x) + \sigma(x)", (N,), lambda x: mp.tanh(x) + 1 / (1 + mp.exp(-x))),
    Row("relu(x)", (M,), relu),
    Row("leaky_relu(x)", (V,), each(lambda x: x if x > 0 else x / 10)),
    Row("leaky_relu(x, 1/4)", (V,), each(lambda x: x if x > 0 else x / 4)),
    Row("step(x)", (V,), each(lambda x: mp.mpf(x > 0))),
    Row("sign(x)", (V,), each(mp.sign)),
    Row("softmax(x)", (V,), softmax),
    Row("softmax_rows(x)", (M,), lambda x: np.array([softmax(row) for row in x])),
    Row("sum(x)", (M,), lambda x: x.sum()),
    Row("mean(x)", (M,), lambda x: x.sum() / x.size),
    Row("max(x)", (V,), lambda x: x.max()),
    Row("max(x, y)", (N, N), max),
    Row("min(x)", (M,), lambda x: x.min()),
    Row("norm2(x)", (V,), lambda x: mp.sqrt((x * x).sum())),
    Row("norm2(x)", (M,), lambda x: mp.sqrt((x * x).sum())),
    Row("concat(x, y, z)", (V, N, (2,)), lambda x, y, z: np.concatenate([x, [y], z])),
    Row("conv(x, y)", (IMAGE, (2, 3)), correlation),
    Row("conv(x, y, 2, 1)", (IMAGE, (3, 3)), lambda x, y: correlation(x, y, 2, 1)),
    Row("conv(x, y, 1, 1)", ((5,), (3,)), lambda x, y: correlation(x[:, None], y[:, None], 1, 1)),
    Row("maxpool(x, 2)", (IMAGE,), lambda x: pool(x, 2, 2, np.max)),
    Row("maxpool(x, 2, 1)", (IMAGE,), lambda x: pool(x, 2, 1, np.max)),
    Row("avgpool(x, 2)", (IMAGE,), lambda x: pool(x, 2, 2, lambda window: window.sum() / 4)),
    Row("avgpool(x, 3, 1)", (IMAGE,), lambda x: pool(x, 3, 1, lambda window: window.sum() / 9)),
    Row("cross_entropy(x / sum(x), y)", (V, V), lambda x, y: -(y * ln(x / x.sum())).sum(), positive=True),
    Row(
        "bce(sigmoid(x), y)",
        (V, V),
        lambda x, y: -(y * ln(sigmoid(x)) + (1 - y) * ln(1 - sigmoid(x))).sum(),
        positive=True,
    ),
    Row("squared_error(x, y)", (V, V), lambda x, y: ((x - y) ** 2).sum()),
    Row("squared_error(x, y)", (N, N), lambda x, y: (x - y) ** 2),
)
"""Every function and every sign of formulas, on operands of every kind of shape."""


def numbers(shape: tuple[int, ...], random: Random, *, positive: bool) -> Any:
    """A number, or lists of numbers, no two alike, none near 0."""
    if not shape:
        value = Fraction(random.randrange(3, 40), random.choice([7, 11, 13, 17]))
        return value if positive or random.random() < 0.5 else -value
    return [numbers(shape[1:], random, positive=positive) for _ in range(shape[0])]


def in_mp(value: Any) -> Arrays:
    """The numbers as mpmath has them."""
    if isinstance(value, list):
        return np.array([in_mp(one) for one in value])
    return mp.mpf(value.numerator) / value.denominator


def as_toml(value: Any) -> Any:
    """The numbers as an assignment gives them."""
    return [as_toml(one) for one in value] if isinstance(value, list) else str(value)


def slopes(
    function: Callable[[], Arrays], place: np.ndarray[Any, Any], index: tuple[int, ...]
) -> tuple[Arrays, Arrays]:
    """The differences of the function to both sides of an entry, over the step: they differ at a kink."""
    middle = function()
    kept = place[index]
    place[index] = kept + STEP
    above = function()
    place[index] = kept - STEP
    below = function()
    place[index] = kept
    return (above - middle) / STEP, (middle - below) / STEP
