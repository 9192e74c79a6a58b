"""A hand problem as it is put on paper."""

from __future__ import annotations

from functools import partial

from checks.hand.key import HandReference
from exact.graphs.pictures import picture
from exact.graphs.statement import statement as graph_statement
from exact.networks.statement import statement
from exact.writing.latex.titled import Titled, has_decimals


def titled(hand: HandReference) -> Titled:
    """The problem with what is asked for; a course with letters of its own sees its numbers as it writes them."""
    problem = hand.part.problem
    return Titled(
        hand.part.prefix,
        hand.solution,
        tuple((cell.quantity.name, cell.places) for cell in hand.cells),
        graph_statement if problem is None else partial(statement, problem),
        in_decimals=is_in_decimals(hand),
        **({"picture": picture} if has_picture(hand) else {}),
        formulas=hand.letters.asked() if hand.letters else (),
        steps=hand.letters.steps() if hand.letters else (),
    )


def has_picture(hand: HandReference) -> bool:
    """Whether the calculation is drawn: it is given as formulas, and has numbers to show."""
    return hand.part.problem is None and not hand.letters


def is_in_decimals(hand: HandReference) -> bool:
    """Whether the course works in decimals: with names of its own, and numbers that one writes so."""
    return hand.part.naming.is_own and has_decimals(hand.solution.calculation)
