"""How likely it is that answers are met by chance: what is found by trying has to be more than a coincidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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


LEAST = 1 / 500
"""The chance that a number of many digits is hit, at least."""

WRONG_ELSEWHERE = 1 / 10
"""The chance that an entry of another step is wrong at all, by its own step: most follow."""


def chance(own: OwnBalls, made: Mapping[Place, Any], here: str) -> float:
    """How likely it is that one trial hits all the answers, none of which follows from another.

    `made` has what the trial makes of each entry, a ball; `here` is the cell that something is looked for to explain.
    """
    found = 1.0
    for alike in numbers(own, made):
        hit = max(min(1.0, _of_one(own, entry, made[entry])) for entry in alike)
        found *= hit * (1 if alike[0][0] == here else WRONG_ELSEWHERE)
    return found


def _of_one(own: OwnBalls, entry: Place, made: Any) -> float:
    """How likely it is that an answer is hit as nearly: what lies as near, of the range of what the step works out.

    What is worked out of new weights is the step, not the old ones that it is taken from.
    """
    name, place = entry
    value = own.cells.judged[name][place].value
    if value is None or value.numeral is None or value.numeral.digits < UNIT_DIGITS:
        return SHORT
    with ctx.workprec(BITS):
        answers = [own.answer((name, at)) for at in range(len(own.cells.judged[name]))]
        usual = own.usual.step(name)
        copied = own.usual.copied(name) or [0] * len(answers)
        largest = max(
            abs(float((one - old).mid()))
            for values in (answers, usual)
            for one, old in zip(values, copied, strict=True)
            if is_known(one)
        )
        width = float(own.unit(entry).mid()) + abs(float((own.answer(entry) - made).mid()))
    return max(width / largest, LEAST) if largest else SHORT


def numbers(own: OwnBalls, entries: Iterable[Place]) -> list[list[Place]]:
    """The entries; together those of a cell that are, and should be, of one size: they may be one number."""
    found: dict[tuple[str, str, str], list[Place]] = {}
    for entry in entries:
        name, place = entry
        found.setdefault((name, _size(own.answer(entry)), _size(own.usual.step(name)[place])), []).append(entry)
    return list(found.values())


def _size(ball: Any) -> str:
    return f"{abs(float(ball.mid())):.4g}" if is_known(ball) else ""
