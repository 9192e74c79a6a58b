"""Elements of Q(e^r : r rational), the field in which softmax outputs live. Equality is exact.

An element is a quotient of two sparse sums of `exact.exponential_sums`, of which a zero is seen at once. Quotients are
compared by cross-multiplying: no gcd, no simplification, no tolerance.

An element that is not zero has a sign that some enclosure shows: `Element.sign` raises the precision until one does.
The balls are Arb's (F. Johansson, IEEE Trans. Comput. 66, 2017).
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterable
from fractions import Fraction
from typing import Self

from flint import arb, ctx, fmpq

from exact.bounds import MAX_POWER
from exact.exponential_sums import (
    ONE,
    ZERO,
    Terms,
    TooLarge,
    add,
    ball,
    bounded,
    multiply,
    rational,
    sign_of,
)


class Element:
    """An exact real number, numerator / denominator, each a sparse sum of c e^r.

    Construct with `Element.of` and `Element.exponential`; instances are immutable. `+ - * /` and `**` with an integer
    are exact and raise `TooLarge` past the bounds, `ZeroDivisionError` by zero. `==` decides mathematical equality,
    therefore elements have no hash.
    """

    __slots__ = ("_denominator", "_numerator")
    _numerator: Terms
    _denominator: Terms

    def __new__(cls, numerator: Terms, denominator: Terms) -> Self:
        """The quotient, with the denominator's leading term made 1 so that equal denominators look equal."""
        leading = max(denominator)
        scale = denominator[leading]
        self = super().__new__(cls)
        if leading == 0 and scale == 1:
            self._numerator, self._denominator = numerator, denominator
        else:
            self._numerator = {r - leading: c / scale for r, c in numerator.items()}
            self._denominator = {r - leading: c / scale for r, c in denominator.items()}
        return self

    @classmethod
    def of(cls, value: Fraction | int) -> Element:
        """The rational number `value`."""
        number = rational(value)
        return cls({ZERO: number} if number else {}, {ZERO: ONE})

    @classmethod
    def exponential(cls, exponent: Fraction | int) -> Element:
        """E to a rational power."""
        return cls(bounded({rational(exponent): ONE}), {ZERO: ONE})

    @classmethod
    def exponentials(cls, terms: Iterable[tuple[Fraction | int, Fraction | int]]) -> Element:
        """The sum of c e^r over the pairs (c, r)."""
        total: Terms = {}
        for coefficient, exponent in terms:
            r = rational(exponent)
            total[r] = total.get(r, ZERO) + rational(coefficient)
        return cls(bounded({r: c for r, c in total.items() if c}), {ZERO: ONE})

    def __len__(self) -> int:
        """The number of terms it is written with: what work on it costs."""
        return len(self._numerator) + len(self._denominator)

    def quotient(self) -> tuple[ItemsView[fmpq, fmpq], ItemsView[fmpq, fmpq]]:
        """The pairs (exponent, coefficient) of the numerator and of the denominator."""
        return self._numerator.items(), self._denominator.items()

    def cost_of_sum(self, other: Element) -> int:
        """What adding the other costs: terms copied, or eight for each pair where denominators differ."""
        alike = self._denominator == other._denominator
        return len(self) + len(other) if alike else 8 * len(self) * len(other)

    def as_fraction(self) -> Fraction | None:
        """The value where it is rational, else None: every other element of the field is transcendental."""
        if not self._numerator:
            return Fraction(0)
        top = self._numerator.get(ZERO)
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
        return Fraction(int(coefficient.p), int(coefficient.q)), Fraction(int(exponent.p), int(exponent.q))

    def is_zero(self) -> bool:
        """Proved zero: the numerator has no term."""
        return not self._numerator

    def sign(self) -> int:
        """-1, 0 or 1, proved. Raises `Undecided` at the last precision, which no value met so far has needed."""
        return sign_of(self._numerator) * sign_of(self._denominator)

    def enclosure(self, precision: int) -> arb:
        """A ball that holds the value, computed with `precision` bits; it may be too wide to be of use."""
        with ctx.workprec(precision):
            return ball(self._numerator) / ball(self._denominator)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Element | Fraction | int):
            return NotImplemented
        return (self - other).is_zero()

    __hash__ = None  # type: ignore[assignment]  # equal elements need not look alike

    def __neg__(self) -> Element:
        return Element({r: -c for r, c in self._numerator.items()}, self._denominator)

    def __abs__(self) -> Element:
        return -self if self.sign() < 0 else self

    def __add__(self, other: Element | Fraction | int) -> Element:
        other = _element(other)
        if self._denominator == other._denominator:
            return Element(add(self._numerator, other._numerator), self._denominator)
        return Element(
            add(multiply(self._numerator, other._denominator), multiply(other._numerator, self._denominator)),
            multiply(self._denominator, other._denominator),
        )

    def __sub__(self, other: Element | Fraction | int) -> Element:
        return self + -_element(other)

    def __mul__(self, other: Element | Fraction | int) -> Element:
        other = _element(other)
        return Element(multiply(self._numerator, other._numerator), multiply(self._denominator, other._denominator))

    def __truediv__(self, other: Element | Fraction | int) -> Element:
        other = _element(other)
        if other.is_zero():
            raise ZeroDivisionError("division by zero")
        if self._denominator == other._denominator:
            return Element(self._numerator, other._numerator)
        return Element(multiply(self._numerator, other._denominator), multiply(self._denominator, other._numerator))

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
            " + ".join(f"{c}*e^({r})" for r, c in sorted(terms.items(), reverse=True)) or "0"
            for terms in (self._numerator, self._denominator)
        )
        return f"({top})/({bottom})"


def _element(value: Element | Fraction | int) -> Element:
    return value if isinstance(value, Element) else Element.of(value)
