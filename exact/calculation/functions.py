"""Functions of numbers and vectors as operations: powers of e, the softmax, costs. One row each.

The forward rules take `Number` and fractions and keep what is rational so; 0 and 1 stay 0 and 1.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from exact.calculation.expression import Expression, Operation, Way, constant
from exact.calculation.operations import divided, minus, negative, product, scaled, times
from exact.numbers.array import Array, array, total
from exact.numbers.bounds import MAX_EXPONENT
from exact.numbers.exponential_sums import TooLarge
from exact.numbers.number import Number, Scalar, sign


def entry_function(
    name: str,
    function: Callable[[Any], Any],
    slope: Callable[[Expression, Expression], Expression],
    latex: Callable[[str], str],
    ball: Callable[[arb], arb],
    *,
    has_powers: bool = False,
    size: Callable[[Any], Any] | None = None,
) -> Operation:
    """The operation that takes a function of one number to every entry.

    `slope` is the derivative, from the argument and the result; `size` is that of the result, from the argument.
    """
    return Operation(
        name,
        lambda x: x.each(function),
        lambda way: (times(way.g, slope(way.operands[0], way.out)),),
        latex,
        size=None if size is None else lambda values, _: values[0].each(size),
        works_by="entries",
        ball=lambda x: x.each(ball),
        has_powers=has_powers,
    )


def sigmoid_value(s: Scalar) -> Scalar:
    """The logistic function 1 / (1 + e^-s)."""
    return Fraction(1, 2) if s == 0 else 1 / (1 + Number.of(-s).exp())


def tanh_value(s: Scalar) -> Scalar:
    """tanh s = 1 - 2 / (e^(2 s) + 1)."""
    return Fraction(0) if s == 0 else 1 - 2 / (Number.of(s * 2).exp() + 1)


def softmax_value(s: Array) -> Array:
    """e^(s_i) / sum_j e^(s_j) for each i. Raises `TooLarge` for a rational s beyond the bound on exponents."""
    for x in s:
        if isinstance(x, Fraction | int) and abs(Fraction(x)) > MAX_EXPONENT:
            raise TooLarge(f"a power of e beyond {MAX_EXPONENT}")
    powers = s.each(lambda x: Number.of(x).exp())
    return powers / array(total(powers))


def _softmax_ball(s: Array) -> Array:
    """1 / (1 + sum e^(s_j - s_i) over the other j): each own logit stands there but once."""
    return Array(
        (1 / (1 + sum(((y - x).exp() for j, y in enumerate(s) if j != i), arb(0))) for i, x in enumerate(s)), s.shape
    )


def surprise(a: Scalar) -> Scalar:
    """-ln a. Raises `ZeroDivisionError` where a is not positive."""
    if sign(a) <= 0:
        raise ZeroDivisionError
    return Fraction(0) if a == 1 else -Number.of(a).log()


def _entropy(surprises: Callable[[Any], Any], a: Array, y: Array) -> Any:
    """-sum y_k ln a_k; a share of 0 counts nothing, whatever its a."""
    terms = [surprises(x) * share for x, share in zip(a, y, strict=True) if share != 0]
    return total(terms) if terms else Fraction(0)


def _cross_entropy(a: Array, y: Array) -> Array:
    return array(_entropy(surprise, a, y))


def _binary_cross_entropy(a: Array, y: Array) -> Array:
    return array(_entropy(surprise, a, y) + _entropy(surprise, 1 - a, 1 - y))


def _surprise_size(a: Scalar) -> Scalar:
    """The size of ln a, which is at least 1."""
    size: Any = abs(surprise(a))
    return Fraction(1) if sign(size - 1) < 0 else size


def _entropy_size(values: tuple[Array, ...], _: Any) -> Array:
    a, y = values
    return array(_entropy(_surprise_size, a, abs(y)))


def _binary_entropy_size(values: tuple[Array, ...], _: Any) -> Array:
    a, y = values
    return array(_entropy(_surprise_size, a, abs(y)) + _entropy(_surprise_size, 1 - a, abs(1 - y)))


def _ball_entropy(a: Array, y: Array) -> arb:
    return sum((-x.log() * share for x, share in zip(a, y, strict=True) if share != 0), arb(0))


def _cross_entropy_of_logits(s: Array, y: Array) -> Array:
    """-sum y_k ln p_k = ln sum_j e^(s_j) - sum y_k s_k, as one logarithm, for sum y_k = 1."""
    target = total(share * x for share, x in zip(y, s, strict=True))
    powers = total(Number.of(x).exp() for x in s)
    return array(Number.of(powers * Number.of(-target).exp()).log().settled())


def _binary_cross_entropy_of_logits(s: Array, y: Array) -> Array:
    """-sum (y_k ln p_k + (1 - y_k) ln(1 - p_k)) = sum (ln(1 + e^(s_k)) - y_k s_k), as one logarithm."""
    target = total(share * x for share, x in zip(y, s, strict=True))
    powers: Any = Fraction(1)
    for x in s:
        powers = (1 + Number.of(x).exp()) * powers
    return array(Number.of(powers * Number.of(-target).exp()).log().settled())


def _softmax_back(way: Way) -> tuple[Expression]:
    """a (g - a . g): the Jacobian diag(a) - a a^T, which is symmetric, times g."""
    return (times(way.out, minus(way.g, product(way.out, way.g))),)


def ball_of(value: Fraction) -> arb:
    """The rational number as a ball."""
    return arb(fmpq(value.numerator, value.denominator))


SOFTMAX = Operation(
    "softmax",
    softmax_value,
    _softmax_back,
    lambda s: rf"\mathrm{{softmax}}\bigl({s}\bigr)",
    works_by="all",
    ball=_softmax_ball,
    has_powers=True,
)
SIGMOID = entry_function(
    "sigmoid",
    sigmoid_value,
    lambda _, a: times(a, minus(constant(1), a)),
    lambda s: rf"\sigma\bigl({s}\bigr)",
    lambda s: 1 / (1 + (-s).exp()),
    has_powers=True,
)
TANH = entry_function(
    "tanh",
    tanh_value,
    lambda _, a: minus(constant(1), times(a, a)),
    lambda s: rf"\tanh\bigl({s}\bigr)",
    lambda s: 1 - 2 / ((2 * s).exp() + 1),
    has_powers=True,
)
SIGMOID_SLOPE = entry_function(
    "sigmoid_slope",
    lambda a: a * (1 - a),
    lambda a, _: minus(constant(1), scaled(constant(2), a)),
    lambda a: rf"{a} \odot \bigl(1 - {a}\bigr)",
    lambda a: arb(1) / 4 - (a - arb(1) / 2) ** 2,
    size=lambda a: abs(a) * (1 + abs(a)),
)
TANH_SLOPE = entry_function(
    "tanh_slope",
    lambda a: 1 - a * a,
    lambda a, _: scaled(constant(-2), a),
    lambda a: rf"1 - {a} \odot {a}",
    lambda a: 1 - a**2,
    size=lambda a: 1 + abs(a) * abs(a),
)
CROSS_ENTROPY = Operation(
    "cross_entropy",
    _cross_entropy,
    lambda way: (negative(times(way.g, divided(way.operands[1], way.operands[0]))), None),
    lambda a, y: rf"-\sum_k {y}_k \ln {a}_k",
    size=_entropy_size,
    works_by="all",
    ball=lambda a, y: array(_ball_entropy(a, y)),
)
BINARY_CROSS_ENTROPY = Operation(
    "bce",
    _binary_cross_entropy,
    lambda way: (
        times(way.g, divided(minus(way.operands[0], way.operands[1]), Expression(SIGMOID_SLOPE, (way.operands[0],)))),
        None,
    ),
    lambda a, y: rf"-\sum_k \left( {y}_k \ln {a}_k + (1 - {y}_k) \ln(1 - {a}_k) \right)",
    size=_binary_entropy_size,
    works_by="all",
    ball=lambda a, y: array(_ball_entropy(a, y) + _ball_entropy(1 - a, 1 - y)),
)
CROSS_ENTROPY_OF_LOGITS = Operation(
    "cross_entropy_of_logits",
    _cross_entropy_of_logits,
    lambda _: (None, None),
    lambda s, y: f"C({s}, {y})",
    works_by="all",
)
BINARY_CROSS_ENTROPY_OF_LOGITS = Operation(
    "bce_of_logits",
    _binary_cross_entropy_of_logits,
    lambda _: (None, None),
    lambda s, y: f"C({s}, {y})",
    works_by="all",
)
"""Costs from the logits, exact as one logarithm: by these the key is worked out."""


def _largest(a: Array) -> Array:
    """The number of the largest entry, from 1; of equals the first. Raises `Undecided`."""
    largest = 0
    for place in range(1, a.size):
        if sign(Number.of(a[place]) - Number.of(a[largest])) > 0:
            largest = place
    return array(Fraction(largest + 1))


LARGEST = Operation(
    "class",
    _largest,
    lambda _: (None,),
    lambda a: rf"\arg\max\bigl({a}\bigr)",
    works_by="all",
    ball=lambda _: array(arb("nan")),
)
"""The number of the largest entry."""
