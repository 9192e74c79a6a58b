"""Real numbers written with letters, as trees: `w1 x + b`, `1/(1 + exp(-z))`. A tree says how a number is made.

Letters stand for real numbers. A tree has a value where every part of it has one: the argument of ln is positive, no
divisor is 0, no negative number has a fractional power, the argument of sign or step is not 0. Nothing is simplified
but what `+ - * /` see at once (0, 1, sums within sums); whether two trees are equal decides `exact.letters.decide`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import TypeAlias

from exact.letters.bounds import MAX_DEPTH, MAX_NODES
from exact.numbers.exponential_sums import TooLarge


@dataclass(frozen=True, slots=True, eq=False)
class Symbolic:
    """Any such number; immutable. `+ - * /` and `**` with a rational number take these and rational numbers.

    Two trees are the same only where they are one object: parts may be shared, so a tree may be longer than it is kept.
    """

    def __add__(self, other: Symbolic | Fraction | int) -> Symbolic:
        terms = [term for part in (self, symbolic(other)) for term in _terms(part) if not is_rational(term, 0)]
        return _one_of(Sum, _with_one_number(terms), ZERO)

    def __mul__(self, other: Symbolic | Fraction | int) -> Symbolic:
        factors = [factor for part in (self, symbolic(other)) for factor in _factors(part)]
        number = prod(factor.value for factor in factors if isinstance(factor, Rational))
        others = [factor for factor in factors if not isinstance(factor, Rational)]
        if number == 0:
            return ZERO
        return _one_of(Product, others if number == 1 else [Rational(Fraction(number)), *others], ONE)

    def __neg__(self) -> Symbolic:
        if isinstance(self, Rational):
            return Rational(-self.value)
        if isinstance(self, Sum):
            return Sum(tuple(-term for term in self.terms))
        return self * MINUS_ONE

    def __sub__(self, other: Symbolic | Fraction | int) -> Symbolic:
        return self + -symbolic(other)

    def __truediv__(self, other: Symbolic | Fraction | int) -> Symbolic:
        return self * symbolic(other) ** -1

    def __pow__(self, exponent: Fraction | int) -> Symbolic:
        if isinstance(self, Rational) and Fraction(exponent).denominator == 1 and (self.value or exponent > 0):
            return Rational(Fraction(self.value**exponent))
        return self if exponent == 1 else Power(self, Fraction(exponent))

    def __rsub__(self, other: Fraction | int) -> Symbolic:
        return symbolic(other) + -self

    def __rtruediv__(self, other: Fraction | int) -> Symbolic:
        return symbolic(other) * self**-1

    def __radd__(self, other: Fraction | int) -> Symbolic:
        return symbolic(other) + self

    __rmul__ = __mul__


@dataclass(frozen=True, slots=True, eq=False)
class Rational(Symbolic):
    """A rational number."""

    value: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Pi(Symbolic):
    """The number pi."""


@dataclass(frozen=True, slots=True, eq=False)
class Letter(Symbolic):
    """A letter; two of one name are one letter."""

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Sum(Symbolic):
    """term + term + ..."""

    terms: tuple[Symbolic, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Product(Symbolic):
    """factor * factor * ...; a divisor is a factor to the power -1."""

    factors: tuple[Symbolic, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Power(Symbolic):
    """base ^ exponent, the exponent rational; where it is no whole number the base is not negative."""

    base: Symbolic
    exponent: Fraction


@dataclass(frozen=True, slots=True, eq=False)
class Function(Symbolic):
    """A function of `exact.letters.functions` of its argument."""

    name: str
    argument: Symbolic


Operand: TypeAlias = Symbolic | Fraction | int

ZERO, ONE, MINUS_ONE = Rational(Fraction(0)), Rational(Fraction(1)), Rational(Fraction(-1))


def symbolic(value: Operand) -> Symbolic:
    """The number as a tree."""
    return value if isinstance(value, Symbolic) else Rational(Fraction(value))


def exp(argument: Operand) -> Symbolic:
    """e to the power of the argument."""
    return Function("exp", symbolic(argument))


def is_rational(node: Symbolic, value: int) -> bool:
    """Whether the tree is that rational number, as it is written."""
    return isinstance(node, Rational) and node.value == value


def children(node: Symbolic) -> tuple[Symbolic, ...]:
    """The trees directly below."""
    match node:
        case Sum(terms=parts) | Product(factors=parts):
            return parts
        case Power(base=below) | Function(argument=below):
            return (below,)
        case _:
            return ()


def bottom_up(*roots: Symbolic) -> Iterator[Symbolic]:
    """Every part of the trees once, each after what is below it. Raises `TooLarge` past the bounds."""
    depth: dict[int, int] = {}
    ordered: list[Symbolic] = []
    waiting = list(reversed(roots))
    while waiting:
        node = waiting[-1]
        unseen = [child for child in children(node) if id(child) not in depth]
        if id(node) in depth or not unseen:
            waiting.pop()
        if id(node) not in depth and not unseen:
            depth[id(node)] = 1 + max((depth[id(child)] for child in children(node)), default=0)
            ordered.append(node)
            if len(ordered) > MAX_NODES or depth[id(node)] > MAX_DEPTH:
                raise TooLarge(f"more than {MAX_NODES} operations, or {MAX_DEPTH} inside one another")
        waiting += reversed(unseen)
    yield from ordered


def letters(*roots: Symbolic) -> tuple[str, ...]:
    """The names of the letters, in order of their first use."""
    return tuple(dict.fromkeys(node.name for node in bottom_up(*roots) if isinstance(node, Letter)))


def replaced(root: Symbolic, values: Mapping[str, Symbolic]) -> Symbolic:
    """The tree with trees put in for letters; what is put in is shared, not copied."""
    made: dict[int, Symbolic] = {}
    for node in bottom_up(root):
        match node:
            case Letter(name=name):
                found = values.get(name, node)
            case Sum(terms=terms):
                found = Sum(tuple(made[id(term)] for term in terms))
            case Product(factors=factors):
                found = Product(tuple(made[id(factor)] for factor in factors))
            case Power(base=base, exponent=exponent):
                found = Power(made[id(base)], exponent)
            case Function(name=name, argument=argument):
                found = Function(name, made[id(argument)])
            case _:
                found = node
        made[id(node)] = found
    return made[id(root)]


def _terms(node: Symbolic) -> tuple[Symbolic, ...]:
    return node.terms if isinstance(node, Sum) else (node,)


def _with_one_number(terms: list[Symbolic]) -> list[Symbolic]:
    """The terms, their numbers added up where the first of them stands."""
    numbers = [term.value for term in terms if isinstance(term, Rational)]
    if len(numbers) < 2:
        return terms
    total = sum(numbers, Fraction(0))
    first = next(place for place, term in enumerate(terms) if isinstance(term, Rational))
    others = [term for term in terms if not isinstance(term, Rational)]
    before = sum(not isinstance(term, Rational) for term in terms[:first])
    return [*others[:before], *([Rational(total)] if total else []), *others[before:]]


def _factors(node: Symbolic) -> tuple[Symbolic, ...]:
    return node.factors if isinstance(node, Product) else (node,)


def _one_of(kind: type[Sum] | type[Product], parts: list[Symbolic], nothing: Symbolic) -> Symbolic:
    """The sum or product of the parts."""
    if not parts:
        return nothing
    return parts[0] if len(parts) == 1 else kind(tuple(parts))
