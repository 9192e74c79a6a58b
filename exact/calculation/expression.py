"""Formulas: trees of operations over letters, which stand for arrays of numbers.

A formula says how a quantity comes about, and nothing of which numbers it is read in: `value` reads it in numbers of
any kind, and other readings (`exact.calculation.readings`, `gradients`) go over the same tree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from exact.numbers.array import Array, Shape, array

Values = Callable[[str], Array]
"""The array that a letter stands for."""


@dataclass(frozen=True, slots=True)
class Way:
    """What a backward rule has: the gradient g of the result, the result, the operands, and the operands' shapes."""

    g: Expression
    out: Expression
    operands: tuple[Expression, ...]
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """What an operation on groups of entries, each apart from the others, does within a group, a vector.

    `groups` has the places of the operand and those of the result; `shape` is the result's.
    """

    within: Operation
    groups: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...]
    shape: Shape

    def applied(self, x: Array, each: Callable[[Array], Array]) -> Array:
        """The result, where each group becomes what the function makes of it."""
        entries: dict[int, Any] = {}
        for before, after in self.groups:
            made = each(Array((x.entries[place] for place in before), (len(before),)))
            entries |= zip(after, made.entries, strict=True)
        return Array((entries[place] for place in range(len(entries))), self.shape)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Entries of an array of the shape, by their places row by row."""

    shape: Shape
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation, in all its readings.

    `forward` makes the result of arrays. `back` gives the gradient of each operand; an operand without one is None.
    `latex` writes the operands, each in brackets where it binds less strongly than it `needs` to.

    `size` makes the sum of |terms| of the result from the operands' values and sizes; if it is None it is the size of
    the result's own value. `works_by`: "entries", where an entry of the result is a function of the same entry of the
    operands; "all", where it is one of all their entries; "structure", where the sums and products in `forward` tell.
    `ball` is `forward` for balls, where that is not tight by itself. `has_powers`: an operand is an exponent of e.
    `slope` is the derivative of a piecewise linear function. `chosen`: the entries that it chooses, or puts in their
    places, where it does nothing else; `latex` counts them from 1. `grouped`: what is done to "all" is done group by
    group, as the shape of the operand tells.
    """

    name: str
    forward: Callable[..., Array]
    back: Callable[[Way], tuple[Expression | None, ...]]
    latex: Callable[..., str]
    size: Callable[[tuple[Array, ...], tuple[Array, ...]], Array] | None = None
    works_by: str = "structure"
    ball: Callable[..., Array] | None = None
    has_powers: bool = False
    slope: Operation | None = None
    chosen: Chosen | None = None
    grouped: Callable[[Shape], Grouped] | None = None
    binding: int = 9
    needs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """An operation on operands; else a letter; else a constant."""

    operation: Operation | None = None
    operands: tuple[Expression, ...] = ()
    letter: str = ""
    constant: Fraction = field(default_factory=Fraction)

    def value(self, letters: Values) -> Array:
        """The array that the formula makes of those that the letters stand for."""
        if self.operation is None:
            return letters(self.letter) if self.letter else array(self.constant)
        return self.operation.forward(*(operand.value(letters) for operand in self.operands))

    @property
    def depth(self) -> int:
        """How many operations stand within one another."""
        waiting, deepest = [(self, 0)], 0
        while waiting:
            one, depth = waiting.pop()
            deepest = max(deepest, depth)
            waiting += [(operand, depth + 1) for operand in one.operands]
        return deepest

    def letters(self) -> Iterator[str]:
        """The letters, each as often as it stands there, from left to right."""
        if self.letter:
            yield self.letter
        for operand in self.operands:
            yield from operand.letters()

    def operations(self) -> Iterator[Operation]:
        """The operations in it."""
        if self.operation is not None:
            yield self.operation
        for operand in self.operands:
            yield from operand.operations()

    def put(self, letters: Callable[[str], Expression]) -> Expression:
        """The formula with expressions in the place of its letters."""
        if self.letter:
            return letters(self.letter)
        return Expression(self.operation, tuple(one.put(letters) for one in self.operands), "", self.constant)

    def latex(self, letters: Callable[[str], str]) -> str:
        """The formula as it is typeset, with what each letter is written as."""
        if self.operation is None:
            return letters(self.letter) if self.letter else constant_latex(self.constant)
        needs = self.operation.needs or (0,) * len(self.operands)
        written = []
        for operand, need in zip(self.operands, needs, strict=True):
            text = operand.latex(letters)
            weak = operand.binding < need
            written.append(rf"\left({text}\right)" if weak else text)
        return self.operation.latex(*written)

    @property
    def binding(self) -> int:
        """How strongly the outermost operation binds."""
        if self.operation is not None:
            return self.operation.binding
        return 9 if self.letter or self.constant >= 0 else 1


def constant_latex(value: Fraction) -> str:
    """A rational constant of a formula."""
    sign = "-" if value < 0 else ""
    top, bottom = abs(value.numerator), value.denominator
    return f"{sign}{top}" if bottom == 1 else rf"{sign}\tfrac{{{top}}}{{{bottom}}}"


def letter(name: str) -> Expression:
    """The letter of that name."""
    return Expression(letter=name)


def constant(value: Fraction | int) -> Expression:
    """The constant."""
    return Expression(constant=Fraction(value))


def is_constant(expression: Any, value: int) -> bool:
    """Whether the expression is that constant."""
    return (
        isinstance(expression, Expression)
        and expression.operation is None
        and not expression.letter
        and expression.constant == value
    )
