"""Numbers c_0 + c_1 p_1 + ... + c_n p_n, affine in the softmax outputs p: the form to show people.

Every delta, weight and bias of one gradient step is of this form with rational c. It is not unique, for p sums to 1;
`Affine.fewest` chooses the form with the fewest p's. What number it is, `exact.softmax` knows; equality is decided in
`exact.field`, never here.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Affine:
    """constant + sum of coefficients[i] * p_(i+1); one coefficient for each output."""

    constant: Fraction
    coefficients: tuple[Fraction, ...]

    def fewest(self) -> Affine:
        """The same value with the fewest p's, ties by the smallest constant.

        Adding lambda (1 - p_1 - ... - p_n) = 0 changes every coefficient by the same lambda, so the best lambda is
        one of the coefficients.

        >>> Affine(Fraction(-2), (Fraction(2), Fraction(3), Fraction(2))).fewest().terms()
        ((Fraction(1, 1), 2),)
        """
        if not self.coefficients:
            return self
        shift = min(
            self.coefficients,
            key=lambda c: (-self.coefficients.count(c), abs(self.constant + c), abs(c), c),
        )
        return Affine(self.constant + shift, tuple(c - shift for c in self.coefficients))

    def terms(self) -> tuple[tuple[Fraction, int], ...]:
        """(coefficient, i) for each term in the order of writing, i = 0 for the constant, else for p_i.

        The constant leads, unless it alone is negative (`p_3 - 1`); where there is none a positive term leads.
        """
        parts = [(c, i) for i, c in enumerate(self.coefficients, start=1) if c]
        if not self.constant and parts:
            leader = next((part for part in parts if part[0] > 0), parts[0])
            return (leader, *(part for part in parts if part is not leader))
        constant = (self.constant, 0)
        if self.constant < 0 and parts and all(c > 0 for c, _ in parts):
            return (*parts, constant)
        return (constant, *parts)
