"""Works out a scalar answer in the exact field of `exact.field`."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

from flint import fmpz

from checks.bounds import MAX_WORK
from checks.language.scope import Scope
from checks.language.tree import (
    AnswerError,
    Applied,
    Blank,
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
from exact.numbers.bounds import MAX_POWER
from exact.numbers.exponential_sums import TooLarge
from exact.numbers.field import Element
from exact.numbers.number import Number


class OutsideFieldError(Exception):
    """The value is not one that the exact field can hold, as far as our rules see."""


def field_value(node: Node, scope: Scope) -> Element:
    """The value in the field. Raises `OutsideFieldError`, `AnswerError`, `TooLarge`."""
    return _Evaluator(scope).exact(node)


class _Evaluator:
    """Works out one tree exactly; `work` counts what this costs, against `MAX_WORK`."""

    def __init__(self, scope: Scope) -> None:
        self.scope, self.work = scope, 0

    def exact(self, node: Node) -> Element:
        match node:
            case Numeral(value=number):
                return Element.of(number)
            case Constant(name="e"):
                return Element.exponential(1)
            case Probability():
                return self.held(self.scope.probability(node))
            case Named():
                return self.held(self.scope.named(node))
            case Sum(terms=terms):
                parts = self.parts([term for _, term in terms])
                signed = [part if sign > 0 else -part for (sign, _), part in zip(terms, parts, strict=True)]
                return reduce(lambda left, right: self.paid(left, right, left + right, sums=True), signed)
            case Product(factors=factors):
                return self.product(factors)
            case Power(base=base, exponent=exponent):
                return self.power(node, self.exact(base), self.exact(exponent))
            case Root(degree=degree, argument=argument):
                return self.root(node, self.exact(argument), degree)
            case Call(function="exp", argument=argument):
                return self.power(node, Element.exponential(1), self.exact(argument))
            case Call(function="ln", argument=argument):
                monomial = self.exact(argument).as_monomial()
                if monomial is None or monomial[0] != 1:
                    raise OutsideFieldError
                return Element.of(monomial[1])
            case Unreadable(error=error):
                raise error
            case Blank():
                raise AnswerError("an empty place", node.position)
            case Constant():
                raise OutsideFieldError
            case Chain():
                raise AnswerError("a chain of equations inside an expression", node.position)
            case Applied(function=function):
                raise AnswerError(f"{function} has no value here", node.position)
            case _:
                raise AnswerError("a vector or matrix where a number is expected", node.position)

    def held(self, number: Number) -> Element:
        if number.exact is None:
            raise OutsideFieldError
        return number.exact

    def paid(self, left: Element, right: Element, result: Element, *, sums: bool = False) -> Element:
        """The result, its cost counted. Each operation is bounded in itself; this bounds them together."""
        self.work += left.cost_of_sum(right) if sums else 8 * len(left) * len(right)
        if self.work > MAX_WORK:
            raise TooLarge("too many operations on long sums")
        return result

    def parts(self, nodes: list[Node], divisors: list[Node] | None = None) -> list[Element]:
        """The values of all parts. One that leaves the field is told only after the others were seen to be numbers."""
        parts, outside = [], None
        for node in nodes:
            try:
                part = self.exact(node)
            except OutsideFieldError as error:
                outside = error
                continue
            if part.is_zero() and any(node is divisor for divisor in divisors or ()):
                raise AnswerError("division by zero", node.position)
            parts.append(part)
        if outside:
            raise outside
        return parts

    def product(self, factors: tuple[tuple[bool, Node], ...]) -> Element:
        total = Element.of(1)
        divisors = [factor for multiplied, factor in factors if not multiplied]
        parts = self.parts([factor for _, factor in factors], divisors)
        for (multiplied, _), part in zip(factors, parts, strict=True):
            total = self.paid(total, part, total * part if multiplied else total / part)
        return total

    def power(self, node: Node, base: Element, power: Element) -> Element:
        exponent = power.as_fraction()
        if exponent is None:
            if base.is_zero() and power.sign() > 0:
                return base
            raise OutsideFieldError
        if abs(exponent) > MAX_POWER:
            raise AnswerError(f"a power beyond {MAX_POWER}", node.position)
        if base.is_zero() and exponent <= 0:
            raise AnswerError("0 to the power 0" if exponent == 0 else "division by zero", node.position)
        if exponent.denominator == 1:
            result = base**exponent.numerator
            return self.paid(result, result, result)
        if base.as_monomial() == (Fraction(1), Fraction(1)):
            return Element.exponential(exponent)
        if base.sign() < 0:
            raise AnswerError("a negative number to a fractional power is not real", node.position)
        return self.root(node, base, exponent.denominator) ** exponent.numerator

    def root(self, node: Node, number: Element, degree: int) -> Element:
        if number.is_zero():
            return number
        sign = number.sign()
        if sign < 0 and degree % 2 == 0:
            raise AnswerError("an even root of a negative number is not real", node.position)
        monomial = abs(number).as_monomial()
        if monomial is None or degree > MAX_POWER:
            raise OutsideFieldError
        coefficient, exponent = monomial
        top, bottom = fmpz(coefficient.numerator).root(degree), fmpz(coefficient.denominator).root(degree)
        if top**degree != coefficient.numerator or bottom**degree != coefficient.denominator:
            raise OutsideFieldError
        return Element.exponential(exponent / degree) * Fraction(int(top), int(bottom)) * sign
