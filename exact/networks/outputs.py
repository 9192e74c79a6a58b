"""The output units: one row each, what the last layer's s become, with the cost that goes with it.

Each pair of unit and cost C is such that dC/ds = a - y: the gradient begins the same way for all of them (C. Bishop,
Pattern Recognition and Machine Learning, 2006, section 5.3.1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import add, mul

from exact.networks.units import sigmoid_value
from exact.numbers.bounds import MAX_EXPONENT
from exact.numbers.exponential_sums import TooLarge
from exact.numbers.number import Number, Scalar, sign

Scalars = tuple[Scalar, ...]
Vector = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class OutputUnit:
    """a = g(s) on the whole last layer; `cost` is C of the logits s and the target y, exact; `cost_of` is C of a and y.

    `has_probabilities`: the a are called p_1, p_2, ... and kept as symbols; `sums_to_one`: their sum is 1.
    `latex` is a_i in terms of s, `latex_cost` is C.
    """

    name: str
    loss: str
    activations: Callable[[Scalars], Scalars]
    cost: Callable[[Scalars, Vector], Scalar]
    cost_of: Callable[[Scalars, Vector], Scalar]
    latex: str
    latex_cost: str
    has_probabilities: bool = True
    sums_to_one: bool = False

    def fault_of_target(self, y: Vector) -> str:
        """What is wrong with a target, "" where it is one."""
        if self.sums_to_one and (any(share < 0 for share in y) or sum(y) != 1):
            return "expected a target distribution: no entry negative, their sum 1"
        if self.has_probabilities and any(not 0 <= share <= 1 for share in y):
            return "expected targets from 0 to 1"
        return ""


def softmax(s: Scalars) -> tuple[Number, ...]:
    """e^(s_i) / sum_j e^(s_j) for each i. Raises `TooLarge` for a rational s beyond the bound on exponents."""
    powers = _exponentials(s)
    total = reduce(add, powers)
    return tuple(power / total for power in powers)


def _exponentials(s: Scalars) -> list[Number]:
    if any(isinstance(one, Fraction | int) and abs(one) > MAX_EXPONENT for one in s):
        raise TooLarge(f"a power of e beyond {MAX_EXPONENT}")
    return [Number.of(one).exp() for one in s]


def _cross_entropy(s: Scalars, y: Vector) -> Scalar:
    """-sum y_k ln p_k = ln sum_j e^(s_j) - sum y_k s_k, as one logarithm, for sum y_k = 1."""
    target = reduce(add, (share * one for share, one in zip(y, s, strict=True)))
    return Number.of(reduce(add, _exponentials(s)) * Number.of(-target).exp()).log().settled()


def _binary_cross_entropy(s: Scalars, y: Vector) -> Scalar:
    """-sum (y_k ln p_k + (1 - y_k) ln(1 - p_k)) = sum (ln(1 + e^(s_k)) - y_k s_k), as one logarithm."""
    target = reduce(add, (share * one for share, one in zip(y, s, strict=True)))
    total: Scalar = reduce(mul, (1 + power for power in _exponentials(s)))
    return Number.of(total * Number.of(-target).exp()).log().settled()


def _of_probabilities(a: Scalars, y: Vector) -> Scalar:
    """-sum y_k ln a_k. Raises `ZeroDivisionError` where an a_k that counts is not positive."""
    return reduce(add, (_surprise(one) * share for one, share in zip(a, y, strict=True) if share), Fraction(0))


def _of_binary_probabilities(a: Scalars, y: Vector) -> Scalar:
    """-sum (y_k ln a_k + (1 - y_k) ln(1 - a_k)). Raises `ZeroDivisionError` likewise."""
    others = _of_probabilities(tuple(1 - one for one in a), tuple(1 - share for share in y))
    return _of_probabilities(a, y) + others


def _surprise(a: Scalar) -> Number:
    """-ln a."""
    if sign(a) <= 0:
        raise ZeroDivisionError
    return -Number.of(a).log()


def _squared_error(s: Scalars, y: Vector) -> Scalar:
    """(1/2) sum (a_k - y_k)^2 for a = s."""
    errors = [one - wanted for one, wanted in zip(s, y, strict=True)]
    return reduce(add, (error * error for error in errors)) * Fraction(1, 2)


_ROWS = (
    OutputUnit(
        "softmax",
        "cross-entropy",
        softmax,
        _cross_entropy,
        _of_probabilities,
        r"\frac{e^{s_i}}{\sum_j e^{s_j}}",
        r"-\sum_k y_k \ln a_k",
        sums_to_one=True,
    ),
    OutputUnit(
        "sigmoid",
        "binary-cross-entropy",
        lambda s: tuple(map(sigmoid_value, s)),
        _binary_cross_entropy,
        _of_binary_probabilities,
        r"\frac{1}{1 + e^{-s_i}}",
        r"-\sum_k \left( y_k \ln a_k + (1 - y_k) \ln(1 - a_k) \right)",
    ),
    OutputUnit(
        "linear",
        "squared-error",
        lambda s: s,
        _squared_error,
        _squared_error,
        "s_i",
        r"\tfrac{1}{2} \sum_k (a_k - y_k)^2",
        has_probabilities=False,
    ),
)
OUTPUT_UNITS = {unit.name: unit for unit in _ROWS}
"""The output unit of each name."""
