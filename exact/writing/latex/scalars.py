"""Formulas of single numbers: a quantity's formula read in the names of entries, or in their numbers.

w5_new = w5 - eta delta_o1 out_h1 = 0.4 - 0.5 . 0.13849856 . 0.59326999
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from exact.calculation.expression import constant_latex
from exact.writing.latex.formula import Formula

WIDE = 14.0
"""The width, in em, from which a product is broken between its factors."""


@dataclass(frozen=True, slots=True)
class Term:
    """A product in LaTeX: a coefficient, and factors that are letters, numbers, perhaps negative, or in brackets."""

    coefficient: Fraction
    factors: tuple[str, ...]

    @property
    def is_negative(self) -> bool:
        """Whether a minus stands before it."""
        return (self.coefficient < 0) != self._begins_with_minus

    @property
    def _begins_with_minus(self) -> bool:
        """Whether the first thing to be written is a negative number."""
        return abs(self.coefficient) == 1 and bool(self.factors) and self.factors[0].startswith("-")

    @property
    def size(self) -> str:
        """The product without the minus before it."""
        return "".join(self.pieces())

    def pieces(self) -> Iterator[str]:
        """The same, factor by factor; numbers with a dot between them, all else beside each other."""
        factors = _with_squares(self.factors)
        if abs(self.coefficient) != 1 or not factors:
            factors.insert(0, constant_latex(abs(self.coefficient)))
        written = factors[0].removeprefix("-")
        yield written
        for factor in factors[1:]:
            shown = rf"\left({factor}\right)" if factor.startswith("-") else factor
            is_fraction = shown.startswith((r"\frac", r"\tfrac")) and written[-1].isdigit()
            is_number = shown[0].isdigit() or factor.startswith("-") or is_fraction
            is_word = r"\mathrm{" in written[-20:] + shown[:8]
            written = (r" \cdot " if is_number else r"\, " if is_word else " ") + shown
            yield written


def _with_squares(factors: tuple[str, ...]) -> list[str]:
    """The factors, two equal ones that follow each other as a square."""
    found: list[str] = []
    for factor in factors:
        if found and found[-1] == factor and not ("^" in factor or factor.startswith(("-", r"\frac"))):
            found[-1] = f"{factor}^2"
        else:
            found.append(factor)
    return found


@dataclass(frozen=True, slots=True)
class Scalar:
    """A sum of products; `is_rounded`: a number in it is."""

    terms: tuple[Term, ...]
    is_rounded: bool = False

    @staticmethod
    def of(latex: str, *, is_rounded: bool = False) -> Scalar:
        """A letter, a number, or what stands by itself."""
        return Scalar((Term(Fraction(1), (latex,)),), is_rounded)

    def formulas(self) -> tuple[Formula, ...]:
        """The terms, each with its sign, wide ones factor by factor; a line may break before each but the first."""
        first, *rest = self.terms
        if not rest and first.coefficient == 1 and (inner := _within_brackets(first.factors)):
            return (Formula.of(inner, is_rounded=self.is_rounded),)
        signs = ["-" if first.is_negative else "", *("- " if term.is_negative else "+ " for term in rest)]
        return tuple(
            formula
            for sign, term in zip(signs, self.terms, strict=True)
            for formula in _formulas(sign, list(term.pieces()), is_rounded=self.is_rounded)
        )

    @property
    def latex(self) -> str:
        """The whole sum."""
        return " ".join(formula.latex for formula in self.formulas())

    @property
    def _product(self) -> Term:
        """The sum as a product, in brackets where it has several terms."""
        return self.terms[0] if len(self.terms) == 1 else Term(Fraction(1), (rf"\left({self.latex}\right)",))

    def _with(self, other: Scalar, terms: tuple[Term, ...]) -> Scalar:
        return Scalar(terms, self.is_rounded or other.is_rounded)

    def __add__(self, other: Any) -> Scalar:
        if is_number(other, 0):
            return self
        right = as_scalar(other)
        return self._with(right, (*self.terms, *right.terms))

    def __radd__(self, other: Any) -> Scalar:
        return self if is_number(other, 0) else as_scalar(other) + self

    def __sub__(self, other: Any) -> Scalar:
        return self if is_number(other, 0) else self + -as_scalar(other)

    def __rsub__(self, other: Any) -> Scalar:
        return -self if is_number(other, 0) else as_scalar(other) - self

    def __neg__(self) -> Scalar:
        term = self._product
        return Scalar((Term(-term.coefficient, term.factors),), self.is_rounded)

    def __mul__(self, other: Any) -> Any:
        if is_number(other, 0):
            return Fraction(0)
        left, right = self._product, as_scalar(other)._product
        coefficient = left.coefficient * right.coefficient
        return self._with(as_scalar(other), (Term(coefficient, left.factors + right.factors),))

    def __rmul__(self, other: Any) -> Any:
        return self * other if isinstance(other, Fraction | int) else as_scalar(other) * self

    def __truediv__(self, other: Any) -> Scalar:
        right = as_scalar(other)
        return Scalar.of(rf"\frac{{{self.latex}}}{{{right.latex}}}", is_rounded=self.is_rounded or right.is_rounded)

    def __rtruediv__(self, other: Any) -> Scalar:
        return as_scalar(other) / self

    @property
    def factor(self) -> str:
        """The sum as one factor, in brackets where it is no single letter or number."""
        term = self._product
        is_single = term.coefficient == 1 and len(term.factors) == 1 and not term.factors[0].startswith("-")
        return term.factors[0] if is_single else rf"\left({self.latex}\right)"

    def squared(self) -> Scalar:
        """The sum times itself."""
        base = self.factor if "^" not in self.factor else rf"\left({self.latex}\right)"
        return Scalar.of(f"{base}^2", is_rounded=self.is_rounded)


def _formulas(sign: str, pieces: list[str], *, is_rounded: bool) -> Iterator[Formula]:
    """A product as one formula, one that is wide as several."""
    whole = Formula.of(sign + "".join(pieces), is_rounded=is_rounded)
    if whole.width <= WIDE:
        yield whole
        return
    for place, piece in enumerate(pieces):
        yield Formula.of(piece.strip() if place else sign + piece, is_rounded=is_rounded)


def _within_brackets(factors: tuple[str, ...]) -> str:
    """What stands within the brackets of a product that is nothing else."""
    opened, closed = r"\left(", r"\right)"
    if len(factors) != 1 or not (factors[0].startswith(opened) and factors[0].endswith(closed)):
        return ""
    inner = factors[0].removeprefix(opened).removesuffix(closed)
    return inner if inner.find(closed) >= inner.find(opened) else ""


def is_number(value: Any, number: int) -> bool:
    """Whether the value is that constant."""
    return isinstance(value, Fraction | int) and value == number


def as_scalar(value: Any) -> Scalar:
    """An entry of a formula that was read; a constant is one, too."""
    return value if isinstance(value, Scalar) else Scalar((Term(Fraction(value), ()),))
