"""Calculations like another one: other numbers, and as much to work out, with as many units live and dead.

The given numbers are drawn in the order in which the calculation makes use of them, and drawn again as soon as what
follows from them is unlike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import nan
from random import Random
from typing import Any

from exact.calculation.inputs import worked_out_once
from exact.calculation.needed import leading_to
from exact.calculation.quantity import Calculation, Given, Quantity
from exact.calculation.readings import sources
from exact.inspection.labour import Labour
from exact.inspection.paper import about
from exact.inspection.pieces import pieces
from exact.inspection.redrawing import Range, varied_names
from exact.inspection.showing import Wanted
from exact.numbers.array import Array
from exact.numbers.unknown import is_known

Place = tuple[str, int]

TRIES = 120
"""Draws of the numbers of one stage before all is drawn again."""

ROOM, LEAST_ROOM = Fraction(1, 5), 3
"""The share by which the numbers of products and sums may differ, and how much they always may."""

GROWTH, LEAST_SIZE = 1.5, 6.0
"""How much larger the largest entry of a quantity may be, and what is never too large."""

NOTHING = 1e-36

LEAST_SHARE, MOST_SHARE = 0.01, 0.95
"""Bounds of outputs that are probabilities, where the model's own keep to them."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Given numbers that are drawn at once, and the quantities that then follow."""

    names: tuple[str, ...]
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True)
class Model:
    """A calculation that others are to be like; `free` are the entries of what is given that may be other numbers."""

    calculation: Calculation
    wanted: Wanted
    free: frozenset[Place]

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The stages, in order."""
        free = {name for name, _ in self.free}
        known, stages = set[str](), list[tuple[list[str], list[Quantity]]]()
        for quantity in leading_to(self.calculation.quantities, self.wanted):
            new = sorted((set(quantity.of.values()) & free) - known)
            known |= set(new)
            if new or not stages:
                stages.append((new, []))
            stages[-1][1].append(quantity)
        return tuple(Stage(tuple(names), tuple(quantities)) for names, quantities in stages)

    @cached_property
    def ranges(self) -> Mapping[str, Range]:
        """From which numbers those of each free array are drawn."""
        return {name: Range.of(self.calculation.given[name]) for name, _ in self.free}

    @cached_property
    def _roots(self) -> dict[tuple[str, str, int], frozenset[Place]]:
        return {}

    def roots(self, stage: Stage, name: str, place: int) -> frozenset[Place]:
        """The free numbers of a stage that an entry is worked out from."""
        if name in stage.names:
            return frozenset({(name, place)}) & self.free
        quantity = next((one for one in stage.quantities if one.name == name), None)
        if quantity is None:
            return frozenset()
        key = (stage.names[0] if stage.names else "", name, place)
        if key not in self._roots:
            before = sources(self.calculation, quantity)[place]
            self._roots[key] = frozenset().union(*(self.roots(stage, *one) for one in before))
        return self._roots[key]

    @cached_property
    def looks(self) -> Mapping[str, Look]:
        """How the quantities of the model look."""
        value = worked_out_once(self.calculation, {})
        quantities = [quantity for stage in self.stages for quantity in stage.quantities]
        return {quantity.name: look(self.calculation, quantity, value) for quantity in quantities}


@dataclass(frozen=True, slots=True)
class Look:
    """A quantity's entries, about, and the sides of the kinks in its step on which the arguments lie.

    `are_shares`: they are outputs of which all together say which is the likeliest.
    """

    entries: tuple[float, ...]
    sides: tuple[tuple[int, ...], ...]
    are_shares: bool

    def unlike(self, model: Look) -> frozenset[int]:
        """The places of entries that are not as in the model, all where it is nothing of a single one.

        Too large; 0, or on the other side of a kink; together none negative, another one the largest, or too near to 0
        or 1 to be read.
        """
        most = max(LEAST_SIZE, GROWTH * max(map(abs, model.entries)))
        pairs = enumerate(zip(self.entries, model.entries, strict=True))
        bad = {place for place, (x, own) in pairs if not abs(x) <= most or _is_nothing(x) != _is_nothing(own)}
        for mine, theirs in zip(self.sides, model.sides, strict=True):
            moved = [place for place, (side, own) in enumerate(zip(mine, theirs, strict=True)) if side != own]
            bad |= set(moved if len(mine) == len(self.entries) else range(len(self.entries)) if moved else ())
        if not bad and (self._kind() != model._kind() or (model._is_readable() and not self._is_readable())):
            bad = set(range(len(self.entries)))
        return frozenset(bad)

    def _kind(self) -> tuple[bool, int]:
        largest = self.entries.index(max(self.entries)) if self.are_shares else 0
        return any(x < 0 for x in self.entries), largest

    def _is_readable(self) -> bool:
        return not self.are_shares or all(LEAST_SHARE <= x <= MOST_SHARE for x in self.entries)


def _is_nothing(x: float) -> bool:
    return abs(x) < NOTHING


def look(calculation: Calculation, quantity: Quantity, value: Given) -> Look:
    """How a quantity looks."""
    entries = tuple(about(x) if is_known(x) else nan for x in value(quantity.name))
    sides = tuple(
        tuple(0 if side is None else side for side in piece.sides) for piece in pieces(calculation, (quantity,), value)
    )
    return Look(entries, sides, quantity.are_outputs and len(entries) > 1)


def free_places(calculation: Calculation, chosen: Collection[Place] = ()) -> frozenset[Place]:
    """The entries that may be other numbers: the chosen ones, else all but targets, masks, zeros and eta."""
    if chosen:
        return frozenset(chosen)
    return frozenset(
        (name, place)
        for name in varied_names(calculation)
        for place, value in enumerate(calculation.given[name])
        if value != 0
    )


def drawn_like(model: Model, random: Random) -> Calculation | None:
    """Another calculation whose forward pass looks alike; None where a stage was drawn too often."""
    given: dict[str, Array] = dict(model.calculation.given)
    stated: dict[str, Any] = {}
    calculation = model.calculation
    for stage in model.stages:
        redraw = frozenset(place for place in model.free if place[0] in stage.names)
        for _ in range(TRIES):
            for name, place in sorted(redraw):
                given[name] = given[name].replaced(place, model.ranges[name].number(random))
            calculation = replace(model.calculation, given=given)
            value = worked_out_once(calculation, stated)
            unlike = next(_unlike(model, stage, calculation, value), None)
            if unlike is None:
                break
            if not unlike:
                return None
            redraw = unlike
        else:
            return None
        stated |= {one.name: value(one.name) for one in _looked_at(stage)}
    value = worked_out_once(calculation, stated)
    back = (one for stage in model.stages for one in stage.quantities if one.name in model.wanted and not one.group)
    zeros = ((look(calculation, one, value).entries, model.looks[one.name].entries) for one in back)
    return calculation if all([*map(_is_nothing, x)] == [*map(_is_nothing, y)] for x, y in zeros) else None


def _unlike(model: Model, stage: Stage, calculation: Calculation, value: Given) -> Iterator[frozenset[Place]]:
    """For each quantity of the stage that is unlike the model's, the numbers of the stage that are to blame."""
    for quantity in _looked_at(stage):
        unlike = look(calculation, quantity, value).unlike(model.looks[quantity.name])
        if unlike:
            yield frozenset().union(*(model.roots(stage, quantity.name, place) for place in unlike))


def _looked_at(stage: Stage) -> Iterator[Quantity]:
    """The quantities of the way forward; those of the way back are looked at when all is drawn."""
    return (one for one in stage.quantities if one.origin is None and not one.group)


def is_alike(labour: Labour, model: Labour) -> bool:
    """Whether there is about as much to work out."""
    pairs = ((labour.products, model.products), (labour.sums, model.sums), (labour.functions, model.functions))
    return all(abs(mine - own) <= LEAST_ROOM or abs(mine - own) <= ROOM * own for mine, own in pairs)
