"""Known mistakes in cells that are not asked for: they show at the first asked cell that they reach.

The mistake is made in the cell that is not asked for, on the numbers that the student had; what is not asked for
between it and the wrong cell is worked out from there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from checks.hand.evidence import MOST_BY_CHANCE, chance
from checks.hand.explanation import Trial
from checks.hand.follow_through import Follower
from checks.hand.found_mistakes import AGAIN
from checks.hand.own_cells import Place
from checks.judging.verdicts import Verdict
from checks.mistakes.advice import headline, or_else
from exact.calculation.balls import as_ball, quantities_in_balls
from exact.calculation.inputs import Inputs, worked_out, worked_out_once
from exact.calculation.quantity import Quantity
from exact.mistakes import MISTAKES, Mistake, cell_with
from exact.numbers.array import Array
from exact.numbers.unknown import is_known

MOST_CELLS = 12
"""Cells that are not asked for in which a mistake is looked for, those nearest to the wrong cell first."""


@dataclass(frozen=True, slots=True)
class Unasked:
    """What gives a cell's wrong entries: one mistake in a cell that is not asked for, or several that do the same.

    `made` has what the first makes of wrong entries, here and in other cells, as balls.
    """

    equals: tuple[tuple[Mistake, Quantity], ...]
    made: Mapping[Place, Any]

    @property
    def ids(self) -> tuple[str, ...]:
        """The mistakes' names."""
        return tuple(dict.fromkeys(mistake.id for mistake, _ in self.equals))


@dataclass(frozen=True, slots=True)
class _Made:
    """A mistake, the cell in which it is made, and what comes of that."""

    mistake: Mistake
    quantity: Quantity
    values: Array


def made_unasked(trial: Trial, others: Collection[Trial], charged: Collection[str]) -> Unasked | None:
    """The mistake in a cell that is not asked for that gives every answered entry of the cell; None where none does.

    One of the `charged` needs no more evidence; any other has to be more than a coincidence, as what is in no list has.
    """
    follower, name = trial.follower, trial.quantity.name
    found, outcomes = [], set()
    usual = follower.balls.usual.step(name)
    for one in _candidates(trial):
        cell = _in_balls(follower, one, trial.quantity)
        outcome = tuple(str(cell[place]) for place in trial.wrong)
        if outcome == tuple(str(usual[place]) for place in trial.wrong):
            continue
        outcomes.add(outcome)
        if all(follower.balls.is_near((name, place), cell[place], at_first=True) for place in trial.wrong):
            values = _worked_out(follower, one, trial.quantity)
            if values.size == len(trial.judged) and not trial.misses(values, most=0):
                found.append(one)
    if not found or not trial.is_evident():
        return None
    found.sort(key=lambda one: one.mistake.id not in charged)
    first = found[0]
    made: dict[Place, Any] = {}
    for other in (trial, *others):
        values = _worked_out(follower, first, other.quantity)
        if values.size == len(other.judged) and not other.misses(values, most=0):
            made |= {(other.quantity.name, place): as_ball(values[place]) for place in other.wrong}
    if first.mistake.id not in charged and len(outcomes) * chance(follower.balls, made, name) >= MOST_BY_CHANCE:
        return None
    return Unasked(tuple((one.mistake, one.quantity) for one in found), made)


def charge_unasked(trial: Trial, found: Unasked, *, is_again: bool) -> None:
    """Charges the mistake at the wrong entries of the cell, or tells that it is the same again."""
    part, name = trial.follower.reference.part, trial.quantity.name
    (mistake, quantity), *_ = found.equals
    first, *others = found.ids
    where = f"in {part.cell_name(quantity.name)}, which is not asked for"
    note = f"{first}: {AGAIN}, {where}" if is_again else f"{headline([first])}, {where}"
    is_free = is_again and not part.charge_repeats
    for place in trial.wrong:
        finding = replace(
            trial.judged[place].finding,
            verdict=Verdict.FOLLOW_THROUGH if is_free else Verdict.WRONG,
            note=note + or_else(tuple(others)),
            hint=note + or_else(tuple(others)),
            mistakes=(first,),
            alternatives=tuple(others),
            layer=quantity.layer if mistake.has_layer else None,
        )
        trial.follower.changed(name, place, finding)


def _candidates(trial: Trial) -> Iterator[_Made]:
    """Each mistake in each cell behind that is not asked for, on the numbers that the student had."""
    follower = trial.follower
    for quantity in _behind(follower, trial.quantity)[:MOST_CELLS]:
        inputs = Inputs(follower.calculation, quantity, follower.own)
        for mistake in MISTAKES:
            values = cell_with((mistake,), inputs)
            if values is not None and values.shape == quantity.shape and all(map(is_known, values)):
                yield _Made(mistake, quantity, values)


def _behind(follower: Follower, quantity: Quantity) -> list[Quantity]:
    """The cells that a step works on and that are not asked for, through one another, the nearest first."""
    found: dict[str, Quantity] = {}
    steps = [quantity]
    for step in steps:  # grows as it goes
        for name in step.of.values():
            if name in follower.calculation.by_name and name not in follower.cells and name not in found:
                found[name] = follower.calculation.by_name[name]
                steps.append(found[name])
    return list(found.values())


def _in_balls(follower: Follower, one: _Made, quantity: Quantity) -> Array:
    """The cell as it comes out, in balls: a first look."""
    balls = one.values.each(as_ball)
    stated = lambda name: balls if name == one.quantity.name else follower.balls.written(name)  # noqa: E731
    return quantities_in_balls(follower.calculation, stated, {})(quantity.name, quantity)


def _worked_out(follower: Follower, one: _Made, quantity: Quantity) -> Array:
    """The cell as it comes out, from the student's own cells and what was made of the one that is not asked for."""
    stated = {name: follower.own(name) for name in follower.cells if name != quantity.name}
    value = worked_out_once(follower.calculation, {**stated, one.quantity.name: one.values})
    return worked_out(Inputs(follower.calculation, quantity, value))
