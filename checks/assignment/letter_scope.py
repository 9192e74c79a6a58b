"""What names stand for in a part with letters: the letters, and the entries of what is given and of the calculation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import prod

from checks.assignment.letter_arrays import ARRAY_FUNCTIONS, array_term
from checks.language.grammar import parse
from checks.language.lettered import FUNCTIONS, symbolic_value
from checks.language.tree import AnswerError, EntryOf, Named, Node, Probability, walk
from checks.language.vocabulary import Vocabulary
from exact.calculation.naming import Naming
from exact.calculation.quantity import Given, index_of
from exact.letters.lettered import NoFormula, in_letters
from exact.letters.solution import LetterSolution, Unsettled, with_letters
from exact.letters.symbolic import Letter, Symbolic, replaced, symbolic
from exact.numbers.array import Array, array

COSTS = ("C", "L", "J", "E", "loss", "cost")
"""What the cost may be called in a gradient, as far as nothing else is."""

_INDEXED = re.compile(r"(.*[A-Za-z0-9])\[([0-9]+|[0-9](?=,[0-9]\]))(?:,([0-9]))?\]")
"""A name with an index that can be written as a subscript: one number, or two of one digit."""


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters of a part, the expression that each stand-in number stands for, and what is assumed to be positive.

    The calculation has the numbers (`checks.assignment.letters`). `equal`: letters that are said to be expressions in
    the others, as the last share of a distribution is.
    """

    names: tuple[str, ...]
    stands_for: Mapping[Fraction, Symbolic]
    positive: tuple[Symbolic, ...] = ()
    equal: Mapping[str, Symbolic] = field(default_factory=dict)


@dataclass(frozen=True)
class LetterScope:
    """The names that may stand in a formula, and what they stand for."""

    naming: Naming
    letters: Letters

    @cached_property
    def solution(self) -> LetterSolution:
        """The key in letters, as answers are held against it."""
        if not self.letters.equal:
            return self.shown
        return LetterSolution(with_letters(self.naming.calculation, self.stands_for), self.letters.positive)

    @cached_property
    def stands_for(self) -> Mapping[Fraction, Symbolic]:
        """What numbers stand for, where letters are said to be expressions in others."""
        equal = self.letters.equal
        return {number: replaced(value, equal) for number, value in self.letters.stands_for.items()}

    @cached_property
    def shown(self) -> LetterSolution:
        """The key in all the letters there are, as it is shown."""
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
        costs = self._costs
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
    def wholes(self) -> Mapping[str, str]:
        """The vectors and matrices by their names. One that a letter is called by, too, is meant where vectors are."""
        found: dict[str, str] = {}
        calculation = self.naming.calculation
        for name in (*calculation.given, *(one.name for one in calculation.cells)):
            if calculation.shape_of(name):
                own = self.naming.cell(name)
                for spelled in (own, name, *self._as_gradients(own, name)):
                    if spelled not in self.entries and "(" not in spelled and "@" not in spelled:
                        found.setdefault(spelled, name)
        if calculation.outputs is not None and found and "p" not in (*self.letters.names, *self.entries):
            found.setdefault("p", calculation.outputs.name)
        return found

    def _as_gradients(self, own: str, name: str) -> Iterator[str]:
        """The ways to write a gradient as a quotient."""
        calculation, of = self.naming.calculation, ""
        if own.startswith("grad_"):
            of = own.removeprefix("grad_")
        elif name.startswith("delta") and name in calculation.by_name and not calculation.by_name[name].is_error:
            of = self.naming.cell(f"s{name[5:]}")
        return (f"d{one}/d{of}" for one in self._costs if of)

    @cached_property
    def _costs(self) -> tuple[str, ...]:
        cost = self.naming.cell(self.naming.calculation.cost)
        return cost, *(one for one in COSTS if one not in self.naming.spoken)

    def array_tree(self, text: str) -> Node:
        """The tree of a formula of vectors and matrices. Raises `AnswerError`."""
        return parse(text, self._array_vocabulary)

    @cached_property
    def _array_vocabulary(self) -> Vocabulary:
        return Vocabulary(frozenset((*self.letters.names, *self.entries, *self.wholes)), ARRAY_FUNCTIONS)

    def array(self, node: Node, before: str, values: Given | None = None) -> Array:
        """The entries of what such a tree stands for, as `value` tells that of a scalar one. Raises `AnswerError`."""
        chosen, places = values or self.solution.values, dict(_names(node))
        calculation = self.naming.calculation
        shapes = {name: calculation.shape_of(self.wholes[name]) if name in self.wholes else () for name in places}

        def of(name: str) -> Array:
            if name not in self.wholes:
                return array(self._named(name, places[name], before, chosen))
            cell = self.wholes[name]
            self._expect_earlier(name, cell, before, places[name])
            try:
                return chosen(cell)
            except (Unsettled, NoFormula):
                raise AnswerError(f"{name} has no formula here; write it out", places[name]) from None

        try:
            term = array_term(node, self._array_vocabulary, shapes, in_rows=calculation.vectors_are_rows)
            return in_letters(term.expression, of)
        except (NoFormula, ZeroDivisionError):
            raise AnswerError("expected a formula that can be written with letters", node.position) from None

    def _expect_earlier(self, name: str, cell: str, before: str, position: int) -> None:
        if before and self._order[cell] >= self._order[before]:
            raise AnswerError(f"{name} is what is asked for, or comes later; write it out", position)

    @cached_property
    def _order(self) -> Mapping[str, int]:
        names = [*self.naming.calculation.given, *(one.name for one in self.naming.calculation.quantities)]
        return {name: number for number, name in enumerate(names)}

    def value(self, node: Node, before: str = "", values: Given | None = None) -> Symbolic:
        """The expression that a scalar tree stands for; `before`: the quantity that it is said of.

        `values` are those of the quantities, the key's where none are given.

        Raises `AnswerError`, also for the name of that quantity or a later one.
        """
        if isinstance(node, EntryOf):
            return symbolic(self.array(node.whole, before, values)[node.place])
        chosen = values or self.solution.values
        return symbolic_value(node, {name: self._named(name, at, before, chosen) for name, at in _names(node)})

    def read(self, text: str) -> Symbolic:
        """The expression that a text stands for. Raises `AnswerError`."""
        return self.value(parse(text, self.vocabulary))

    def _named(self, name: str, position: int, before: str, values: Given) -> Symbolic:
        if name in self.letters.names:
            return self.letters.equal.get(name) or Letter(name)
        outputs = self.naming.calculation.outputs
        if name.startswith("p_") and name not in self.entries and outputs is not None:
            entry = outputs.name, int(name[2:]) - 1
            if not 0 <= entry[1] < outputs.size:
                raise AnswerError(f"there are p_1 to p_{outputs.size}, no {name}", position)
        elif name in self.entries:
            entry = self.entries[name]
        else:
            raise AnswerError(f"{name} is not defined here", position)
        self._expect_earlier(name, entry[0], before, position)
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
