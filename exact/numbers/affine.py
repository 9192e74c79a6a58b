"""Numbers c_0 + c_1 p_1 + ... + c_n p_n, affine in the outputs p of a softmax or sigmoid layer: what people are shown.

Every delta, weight and bias of one gradient step is of this form; the c are rational where the hidden units are
piecewise linear. Where p sums to 1 it is not unique: `Affine.fewest` chooses the form with the fewest p's. Equality is
decided on the numbers that the forms stand for (`exact.numbers.number`), never here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from exact.numbers.number import Number, Scalar


class NotAffine(TypeError):
    """An operation that leads out of the forms: a product of two of them, or a function of one."""


@dataclass(frozen=True, slots=True)
class Affine:
    """constant + sum of coefficients[i] * p_(i+1); one coefficient for each output.

    Sums take another form, products a rational number or a `Number`; work with zeros is left out.
    """

    constant: Scalar
    coefficients: tuple[Scalar, ...]

    def __add__(self, other: Affine | Scalar) -> Affine:
        if not isinstance(other, Affine):
            return Affine(self.constant + other, self.coefficients)
        pairs = zip(self.coefficients, other.coefficients, strict=True)
        return Affine(self.constant + other.constant, tuple(a + b if b else a for a, b in pairs))

    def __mul__(self, factor: Scalar | Affine) -> Affine:
        if isinstance(factor, Affine):
            raise NotAffine
        return Affine(self.constant * factor, tuple(c * factor if c else c for c in self.coefficients))

    def _not_affine(self, *_: object) -> Affine:
        raise NotAffine

    __abs__ = __truediv__ = __rtruediv__ = _not_affine

    def __neg__(self) -> Affine:
        return self * Fraction(-1)

    def __sub__(self, other: Affine | Scalar) -> Affine:
        return self + -other

    def __rsub__(self, other: Scalar) -> Affine:
        return -self + other

    __radd__ = __add__
    __rmul__ = __mul__

    @property
    def is_rational(self) -> bool:
        """Whether all the c are rational."""
        return isinstance(self.constant, Fraction) and all(isinstance(c, Fraction) for c in self.coefficients)

    def value(self, outputs: Iterable[Number]) -> Scalar:
        """The number that the form stands for, with the p that are given."""
        total = self.constant
        for coefficient, p in zip(self.coefficients, outputs, strict=True):
            total = coefficient * p + total if coefficient else total
        return total

    def fewest(self) -> Affine:
        """The same value with the fewest p's, ties by the smallest constant, where p sums to 1 and the c are rational.

        Adding lambda (1 - p_1 - ... - p_n) = 0 changes every coefficient by the same lambda, so the best lambda is
        one of the coefficients.

        >>> Affine(Fraction(-2), (Fraction(2), Fraction(3), Fraction(2))).fewest().terms()
        ((Fraction(1, 1), 2),)
        """
        if not self.coefficients or not self.is_rational:
            return self
        rational = [c for c in self.coefficients if isinstance(c, Fraction)]
        shift = min(rational, key=lambda c: (-rational.count(c), abs(self.constant + c), abs(c), c))
        return Affine(self.constant + shift, tuple(c - shift for c in rational))

    def terms(self) -> tuple[tuple[Fraction, int], ...]:
        """(coefficient, i) for each term of a form with rational c, in the order of writing; i = 0 for the constant.

        The constant leads, unless it alone is negative (`p_3 - 1`); where there is none a positive term leads.
        """
        rational = [c for c in self.coefficients if isinstance(c, Fraction)]
        constant = self.constant if isinstance(self.constant, Fraction) else Fraction(0)
        parts = [(c, i) for i, c in enumerate(rational, start=1) if c]
        if not constant and parts:
            leader = next((part for part in parts if part[0] > 0), parts[0])
            return (leader, *(part for part in parts if part is not leader))
        if constant < 0 and parts and all(c > 0 for c, _ in parts):
            return (*parts, (constant, 0))
        return ((constant, 0), *parts)
