"""Logarithms, and roots of numbers that are not algebraic, in the tower: each a symbol that knows what it is of.

ln X is split into what rules tell of it, ln(c e^r Y) = ln c + r + ln Y and ln(p q) = ln p + ln q for primes; of what is
left only this is known, that e^(ln Y) = Y. So equal expressions are seen to be equal, in whatever order they stand, exp
and ln undo each other, and a root is e^(ln Y / n). That two such symbols are independent nobody has proved: formal
inequality says nothing, as everywhere in the tower.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor
from typing import Any

from flint import fmpz

from exact.numbers.algebraic import BALLS, QQBAR, Algebraic, Symbol, algebraic, as_fraction, real_root
from exact.numbers.bounds import MAX_FACTORED_BITS, MAX_LOGARITHM_POWER, MAX_LOGARITHM_ROOT
from exact.numbers.exponential_sums import TooLarge
from exact.numbers.tower import Tower
from exact.numbers.tower_sums import Exponent, Terms


class LogarithmOf(Symbol):
    """The logarithm of ln Y, so that ln Y is e to the power of it. Equal where the numbers Y are formally equal."""

    __slots__ = ("number",)

    def __init__(self, number: Tower) -> None:
        self.number = number

    @property
    def sample(self) -> Any:
        """Some value that depends on that of Y alone; not ln of it, so samples tell nothing of e^(ln Y)."""
        return BALLS(1) / (BALLS(1) + self.number.sample * self.number.sample)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LogarithmOf) and self.number.equals(other.number)

    __hash__ = None  # type: ignore[assignment]


def logarithm(number: Tower) -> Tower:
    """ln of a number that the caller knows to be positive."""
    constant = number.as_constant()
    if constant is not None:
        return _of_constant(constant)
    total, rest = Tower.of(0), number
    for terms, over in zip(number.quotient(), (True, False), strict=True):
        leading = _leading(terms)
        if leading is None:
            continue
        exponent, coefficient = leading
        if _is_of_symbols(exponent):
            exponent = QQBAR(0)
        size = as_fraction(coefficient)
        factor = Tower.power(exponent) * Tower.of(1 if size is None else abs(size))
        rest = rest / factor if over else rest * factor
        part = _as_number(exponent) + _of_constant(QQBAR(1) if size is None else algebraic(abs(size)))
        total = total + part if over else total - part
    constant = rest.as_constant()
    return total + (_symbol(rest) if constant is None else _of_constant(constant))


def exponential(exponent: Tower) -> Tower:
    """e to the power of a number; whole multiples of logarithms in it become powers of what they are of."""
    total = Tower.of(1)
    kept = Tower.of(0)
    for part in _parts(exponent):
        known = _multiple(part)
        if known is None:
            kept = kept + part
            continue
        number, factor = known
        whole = floor(factor)
        if abs(whole) > MAX_LOGARITHM_POWER:
            raise TooLarge("a large multiple of a logarithm in an exponent")
        total = total * number**whole
        share, constant = factor - whole, number.as_constant()
        is_rational = constant is not None and as_fraction(constant) is not None  # roots of roots double their degree
        if share and constant is not None and is_rational and share.denominator <= MAX_LOGARITHM_ROOT:
            total = total * Tower.constant(real_root(constant, share.denominator) ** share.numerator)
        elif share:
            kept = kept + _symbol(number) * Tower.of(share)
    return total if kept.is_zero() else total * kept.exp()


def root(number: Tower, degree: int) -> Tower:
    """The root of a number that the caller knows to be positive."""
    return exponential(logarithm(number) / Tower.of(degree))


def symbolic_root(number: Tower, degree: int) -> Tower:
    """The root of a positive number, of which nothing is worked out."""
    return (_symbol(number) * Tower.of(Fraction(1, degree))).exp()


def reduced(number: Tower) -> Tower:
    """The same number, with e^(ln Y) = Y wherever it has come up in a product."""
    if not any(_reducible(exponent) for terms in number.quotient() for exponent, _ in terms):
        return number
    over, under = (
        sum((Tower.constant(c) * exponential(_as_number(r)) for r, c in terms), start=Tower.of(0))
        for terms in number.quotient()
    )
    return over / under


def equal(one: Tower, other: Tower) -> bool:
    """Whether two numbers are formally equal, which proves that they are. Raises `TooLarge`."""
    if one.equals(other):
        return True
    return (has_logarithm(one) or has_logarithm(other)) and reduced(one - other).is_zero()


def has_logarithm(number: Tower) -> bool:
    """Whether the logarithm of some number stands in an exponent, however deep."""
    return any(
        isinstance(exponent, LogarithmOf) or (isinstance(exponent, Tower) and has_logarithm(exponent))
        for terms in number.quotient()
        for exponent, _ in terms
    )


def _of_constant(constant: Algebraic) -> Tower:
    """ln of a positive algebraic number: of a rational one by its primes."""
    value = as_fraction(constant)
    if value is None:
        return _symbol(Tower.constant(constant))
    total = Tower.of(0)
    for part, sign in ((value.numerator, 1), (value.denominator, -1)):
        for factor, power in _factors(part):
            total = total + _symbol(Tower.of(factor)) * Tower.of(sign * power)
    return total


def _factors(number: int) -> Iterator[tuple[int, int]]:
    """Factors with their powers: small primes, and what is left by its primes; as a power, where it is too long."""
    rest = number
    for prime in SMALL_PRIMES:
        power = 0
        while rest % prime == 0:
            rest, power = rest // prime, power + 1
        if power:
            yield prime, power
    if rest.bit_length() <= MAX_FACTORED_BITS:
        yield from ((int(prime), int(power)) for prime, power in fmpz(rest).factor())
    else:
        exponent = next((k for k in SMALL_PRIMES if fmpz(rest).root(k) ** k == rest), 1)
        inner = _factors(int(fmpz(rest).root(exponent))) if exponent > 1 else ((rest, 1),)
        yield from ((factor, power * exponent) for factor, power in inner)


SMALL_PRIMES = tuple(n for n in range(2, 100) if all(n % d for d in range(2, n)))


def _symbol(number: Tower) -> Tower:
    return Tower.symbol(LogarithmOf(number))


def _as_number(exponent: Any) -> Tower:
    """An exponent as a number: a Tower, or an algebraic one. Raises `TooLarge` for a symbol."""
    if isinstance(exponent, Symbol):
        raise TooLarge("the logarithm of a symbol")
    return exponent if isinstance(exponent, Tower) else Tower.constant(exponent)


def _leading(terms: Terms) -> tuple[Exponent, Algebraic] | None:
    """The term with the largest exponent; None where exponents are not algebraic, unless there is but one term."""
    if len(terms) == 1:
        return terms[0]
    if any(isinstance(exponent, Symbol | Tower) for exponent, _ in terms):
        return None
    best = terms[0]
    for term in terms[1:]:
        if (term[0] - best[0]).sgn() == 1:
            best = term
    return best


def _is_of_symbols(exponent: Exponent) -> bool:
    """Whether an exponent is no number by itself, but stands for one of which nothing is known."""
    return isinstance(exponent, Tower) and any(
        isinstance(inner, Symbol) for terms in exponent.quotient() for inner, _ in terms
    )


def _parts(number: Tower) -> list[Tower]:
    """The terms of a sum over an algebraic number, each as a number; else the number itself."""
    over, under = number.quotient()
    if len(under) > 1 or isinstance(under[0][0], Symbol | Tower) or not under[0][0].is_zero():
        return [number]
    return [Tower([(exponent, c / under[0][1])], [(under[0][0], QQBAR(1))]) for exponent, c in over]


def _multiple(part: Tower) -> tuple[Tower, Fraction] | None:
    """(Y, c) where a single term is c ln Y with a rational c; else None."""
    over, _ = part.quotient()
    exponent, coefficient = over[0] if len(over) == 1 else (None, None)
    if not isinstance(exponent, Tower):
        return None
    (inner, *more), under = exponent.quotient()
    alone = not more and len(under) == 1 and not isinstance(under[0][0], Symbol | Tower) and under[0][0].is_zero()
    if not alone or not isinstance(inner[0], LogarithmOf) or inner[1] != under[0][1]:
        return None
    factor = as_fraction(coefficient)
    return None if factor is None else (inner[0].number, factor)


def _reducible(exponent: Any) -> bool:
    """Whether there is a multiple c ln Y in an exponent, c not between 0 and 1."""
    if not isinstance(exponent, Tower):
        return False
    multiples = [_multiple(part) for part in _parts(exponent)]
    return any(known is not None and not 0 <= known[1] < 1 for known in multiples)
