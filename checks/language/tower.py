"""Answers with roots or nested powers of e, evaluated in `exact.numbers.tower`: `sqrt(2)*sqrt(2)` is decided to be 2.

The product of the indices of the different roots in one answer is bounded, for the degree of a sum of roots can be as
large, and with it the cost of every operation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce

from checks.bounds import MAX_ALGEBRAIC_POWER, MAX_ALGEBRAIC_WORK, MAX_ROOT_INDICES
from checks.language.scope import Scope
from checks.language.tree import AnswerError, Call, Constant, Node, Numeral, Power, Probability, Product, Root, Sum
from exact.numbers.algebraic import real_root
from exact.numbers.bounds import MAX_ALGEBRAIC_TERMS
from exact.numbers.exponential_sums import TooLarge
from exact.numbers.field import Element
from exact.numbers.tower import Tower

E, PI = Tower.lift(Element.exponential(1)), Tower.symbol()
"""Euler's number; pi is a symbol, of which the tower knows nothing."""


class NotInTowerError(Exception):
    """The answer holds something that is neither a root nor a power of e, or more of them than the bound."""


def tower_value(node: Node, scope: Scope, *, symbolic: bool = False) -> Tower | None:
    """The value in the tower; None where it does not lie there, or is too large. Raises `AnswerError` if not real.

    Where it is `symbolic`, p_1, p_2, ... are symbols.
    """
    try:
        return _Evaluator(scope, symbolic).value(node)
    except (NotInTowerError, TooLarge):
        return None


@dataclass(slots=True)
class _Evaluator:
    """Works out one tree; `indices` is the product of the indices of the roots met, `work` counts the operations."""

    scope: Scope
    symbolic: bool
    indices: int = 1
    work: int = 0
    roots: list[tuple[int, Tower]] = field(default_factory=list)

    def value(self, node: Node) -> Tower:
        match node:
            case Numeral(value=number):
                return Tower.of(number)
            case Constant(name=name):
                return E if name == "e" else PI
            case Probability():
                return self.probability(node)
            case Sum(terms=terms):
                parts = [self.value(term) if sign > 0 else -self.value(term) for sign, term in terms]
                return reduce(self.added, parts)
            case Product(factors=factors):
                return self.product(factors)
            case Power(base=Constant(name="e"), exponent=exponent) | Call(function="exp", argument=exponent):
                return self.value(exponent).exp()
            case Power(base=base, exponent=exponent):
                return self.power(node, self.value(base), self.value(exponent))
            case Root(degree=degree, argument=argument):
                return self.root(node, self.value(argument), degree)
            case _:
                raise NotInTowerError

    def probability(self, node: Probability) -> Tower:
        p = self.scope.probability(node)
        value = p.tower(symbolic=self.symbolic)
        if value is None:
            raise NotInTowerError
        return value

    def pay(self, left: Tower, right: Tower) -> None:
        """Counts what an operation will cost."""
        self.work += self.indices * len(left) * len(right)
        if self.work > MAX_ALGEBRAIC_WORK:
            raise NotInTowerError

    def added(self, left: Tower, right: Tower) -> Tower:
        self.pay(left, right)
        return left + right

    def product(self, factors: tuple[tuple[bool, Node], ...]) -> Tower:
        total = Tower.of(1)
        for multiplied, factor in factors:
            part = self.value(factor)
            if not multiplied and part.is_zero():
                raise AnswerError("division by zero", factor.position)
            self.pay(total, part)
            total = total * part if multiplied else total / part
        return total

    def power(self, node: Node, base: Tower, power: Tower) -> Tower:
        exponent = power.as_fraction()
        if exponent is None or max(abs(exponent.numerator), exponent.denominator) > MAX_ALGEBRAIC_POWER:
            raise NotInTowerError
        if base.is_zero() and exponent <= 0:
            raise AnswerError("0 to the power 0" if exponent == 0 else "division by zero", node.position)
        if exponent.denominator > 1:
            constant = base.as_constant()
            if constant is not None and constant.sgn() == -1:
                raise AnswerError("a negative number to a fractional power is not real", node.position)
            base = self.root(node, base, exponent.denominator)
        times = exponent.numerator
        if base.terms > 1 and (base.terms - 1) * abs(times) >= MAX_ALGEBRAIC_TERMS:
            raise NotInTowerError
        result, factor = Tower.of(1), base if times > 0 else Tower.of(1) / base
        if base.terms <= 1 or base.as_constant() is not None:
            return base**times
        for _ in range(abs(times)):
            self.pay(result, factor)
            result = result * factor
        return result

    def root(self, node: Node, number: Tower, degree: int) -> Tower:
        if not any(degree == known and (number + -radicand).is_zero() for known, radicand in self.roots):
            self.indices *= degree
            self.roots.append((degree, number))
        if self.indices > MAX_ROOT_INDICES:
            raise NotInTowerError
        constant = number.as_constant()
        if constant is None:
            raise NotInTowerError
        try:
            return Tower.constant(real_root(constant, degree))
        except ValueError:
            raise AnswerError("an even root of a negative number is not real", node.position) from None
