"""Elements of Q(e^r : r rational), the field in which softmax outputs live. Equality is exact.

An element is a quotient of two sparse sums of `exponential_sums`, of which a zero is seen at once. Quotients are
compared by cross-multiplying: no gcd, no simplification, no tolerance.

An element that is not zero has a sign that some enclosure shows: `Element.sign` raises the precision until one does.
The balls are Arb's (F. Johansson, IEEE Trans. Comput. 66, 2017).
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import Self

from flint import arb, ctx, fmpq

from exact.numbers.bounds import MAX_EXPONENT, MAX_POWER
from exact.numbers.exponential_sums import (
    ONE,
    ZERO,
    Terms,
    TooLarge,
    add,
    ball,
    bounded,
    multiply,
    rational,
    rescaled,
    sign_of,
)


class Element:
    """An exact real number of Q(e^(1/q)), numerator / denominator, each a sparse sum of c e^r, r in units of 1/q.

    Construct with `Element.of` and `Element.exponential`; instances are immutable. `+ - * /` and `**` with an integer
    are exact and raise `TooLarge` past the bounds, `ZeroDivisionError` by zero. `==` decides mathematical equality,
    therefore elements have no hash.
    """

    __slots__ = ("_denominator", "_numerator", "_q")
    _numerator: Terms
    _denominator: Terms
    _q: int

    def __new__(cls, numerator: Terms, denominator: Terms, q: int) -> Self:
        """The quotient, with the denominator's leading term made 1 so that equal denominators look equal."""
        leading = max(denominator)
        scale = denominator[leading]
        if leading:
            numerator = {r - leading: c for r, c in numerator.items()}
            denominator = {r - leading: c for r, c in denominator.items()}
        if max(max(numerator, default=0), -min(numerator, default=0), -min(denominator)) > MAX_EXPONENT * q:
            raise TooLarge(f"a power of e beyond {MAX_EXPONENT}")
        if scale != 1:
            numerator = {r: c / scale for r, c in numerator.items()}
            denominator = {r: c / scale for r, c in denominator.items()}
        self = super().__new__(cls)
        self._numerator, self._denominator, self._q = numerator, denominator, q
        return self

    @classmethod
    def of(cls, value: Fraction | int) -> Element:
        """The rational number `value`."""
        number = rational(value)
        return cls({0: number} if number else {}, {0: ONE}, 1)

    @classmethod
    def exponential(cls, exponent: Fraction | int) -> Element:
        """The number e^exponent, for a rational exponent."""
        return cls.exponentials([(1, exponent)])

    @classmethod
    def exponentials(cls, terms: Iterable[tuple[Fraction | int, Fraction | int]]) -> Element:
        """The sum of c e^r over the pairs (c, r)."""
        pairs = [(rational(coefficient), exponent) for coefficient, exponent in terms]
        q = lcm(*(exponent.denominator for _, exponent in pairs))
        total: Terms = {}
        for coefficient, exponent in pairs:
            r = exponent.numerator * (q // exponent.denominator)
            total[r] = total.get(r, ZERO) + coefficient
        return cls(bounded({r: c for r, c in total.items() if c}), {0: ONE}, q)

    def __len__(self) -> int:
        """The number of terms it is written with: what work on it costs."""
        return len(self._numerator) + len(self._denominator)

    def quotient(self) -> tuple[list[tuple[Fraction, fmpq]], list[tuple[Fraction, fmpq]]]:
        """The pairs (exponent, coefficient) of the numerator and of the denominator."""
        top, bottom = self._numerator.items(), self._denominator.items()
        return [(Fraction(r, self._q), c) for r, c in top], [(Fraction(r, self._q), c) for r, c in bottom]

    def cost_of_sum(self, other: Element) -> int:
        """What adding the other costs: terms copied, or eight for each pair where denominators differ."""
        a, b = self._denominator, other._denominator
        alike = a == b and (self._q == other._q or len(a) == 1)
        return len(self) + len(other) if alike else 8 * len(self) * len(other)

    def as_fraction(self) -> Fraction | None:
        """The value where it is rational, else None: every other element of the field is transcendental."""
        if not self._numerator:
            return Fraction(0)
        top = self._numerator.get(0)
        if top is None or any(top * c != self._numerator.get(r) for r, c in self._denominator.items()):
            return None
        if len(self._numerator) != len(self._denominator):
            return None
        return Fraction(int(top.p), int(top.q))

    def as_monomial(self) -> tuple[Fraction, Fraction] | None:
        """(c, r) where the value is c e^r with c not 0, as written (a common factor may hide it), else None."""
        if len(self._numerator) != 1 or len(self._denominator) != 1:
            return None
        ((exponent, coefficient),) = self._numerator.items()
        return Fraction(int(coefficient.p), int(coefficient.q)), Fraction(exponent, self._q)

    def is_zero(self) -> bool:
        """Proved zero: the numerator has no term."""
        return not self._numerator

    def sign(self) -> int:
        """-1, 0 or 1, proved. Raises `Undecided` at the last precision, which no value met so far has needed."""
        return sign_of(self._numerator, self._q) * sign_of(self._denominator, self._q)

    def enclosure(self, precision: int) -> arb:
        """A ball that holds the value, computed with `precision` bits; it may be too wide to be of use."""
        with ctx.workprec(precision):
            return ball(self._numerator, self._q) / ball(self._denominator, self._q)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Element | Fraction | int):
            return NotImplemented
        return (self - other).is_zero()

    __hash__ = None  # type: ignore[assignment]  # equal elements need not look alike

    def __neg__(self) -> Element:
        return Element({r: -c for r, c in self._numerator.items()}, self._denominator, self._q)

    def __abs__(self) -> Element:
        return -self if self.sign() < 0 else self

    def __add__(self, other: Element | Fraction | int) -> Element:
        a, b, c, d, q = self._aligned(other)
        if b == d:
            return Element(add(a, c), b, q)
        return Element(add(multiply(a, d), multiply(c, b)), multiply(b, d), q)

    def __sub__(self, other: Element | Fraction | int) -> Element:
        return self + -_element(other)

    def __mul__(self, other: Element | Fraction | int) -> Element:
        a, b, c, d, q = self._aligned(other)
        return Element(multiply(a, c), multiply(b, d), q)

    def __truediv__(self, other: Element | Fraction | int) -> Element:
        a, b, c, d, q = self._aligned(other)
        if not c:
            raise ZeroDivisionError("division by zero")
        return Element(a, c, q) if b == d else Element(multiply(a, d), multiply(b, c), q)

    def _aligned(self, other: Element | Fraction | int) -> tuple[Terms, Terms, Terms, Terms, int]:
        """The sums a, b, c, d of a/b and c/d, their exponents in units of one common 1/q."""
        other = _element(other)
        if self._q == other._q:
            return self._numerator, self._denominator, other._numerator, other._denominator, self._q
        q = lcm(self._q, other._q)
        mine, theirs = q // self._q, q // other._q
        return (
            rescaled(self._numerator, mine),
            rescaled(self._denominator, mine),
            rescaled(other._numerator, theirs),
            rescaled(other._denominator, theirs),
            q,
        )

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: Fraction | int) -> Element:
        return Element.of(other) - self

    def __rtruediv__(self, other: Fraction | int) -> Element:
        return Element.of(other) / self

    def __pow__(self, exponent: int) -> Element:
        """An integer power by repeated squaring, each step within the bounds."""
        if abs(exponent) > MAX_POWER:
            raise TooLarge(f"powers go up to {MAX_POWER}")
        if exponent < 0:
            return 1 / self**-exponent
        power, square = Element.of(1), self
        while exponent:
            if exponent & 1:
                power = power * square
            exponent >>= 1
            if exponent:
                square = square * square
        return power

    def __repr__(self) -> str:
        top, bottom = (
            " + ".join(f"{c}*e^({r})" for r, c in sorted(terms, reverse=True)) or "0" for terms in self.quotient()
        )
        return f"({top})/({bottom})"


def _element(value: Element | Fraction | int) -> Element:
    return value if isinstance(value, Element) else Element.of(value)
