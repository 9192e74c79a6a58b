"""What the generators of `exact.letters.quotients` stand for: letters, exponentials, logarithms, roots.

They are made as they are met, and kept independent:

- e^u for exponents u of which none is a rational combination of others; what is one is a product of powers.
- ln|p| and |p|^(1/q) for primes and irreducible polynomials p: ln(u v) = ln|u| + ln|v| where u v is positive.

So e^u, ln and roots of elementary expressions become quotients of polynomials whose equality is formal. That each step
holds at every point where the expressions have values, p not 0, is elementary; that nothing else can be equal is the
structure theorem for exponentials and logarithms (R. Risch, Amer. J. Math. 101, 1979; J. Ax, Ann. of Math. 93, 1971).

Where a generator turns out too coarse (e^x, and then e^(x/2)) `Refined` is raised, and everything begins again with
that generator divided.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import gcd, prod
from typing import NamedTuple

from flint import fmpz

from exact.letters.bounds import MAX_POWER
from exact.letters.exponents import combination, share_of
from exact.letters.factors import Atom, Factors, factored
from exact.letters.quotients import Budget, Quotient, Quotients
from exact.letters.signs import Signs
from exact.numbers.exponential_sums import TooLarge


class Refined(Exception):
    """The generator `index` must be divided by `factor`: its exponent, or its root's degree times it."""

    def __init__(self, index: int, factor: int) -> None:
        super().__init__()
        self.index, self.factor = index, factor


class Crowded(Exception):
    """There are more generators than there is room for."""


class Root(NamedTuple):
    """|atom| ^ (1/degree)."""

    atom: Atom
    degree: int


class Attempt(NamedTuple):
    """Room for `size` generators; `hints` says how often a generator is to be divided, by its number."""

    size: int
    hints: Mapping[int, int]
    budget: Budget


