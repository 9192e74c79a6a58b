"""Equality beyond the exact field: in the tower of nested exponentials, and of sums of logarithms by their powers of e.

An answer such as 17 + ln(1 + e^-17 + e^-73) lies outside the field, but e to its power lies within, so two of that kind
are compared there: x = y exactly if e^x = e^y, for real x and y.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import lcm
from operator import mul

from checks.bounds import MAX_ALGEBRAIC_POWER
from checks.language.evaluate import Value
from checks.language.scope import Scope
from checks.language.tower import tower_value
from checks.language.tree import Call, Node, Product, Sum, walk
from exact.exponential_sums import TooLarge
from exact.number import Number
from exact.tower import Tower

Antilogarithm = tuple[Tower, int]
"""(E, n) for the number x with e^(n x) = E."""


def formally_equal(value: Value, key: Number) -> bool:
    """Whether the two are proved equal by their form; False says nothing."""
    for symbolic in (True, False):
        with suppress(TooLarge, ZeroDivisionError):
            left, right = (value.symbolic, key.symbolic) if symbolic else (value.tower, key.tower)
            if left is not None and right is not None:
                if (left - right).is_zero():
                    return True
                continue
            mine, theirs = _Antilogarithms(value.scope, symbolic).of(value.node), _of_key(key, symbolic)
            if mine and theirs and (mine[0] ** theirs[1] - theirs[0] ** mine[1]).is_zero():
                return True
    return False


def _of_key(key: Number, symbolic: bool) -> Antilogarithm | None:
    inner = key if key.antilogarithm is None else key.antilogarithm
    tower = inner.symbolic if symbolic else inner.tower
    if tower is None:
        return None
    return (tower.exp() if inner is key else tower), 1


@dataclass(frozen=True, slots=True)
class _Antilogarithms:
    """Finds those of sums of rational multiples of logarithms and of numbers in the tower."""

    scope: Scope
    symbolic: bool

    def of(self, node: Node) -> Antilogarithm | None:
        match node:
            case Call(function="ln", argument=argument):
                inner = self.tower(argument)
                return None if inner is None else (inner, 1)
            case Sum(terms=terms):
                return _product([_scaled(self.of(term), Fraction(sign)) for sign, term in terms])
            case Product(factors=factors) if _has_logarithm(node):
                return self.multiple(factors)
            case _:
                number = self.tower(node)
                return None if number is None else (number.exp(), 1)

    def tower(self, node: Node) -> Tower | None:
        return tower_value(node, self.scope, symbolic=self.symbolic)

    def multiple(self, factors: tuple[tuple[bool, Node], ...]) -> Antilogarithm | None:
        """That of a product of one factor with logarithms, and rational ones."""
        whole, factor = None, Fraction(1)
        for multiplied, part in factors:
            if _has_logarithm(part):
                if whole is not None or not multiplied:
                    return None
                whole = part
                continue
            number = self.tower(part)
            rational = None if number is None else number.as_fraction()
            if not rational:
                return None
            factor = factor * rational if multiplied else factor / rational
        return None if whole is None else _scaled(self.of(whole), factor)


def _product(parts: list[Antilogarithm | None]) -> Antilogarithm | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    n = lcm(*(one for _, one in known))
    return reduce(mul, (power ** (n // one) for power, one in known)), n


def _scaled(antilogarithm: Antilogarithm | None, factor: Fraction) -> Antilogarithm | None:
    """That of `factor` times the number."""
    if antilogarithm is None or max(abs(factor.numerator), factor.denominator) > MAX_ALGEBRAIC_POWER:
        return None
    power, n = antilogarithm
    return power**factor.numerator, n * factor.denominator


def _has_logarithm(node: Node) -> bool:
    return any(isinstance(part, Call) and part.function == "ln" for part in walk(node))
