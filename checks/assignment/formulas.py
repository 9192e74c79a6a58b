r"""Reads a formula of an assignment: `z = W^T h + b`, in the answer language, with the names of what stands before it.

Nothing is executed: the text is parsed by the grammar of answers, and its tree becomes a term whose shape is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce

from checks.language.expressions import ENTRYWISE
from checks.language.grammar import parse
from checks.language.tree import (
    AnswerError,
    Applied,
    Blank,
    Call,
    Chain,
    Constant,
    Matrix,
    Named,
    Node,
    Numeral,
    Power,
    Probability,
    Product,
    Root,
    Sum,
    Transpose,
)
from checks.language.vocabulary import Vocabulary
from exact.calculation.expression import letter
from exact.graphs import terms
from exact.graphs.functions import FUNCTIONS, applied
from exact.graphs.terms import Term
from exact.networks.units import Kinks
from exact.numbers.array import Shape, ShapeError, described

NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
NO_NAMES = frozenset({*FUNCTIONS, "log", "T", ENTRYWISE})
"""Words that mean something in a formula, so that nothing can be called so."""

MAX_DEPTH = 30
"""Operations within one another in one formula."""

FEW = 8

_ENTRY = re.compile(r"\s*\[\s*([0-9]{1,4})\s*(?:,\s*([0-9]{1,4})\s*)?\]")
_WORD = re.compile(r"\\?[^\W\d_]\w*")
_BUILT_IN = ("exp", "ln", "sqrt")
"""Functions that the grammar reads by itself, in all their spellings."""


class FormulaError(Exception):
    """What is wrong with a formula, `place` characters from its beginning."""

    def __init__(self, message: str, place: int) -> None:
        super().__init__(message)
        self.message, self.place = message, place


def words_of(names: Iterable[str], texts: Iterable[str]) -> Vocabulary:
    """The names and functions that formulas are read with; entries `W[1,2]`, as far as the texts have them, too."""
    known = set(names)
    entries = {
        f"{match[1]}[{','.join(filter(None, match.groups()[1:]))}]"
        for text in texts
        for match in re.finditer(rf"({NAME.pattern}){_ENTRY.pattern}", text)
        if match[1] in known
    }
    return Vocabulary(frozenset(known | entries), frozenset({*FUNCTIONS, ENTRYWISE} - set(_BUILT_IN)))


@dataclass(frozen=True, slots=True)
class Formulas:
    """Reads formulas: `shapes` has the names that a formula may use, `later` those of formulas behind it.

    `uses` is filled with the names that are met, each with whether it stands as the target of a cost.
    """

    vocabulary: Vocabulary
    kinks: Kinks
    shapes: Mapping[str, Shape]
    later: Mapping[str, str]
    uses: list[tuple[str, bool]] = field(default_factory=list)

    def tree(self, text: str) -> Node:
        """What the text says. Raises `FormulaError`."""
        try:
            return parse(text, self.vocabulary)
        except AnswerError as error:
            raise FormulaError(self._explained(text, error), error.position) from None

    def _explained(self, text: str, error: AnswerError) -> str:
        word = _WORD.match(text, error.position)
        if "is not known" in error.message and word:
            return f"nothing is called {word.group()}; there are {' '.join(self.shapes)}"
        return error.message

    def term(self, node: Node) -> Term:
        """The term of a tree. Raises `FormulaError`."""
        try:
            found = self._term(node)
        except ShapeError as error:
            raise FormulaError(str(error), node.position) from None
        except ZeroDivisionError:
            raise FormulaError("a division by zero", node.position) from None
        if found.expression.depth > MAX_DEPTH:
            raise FormulaError(
                f"more than {MAX_DEPTH} operations within one another; give a part of it a name", node.position
            )
        return found

    def _term(self, node: Node) -> Term:
        match node:
            case Numeral(value=value):
                return terms.number(value)
            case Named(name=name):
                return self._named(name, node.position)
            case Sum(terms=parts):
                return self._sum([(sign, self.term(part)) for sign, part in parts])
            case Product(factors=factors):
                return self._product(factors)
            case Power(base=Constant(name="e"), exponent=exponent) | Call(function="exp", argument=exponent):
                return self._applied("exp", [exponent])
            case Power(base=base, exponent=exponent):
                return terms.raised_to(self.term(base), self.term(exponent))
            case Call(function=function, argument=argument):
                return self._applied(function, [argument])
            case Root(degree=2, argument=argument):
                return self._applied("sqrt", [argument])
            case Root(degree=degree, argument=argument):
                one, index = terms.number(terms.ONE), terms.number(terms.ONE * degree)
                return terms.raised_to(self.term(argument), terms.quotient(one, index))
            case Transpose(matrix=matrix):
                return terms.turned(self.term(matrix))
            case Applied(function=function, arguments=(left, right)) if function == ENTRYWISE:
                return terms.by_entries(self.term(left), self.term(right))
            case Applied(function=function, arguments=arguments):
                return self._applied(function, list(arguments))
            case Constant(name="e"):
                return self._applied("exp", [Numeral(node.position, terms.ONE, 1, terms.ONE)])
        raise FormulaError(_refused(node), node.position)

    def _applied(self, function: str, arguments: list[Node]) -> Term:
        target = FUNCTIONS[function].target
        made = []
        for number, argument in enumerate(arguments):
            before = len(self.uses)
            made.append(self.term(argument))
            if number == target:
                self.uses[before:] = [(name, True) for name, _ in self.uses[before:]]
        return applied(function, self.kinks, tuple(made))

    def _named(self, text: str, position: int) -> Term:
        name, _, index = text.partition("[")
        if name not in self.shapes:
            where = self.later.get(name)
            raise FormulaError(f"{name} is made only later, in {where}" if where else f"{name} is made here", position)
        self.uses.append((name, False))
        whole = Term(letter(name), self.shapes[name])
        if not index:
            return whole
        try:
            return terms.picked(whole, tuple(map(int, index.rstrip("]").split(","))))
        except ShapeError:
            raise FormulaError(f"no entry {text}; {name} is {described(whole.shape)}", position) from None

    def _sum(self, parts: list[tuple[int, Term]]) -> Term:
        """The sum, a tree that is no deeper than it must be; a few terms are joined from left to right."""
        if len(parts) > FEW:
            middle = (len(parts) + 1) // 2
            return terms.added(self._sum(parts[:middle]), self._sum(parts[middle:]))
        sign, first = parts[0]
        start = first if sign > 0 else terms.negated(first)
        return reduce(lambda x, y: terms.added(x, y[1]) if y[0] > 0 else terms.subtracted(x, y[1]), parts[1:], start)

    def _product(self, factors: tuple[tuple[bool, Node], ...]) -> Term:
        result = self.term(factors[0][1])
        for multiplied, node in factors[1:]:
            factor = self.term(node)
            try:
                result = terms.multiplied(result, factor) if multiplied else terms.quotient(result, factor)
            except ShapeError as error:
                raise FormulaError(str(error), node.position) from None
        return result


def _refused(node: Node) -> str:
    match node:
        case Chain():
            return "a chain of equations; expected one formula"
        case Probability(index=index):
            return f"nothing is called p_{index}"
        case Matrix():
            return "numbers in brackets; give them a name in `given`"
        case Constant(name=name):
            return f"{name} is no rational number; give it as one in `given`"
        case Blank():
            return "expected a formula"
        case _:
            return "expected a formula of numbers, names and functions"
