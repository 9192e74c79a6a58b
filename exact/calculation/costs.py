"""Costs as operations: cross-entropies, from the outputs and the target, and from s, exact as one logarithm."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import arb

from exact.calculation.expression import Expression, Operation, constant
from exact.calculation.functions import LN, SIGMOID_SLOPE
from exact.calculation.operations import divided, minus, negative, times
from exact.numbers.array import Array, array, total
from exact.numbers.number import Number, Scalar, sign


def kth(x: str) -> str:
    """The k-th entry of what is written."""
    return f"{{{x}}}_k" if "_" in x else f"{x}_k"


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


def _ln(x: Expression) -> Expression:
    return Expression(LN, (x,))


CROSS_ENTROPY = Operation(
    "cross_entropy",
    _cross_entropy,
    lambda way: (
        negative(times(way.g, divided(way.operands[1], way.operands[0]))),
        negative(times(way.g, _ln(way.operands[0]))),
    ),
    lambda a, y: rf"-\sum_k {kth(y)} \ln {kth(a)}",
    size=_entropy_size,
    works_by="all",
    ball=lambda a, y: array(_ball_entropy(a, y)),
    needs=(9, 9),
)
BINARY_CROSS_ENTROPY = Operation(
    "bce",
    _binary_cross_entropy,
    lambda way: (
        times(way.g, divided(minus(way.operands[0], way.operands[1]), Expression(SIGMOID_SLOPE, (way.operands[0],)))),
        times(way.g, minus(_ln(minus(constant(1), way.operands[0])), _ln(way.operands[0]))),
    ),
    lambda a, y: rf"-\sum_k \left( {kth(y)} \ln {kth(a)} + (1 - {kth(y)}) \ln(1 - {kth(a)}) \right)",
    size=_binary_entropy_size,
    works_by="all",
    ball=lambda a, y: array(_ball_entropy(a, y) + _ball_entropy(1 - a, 1 - y)),
    needs=(9, 9),
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
