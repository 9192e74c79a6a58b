"""Formulas of arrays read entry by entry: what each entry of the result is of the entries of the letters.

w5_new = w5 - eta delta_o1 out_h1 = 0.4 - 0.5 . 0.13849856 . 0.59326999
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from operator import add
from typing import Any

from exact.calculation.expression import Expression, Operation
from exact.calculation.operations import SQUARE
from exact.numbers.array import Array, array
from exact.writing.latex.scalars import Scalar, as_scalar


class NotWrittenError(Exception):
    """The formula has no reading in single numbers that one would write down."""


def in_scalars(formula: Expression, leaf: Callable[[str], Array]) -> Array:
    """The formula's entries, from those of its letters. Raises `NotWrittenError`."""
    operation = formula.operation
    if operation is None:
        return leaf(formula.letter) if formula.letter else array(formula.constant)
    operands = [in_scalars(operand, leaf) for operand in formula.operands]
    if operation is SQUARE:
        return operands[0].each(lambda x: as_scalar(x).squared())
    if operation.name in _OF_ALL:
        return _OF_ALL[operation.name](operands)
    if operation.works_by == "structure" or len(operands) == 2:
        return operation.forward(*operands)
    if operation.works_by == "all":
        raise NotWrittenError
    return operands[0].each(lambda x: _function(operation, as_scalar(x)))


def _function(operation: Operation, x: Scalar) -> Scalar:
    """A function of one number, as it is typeset of an array."""
    plain = operation.latex("@").replace(r"\bigl", "").replace(r"\bigr", "").replace(r"\odot (", "(")
    if plain.endswith(("(@)", "{@}")) and plain.count("@") == 1:
        return Scalar.of(plain.replace("@", x.latex), is_rounded=x.is_rounded)
    latex = plain.replace(r"@ \odot @", "@^2" if "^" not in x.factor else r"\left(@\right)^2").replace("@", x.factor)
    head, minus, tail = latex.partition("1 - ")
    if minus and not head:
        return 1 - Scalar.of(tail, is_rounded=x.is_rounded)
    return Scalar.of(latex, is_rounded=x.is_rounded)


def _softmax(operands: list[Array]) -> Array:
    (s,) = operands
    powers = [Scalar.of(f"e^{{{x.latex}}}", is_rounded=x.is_rounded) for x in map(as_scalar, s)]
    return Array((power / reduce(add, powers) for power in powers), s.shape)


def _logarithm(x: Any) -> Scalar:
    scalar = as_scalar(x)
    is_atom = not scalar.factor.startswith(r"\left(")
    return Scalar.of(
        rf"\ln {scalar.factor}" if is_atom else rf"\ln\left({scalar.latex}\right)", is_rounded=scalar.is_rounded
    )


def _cross_entropy(operands: list[Array]) -> Array:
    a, y = operands
    terms = [_plain(share) * _logarithm(x) for x, share in zip(a, y, strict=True)]
    return array(-as_scalar(reduce(add, terms)))


def _binary_cross_entropy(operands: list[Array]) -> Array:
    a, y = operands
    pairs = [
        term
        for x, share in zip(a, y, strict=True)
        for term in (_plain(share) * _logarithm(x), (1 - _plain(share)) * _logarithm(1 - x))
    ]
    return array(-as_scalar(reduce(add, pairs)))


def _plain(x: Scalar) -> Scalar | Fraction:
    """0 and 1 as numbers, so that their terms and factors are left out."""
    return Fraction(x.latex) if x.latex in ("0", "1") else x


_OF_ALL: Mapping[str, Callable[[list[Array]], Array]] = {
    "softmax": _softmax,
    "cross_entropy": _cross_entropy,
    "bce": _binary_cross_entropy,
}
