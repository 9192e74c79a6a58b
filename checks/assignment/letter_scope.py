"""What names stand for in a part with letters: the letters, and the entries of what is given and of the calculation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import prod

from checks.language.grammar import parse
from checks.language.lettered import FUNCTIONS, symbolic_value
from checks.language.tree import AnswerError, Named, Node, Probability, walk
from checks.language.vocabulary import Vocabulary
from exact.calculation.naming import Naming
from exact.calculation.quantity import Given, index_of
from exact.letters.lettered import NoFormula
from exact.letters.solution import LetterSolution, Unsettled, with_letters
from exact.letters.symbolic import Letter, Symbolic

COSTS = ("C", "L", "J", "E", "loss", "cost")
"""What the cost may be called in a gradient, as far as nothing else is."""

_INDEXED = re.compile(r"(.*[A-Za-z0-9])\[([0-9]+|[0-9](?=,[0-9]\]))(?:,([0-9]))?\]")
"""A name with an index that can be written as a subscript: one number, or two of one digit."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a part, the expression that each stand-in number stands for, and what is assumed to be positive.

    The calculation has the numbers (`checks.assignment.letters`).
    """

    names: tuple[str, ...]
    stands_for: Mapping[Fraction, Symbolic]
    positive: tuple[Symbolic, ...] = ()


@dataclass(frozen=True)
class LetterScope:
    """The names that may stand in a formula, and what they stand for."""

    naming: Naming
    letters: Letters

    @cached_property
    def solution(self) -> LetterSolution:
        """The key in letters."""
        calculation = with_letters(self.naming.calculation, self.letters.stands_for)
        return LetterSolution(calculation, self.letters.positive)

    @cached_property
    def entries(self) -> Mapping[str, tuple[str, int]]:
        """The entries by their names, those of letters left out: quantity and place."""
        found: dict[str, tuple[str, int]] = {}
        for name, place, spelled in self._spelled():
            if spelled not in self.letters.names and "(" not in spelled and "@" not in spelled:
                found.setdefault(spelled, (name, place))
        taken = {one.replace("_", "") for one in (*self.letters.names, *found)}
        for spelled, entry in tuple(found.items()):
            subscripted = _with_subscript(spelled)
            if subscripted and subscripted.replace("_", "") not in taken:
                found.setdefault(subscripted, entry)
        return found

    def _spelled(self) -> Iterator[tuple[str, int, str]]:
        naming, calculation = self.naming, self.naming.calculation
        cost = naming.cell(calculation.cost)
        costs = (cost, *(one for one in COSTS if one not in naming.spoken))
        names = [*calculation.given, *(one.name for one in calculation.cells)]
        for own in (True, False):  # a course's own names go before canonical ones
            for name in names:
                shape = calculation.shape_of(name)
                for place in range(prod(shape)):
                    index = ",".join(map(str, index_of(shape, place)))
                    entry = naming.entry(name, place) if own else f"{name}[{index}]" if index else name
                    yield name, place, entry
                    quantity = calculation.by_name.get(name)
                    if quantity is not None and entry.startswith("grad_"):
                        yield from ((name, place, f"d{one}/d{entry.removeprefix('grad_')}") for one in costs)
                    elif quantity is not None and name.startswith("delta") and not quantity.is_error:
                        of = naming.entry(f"s{name[5:]}", place) if f"s{name[5:]}" in calculation.by_name else name
                        yield from ((name, place, f"d{one}/d{of}") for one in costs)
                    if not own and prod(shape) == 1:
                        yield name, place, naming.cell(name)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """All these names, and the functions."""
        return Vocabulary(frozenset((*self.letters.names, *self.entries)), frozenset(FUNCTIONS))

    @cached_property
    def _order(self) -> Mapping[str, int]:
        names = [*self.naming.calculation.given, *(one.name for one in self.naming.calculation.quantities)]
        return {name: number for number, name in enumerate(names)}

    def value(self, node: Node, before: str = "", values: Given | None = None) -> Symbolic:
        """The expression that a scalar tree stands for; `before`: the quantity that it is said of.

        `values` are those of the quantities, the key's where none are given.

        Raises `AnswerError`, also for the name of that quantity or a later one.
        """
        chosen = values or self.solution.values
        return symbolic_value(node, {name: self._named(name, at, before, chosen) for name, at in _names(node)})

    def read(self, text: str) -> Symbolic:
        """The expression that a text stands for. Raises `AnswerError`."""
        return self.value(parse(text, self.vocabulary))

    def _named(self, name: str, position: int, before: str, values: Given) -> Symbolic:
        if name in self.letters.names:
            return Letter(name)
        outputs = self.naming.calculation.outputs
        if name.startswith("p_") and name not in self.entries and outputs is not None:
            entry = outputs.name, int(name[2:]) - 1
            if not 0 <= entry[1] < outputs.size:
                raise AnswerError(f"there are p_1 to p_{outputs.size}, no {name}", position)
        elif name in self.entries:
            entry = self.entries[name]
        else:
            raise AnswerError(f"{name} is not defined here", position)
        if before and self._order[entry[0]] >= self._order[before]:
            raise AnswerError(f"{name} is what is asked for, or comes later; write it out", position)
        try:
            found: Symbolic = values(entry[0])[entry[1]]
        except (Unsettled, NoFormula):
            raise AnswerError(f"{name} has no formula here; write it out", position) from None
        return found


def _with_subscript(name: str) -> str:
    """h_2 for h[2], W_12 for W[1,2]; "" where the name has no such index."""
    match = _INDEXED.fullmatch(name)
    return f"{match[1]}_{match[2]}{match[3] or ''}" if match else ""


def _names(node: Node) -> Iterator[tuple[str, int]]:
    """The names in a tree, as an expression has them, each with its position."""
    for part in walk(node):
        if isinstance(part, Named):
            yield part.name, part.position
        elif isinstance(part, Probability):
            yield f"p_{part.index}", part.position
