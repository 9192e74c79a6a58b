"""The value of a scalar answer: an exact element of the field of `exact.field`, or an enclosure outside it.

What has logarithms or pi in it leaves the field, unless it is ln of a power of e; what has roots or nested powers of e,
unless they cancel (`checks.language.tower`). It is then known by rigorous balls of any precision.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from flint import arb, ctx

from checks.bounds import LAST_BALL_PRECISION
from checks.language.enclosure import enclosure
from checks.language.field import OutsideFieldError, field_value
from checks.language.form import expect_readable_form
from checks.language.logarithms import antilogarithm
from checks.language.numerals import as_numeral
from checks.language.scope import Scope
from checks.language.tower import tower_value
from checks.language.tree import (
    AnswerError,
    Call,
    Constant,
    Node,
    Numeral,
    Power,
    Probability,
    Root,
    Sum,
    walk,
)
from exact.numbers.arithmetics import Antilogarithm
from exact.numbers.exponential_sums import TooLarge, Undecided, precisions
from exact.numbers.field import Element
from exact.numbers.logarithms import has_logarithm
from exact.numbers.number import Number
from exact.numbers.tower import Tower


@dataclass(frozen=True)
class Value:
    """The value of an answer, whose tree is `node`; an `exact.number.Known`.

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
        if tower is not None and not has_logarithm(tower):
            return tower.exp(), 1
        return antilogarithm(self.node, self.scope, symbolic=symbolic)

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

    @cached_property
    def claims_equality(self) -> bool:
        """Whether the answer is written in the p's."""
        return any(isinstance(part, Probability) for part in walk(self.node))

    @cached_property
    def is_symbolic(self) -> bool:
        """Whether the answer is written with e, pi, a logarithm or a root."""
        return any(
            isinstance(part, Constant | Call | Root) or (isinstance(part, Power) and not _is_integer(part.exponent))
            for part in walk(self.node)
        )

    @cached_property
    def numeral(self) -> Numeral | None:
        """The answer as one decimal with its sign, where it is one."""
        return as_numeral(self.node)


def evaluate(node: Node, scope: Scope) -> Value:
    """The value of a scalar tree. Raises `AnswerError` where it stands for no real number, or is too large."""
    expect_readable_form(node)
    exact: Element | None
    nested = None
    try:
        exact = field_value(node, scope)
    except (OutsideFieldError, Undecided):
        nested = tower_value(node, scope)
        exact = _in_field(nested)
    except TooLarge as error:
        raise AnswerError(f"a number too large to work with: {error}", node.position) from None
    value = Value(node, exact, scope, nested)
    if exact is None and not any(ball.is_finite() for _, ball in value.enclosures()):
        raise AnswerError("nobody can tell whether this is a number: something that it needs may be 0", node.position)
    return value


def constant(node: Node) -> Element | None:
    """The value of an expression without names, where it lies in the exact field. Raises `AnswerError`."""
    return evaluate(node, Scope()).exact


def _in_field(nested: Tower | None) -> Element | None:
    try:
        return None if nested is None else nested.as_element()
    except TooLarge:
        return None


def _is_integer(exponent: Node) -> bool:
    match exponent:
        case Numeral(value=value) | Sum(terms=((_, Numeral(value=value)),)):
            return value.denominator == 1
        case _:
            return False
