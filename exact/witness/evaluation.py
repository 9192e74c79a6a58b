"""Values of sympy expressions: exact numbers of `exact.numbers`, and mpmath's at any precision.

A symbol stands for a rational number, or for an expression in other symbols: that is how a second step goes on from the
first. Every part is worked out once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from operator import add, mul
from types import MappingProxyType
from typing import Any

import mpmath
import sympy

from exact.letters.symbolic import Function, Symbolic, exp, symbolic
from exact.numbers.arithmetics import FOUR, Arithmetic, Operation
from exact.numbers.exponential_sums import Undecided
from exact.numbers.field import Element
from exact.numbers.number import Number, sign
from exact.witness.forms import Expr

Point = dict[Expr, Fraction | Expr]
"""What each symbol stands for."""

Functions = Mapping[Any, Callable[..., Any]]
"""What sympy's functions are in an arithmetic."""


NOISELESS = 10**100
"""A difference below the inverse of this is one that roundings leave where there is none."""


class Values:
    """The values of expressions in one arithmetic: `rational` makes its numbers, `functions` does what has a name."""

    def __init__(
        self,
        point: Point,
        rational: Callable[[Fraction], Any],
        functions: Functions,
    ) -> None:
        self.point, self.rational, self.functions = point, rational, functions
        self.known: dict[Expr, Any] = {}

    def of(self, expression: Expr) -> Any:
        """The value; those below first, without recursion."""
        waiting = [expression]
        while waiting:
            node = waiting[-1]
            parts = self._parts(node)
            unknown = [part for part in parts if part not in self.known]
            if node in self.known or not unknown:
                waiting.pop()
            if node not in self.known and not unknown:
                self.known[node] = self._value(node, [self.known[part] for part in parts])
            waiting += unknown
        return self.known[expression]

    def _parts(self, node: Expr) -> tuple[Expr, ...]:
        """What the value is made of; an exponent that is a rational number is no part."""
        if node.is_Symbol:
            stands_for = self.point[node]
            return () if isinstance(stands_for, Fraction) else (stands_for,)
        if node.is_Pow and node.exp.is_Rational:
            return (node.base,)
        return tuple(node.args)

    def _value(self, node: Expr, parts: list[Any]) -> Any:
        if node.is_Symbol:
            return parts[0] if parts else self.rational(self.point[node])
        if node.is_Rational:
            return self.rational(Fraction(int(node.p), int(node.q)))
        if node is sympy.E:
            return self.functions[sympy.exp](self.rational(Fraction(1)))
        if node.is_Add:
            return reduce(add, parts)
        if node.is_Mul:
            return reduce(mul, parts)
        if node.is_Pow and node.exp.is_Integer:
            power = _multiplied(parts[0], abs(int(node.exp)))
            return power if node.exp > 0 else 1 / power
        if node.is_Pow:
            return self.functions[sympy.Pow](parts[0], Fraction(int(node.exp.p), int(node.exp.q)))
        if node.func in self.functions:
            return self.functions[node.func](parts[0])
        raise NotImplementedError(f"no value of {node.func}")


def _multiplied(base: Any, times: int) -> Any:
    """A whole power above 0, by multiplying: every arithmetic can do that."""
    return reduce(mul, [base] * times)


def exact_values(point: Point) -> Values:
    """Exact values, fractions as long as nothing else comes in."""
    functions: Functions = {sympy.exp: _exp, sympy.log: _log, sympy.tanh: _tanh, sympy.Pow: _power}
    return Values(point, lambda value: value, {**functions, sympy.Abs: abs, sympy.sign: lambda x: Fraction(sign(x))})


def decimal_values(point: Point) -> Values:
    """mpmath's values, to the working precision that is set while they are asked for."""
    return Values(
        point,
        lambda value: mpmath.mpf(value.numerator) / value.denominator,
        {
            sympy.exp: mpmath.exp,
            sympy.log: mpmath.log,
            sympy.tanh: mpmath.tanh,
            sympy.Abs: abs,
            sympy.sign: mpmath.sign,
            sympy.Pow: lambda base, exponent: base ** (mpmath.mpf(exponent.numerator) / exponent.denominator),
        },
    )


def symbolic_values(point: Point, letters: Mapping[Fraction, Symbolic] = MappingProxyType({})) -> Values:
    """Values as trees of `exact.letters`, in which equality is decided where the field does not reach.

    `letters` has what numbers stand for.
    """
    functions = {sympy.exp: "exp", sympy.log: "ln", sympy.tanh: "tanh", sympy.Abs: "abs", sympy.sign: "sign"}
    made: Functions = {
        **{function: _function(name) for function, name in functions.items()},
        sympy.Pow: lambda base, exponent: symbolic(base) ** exponent,
    }
    return Values(point, lambda value: letters.get(value) or symbolic(value), made)


def _function(name: str) -> Callable[[Any], Symbolic]:
    return lambda value: Function(name, symbolic(value))


def as_symbolic(number: Number) -> Symbolic | None:
    """The number as such a tree; None where it is not made of rational numbers."""
    found: Symbolic | None = number.read_in("letters", TREES)
    return found


def _leaf(value: Any, _: object) -> Symbolic | None:
    if isinstance(value, Fraction | int):
        return symbolic(value)
    if not isinstance(value, Element):
        return None
    top, bottom = (
        sum((exp(r) * Fraction(int(c.p), int(c.q)) for r, c in terms), start=symbolic(0)) for terms in value.quotient()
    )
    return top / bottom


TREES = Arithmetic(
    _leaf,
    {
        **FOUR,
        Operation.ABSOLUTE: _function("abs"),
        Operation.EXP: _function("exp"),
        Operation.LOG: _function("ln"),
        Operation.SQRT: lambda value: symbolic(value) ** Fraction(1, 2),
    },
)
"""Numbers read as trees."""


def _exp(value: Any) -> Any:
    return Fraction(1) if value == 0 else Number.of(value).exp().settled()


def _log(value: Any) -> Any:
    return Fraction(0) if value == 1 else Number.of(value).log().settled()


def _tanh(value: Any) -> Any:
    if value == 0:
        return Fraction(0)
    square = Number.of(2 * value).exp()
    return (square - 1) / (square + 1)


def _power(base: Any, exponent: Fraction) -> Any:
    """The power of a number that is not negative, by e; of a square root by multiplying."""
    if base == 0 and exponent > 0:
        return Fraction(0)
    if exponent.denominator != 2:
        return Number.of(Number.of(base).log() * exponent).exp().settled()
    root: Any = Number.of(base).sqrt()
    power = _multiplied(root, abs(exponent.numerator))
    return Number.of(power if exponent > 0 else 1 / power).settled()


def largest(values: Values, expressions: list[Expr]) -> Fraction:
    """The number of the largest value, from 1; of equals, and of those that cannot be told apart, the first."""
    found = 0
    for place in range(1, len(expressions)):
        if _is_positive(values.of(expressions[place]) - values.of(expressions[found])):
            found = place
    return Fraction(found + 1)


def _is_positive(difference: Any) -> bool:
    if not isinstance(difference, Number):
        return bool(difference * NOISELESS > 1)
    try:
        return sign(difference) > 0
    except Undecided:
        return False
