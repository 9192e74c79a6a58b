"""The value of a scalar answer: an exact element of the field of `exact.field`, or an enclosure outside it.

What has roots, logarithms or pi in it leaves the field unless it simplifies by a rule that is plainly exact (a perfect
power, ln of a power of e). It is then known by rigorous balls of any precision.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from flint import arb, ctx, fmpq, fmpz

from checks.bounds import LAST_BALL_PRECISION
from checks.language.tree import (
    AnswerError,
    Blank,
    Call,
    Chain,
    Constant,
    Node,
    Numeral,
    Power,
    Probability,
    Product,
    Root,
    Sum,
    Unreadable,
    walk,
)
from exact.bounds import FIRST_PRECISION, MAX_POWER
from exact.field import Element, TooLarge


@dataclass(frozen=True, slots=True)
class Scope:
    """What p_1, p_2, ... stand for; none where they may not be used, then `refusal` says why."""

    probabilities: tuple[Element, ...] = ()
    refusal: str = "p_1, p_2, ... are not defined here"


class _OutsideField(Exception):
    """The value is not one that the exact field can hold, as far as our rules see."""


@dataclass(frozen=True, slots=True)
class Value:
    """The value of an answer. `exact` is None where only enclosures are known; `node` is the answer itself."""

    node: Node
    exact: Element | None
    scope: Scope

    def enclosures(self) -> Iterator[tuple[int, arb]]:
        """(precision in bits, ball), the precision doubling up to the last; a ball that is not finite says nothing."""
        precision = FIRST_PRECISION
        while precision <= LAST_BALL_PRECISION:
            with ctx.workprec(precision):
                ball = (
                    _ball(self.node, self.scope, precision) if self.exact is None else self.exact.enclosure(precision)
                )
            yield precision, ball
            precision *= 2

    @property
    def claims_equality(self) -> bool:
        """Whether the answer is written in the p's."""
        return any(isinstance(part, Probability) for part in walk(self.node))

    @property
    def is_symbolic(self) -> bool:
        """Whether the answer is written with e, pi, a logarithm or a root."""
        return any(
            isinstance(part, Constant | Call | Root) or (isinstance(part, Power) and not _is_integer(part.exponent))
            for part in walk(self.node)
        )

    @property
    def numeral(self) -> Numeral | None:
        """The answer as one decimal with its sign, where it is one."""
        match self.node:
            case Numeral():
                return self.node
            case Sum(terms=((-1, Numeral() as inner),)):
                return Numeral(inner.position, -inner.value, inner.digits, inner.unit)
            case _:
                return None


def evaluate(node: Node, scope: Scope) -> Value:
    """The value of a scalar tree. Raises `AnswerError` where it stands for no real number, or is too large."""
    try:
        exact = _exact(node, scope)
    except _OutsideField:
        exact = None
    except TooLarge as error:
        raise AnswerError(f"a number too large to work with: {error}", node.position) from None
    value = Value(node, exact, scope)
    if exact is None:
        next(value.enclosures())  # refuses what is certainly not real
    return value


def _exact(node: Node, scope: Scope) -> Element:
    match node:
        case Numeral(value=number):
            return Element.of(number)
        case Constant(name="e"):
            return Element.exponential(1)
        case Probability():
            return _probability(node, scope)
        case Sum(terms=terms):
            parts = [_exact(term, scope) if sign > 0 else -_exact(term, scope) for sign, term in terms]
            return reduce(Element.__add__, parts)
        case Product(factors=factors):
            total = Element.of(1)
            for multiplied, factor in factors:
                part = _exact(factor, scope)
                if not multiplied and part.is_zero():
                    raise AnswerError("division by zero", factor.position)
                total = total * part if multiplied else total / part
            return total
        case Power(base=base, exponent=exponent):
            return _exact_power(node, _exact(base, scope), _exact(exponent, scope).as_fraction())
        case Root(degree=degree, argument=argument):
            return _exact_root(node, _exact(argument, scope), degree)
        case Call(function="exp", argument=argument):
            return _exact_power(node, Element.exponential(1), _exact(argument, scope).as_fraction())
        case Call(function="ln", argument=argument):
            monomial = _exact(argument, scope).as_monomial()
            if monomial is None or monomial[0] != 1:
                raise _OutsideField
            return Element.of(monomial[1])
        case Unreadable(error=error):
            raise error
        case Blank():
            raise AnswerError("an empty place", node.position)
        case Constant():
            raise _OutsideField
        case Chain():
            raise AnswerError("a chain of equations inside an expression", node.position)
        case _:
            raise AnswerError("a vector or matrix where a number is expected", node.position)


