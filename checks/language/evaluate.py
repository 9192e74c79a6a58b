"""The value of a scalar answer: an exact element of the field of `exact.numbers.field`, or an enclosure outside it.

What has logarithms or pi in it leaves the field, unless it is ln of a power of e; what has roots or nested powers of e,
unless they cancel (`checks.language.tower`). It is then known by rigorous balls of any precision.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce

from flint import arb, ctx, fmpz

from checks.bounds import LAST_BALL_PRECISION, MAX_WORK
from checks.language.enclosure import enclosure
from checks.language.logarithms import antilogarithm
from checks.language.numerals import as_numeral
from checks.language.scope import Scope
from checks.language.tower import tower_value
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
from exact.numbers.arithmetics import Antilogarithm
from exact.numbers.bounds import MAX_POWER
from exact.numbers.exponential_sums import TooLarge, Undecided, precisions
from exact.numbers.field import Element
from exact.numbers.number import Number
from exact.numbers.tower import Tower


class _OutsideField(Exception):
    """The value is not one that the exact field can hold, as far as our rules see."""


@dataclass(frozen=True, slots=True)
class Value:
    """The value of an answer, whose tree is `node`; an `exact.numbers.number.Known`.

    `exact` is None where it is not known to lie in the exact field; `nested` is then its value in the tower, if there.
    """

    node: Node
    exact: Element | None
    scope: Scope
    nested: Tower | None = None

    def tower(self, *, symbolic: bool = False) -> Tower | None:
        """The value among the nested exponentials, None where it is not known to lie there.

        Where it is `symbolic`, p_1, p_2, ... are symbols.
        """
        if symbolic and self.claims_equality:
            return tower_value(self.node, self.scope, symbolic=True)
        return self.nested if self.exact is None else Number.of(self.exact).tower()

    def antilogarithm(self, *, symbolic: bool = False) -> Antilogarithm | None:
        """The power of e by which sums of logarithms are compared, None where it does not lie in the tower."""
        tower = self.tower(symbolic=symbolic)
        return antilogarithm(self.node, self.scope, symbolic=symbolic) if tower is None else (tower.exp(), 1)

    def enclosure(self, precision: int) -> arb:
        """A ball that holds the value. Raises `AnswerError` where it shows that there is no real value."""
        with ctx.workprec(precision):
            return (
                enclosure(self.node, self.scope, precision) if self.exact is None else self.exact.enclosure(precision)
            )

    def enclosures(self) -> Iterator[tuple[int, arb]]:
        """(precision in bits, ball), the precision doubling up to the last; a ball that is not finite says nothing."""
        for precision in precisions(last=LAST_BALL_PRECISION):
            yield precision, self.enclosure(precision)

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
        return as_numeral(self.node)


def evaluate(node: Node, scope: Scope) -> Value:
    """The value of a scalar tree. Raises `AnswerError` where it stands for no real number, or is too large."""
    exact: Element | None
    nested = None
    try:
        exact = _Evaluator(scope).exact(node)
    except (_OutsideField, Undecided):
        nested = tower_value(node, scope)
        exact = _in_field(nested)
    except TooLarge as error:
        raise AnswerError(f"a number too large to work with: {error}", node.position) from None
    value = Value(node, exact, scope, nested)
    if exact is None:
        next(value.enclosures())  # refuses what is certainly not real
    return value


def _in_field(nested: Tower | None) -> Element | None:
    try:
        return None if nested is None else nested.as_element()
    except TooLarge:
        return None


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
                probability = self.scope.probability(node).exact
                if probability is None:
                    raise _OutsideField
                return probability
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
            except _OutsideField as error:
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
            raise _OutsideField
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
            raise _OutsideField
        coefficient, exponent = monomial
        top, bottom = fmpz(coefficient.numerator).root(degree), fmpz(coefficient.denominator).root(degree)
        if top**degree != coefficient.numerator or bottom**degree != coefficient.denominator:
            raise _OutsideField
        return Element.exponential(exponent / degree) * Fraction(int(top), int(bottom)) * sign


def _is_integer(exponent: Node) -> bool:
    match exponent:
        case Numeral(value=value) | Sum(terms=((_, Numeral(value=value)),)):
            return value.denominator == 1
        case _:
            return False
