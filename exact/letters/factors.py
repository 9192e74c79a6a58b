"""Quotients of polynomials factored into primes and irreducible polynomials, by FLINT."""

from __future__ import annotations

from typing import NamedTuple

from flint import fmpz

from exact.letters.bounds import MAX_FACTORED, MAX_PRIME_BITS
from exact.letters.quotients import Polynomial, Quotient, Quotients, size_of
from exact.numbers.exponential_sums import TooLarge

FACTORING = 200
"""What factoring costs at least, in pairs of terms multiplied."""


class Atom(NamedTuple):
    """A prime number, or an irreducible polynomial with a positive leading coefficient."""

    polynomial: Polynomial
    key: str


class Factors(NamedTuple):
    """sign * product of atom^power, powers not 0."""

    sign: int
    powers: tuple[tuple[Atom, int], ...]


def factored(quotients: Quotients, value: Quotient) -> Factors:
    """The value, not 0, factored into primes and irreducible polynomials. Raises `TooLarge`."""
    sign, powers = 1, dict[str, int]()
    atoms: dict[str, Atom] = {}
    for whole, side in ((value.top, 1), (value.bottom, -1)):
        if size_of(whole) > MAX_FACTORED:
            raise TooLarge("a polynomial too large to be factored")
        quotients.budget.pay(FACTORING + len(whole) ** 2)
        content, irreducible = whole.factor()  # leading coefficients are positive: the sign is in the content
        if content < 0:
            sign = -sign
        numbers = [(quotients.context.constant(p), n) for p, n in _primes(abs(content))]
        for factor, power in [*numbers, *irreducible]:
            key = str(factor)
            atoms[key] = Atom(factor, key)
            powers[key] = powers.get(key, 0) + side * int(power)
    return Factors(sign, tuple((atoms[key], power) for key, power in powers.items() if power))


def _primes(number: fmpz) -> list[tuple[int, int]]:
    if number.bit_length() > MAX_PRIME_BITS:
        raise TooLarge(f"a number of more than {MAX_PRIME_BITS} bits to be factored")
    return [(int(p), int(n)) for p, n in fmpz(number).factor()] if number > 1 else []