def _exact_power(node: Node, base: Element, exponent: Fraction | None) -> Element:
    if exponent is None:
        raise _OutsideField
    if abs(exponent) > MAX_POWER:
        raise AnswerError(f"a power beyond {MAX_POWER}", node.position)
    if base.is_zero() and exponent <= 0:
        raise AnswerError("0 to the power 0" if exponent == 0 else "division by zero", node.position)
    if exponent.denominator == 1:
        return base**exponent.numerator
    monomial = base.as_monomial()
    if monomial == (Fraction(1), Fraction(1)):
        return Element.exponential(exponent)
    if base.sign() < 0:
        raise AnswerError("a negative number to a fractional power is not real", node.position)
    return _exact_root(node, base, exponent.denominator) ** exponent.numerator


def _exact_root(node: Node, number: Element, degree: int) -> Element:
    if number.is_zero():
        return number
    sign = number.sign()
    if sign < 0 and degree % 2 == 0:
        raise AnswerError("an even root of a negative number is not real", node.position)
    monomial = abs(number).as_monomial()
    if monomial is None or degree > MAX_POWER:
        raise _OutsideField
    coefficient, exponent = monomial
    top, bottom = fmpz(coefficient.numerator).root(degree), fmpz(coefficient.denominator).root(degree)
    if top**degree != coefficient.numerator or bottom**degree != coefficient.denominator:
        raise _OutsideField
    return Element.exponential(exponent / degree) * Fraction(int(top), int(bottom)) * sign


def _probability(node: Probability, scope: Scope) -> Element:
    if not scope.probabilities:
        raise AnswerError(scope.refusal, node.position)
    if not 1 <= node.index <= len(scope.probabilities):
        raise AnswerError(f"there are p_1 to p_{len(scope.probabilities)}, no p_{node.index}", node.position)
    return scope.probabilities[node.index - 1]


def _ball(node: Node, scope: Scope, precision: int) -> arb:
    """An enclosure at the working precision; not finite where it cannot be told yet."""
    match node:
        case Numeral(value=number):
            return arb(fmpq(number.numerator, number.denominator))
        case Constant(name=name):
            return arb(1).exp() if name == "e" else arb.pi()
        case Probability():
            return _probability(node, scope).enclosure(precision)
        case Sum(terms=terms):
            return sum((sign * _ball(term, scope, precision) for sign, term in terms), start=arb(0))
        case Product(factors=factors):
            total = arb(1)
            for multiplied, factor in factors:
                ball = _ball(factor, scope, precision)
                total = total * ball if multiplied else total / ball
            return total
        case Power(base=base, exponent=exponent):
            return _ball_power(node, _ball(base, scope, precision), _ball(exponent, scope, precision))
        case Root(degree=degree, argument=argument):
            return _ball_root(node, _ball(argument, scope, precision), degree)
        case Call(function="exp", argument=argument):
            return _ball_power(node, arb(1).exp(), _ball(argument, scope, precision))
        case Call(argument=argument):
            ball = _ball(argument, scope, precision)
            if ball <= 0:
                raise AnswerError("the logarithm of a number that is not positive", node.position)
            return ball.log()
        case _:
            raise AnswerError("a vector or matrix where a number is expected", node.position)


def _ball_power(node: Node, base: arb, exponent: arb) -> arb:
    if abs(exponent) > MAX_POWER:
        raise AnswerError(f"a power beyond {MAX_POWER}", node.position)
    if exponent.is_exact() and exponent.is_integer():
        return base ** exponent.fmpz()
    if base < 0:
        raise AnswerError("a negative number to a fractional power is not real", node.position)
    return (exponent * base.log()).exp()


def _ball_root(node: Node, number: arb, degree: int) -> arb:
    if number < 0 and degree % 2 == 0:
        raise AnswerError("an even root of a negative number is not real", node.position)
    return -((-number).root(degree)) if number < 0 else number.root(degree)


def _is_integer(exponent: Node) -> bool:
    match exponent:
        case Numeral(value=value) | Sum(terms=((_, Numeral(value=value)),)):
            return value.denominator == 1
        case _:
            return False
