"""The kinds of number in which an expression of `exact.numbers.number` can be worked out: field, tower and balls."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import isqrt
from typing import Any, Protocol

from flint import arb, fmpq

from exact.numbers.algebraic import real_root
from exact.numbers.bounds import MAX_KEY_TERMS
from exact.numbers.exponential_sums import TooLarge, Undecided
from exact.numbers.field import Element
from exact.numbers.logarithms import exponential, logarithm
from exact.numbers.tower import Tower

Antilogarithm = tuple[Tower, int]
"""(E, n) for the number x with e^(n x) = E."""


class Known(Protocol):
    """What can stand at the leaves of an expression: a number with its three sides."""

    @property
    def exact(self) -> Element | None:
        """The value in the field Q(e^r), None where it is not known to lie there."""

    def tower(self, *, symbolic: bool = False) -> Tower | None:
        """The value among the nested exponentials, None where it is not known to lie there or too large.

        Where it is `symbolic`, what has a symbol stands as that symbol.
        """

    def antilogarithm(self, *, symbolic: bool = False) -> Antilogarithm | None:
        """The power of e by which sums of logarithms are compared, None where it does not lie in the tower."""

    def enclosure(self, precision: int) -> arb:
        """A ball that holds the value, computed with `precision` bits."""


class Operation(Enum):
    """What an expression does with its operands; a leaf holds a number, a named value has its symbol beside it.

    `FROM_ZERO` is a number that is known to be 0 or more, though nothing shows which; only balls hold it.
    """

    LEAF = "leaf"
    NAMED = "named"
    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"
    ABSOLUTE = "abs"
    EXP = "exp"
    LOG = "ln"
    SQRT = "sqrt"
    FROM_ZERO = "at least 0"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """How expressions are worked out among numbers of one kind; None is a value that this kind does not hold."""

    leaf: Callable[[Any, Any], Any]
    functions: dict[Operation, Callable[..., Any]]

    def applied(self, operation: Operation, values: Any, key: Any) -> Any:
        """The result of one operation; `key` is the precision, where these are balls."""
        try:
            if operation is Operation.LEAF:
                return self.leaf(values[0], key)
            if operation is not Operation.NAMED and any(value is None for value in values):
                return None
            return self.functions[operation](*values)
        except (TooLarge, Undecided, ZeroDivisionError):
            return None


FOUR: dict[Operation, Callable[..., Any]] = {
    Operation.ADD: operator.add,
    Operation.SUBTRACT: operator.sub,
    Operation.MULTIPLY: operator.mul,
    Operation.DIVIDE: operator.truediv,
    Operation.NAMED: lambda value, _: value,
}
"""Sums, differences, products and quotients, which are those of the numbers themselves."""


def _element(value: Any, _: object) -> Element | None:
    if isinstance(value, Element):
        return value
    if isinstance(value, Fraction | int):
        return Element.of(value)
    return None if isinstance(value, Tower) else value.exact


def _element_exp(exponent: Element) -> Element | None:
    fraction = exponent.as_fraction()
    return None if fraction is None else Element.exponential(fraction)


def _element_log(value: Element) -> Element | None:
    monomial = value.as_monomial()
    return Element.of(monomial[1]) if monomial and monomial[0] == 1 else None


def _element_sqrt(value: Element) -> Element | None:
    """The root of c e^r, where c is the square of a rational number."""
    monomial = value.as_monomial()
    root = None if monomial is None else rational_sqrt(monomial[0])
    return None if monomial is None or root is None else Element.exponential(monomial[1] / 2) * root


def rational_sqrt(value: Fraction) -> Fraction | None:
    """The root that is not negative, where it is rational."""
    if value < 0:
        return None
    top, bottom = isqrt(value.numerator), isqrt(value.denominator)
    return Fraction(top, bottom) if (top * top, bottom * bottom) == value.as_integer_ratio() else None


def _tower_sqrt(value: Tower) -> Tower | None:
    """The root of a number that is not negative."""
    constant = value.as_constant()
    if constant is None:
        return exponential(logarithm(value) * Tower.of(Fraction(1, 2)))
    return None if constant.sgn() == -1 else Tower.constant(real_root(constant, 2))


def _short(function: Callable[..., Element | None]) -> Callable[..., Element | None]:
    """The function, giving up what nobody would write down."""

    def bounded(*values: Element) -> Element | None:
        found = function(*values)
        return None if found is None or len(found) > MAX_KEY_TERMS else found

    return bounded


def _in_tower(value: Any, key: object) -> Tower | None:
    if isinstance(value, Element):
        return Tower.lift(value)
    if isinstance(value, Fraction | int):
        return Tower.of(value)
    return value if isinstance(value, Tower) else value.tower(symbolic=key == "symbolic")


def _ball(value: Any, precision: int) -> arb:
    if isinstance(value, Fraction | int):
        return arb(fmpq(value.numerator, value.denominator))
    ball: arb = arb("nan") if isinstance(value, Tower) else value.enclosure(precision)
    return ball


_FUNCTIONS: dict[Operation, Callable[..., Element | None]] = {
    **FOUR,
    Operation.ABSOLUTE: abs,
    Operation.EXP: _element_exp,
    Operation.LOG: _element_log,
    Operation.SQRT: _element_sqrt,
    Operation.FROM_ZERO: lambda _: None,
}
_NESTED = FOUR | {
    Operation.ABSOLUTE: lambda _: None,
    Operation.EXP: Tower.exp,
    Operation.LOG: logarithm,
    Operation.SQRT: _tower_sqrt,
    Operation.FROM_ZERO: lambda _: None,
}

EXACT = Arithmetic(_element, {operation: _short(function) for operation, function in _FUNCTIONS.items()})
TOWER = Arithmetic(_in_tower, _NESTED)
SYMBOLIC = Arithmetic(_in_tower, _NESTED | {Operation.NAMED: lambda _, symbol: symbol})
BALLS = Arithmetic(
    _ball,
    FOUR
    | {
        Operation.ABSOLUTE: abs,
        Operation.EXP: arb.exp,
        Operation.LOG: arb.log,
        Operation.SQRT: lambda x: x.sqrt(),
        Operation.FROM_ZERO: lambda x: x.nonnegative_part(),
    },
)
