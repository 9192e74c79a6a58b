"""Answers with roots or nested powers of e, evaluated in `exact.tower`: `sqrt(2)*sqrt(2)` is decided to be 2.

The product of the indices of the different roots in one answer is bounded, for the degree of a sum of roots can be as
large, and with it the cost of every operation.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce

from flint import ctx

from checks.bounds import MAX_ALGEBRAIC_POWER, MAX_ALGEBRAIC_WORK, MAX_ROOT_INDICES, MAX_SIGN_PRECISION
from checks.language.enclosure import enclosure
from checks.language.scope import Scope
from checks.language.tree import (
    AnswerError,
    Call,
    Constant,
    Named,
    Node,
    Numeral,
    Power,
    Probability,
    Product,
    Root,
    Sum,
)
from exact.numbers.algebraic import Algebraic, real_root
from exact.numbers.bounds import MAX_ALGEBRAIC_TERMS
from exact.numbers.exponential_sums import TooLarge, precisions
from exact.numbers.field import Element
from exact.numbers.logarithms import exponential, logarithm, reduced, root, symbolic_root
from exact.numbers.number import Number
from exact.numbers.tower import Tower

NOT_REAL = {
    True: "a negative number to a fractional power is not real",
    False: "an even root of a negative number is not real",
}
"""What to say where a root is none, by whether it was written as a power."""

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
                return self.held(self.scope.probability(node))
            case Named():
                return self.held(self.scope.named(node))
            case Sum(terms=terms):
                parts = [self.value(term) if sign > 0 else -self.value(term) for sign, term in terms]
                return reduce(self.added, parts)
            case Product(factors=factors):
                return self.product(factors)
            case Power(base=Constant(name="e"), exponent=exponent) | Call(function="exp", argument=exponent):
                return exponential(self.value(exponent))
            case Call(argument=argument):
                value = self.value(argument)
                if self.sign(argument) <= 0:
                    raise AnswerError("the logarithm of a number that is not positive", node.position)
                return logarithm(value)
            case Power(base=base, exponent=exponent):
                return self.power(node, self.value(base), self.value(exponent))
            case Root(degree=degree, argument=argument):
                return self.root(node, self.value(argument), degree)
            case _:
                raise NotInTowerError

    def held(self, number: Number) -> Tower:
        value = number.tower(symbolic=self.symbolic)
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
            total = reduced(total * part if multiplied else total / part)
        return total

    def power(self, node: Power, base: Tower, power: Tower) -> Tower:
        exponent = power.as_fraction()
        if exponent is None or max(abs(exponent.numerator), exponent.denominator) > MAX_ALGEBRAIC_POWER:
            raise NotInTowerError
        if base.is_zero() and exponent <= 0:
            raise AnswerError("0 to the power 0" if exponent == 0 else "division by zero", node.position)
        if exponent.denominator > 1:
            constant = base.as_constant()
            if constant is not None and constant.sgn() == -1:
                raise AnswerError(NOT_REAL[True], node.position)
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
        return reduced(result)

    def sign(self, node: Node) -> int:
        """The sign that an enclosure shows. Raises `NotInTowerError` where none does."""
        for precision in precisions(last=MAX_SIGN_PRECISION):
            with ctx.workprec(precision):
                ball = enclosure(node, self.scope, precision)
            if ball > 0 or ball < 0:
                return 1 if ball > 0 else -1
        raise NotInTowerError

    def root(self, node: Power | Root, number: Tower, degree: int) -> Tower:
        """The real root: algebraic within the bound on indices, else a symbol of which only its power is known."""
        constant = number.as_constant()
        if number.is_zero():
            return number
        if constant is None:
            sign = self.sign(node.argument if isinstance(node, Root) else node.base)
            if sign < 0 and (degree % 2 == 0 or isinstance(node, Power)):
                raise AnswerError(NOT_REAL[isinstance(node, Power)], node.position)
            return -root(-number, degree) if sign < 0 else root(number, degree)
        if not any(degree == known and number.equals(radicand) for known, radicand in self.roots):
            self.indices *= degree
            self.roots.append((degree, number))
        if self.indices > MAX_ROOT_INDICES:
            self.indices //= degree
            self.roots.pop()
            return self.unknown_root(node, number, constant.sgn(), degree)
        try:
            return Tower.constant(real_root(constant, degree))
        except ValueError:
            raise AnswerError(NOT_REAL[False], node.position) from None

    def unknown_root(self, node: Node, number: Tower, sign: Algebraic, degree: int) -> Tower:
        """A root past the bound, of which only its power is known."""
        if sign == -1 and degree % 2 == 0:
            raise AnswerError(NOT_REAL[False], node.position)
        return -symbolic_root(-number, degree) if sign == -1 else symbolic_root(number, degree)
