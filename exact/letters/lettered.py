"""Formulas read in expressions with letters: of every entry what it is made of, instead of what number it is.

Sums and products are those of the operations themselves. What an operation does with a function of numbers it does here
with the function's name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from exact.calculation.expression import Expression, Operation, Values
from exact.letters.symbolic import Function, Rational, Symbolic, exp, is_rational, symbolic
from exact.numbers.array import Array, array, total


class NoFormula(Exception):
    """The operation, such as the number of the largest entry, has no expression with letters."""


def entry_letter(name: str, place: int) -> str:
    """The letter for an entry of a quantity, from its place row by row."""
    return f"{name}#{place}"


def entry_of_letter(letter: str) -> tuple[str, int]:
    """The quantity and the place that such a letter stands for."""
    name, _, place = letter.rpartition("#")
    return name, int(place)


def in_letters(formula: Expression, letters: Values) -> Array:
    """The entries that the formula makes of expressions with letters. Raises `NoFormula`."""
    operation = formula.operation
    if operation is None:
        return letters(formula.letter) if formula.letter else array(formula.constant)
    operands = [in_letters(operand, letters) for operand in formula.operands]
    return _applied(operation, operands)


def _applied(operation: Operation, operands: list[Array]) -> Array:
    """What one operation makes of its operands."""
    if operation.name in _FORWARD:
        return _FORWARD[operation.name](*operands)
    if operation.name.removesuffix("'") in _PIECEWISE:
        return operands[0].each(_piecewise(operation))
    if operation.grouped is not None:
        grouped = operation.grouped(operands[0].shape)
        return grouped.applied(operands[0], lambda group: _applied(grouped.within, [group]))
    power = operation.name.removeprefix("power ")
    if power != operation.name:
        return operands[0].each(lambda entry: symbolic(entry) ** Fraction(power))
    if operation.works_by != "structure":
        raise NoFormula(operation.name)
    return operation.forward(*operands)


def _function(name: str) -> Callable[[Array], Array]:
    return lambda x: x.each(lambda entry: Function(name, symbolic(entry)))


def _piecewise(operation: Operation) -> Callable[[Any], Symbolic]:
    """A function that is linear or constant on both sides of 0, known by its values at -1 and 1; of numbers itself."""
    below, above = operation.forward(array([Fraction(-1), Fraction(1)]))
    is_flat = operation.name.endswith("'") or operation.name in ("step", "sign", "sgn")

    def value(entry: Any) -> Symbolic:
        s = symbolic(entry)
        if isinstance(s, Rational):
            return symbolic(operation.forward(array([s.value])).item())
        return _between(s, below, above) if is_flat else _both_sides(s, -below, above)

    return value


def _both_sides(s: Symbolic, below: Fraction, above: Fraction) -> Symbolic:
    """One slope below 0, another above."""
    if below == above:
        return s * above
    if below == 0:
        return Function("relu", s) * above
    return Function("relu", s) * above - Function("relu", -s) * below


def _between(s: Symbolic, below: Fraction, above: Fraction) -> Symbolic:
    """One value below 0, another above."""
    return symbolic(below) if below == above else Function("step", s) * (above - below) + below


def _largest(x: Array) -> Array:
    """The largest entry: the first, and by how much each later one is above what comes before it."""
    first, *others = x.entries
    found = symbolic(first)
    for other in others:
        found = found + Function("relu", other - found)
    return array([found])


def _marks(x: Array) -> Array:
    """1 for the first of the largest entries, 0 for the others."""

    def mark(place: int) -> Symbolic:
        own, found = symbolic(x.entries[place]), symbolic(1)
        for other in map(symbolic, x.entries[:place]):
            found = found * _above(own - other)
        for other in map(symbolic, x.entries[place + 1 :]):
            found = found * (1 - _above(other - own))
        return found

    return array([mark(place) for place in range(x.size)])


def _above(difference: Symbolic) -> Symbolic:
    """1 above 0, 0 elsewhere."""
    if isinstance(difference, Rational):
        return symbolic(int(difference.value > 0))
    return Function("step", difference)


def _length(x: Array) -> Array:
    return array(symbolic(total(x * x)) ** Fraction(1, 2))


def _softmax(s: Array) -> Array:
    powers = s.each(exp)
    return powers / array(total(powers))


def _surprise(a: Any, y: Any) -> Symbolic:
    return symbolic(y) * Function("ln", symbolic(a))


def _cross_entropy(a: Array, y: Array) -> Array:
    return array(-symbolic(total(_surprise(*pair) for pair in zip(a, y, strict=True) if not _is_zero(pair[1]))))


def _binary_cross_entropy(a: Array, y: Array) -> Array:
    return _cross_entropy(a, y) + _cross_entropy(1 - a, 1 - y)


def _is_zero(value: Any) -> bool:
    return is_rational(symbolic(value), 0)


_PIECEWISE = frozenset({"relu", "leaky_relu", "identity", "linear", "step", "sign", "sgn"})
"""Operations that are linear or constant on both sides of 0; with a ' their derivatives."""

_FORWARD: Mapping[str, Callable[..., Array]] = {
    "softmax": _softmax,
    "/": lambda x, y: x / y,
    "exp": _function("exp"),
    "ln": _function("ln"),
    "abs": _function("abs"),
    "sqrt": lambda x: x.each(lambda entry: symbolic(entry) ** Fraction(1, 2)),
    "norm2": _length,
    "largest": _largest,
    "marks": _marks,
    "sigmoid": _function("sigmoid"),
    "tanh": _function("tanh"),
    "sigmoid_slope": lambda a: a * (1 - a),
    "tanh_slope": lambda a: 1 - a.each(lambda entry: symbolic(entry) ** 2),
    "cross_entropy": _cross_entropy,
    "bce": _binary_cross_entropy,
    "square": lambda x: x.each(lambda entry: symbolic(entry) ** 2),
}
"""What operations make of expressions with letters, by name, where their own rule is one for numbers."""
