"""How the entries of a key with letters are written: in the letters, or, where that is too long, as one step of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from checks.assignment.letter_scope import LetterScope
from checks.assignment.parts import HandPart
from exact.calculation.quantity import Quantity
from exact.letters.symbolic import Symbolic, bottom_up, children, letters
from exact.letters.writing import latex_style, text_style, written
from exact.numbers.exponential_sums import TooLarge
from exact.writing.letters import Written, formulas, steps

MAX_WRITTEN = 60
"""Operations of an expression that is written in letters throughout."""


@dataclass(frozen=True)
class LetterKey:
    """The key of a part with letters, as expressions and as they are written."""

    part: HandPart
    scope: LetterScope

    @cached_property
    def _typeset(self) -> dict[str, str]:
        """How letters are typeset."""
        naming = self.part.naming
        return {name: naming.typeset(name) for name in self.scope.letters.names}

    def asked(self) -> tuple[Written, ...]:
        """The entries that are asked for."""
        return tuple(one for cell in self.part.cells for one in self.written(cell.quantity, cell.places))

    def steps(self) -> tuple[Written, ...]:
        """Of all that is asked for, and what it is worked out from, each entry as one step and in letters alone."""
        found = []
        asked = [(cell.quantity, cell.places) for cell in self.part.cells]
        for step in steps(self.part.naming, asked):
            value = self.shown(step.quantity)[step.place]
            latex = written(value, latex_style(self._typeset.__getitem__))
            is_shown = length(value) <= MAX_WRITTEN and latex != step.latex
            found.append(replace(step, latex=f"{step.latex} = {latex}") if is_shown else step)
        return tuple(found)

    def values(self, quantity: Quantity) -> Sequence[Symbolic]:
        """The entries of a quantity as expressions."""
        found: Sequence[Symbolic] = self.scope.solution.values(quantity.name).entries
        return found

    def shown(self, quantity: Quantity) -> Sequence[Symbolic]:
        """The same, as they are shown."""
        found: Sequence[Symbolic] = self.scope.shown.values(quantity.name).entries
        return found

    def written(self, quantity: Quantity, places: Sequence[int]) -> Iterator[Written]:
        """The entries, each as text and LaTeX."""
        values = self.shown(quantity)
        steps = {one.place: one for one in formulas(self.part.naming, [(quantity, places)])}
        naming = self.part.naming
        for place in places:
            value = values[place]
            if length(value) > MAX_WRITTEN and place in steps:
                yield replace(steps[place], name=self.part.entry_name(quantity.name, place))
                continue
            yield Written(
                quantity,
                place,
                self.part.entry_name(quantity.name, place),
                naming.entry_latex(quantity.name, place),
                written(value, text_style()),
                written(value, latex_style(self._typeset.__getitem__)),
            )


def length(root: Symbolic) -> int:
    """How many operations the expression has as it is written, shared parts each time; many where it is too large."""
    counted: dict[int, int] = {}
    try:
        for node in bottom_up(root):
            counted[id(node)] = 1 + sum(counted[id(child)] for child in children(node))
    except TooLarge:
        return 10**9
    return counted[id(root)]


def has_letters(value: Symbolic) -> bool:
    """Whether the value depends on how letters are chosen, as it is written."""
    return bool(letters(value))
