"""Rigorous enclosures of answers that leave the exact field: roots, logarithms, pi, other powers."""

from __future__ import annotations

from flint import arb, fmpq

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
from exact.numbers.bounds import MAX_POWER


def enclosure(node: Node, scope: Scope, precision: int) -> arb:
    """An enclosure at the working precision; not finite where it cannot be told yet."""
    match node:
        case Numeral(value=number):
            return arb(fmpq(number.numerator, number.denominator))
        case Constant(name=name):
            return arb(1).exp() if name == "e" else arb.pi()
        case Probability():
            return scope.probability(node).enclosure(precision)
        case Named():
            return scope.named(node).enclosure(precision)
        case Sum(terms=terms):
            return sum((sign * enclosure(term, scope, precision) for sign, term in terms), start=arb(0))
        case Product(factors=factors):
            total = arb(1)
            for multiplied, factor in factors:
                ball = enclosure(factor, scope, precision)
                total = total * ball if multiplied else total / ball
            return total
        case Power(base=base, exponent=exponent):
            return _power(node, enclosure(base, scope, precision), enclosure(exponent, scope, precision))
        case Root(degree=degree, argument=argument):
            return _root(node, enclosure(argument, scope, precision), degree)
        case Call(function="exp", argument=argument):
            return _power(node, arb(1).exp(), enclosure(argument, scope, precision))
        case Call(argument=argument):
            ball = enclosure(argument, scope, precision)
            if ball <= 0:
                raise AnswerError("the logarithm of a number that is not positive", node.position)
            return ball.log()
        case _:
            raise AnswerError("a vector or matrix where a number is expected", node.position)


def _power(node: Node, base: arb, exponent: arb) -> arb:
    if abs(exponent) > MAX_POWER:
        raise AnswerError(f"a power beyond {MAX_POWER}", node.position)
    if exponent.is_exact() and exponent.is_integer():
        return base ** exponent.fmpz()
    if base < 0:
        raise AnswerError("a negative number to a fractional power is not real", node.position)
    return (exponent * base.log()).exp()


def _root(node: Node, number: arb, degree: int) -> arb:
    if number < 0 and degree % 2 == 0:
        raise AnswerError("an even root of a negative number is not real", node.position)
    return -((-number).root(degree)) if number < 0 else number.root(degree)