class Generators:
    """The generators of one attempt, for one combination of signs."""

    def __init__(self, attempt: Attempt, signs: Signs) -> None:
        self.quotients = Quotients(attempt.size, attempt.budget)
        self.size, self.hints, self.signs = attempt.size, attempt.hints, signs
        self.numbers: dict[str, int] = {}
        self.letters: set[int] = set()
        self.exponents: dict[int, Quotient] = {}
        self.logarithms: dict[int, Atom] = {}
        self.roots: dict[int, Root] = {}

    def number(self, key: str) -> int:
        """The number of the generator of that name; a new one where there is none yet. Raises `Crowded`."""
        found = self.numbers.setdefault(key, len(self.numbers))
        if found == self.size:
            raise Crowded
        return found

    def letter(self, name: str) -> Quotient:
        """A letter."""
        index = self.number(f"letter {name}")
        self.letters.add(index)
        return self.quotients.generator(index)

    def pi(self) -> Quotient:
        """The number pi, of which only its sign is known."""
        return self.quotients.generator(self.number("pi"))

    def exp(self, exponent: Quotient) -> Quotient:
        """e^exponent; logarithms in the exponent, times rational numbers, become powers of what they are of."""
        q = self.quotients
        result = q.of(1)
        for index, atom in tuple(self.logarithms.items()):
            if share := share_of(exponent, index):
                exponent = q.add(exponent, q.negative(_scaled(q, q.generator(index), share)))
                result = q.multiply(result, self.atom_power(atom, share))
        if exponent.is_zero:
            return result
        constant = exponent.top.to_dict().get((0,) * self.size, fmpz(0)) if exponent.bottom.is_constant() else fmpz(0)
        if constant and len(exponent.top) > 1:
            alone = q.quotient(q.context.constant(constant), exponent.bottom)
            result = q.multiply(result, self._exp_alone(alone))
            exponent = q.add(exponent, q.negative(alone))
        return q.multiply(result, self._exp_alone(exponent))

    def _exp_alone(self, exponent: Quotient) -> Quotient:
        """e^exponent in the exponentials there are, or in a new one."""
        q = self.quotients
        shares = combination(q, self.exponents, exponent)
        if shares is None:
            content = int(exponent.top.content())
            content = content if content <= MAX_POWER else 1
            shown = Fraction(content if exponent.top.leading_coefficient() > 0 else -content)
            primitive = _scaled(q, exponent, 1 / shown)
            index = self.number(f"exp {primitive.top} / {primitive.bottom}")
            hint = self.hints.get(index, 1)
            self.exponents[index] = _scaled(q, primitive, Fraction(1, hint))
            shares = {index: shown * hint}
        result = q.of(1)
        for index, share in shares.items():
            if share.denominator > 1:
                raise Refined(index, share.denominator)
            if abs(share) > MAX_POWER:
                raise TooLarge(f"powers go up to {MAX_POWER}")
            result = q.multiply(result, q.generator(index, share.numerator))
        return result

    def log(self, value: Quotient) -> Quotient:
        """ln value, for a positive value; that it is positive is told to the signs."""
        q = self.quotients
        factors = factored(self.quotients, value)
        self.claim_positive(factors)
        total = q.of(0)
        for atom, power in factors.powers:
            total = q.add(total, _scaled(q, self.log_of_atom(atom), Fraction(power)))
        return total

    def log_of_atom(self, atom: Atom) -> Quotient:
        """ln|atom|."""
        q = self.quotients
        index = self.index_of(atom)
        if index in self.exponents:
            return self.exponents[index]
        if index in self.roots:
            root = self.roots[index]
            return _scaled(q, self.log_of_atom(root.atom), Fraction(1, root.degree))
        index = self.number(f"ln {atom.key}")
        self.logarithms[index] = atom
        return q.generator(index)

    def root(self, value: Quotient, exponent: Fraction) -> Quotient:
        """value ^ exponent, which is no whole number, for a value that is not negative; the signs are told."""
        q = self.quotients
        if value.is_zero:
            if exponent < 0:
                raise ZeroDivisionError("division by zero")
            return value
        factors = factored(self.quotients, value)
        self.claim_positive(factors)
        result = q.of(1)
        for atom, power in factors.powers:
            result = q.multiply(result, self.atom_power(atom, power * exponent))
        return result

    def atom_power(self, atom: Atom, exponent: Fraction) -> Quotient:
        """|atom| ^ exponent."""
        q = self.quotients
        index = self.index_of(atom)
        if index in self.roots:
            root = self.roots[index]
            return self.atom_power(root.atom, exponent / root.degree)
        if index in self.exponents:
            if exponent.denominator > 1:
                raise Refined(index, exponent.denominator)
            return q.generator(index, exponent.numerator)
        magnitude = q.quotient(atom.polynomial * self.sign_of(atom), q.context.constant(1))
        if exponent.denominator == 1:
            return q.power(magnitude, exponent.numerator)
        index = self.number(f"root {atom.key}")
        degree = self.roots[index].degree if index in self.roots else exponent.denominator * self.hints.get(index, 1)
        if degree > MAX_POWER:
            raise TooLarge(f"roots go up to {MAX_POWER}")
        if degree % exponent.denominator:
            raise Refined(index, exponent.denominator // gcd(degree, exponent.denominator))
        self.roots[index] = Root(atom, degree)
        q.roots[index] = (degree, magnitude.top)
        return q.power(q.generator(index), exponent.numerator * (degree // exponent.denominator))

    def sign(self, value: Quotient) -> int:
        """-1 or 1, the sign of a value that is not 0. Raises `ZeroDivisionError` for 0."""
        if value.is_zero:
            raise ZeroDivisionError("the sign of zero")
        factors = factored(self.quotients, value)
        return factors.sign * prod(self.sign_of(atom) for atom, power in factors.powers if power % 2)

    def claim_positive(self, factors: Factors) -> None:
        """Tells the signs that the product of these is positive."""
        if factors.sign < 0 and not factors.powers:
            self.signs.contradiction()
        odd = [atom for atom, power in factors.powers if power % 2 and not self.is_positive(atom)]
        self.signs.claim(factors.sign, [atom.key for atom in odd])

    def sign_of(self, atom: Atom) -> int:
        """The sign of an atom."""
        return 1 if self.is_positive(atom) else self.signs.of(atom.key)

    def is_positive(self, atom: Atom) -> bool:
        """Whether the form shows it: no coefficient negative, and what may be negative in even powers alone."""
        free = [i for i in (*self.letters, *self.logarithms) if self.signs.known.get(f"g{i}") != 1]
        terms = atom.polynomial.to_dict().items()
        return all(c > 0 and not any(monomial[i] % 2 for i in free) for monomial, c in terms)

    def index_of(self, atom: Atom) -> int:
        """The number of the generator that the atom is, -1 where it is none."""
        if len(atom.polynomial) != 1 or atom.polynomial.is_constant():
            return -1
        return next(i for i, power in enumerate(atom.polynomial.degrees()) if power)


def _scaled(q: Quotients, value: Quotient, factor: Fraction) -> Quotient:
    return q.multiply(value, q.of(factor))
