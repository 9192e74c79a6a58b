"""The key of a calculation: every quantity that is asked for, every entry a proved number.

Numbers are rational as long as nothing else enters. What follows from the outputs p, which are kept as symbols
(`exact.numbers.affine`), is shown in them as far as it is linear in them: an entry is shown as `2 - 3 p_1`, and its
value is a `Number`, in which e^42 stays e^42.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, reduce
from operator import sub
from typing import Any

from exact.calculation.inputs import Inputs
from exact.calculation.quantity import Calculation, Quantity
from exact.calculation.readings import sizes
from exact.numbers.affine import Affine, NotAffine
from exact.numbers.array import Array
from exact.numbers.bounds import MAX_KEY_BITS
from exact.numbers.exponential_sums import TooLarge
from exact.numbers.number import Number, Scalar
from exact.numbers.tower import Tower


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of the key.

    `form` shows it (affine in p), `value` is it, `size` is the sum of |terms| of the step that gives it.
    """

    name: str
    form: Affine
    value: Number
    size: Number


@dataclass(frozen=True, slots=True)
class Cell:
    """One quantity of the key, its entries row by row; `shape` is that on the sheet, where a vector is a column."""

    quantity: Quantity
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """The canonical name."""
        return self.quantity.name

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns on the sheet."""
        return self.quantity.sheet_shape

    def rows(self) -> Iterator[tuple[Entry, ...]]:
        """The entries of each row."""
        columns = self.shape[1]
        for start in range(0, len(self.entries), columns):
            yield self.entries[start : start + columns]


class Solution:
    """The key; a quantity is worked out when somebody asks for it, and but once.

    Raises `exact.numbers.exponential_sums.TooLarge` where the numbers grow beyond what can be written down, and
    `ZeroDivisionError` where a step has no value.
    """

    def __init__(self, calculation: Calculation) -> None:
        self.calculation = calculation
        self._forms: dict[str, Array] = dict(calculation.given)
        self._values: dict[str, Array] = dict(calculation.given)
        self._cells: dict[str, Cell] = {}

    @cached_property
    def outputs(self) -> tuple[Number, ...]:
        """p_1, p_2, ..., each known by its symbol, too; none where there are none."""
        quantity = self.calculation.outputs
        if quantity is None:
            return ()
        values = self._by_values(quantity).entries
        symbols = [Number.of(Tower.symbol()) for _ in values]
        if self.calculation.sums_to_one:
            symbols[-1] = reduce(sub, symbols[:-1], Number.of(1))
        return tuple(Number.named(Number.of(a), symbol) for a, symbol in zip(values, symbols, strict=True))

    @property
    def logits(self) -> tuple[Scalar, ...]:
        """What the outputs p are made of; none where there are none."""
        quantity = self.calculation.outputs
        return () if quantity is None else self.values(next(iter(quantity.of.values()))).entries

    def forms(self, name: str) -> Array:
        """A quantity's entries as they are shown: fractions, numbers, or forms in p."""
        if name not in self._forms:
            quantity = self.calculation.by_name[name]
            if quantity.are_outputs:
                units = range(len(self.outputs))
                entries = (Affine(Fraction(0), tuple(Fraction(i == j) for j in units)) for i in units)
                self._forms[name] = Array(entries, quantity.shape)
            else:
                self._forms[name] = self._by_forms(quantity).each(_bounded)
        return self._forms[name]

    def values(self, name: str) -> Array:
        """A quantity's entries as numbers."""
        if name not in self._values:
            self._values[name] = self.forms(name).each(self.value_of)
        return self._values[name]

    def value_of(self, form: Any) -> Scalar:
        """The number that a form stands for."""
        return settled(form.value(self.outputs)) if isinstance(form, Affine) else form

    def cell(self, name: str) -> Cell:
        """A quantity with all that is known of its entries."""
        if name not in self._cells:
            quantity = self.calculation.by_name[name]
            forms, values = self.forms(name), self.values(name)
            grown = abs(values) if quantity.are_outputs else self.sizes(name)
            entries = (
                Entry(quantity.entry(place), self.affine(form), Number.of(value), Number.of(size))
                for place, (form, value, size) in enumerate(zip(forms, values, grown, strict=True))
            )
            self._cells[name] = Cell(quantity, tuple(entries))
        return self._cells[name]

    def sizes(self, name: str) -> Array:
        """The sum of |terms| of each entry of a quantity, or the size of what is given."""
        if name not in self.calculation.by_name:
            return abs(self.values(name))
        return sizes(Inputs(self.calculation, self.calculation.by_name[name], self.values), self.sizes)

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The cells that are asked for where nobody says which."""
        return tuple(self.cell(one.name) for one in self.calculation.cells if one.is_usual)

    def work_out_usual(self) -> None:
        """Works these out. Raises `TooLarge` and `ZeroDivisionError`."""
        for quantity in self.calculation.cells:
            if quantity.is_usual:
                self.cell(quantity.name)

    def entries(self) -> Iterator[Entry]:
        """All entries of these cells, in order."""
        for cell in self.cells:
            yield from cell.entries

    def affine(self, form: Any) -> Affine:
        """The form, a number as one without p's."""
        return form if isinstance(form, Affine) else Affine(form, (Fraction(0),) * len(self.outputs))

    def _by_forms(self, quantity: Quantity) -> Array:
        """The quantity from the forms of what it is made of; from the numbers, where it is not linear in p."""
        step = quantity.key_step or quantity.step
        inputs = Inputs(self.calculation, quantity, self.forms)
        has_forms = any(isinstance(x, Affine) for name in set(step.formula.letters()) for x in inputs.letter(name))
        if not has_forms or not all(one.works_by == "structure" for one in step.formula.operations()):
            return self._by_values(quantity)
        try:
            found = step.formula.value(inputs.letter)
        except NotAffine:
            return self._by_values(quantity)
        if step.is_shortened and self.calculation.sums_to_one:
            return found.each(lambda form: form.fewest() if isinstance(form, Affine) else form)
        return found

    def _by_values(self, quantity: Quantity) -> Array:
        step = quantity.key_step or quantity.step
        found = step.formula.value(Inputs(self.calculation, quantity, self.values).letter)
        return found if quantity.are_outputs else found.each(settled)


def settled(value: Any) -> Scalar:
    """The number, as a fraction where it is proved to be rational."""
    return value.settled() if isinstance(value, Number) else value


def _bounded(form: Any) -> Any:
    """The form, its numbers bounded. Raises `TooLarge`."""
    for number in (form.constant, *form.coefficients) if isinstance(form, Affine) else (form,):
        if isinstance(number, Fraction) and _bits(number) > MAX_KEY_BITS:
            raise TooLarge(f"the problem's numbers grow beyond {MAX_KEY_BITS} bits; expected numbers of hand work")
    return form


def _bits(number: Fraction) -> int:
    return max(number.numerator.bit_length(), number.denominator.bit_length())
