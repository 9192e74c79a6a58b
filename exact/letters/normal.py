"""Whether two expressions with letters are formally equal: both as quotients of polynomials in independent generators.

Formally equal is equal wherever both have values. What is not formally equal may be equal only in ways that neither
exponents nor logarithms nor signs show; that is for `exact.letters.decide` to find out.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from exact.letters.bounds import MAX_GENERATORS, MAX_RESTARTS
from exact.letters.factors import factored
from exact.letters.functions import FUNCTIONS
from exact.letters.generators import Attempt, Crowded, Generators, Refined
from exact.letters.quotients import Budget, Quotient
from exact.letters.signs import Impossible, Signs, every_combination
from exact.letters.symbolic import (
    Function,
    Letter,
    Pi,
    Power,
    Product,
    Rational,
    Sum,
    Symbolic,
    bottom_up,
)
from exact.numbers.exponential_sums import TooLarge

SPARE = 4


def formally_equal(left: Symbolic, right: Symbolic, positive: Sequence[Symbolic] = ()) -> bool | None:
    """Whether they are formally equal where all of `positive` are positive; None where no signs allow both a value.

    Raises `TooLarge` where that would take more than the bounds allow.
    """
    roots = tuple(map(in_basic_functions, (*positive, left, right)))
    nodes = tuple(bottom_up(*roots))
    size = SPARE + len({node.name for node in nodes if isinstance(node, Letter)})
    size += sum(isinstance(node, Function | Power) for node in nodes) // 2
    hints: dict[int, int] = {}
    budget = Budget()
    for _ in range(MAX_RESTARTS):
        try:
            return _equal_for_all_signs(nodes, roots, Attempt(min(size, MAX_GENERATORS), hints, budget))
        except Refined as found:
            hints[found.index] = hints.get(found.index, 1) * found.factor
        except Crowded:
            if size >= MAX_GENERATORS:
                break
            size *= 2
    raise TooLarge("too many independent exponentials, logarithms and roots")


def in_basic_functions(root: Symbolic) -> Symbolic:
    """The expression with no functions but exp, ln and sign."""
    made: dict[int, Symbolic] = {}
    for node in bottom_up(root):
        match node:
            case Sum(terms=terms):
                found: Symbolic = Sum(tuple(made[id(term)] for term in terms))
            case Product(factors=factors):
                found = Product(tuple(made[id(factor)] for factor in factors))
            case Power(base=base, exponent=exponent):
                found = Power(made[id(base)], exponent)
            case Function(name=name, argument=argument):
                below, basic = made[id(argument)], FUNCTIONS[name].basic
                found = Function(name, below) if basic is None else basic(below)
            case _:
                found = node
        made[id(node)] = found
    return made[id(root)]


def _equal_for_all_signs(nodes: tuple[Symbolic, ...], roots: tuple[Symbolic, ...], attempt: Attempt) -> bool | None:
    def look(signs: Signs) -> bool:
        generators = Generators(attempt, signs)
        try:
            values = _values(nodes, roots, generators)
        except ZeroDivisionError:
            raise Impossible from None
        *_, left, right = values
        if left == right:
            return True
        q = generators.quotients
        return q.add(left, q.negative(right)).is_zero

    return every_combination(look)


def _values(nodes: tuple[Symbolic, ...], roots: tuple[Symbolic, ...], generators: Generators) -> list[Quotient]:
    """The values of the roots; all but the last two are claimed to be positive as soon as they are known."""
    found: dict[int, Quotient] = {}
    claimed = {id(root) for root in roots[:-2]}
    for node in nodes:
        found[id(node)] = _value(node, found, generators)
        if id(node) in claimed:
            if found[id(node)].is_zero:
                raise Impossible
            generators.claim_positive(factored(generators.quotients, found[id(node)]))
    return [found[id(root)] for root in roots]


def _value(node: Symbolic, found: dict[int, Quotient], generators: Generators) -> Quotient:
    q = generators.quotients
    match node:
        case Rational(value=value):
            return q.of(value)
        case Pi():
            return generators.pi()
        case Letter(name=name):
            return generators.letter(name)
        case Sum(terms=terms):
            total = found[id(terms[0])]
            for term in terms[1:]:
                total = q.add(total, found[id(term)])
            return total
        case Product(factors=factors):
            total = found[id(factors[0])]
            for factor in factors[1:]:
                total = q.multiply(total, found[id(factor)])
            return total
        case Power(base=base, exponent=exponent):
            return _power(found[id(base)], exponent, generators)
        case Function(name="exp", argument=argument):
            return generators.exp(found[id(argument)])
        case Function(name="ln", argument=argument):
            if found[id(argument)].is_zero:
                raise Impossible
            return generators.log(found[id(argument)])
        case Function(argument=argument):
            return q.of(generators.sign(found[id(argument)]))
        case _:
            raise AssertionError(node)


def _power(base: Quotient, exponent: Fraction, generators: Generators) -> Quotient:
    if exponent.denominator > 1:
        return generators.root(base, exponent)
    if exponent <= 0 and base.is_zero:
        raise Impossible
    return generators.quotients.power(base, exponent.numerator)
