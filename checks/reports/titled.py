"""A hand problem as it is put on paper."""

from __future__ import annotations

from functools import partial

from checks.hand.key import BackpropReference
from exact.networks.statement import statement
from exact.writing.latex.titled import Titled, is_in_decimals


def titled(hand: BackpropReference) -> Titled:
    """The problem with what is asked for; a course with letters of its own sees its numbers as it writes them."""
    problem = hand.part.problem
    told = {} if problem is None else {"statement": partial(statement, problem)}
    return Titled(
        hand.part.prefix,
        hand.solution,
        tuple((cell.quantity.name, cell.places) for cell in hand.cells),
        **told,
        in_decimals=hand.part.naming.is_own and is_in_decimals(hand.solution.calculation),
    )
