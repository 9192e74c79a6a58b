"""The powers of e by which answers with logarithms are compared.

An answer such as 17 + ln(1 + e^-17 + e^-73) lies in no field of ours, but e to its power does (`exact.numbers.number`).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from math import lcm
from operator import mul

from checks.bounds import MAX_ALGEBRAIC_POWER
from checks.language.scope import Scope
from checks.language.tower import tower_value
from checks.language.tree import Call, Node, Product, Sum, walk
from exact.numbers.arithmetics import Antilogarithm
from exact.numbers.exponential_sums import TooLarge
from exact.numbers.tower import Tower


def antilogarithm(node: Node, scope: Scope, *, symbolic: bool = False) -> Antilogarithm | None:
    """(E, n) with e^(n x) = E for the tree's value x; None where it is no sum of logarithms, or E is too large."""
    with suppress(TooLarge):
        return _Antilogarithms(scope, symbolic).of(node)
    return None


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
            if rational is None or (not rational and not multiplied):
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
