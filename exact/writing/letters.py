"""The formulas of a calculation with letters for all that is given: of every entry what it is made of.

Earlier quantities stand in them as letters, so that each formula is one step of the work; outputs that are called p_1,
p_2, ... are. What a course has no name for, and writes as a formula, stands as that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count
from math import prod

from exact.calculation.naming import Naming
from exact.calculation.quantity import Quantity
from exact.letters.lettered import NoFormula, entry_letter, entry_of_letter, in_letters
from exact.letters.symbolic import Letter, Symbolic, letters, symbolic
from exact.letters.writing import latex_style, text_style, written
from exact.numbers.array import Array

Cells = Iterable[tuple[Quantity, Sequence[int]]]
"""Quantities, each with the places of entries in it."""

USUAL = {"y": ("t", "target"), "x": ("input",)}
"""What else is given is called, where a course calls something else so."""


@dataclass(frozen=True, slots=True)
class Written:
    """An entry and its formula: the entry's name as text and LaTeX, the formula as text and LaTeX.

    `other_name`: what it is called further on, p_1 for the first output; "" where that is its name. `is_asked`: asked
    for, and no step on the way alone.
    """

    quantity: Quantity
    place: int
    name: str
    name_latex: str
    text: str
    latex: str
    other_name: str = ""
    other_latex: str = ""
    is_asked: bool = True


def formulas(naming: Naming, cells: Cells) -> Iterator[Written]:
    """The formulas of entries, by cell and place; what has none, such as a class, is left out."""
    chosen = [(quantity, tuple(places)) for quantity, places in cells]
    found = _Formulas(naming, frozenset(quantity.name for quantity, _ in chosen))
    for quantity, places in chosen:
        for place in places:
            if (formula := found.of(quantity.name, place)) is not None:
                yield found.written(quantity, place, formula)


def steps(naming: Naming, cells: Cells) -> Iterator[Written]:
    """The same, and the formulas of all entries that stand in them, in the order of the work."""
    asked = {(quantity.name, place) for quantity, places in cells for place in places}
    found = _Formulas(naming, frozenset(name for name, _ in asked))
    needed, waiting = set(asked), list(asked)
    while waiting:
        formula = found.of(*waiting.pop())
        sources = () if formula is None else tuple(map(entry_of_letter, letters(formula)))
        waiting += [source for source in sources if source not in needed and source[0] in naming.calculation.by_name]
        needed |= set(sources)
    for quantity in naming.calculation.quantities:
        for place in range(quantity.size):
            formula = found.of(quantity.name, place) if (quantity.name, place) in needed else None
            if formula is not None:
                yield found.written(quantity, place, formula, is_asked=(quantity.name, place) in asked)


@dataclass(frozen=True)
class _Formulas:
    """The formulas of entries, and how they are written; `asked` are the quantities that are asked for."""

    naming: Naming
    asked: frozenset[str]

    @cached_property
    def _known(self) -> dict[str, tuple[Symbolic, ...]]:
        return {}

    def of(self, name: str, place: int) -> Symbolic | None:
        """The formula of an entry; None where it has none."""
        if name not in self._known:
            try:
                self._known[name] = tuple(map(symbolic, self._entries(self.naming.calculation.by_name[name])))
            except NoFormula:
                self._known[name] = ()
        found = self._known[name]
        return found[place] if found else None

    def _entries(self, quantity: Quantity) -> Array:
        return in_letters(quantity.step.formula, lambda letter: self._letters(quantity.of[letter]))

    def _letters(self, name: str) -> Array:
        """A letter for each entry of what stands in a formula; its own formula where the course has no name for it."""
        source = self.naming.calculation.by_name.get(name)
        if source is not None and name not in self.asked and self._is_inline(source):
            return self._entries(source)
        shape = self.naming.calculation.shape_of(name)
        return Array((Letter(entry_letter(name, place)) for place in range(prod(shape))), shape)

    def _is_inline(self, quantity: Quantity) -> bool:
        if not quantity.latex:
            return True
        is_named = not self.naming.is_own or quantity.name in self.naming.cells
        return quantity.is_inline and not is_named and not self.naming.own_entry(quantity.name, 0)

    def written(self, quantity: Quantity, place: int, formula: Symbolic, *, is_asked: bool = True) -> Written:
        """The entry with its formula."""
        name, letter = quantity.name, entry_letter(quantity.name, place)
        is_output = self._is_output(name, place)
        return Written(
            quantity,
            place,
            self._entry(name, place),
            self.naming.entry_latex(name, place),
            written(formula, text_style(self._name)),
            written(formula, latex_style(self._typeset)),
            self._name(letter) if is_output else "",
            self._typeset(letter) if is_output else "",
            is_asked,
        )

    def _name(self, letter: str) -> str:
        name, place = entry_of_letter(letter)
        return f"p_{place + 1}" if self._is_output(name, place) else self._entry(name, place)

    def _entry(self, name: str, place: int) -> str:
        """The name of an entry; another one where the course calls something else so."""
        called = self.naming.entry(name, place)
        base, _, index = called.partition("[")
        alike = (base, base + index.removesuffix("]"))  # y[1] beside a y1 that is something else
        if name in self.naming.cells or all(self.naming.spoken.get(one, (name, None))[0] == name for one in alike):
            return called
        return self._free(name) + called.removeprefix(base)

    def _free(self, name: str) -> str:
        """A name that nothing else has, t for a target y."""
        usual = USUAL.get(name, ())
        return next(one for one in chain(usual, (name + "_" * n for n in count(1))) if one not in self.naming.spoken)

    def _typeset(self, letter: str) -> str:
        name, place = entry_of_letter(letter)
        if self._is_output(name, place):
            return f"p_{{{place + 1}}}"
        return self.naming.entry_latex(name, place)

    def _is_output(self, name: str, place: int) -> bool:
        """Whether the entry is called p_i: an output, where the course has no name of its own for it."""
        quantity = self.naming.calculation.by_name.get(name)
        has_own = bool(self.naming.own_entry(name, place)) or name in self.naming.cells
        return quantity is not None and quantity.are_outputs and not has_own
