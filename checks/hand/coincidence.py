"""Whether known mistakes that explain a cell are more than a coincidence, and which of several shows the most.

Many are tried, and where an answer shows little of what was done, one of them is near it by chance: so they have to hit
more closely, or at more numbers, than so many that are tried may be expected to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from checks.hand.evidence import MOST_BY_CHANCE, chance
from checks.hand.explanation import Candidate, Explanation, Trial
from checks.hand.own_cells import Place
from exact.calculation.balls import as_ball
from exact.mistakes import Mistake
from exact.numbers.array import Array
from exact.numbers.unknown import is_known

LIKELIER = 100
"""How much likelier a known mistake is than one of those that are in no list: people make these."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The wrong entries of a sheet that an explanation gives, each with what it makes of it; how likely by chance."""

    entries: Mapping[Place, Any]
    chance: float


NOTHING = Shown({}, 1.0)


def weighed(trial: Trial, found: Explanation | None, others: Sequence[Trial]) -> tuple[Explanation | None, Shown]:
    """The explanation, what shows the most of it first, and what that shows; None where it may be one by chance.

    `others` are the other cells that are wrong, and may show a single mistake as well.
    """
    if found is None:
        return None, NOTHING
    if len(found.equals[0]) > 1:
        shown = _shown(trial, _made(trial, found.values, found.places))
        return (None if _is_by_chance(trial, shown, len(found.equals[0])) else found), shown
    found = without_habits(trial, found, others)
    if found is None:
        return None, NOTHING
    told = [(one, _made_by(trial, one[0], found, others)) for one in found.equals]
    ranked = sorted(((one, _shown(trial, made)) for one, made in told), key=lambda one: -len(one[1].entries))
    best, shown = ranked[0]
    values = found.values if best is found.equals[0] else trial.explained_by(best[0].id)
    if values is None or all(_is_by_chance(trial, each, 1) for _, each in ranked):
        return None, shown
    return replace(found, equals=tuple(one for one, _ in ranked), values=values), shown


def without_habits(trial: Trial, found: Explanation | None, others: Sequence[Trial]) -> Explanation | None:
    """The explanation without mistakes that are habits and are contradicted; None where no mistake is left."""
    if found is None:
        return None
    left = tuple(one for one in found.equals if all(_is_open(mistake, trial, others) for mistake in one))
    return replace(found, equals=left) if left else None


def shown_by(trial: Trial, made: Mapping[Place, Any]) -> Shown:
    """What something else shows that makes these of the entries."""
    return _shown(trial, made)


def _is_open(mistake: Mistake, trial: Trial, others: Sequence[Trial]) -> bool:
    """Whether nothing contradicts the mistake: a habit shows wherever the same step is wrong."""
    step = trial.quantity.step.name
    like = () if mistake.has_layer else (one for one in others if one.quantity.step.name == step)
    return not any(one.contradicts(mistake.id) for one in like)


def _made_by(trial: Trial, mistake: Mistake, found: Explanation, others: Sequence[Trial]) -> dict[Place, Any]:
    made = _made(trial, found.values, found.places)
    for other in others:
        if (values := other.explained_by(mistake.id)) is not None:
            made |= _made(other, values, other.wrong)
    return made


def _made(trial: Trial, values: Array, places: Iterable[int]) -> dict[Place, Any]:
    name = trial.quantity.name
    return {(name, place): as_ball(values[place]) for place in places if is_known(values[place])}


def _shown(trial: Trial, made: Mapping[Place, Any]) -> Shown:
    return Shown(made, chance(trial.follower.balls, made, trial.quantity.name))


def _is_by_chance(trial: Trial, shown: Shown, at_once: int) -> bool:
    return _outcomes(trial, at_once) * shown.chance >= LIKELIER * MOST_BY_CHANCE


def _outcomes(trial: Trial, at_once: int) -> int:
    """How many outcomes so many mistakes at once have at the wrong entries, other than what should stand there."""
    candidates: Iterable[Candidate] = trial.singles if at_once == 1 else trial.pairs
    usual = trial.follower.balls.usual.step(trial.quantity.name)
    made = {_text(trial, values.each(as_ball)) for _, values in candidates}
    return len(made - {_text(trial, usual)})


def _text(trial: Trial, balls: Array) -> tuple[str, ...]:
    return tuple(f"{float(balls[place].mid()):.6g}" if is_known(balls[place]) else "" for place in trial.wrong)
