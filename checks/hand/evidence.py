"""How likely it is that answers are met by chance: what is found by trying has to be more than a coincidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flint import ctx

from checks.hand.own_balls import OwnBalls
from checks.hand.own_cells import Place
from checks.judging.clauses import UNIT_DIGITS
from exact.calculation.balls import BITS
from exact.numbers.unknown import is_known

MOST_BY_CHANCE = 0.02
"""How many of what was tried may be expected to hit by chance, where something is told of it."""

SHORT = 1 / 40
"""The chance that a number of one or two digits is hit: small ones recur."""


WRONG_ELSEWHERE = 1 / 10
"""The chance that an entry of another step is wrong at all, by its own step: most follow."""


def chance(own: OwnBalls, entries: Iterable[Place], here: str) -> float:
    """How likely it is that one trial hits all the answers, none of which follows from another.

    `here` is the cell that something is looked for to explain.
    """
    found = 1.0
    for entry in entries:
        found *= min(1.0, _of_one(own, entry)) * (1 if entry[0] == here else WRONG_ELSEWHERE)
    return found


def _of_one(own: OwnBalls, entry: Place) -> float:
    """How likely it is that an answer is hit: what is near it, of the range of the cell's values."""
    judged = own.cells.judged[entry[0]]
    value = judged[entry[1]].value
    if value is None or value.numeral is None or value.numeral.digits < UNIT_DIGITS:
        return SHORT
    with ctx.workprec(BITS):
        sizes = (own.answer((entry[0], place)) for place in range(len(judged)))
        largest = max(abs(float(one.mid())) for one in sizes if is_known(one))
        width = float(own.allowed(entry).mid())
    return width / largest + own.loose(entry) if largest else SHORT


def numbers(own: OwnBalls, entries: Iterable[Place]) -> list[Place]:
    """The entries but for those that are, and should be, as large as another one: they may follow from each other."""
    found: dict[tuple[str, str], Place] = {}
    for entry in entries:
        found.setdefault((_size(own.answer(entry)), _size(own.usual.step(entry[0])[entry[1]])), entry)
    return list(found.values())


def _size(ball: Any) -> str:
    return f"{abs(float(ball.mid())):.4g}" if is_known(ball) else ""
