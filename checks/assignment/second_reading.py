"""Formulas of an assignment read a second time, for the witness: the trees of their texts, in its own operations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from checks.assignment.graph_table import ReadGraph
from checks.language.expressions import ENTRYWISE
from checks.language.tree import (
    Applied,
    Call,
    Constant,
    Named,
    Node,
    Numeral,
    Power,
    Product,
    Root,
    Sum,
    Transpose,
)
from exact.witness import functions
from exact.witness.forms import Expr, Grid, rational
from exact.witness.functions import RULES, Here, one
from exact.witness.given import NO_LETTERS, Letters
from exact.witness.graphs import Formula, GraphDerivation


def derived_graph(read: ReadGraph, letters: Letters = NO_LETTERS) -> GraphDerivation:
    """The calculation, derived a second time."""
    return GraphDerivation(read.graph, {name: _formula(tree, read) for name, tree in read.trees.items()}, letters)


def _formula(tree: Node, read: ReadGraph) -> Formula:
    def formula(values: Mapping[str, Grid], sign: Callable[[Expr], int]) -> Grid:
        return _Reading(values, Here(read.kinks, sign)).grid(tree)

    return formula


@dataclass(frozen=True, slots=True)
class _Reading:
    """`values` has what stands before the formula, by name."""

    values: Mapping[str, Grid]
    here: Here

    def grid(self, node: Node) -> Grid:
        match node:
            case Numeral(value=value):
                return one(rational(value))
            case Named(name=text):
                return self.named(text)
            case Sum(terms=terms):
                found = one(rational(Fraction(0)))
                for sign, term in terms:
                    found = functions.added(found, sign * self.grid(term))
                return found
            case Product(factors=factors):
                found = one(rational(Fraction(1)))
                for is_multiplied, factor in factors:
                    join = functions.multiplied if is_multiplied else functions.divided
                    found = join(found, self.grid(factor))
                return found
            case Power(base=Constant(name="e"), exponent=exponent):
                return self.applied("exp", exponent)
            case Power(base=base, exponent=exponent):
                return functions.raised(self.grid(base), self.grid(exponent)[0, 0])
            case Root(degree=degree, argument=argument):
                return functions.raised(self.grid(argument), rational(Fraction(1, degree)))
            case Call(function=function, argument=argument):
                return self.applied(function, argument)
            case Transpose(matrix=matrix):
                return self.grid(matrix).T
            case Applied(function=function, arguments=(left, right)) if function == ENTRYWISE:
                return functions.by_entries(self.grid(left), self.grid(right))
            case Applied(function=function, arguments=arguments):
                return self.applied(function, *arguments)
            case Constant():
                return self.applied("exp", Numeral(node.position, Fraction(1), 1, Fraction(1)))
        raise AssertionError(node)

    def applied(self, function: str, *arguments: Node) -> Grid:
        return RULES[function](self.here, [self.grid(argument) for argument in arguments])

    def named(self, text: str) -> Grid:
        """What a name stands for, or an entry of it."""
        name, _, index = text.partition("[")
        if not index:
            return self.values[name]
        row, column = (*map(int, index.rstrip("]").split(",")), 1)[:2]
        return one(self.values[name][row - 1, column - 1])
