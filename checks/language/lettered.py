"""The value of an answer with letters, as an expression of `exact.letters`: how a tree of ours becomes one.

Nothing is simplified on the way but numbers among themselves, so that what has no value keeps none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from checks.language.tree import (
    AnswerError,
    Applied,
    Call,
    Chain,
    Constant,
    Named,
    Node,
    Numeral,
    Power,
    Probability,
    Product,
    Root,
    Sum,
    Unreadable,
)
from exact.letters import symbolic
from exact.letters.symbolic import ZERO, Function, Pi, Rational, Symbolic
from exact.numbers.bounds import MAX_POWER

FUNCTIONS = {"abs": 1, "relu": 1, "step": 1, "sign": 1, "max": 2, "min": 2}
"""Functions that an answer with letters may use beside those of the answer language; how many arguments each has."""

MAX_FOLDED_BITS = 4_000
"""Bits of numbers among themselves that are worked out on the way."""


def symbolic_value(node: Node, values: Mapping[str, Symbolic]) -> Symbolic:
    """The scalar tree as an expression; `values` says what each name stands for.

    Raises `AnswerError` for a name that is not among them, a vector or matrix, a division by zero that is written as
    one, and powers past the bound.
    """
    return _Lettered(values).value(node)


@dataclass(frozen=True, slots=True)
class _Lettered:
    values: Mapping[str, Symbolic]

    def value(self, node: Node) -> Symbolic:
        match node:
            case Numeral(value=number):
                return Rational(number)
            case Constant(name=name):
                return Pi() if name == "pi" else symbolic.exp(1)
            case Named(name=name):
                return self.named(name, node)
            case Probability(index=index):
                return self.named(f"p_{index}", node)
            case Sum(terms=terms):
                return _sum([self.value(term) if sign > 0 else _negative(self.value(term)) for sign, term in terms])
            case Product(factors=factors):
                return _product([self.factor(factor, multiplied) for multiplied, factor in factors])
            case Power(base=Constant(name="e"), exponent=argument) | Call(function="exp", argument=argument):
                return symbolic.exp(self.value(argument))
            case Power(base=base, exponent=exponent):
                return self.power(node, self.value(base), self.value(exponent))
            case Call(argument=argument):
                return Function("ln", self.value(argument))
            case Root(degree=degree, argument=argument):
                return _root(self.value(argument), degree)
            case Applied(function=name, arguments=arguments):
                return self.applied(node, name, [self.value(argument) for argument in arguments])
            case Chain(members=members):
                return self.value(members[-1])
            case Unreadable(error=error):
                raise error
            case _:
                raise AnswerError("a vector or matrix where a number is expected", node.position)

    def named(self, name: str, node: Node) -> Symbolic:
        found = self.values.get(name)
        if found is None:
            raise AnswerError(f"{name} is not defined here", node.position)
        return found

    def factor(self, node: Node, multiplied: bool) -> Symbolic:
        value = self.value(node)
        return value if multiplied else self.power(node, value, symbolic.MINUS_ONE)

    def power(self, node: Node, base: Symbolic, exponent: Symbolic) -> Symbolic:
        """base ^ exponent; where the exponent is no rational number it is e^(exponent ln base)."""
        if not isinstance(exponent, Rational):
            return symbolic.exp(_product([exponent, Function("ln", base)]))
        number = exponent.value
        if abs(number) > MAX_POWER or number.denominator > MAX_POWER:
            raise AnswerError(f"a power beyond {MAX_POWER}", node.position)
        if not isinstance(base, Rational):
            return base if number == 1 else symbolic.Power(base, number)
        if base.value == 0 and number <= 0:
            raise AnswerError("0 to the power 0" if number == 0 else "division by zero", node.position)
        is_short = number.denominator == 1 and _bits(base.value) * abs(number) <= MAX_FOLDED_BITS
        return base**number if is_short else symbolic.Power(base, number)

    def applied(self, node: Node, name: str, arguments: list[Symbolic]) -> Symbolic:
        if name not in FUNCTIONS:
            raise AnswerError(f"{name} is not defined here", node.position)
        if len(arguments) != FUNCTIONS[name]:
            raise AnswerError(f"{name} has {FUNCTIONS[name]} arguments, not {len(arguments)}", node.position)
        first = arguments[0]
        if name in ("max", "min"):
            over = Function("relu", _sum([first, _negative(arguments[1])]))
            return _sum([arguments[1], over]) if name == "max" else _sum([first, _negative(over)])
        return Function(name, first)


def _bits(*numbers: Fraction) -> int:
    return sum(one.numerator.bit_length() + one.denominator.bit_length() for one in numbers)


def _numbers(parts: list[Symbolic]) -> list[Fraction] | None:
    """The numbers that the parts are, None where one is none, or they are too long to be worked out on the way."""
    numbers = [part.value for part in parts if isinstance(part, Rational)]
    return numbers if len(numbers) == len(parts) and _bits(*numbers) <= MAX_FOLDED_BITS else None


def _sum(terms: list[Symbolic]) -> Symbolic:
    numbers = _numbers(terms)
    return symbolic.Sum(tuple(terms)) if numbers is None else Rational(sum(numbers, Fraction(0)))


def _product(factors: list[Symbolic]) -> Symbolic:
    numbers = _numbers(factors)
    return symbolic.Product(tuple(factors)) if numbers is None else Rational(Fraction(prod(numbers)))


def _negative(value: Symbolic) -> Symbolic:
    return _product([symbolic.MINUS_ONE, value])


def _root(argument: Symbolic, degree: int) -> Symbolic:
    """The real root: of an odd degree it has the sign of its argument."""
    if degree % 2 == 0 or (isinstance(argument, Rational) and argument.value >= 0):
        return symbolic.Power(argument, Fraction(1, degree)) if argument is not ZERO else ZERO
    size = symbolic.Power(Function("abs", argument), Fraction(1, degree))
    return symbolic.Product((Function("sign", argument), size))
