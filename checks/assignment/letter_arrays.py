"""Answers with letters that are formulas of whole vectors and matrices: `delta2 = p - t`, `p = softmax(z)`, `W x + b`.

They are read as the formulas of a `[[graph]]` are; a vector may also stand as a list in brackets.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import prod

from checks.assignment.formulas import FormulaError, Formulas
from checks.language.expressions import ENTRYWISE
from checks.language.tree import AnswerError, Applied, Matrix, Node
from checks.language.vocabulary import Vocabulary
from exact.calculation.expression import Expression, letter
from exact.calculation.index_maps import joined, reshaped
from exact.graphs.functions import FUNCTIONS, applied
from exact.graphs.terms import Term, turned
from exact.networks.units import Kinks
from exact.numbers.array import Shape

ARRAY_FUNCTIONS = frozenset({*FUNCTIONS, ENTRYWISE} - {"exp", "ln", "sqrt", "conv", "maxpool", "avgpool"})
"""The functions of such an answer; the grammar reads exp, ln and sqrt by itself."""

MAX_PRODUCTS = 50_000
"""Products that the entries of one answer may take."""


def array_term(tree: Node, vocabulary: Vocabulary, shapes: dict[str, Shape], *, in_rows: bool = False) -> Term:
    """The term that a tree stands for; `shapes` has what its names stand for. Raises `AnswerError`.

    `in_rows`: vectors are rows.
    """
    try:
        return _ArrayFormulas(vocabulary, Kinks(), shapes, {}, in_rows=in_rows).term(tree)
    except FormulaError as error:
        raise AnswerError(error.message, error.place) from None


@dataclass(frozen=True, slots=True)
class _ArrayFormulas(Formulas):
    """`paid` are the products that terms take, at most."""

    paid: list[int] = field(default_factory=list)
    in_rows: bool = False

    def term(self, node: Node) -> Term:
        found = Formulas.term(self, node)
        longest = max((n for shape in self.shapes.values() for n in shape), default=1)
        self.paid.append(prod(found.shape) * longest)
        if sum(self.paid) > MAX_PRODUCTS:
            raise FormulaError(f"a formula of more than {MAX_PRODUCTS} products", node.position)
        return found

    def _term(self, node: Node) -> Term:
        match node:
            case Matrix(shape=(rows, columns), items=items, flat=is_flat):
                listed = self._listed(node, [item.node for item in items])
                if is_flat or columns == 1:
                    return self._as_vector(listed)
                return Term(Expression(reshaped(listed.shape, (rows, columns)), (listed.expression,)), (rows, columns))
            case Applied(function="softmax", arguments=(_, _, *_)):
                return self._as_vector(applied("softmax", self.kinks, (self._listed(node, list(node.arguments)),)))
            case Applied(function="softmax", arguments=(argument,)) if self.in_rows:
                return self._as_vector(applied("softmax", self.kinks, (turned(self.term(argument)),)))
        return Formulas._term(self, node)

    def _as_vector(self, term: Term) -> Term:
        return turned(term) if self.in_rows and len(term.shape) == 1 else term

    def _listed(self, node: Node, parts: list[Node]) -> Term:
        """Numbers as a vector."""
        terms = [self.term(part) for part in parts]
        if any(term.shape for term in terms):
            raise FormulaError("vectors within a list; expected numbers", node.position)
        expressions = tuple(term.expression for term in terms)
        return Term(Expression(joined(((),) * len(terms)), expressions), (len(terms),))

    def _named(self, text: str, position: int) -> Term:
        if text not in self.shapes:
            raise FormulaError(f"{text} is not defined here", position)
        return self._as_vector(Term(letter(text), self.shapes[text]))
