"""Functions of numbers and vectors as operations: powers of e, the softmax, logarithms. One row each.

The forward rules take `Number` and fractions and keep what is rational so; 0 and 1 stay 0 and 1.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from exact.calculation.expression import Expression, Operation, Way, constant
from exact.calculation.operations import divided, inner_product, minus, scaled, times
from exact.numbers.array import Array, array, total
from exact.numbers.bounds import MAX_EXPONENT
from exact.numbers.equality import formally_equal
from exact.numbers.exponential_sums import TooLarge, Undecided
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
    if s.size == 1:
        return s.each(lambda _: Fraction(1))
    powers = s.each(lambda x: Number.of(x).exp())
    return powers / array(total(powers))


def _softmax_ball(s: Array) -> Array:
    """1 / (1 + sum e^(s_j - s_i) over the other j): each own logit stands there but once."""
    return Array(
        (1 / (1 + sum(((y - x).exp() for j, y in enumerate(s) if j != i), arb(0))) for i, x in enumerate(s)), s.shape
    )


def ln_value(x: Scalar) -> Scalar:
    """The natural logarithm. Raises `ZeroDivisionError` where x is not positive."""
    if sign(x) <= 0:
        raise ZeroDivisionError
    return Fraction(0) if x == 1 else Number.of(x).log()


def _softmax_back(way: Way) -> tuple[Expression]:
    """a (g - a . g): the Jacobian diag(a) - a a^T, which is symmetric, times g."""
    return (times(way.out, minus(way.g, inner_product(way.out, way.g))),)


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
LN = entry_function(
    "ln", ln_value, lambda x, _: divided(constant(1), x), lambda x: rf"\ln\bigl({x}\bigr)", lambda x: x.log()
)


def place_of_largest(entries: tuple[Scalar, ...]) -> int:
    """The place of the largest entry, the first of equals. Raises `Undecided`."""
    largest = 0
    for place in range(1, len(entries)):
        if compared(Number.of(entries[place]), Number.of(entries[largest])) > 0:
            largest = place
    return largest


def compared(x: Number, y: Number) -> int:
    """The sign of x - y. Raises `Undecided`."""
    try:
        return sign(Number.of(x - y))
    except Undecided:
        if formally_equal(x, y):
            return 0
        raise


def _largest(a: Array) -> Array:
    """The number of the largest entry, from 1; of equals the first. Raises `Undecided`."""
    return array(Fraction(place_of_largest(a.entries) + 1))


LARGEST = Operation(
    "class",
    _largest,
    lambda _: (None,),
    lambda a: rf"\arg\max\bigl({a}\bigr)",
    works_by="all",
    ball=lambda _: array(arb("nan")),
)
"""The number of the largest entry."""
