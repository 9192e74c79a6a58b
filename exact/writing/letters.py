"""The formulas of a calculation with letters for all that is given: of every entry what it is made of.

Earlier quantities stand in them as letters, so that each formula is one step of the work; outputs that are called p_1,
p_2, ... are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exact.calculation.naming import Naming
from exact.calculation.quantity import Quantity
from exact.letters.lettered import NoFormula, entry_letter, entry_of_letter, lettered
from exact.letters.symbolic import Symbolic
from exact.letters.writing import latex_style, text_style, written


@dataclass(frozen=True, slots=True)
class Written:
    """An entry and its formula: the entry's name as text and LaTeX, the formula as text and LaTeX.

    `other_name`: what it is called further on, p_1 for the first output; "" where that is its name.
    """

    quantity: Quantity
    place: int
    name: str
    name_latex: str
    text: str
    latex: str
    other_name: str = ""
    other_latex: str = ""


def formulas(naming: Naming, cells: Iterable[tuple[Quantity, Iterable[int]]]) -> Iterator[Written]:
    """The formulas of entries, by cell and place; what has none, such as a class, is left out."""
    letters = _Letters(naming)
    for quantity, places in cells:
        try:
            entries = tuple(lettered(naming.calculation, quantity))
        except NoFormula:
            continue
        for place in places:
            formula = entries[place].formula
            yield Written(
                quantity,
                place,
                naming.entry(quantity.name, place),
                naming.entry_latex(quantity.name, place),
                letters.text(formula),
                letters.latex(formula),
                *letters.other_names(quantity.name, place),
            )


@dataclass(frozen=True, slots=True)
class _Letters:
    """How the letters for entries are written."""

    naming: Naming

    def text(self, formula: Symbolic) -> str:
        return written(formula, text_style(self._name))

    def latex(self, formula: Symbolic) -> str:
        return written(formula, latex_style(self._typeset))

    def other_names(self, name: str, place: int) -> tuple[str, str]:
        """What an entry is called further on, as text and LaTeX; "" where that is its name."""
        letter = entry_letter(name, place)
        return (self._name(letter), self._typeset(letter)) if self._is_output(name, place) else ("", "")

    def _name(self, letter: str) -> str:
        name, place = entry_of_letter(letter)
        return f"p_{place + 1}" if self._is_output(name, place) else self.naming.entry(name, place)

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
