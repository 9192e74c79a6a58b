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
from exact.calculation.quantity import Calculation, Given, Quantity
from exact.inspection.figures import leading_to
from exact.inspection.labour import Labour
from exact.inspection.paper import about
from exact.inspection.pieces import pieces
from exact.inspection.redrawing import redrawn_array, varied_names
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
        for quantity in leading_to(self.calculation, [self.calculation.by_name[name] for name in self.wanted]):
            new = sorted((set(quantity.of.values()) & free) - known)
            known |= set(new)
            if new or not stages:
                stages.append((new, []))
            stages[-1][1].append(quantity)
        return tuple(Stage(tuple(names), tuple(quantities)) for names, quantities in stages)

    @cached_property
    def looks(self) -> Mapping[str, Look]:
        """How the quantities of the model look."""
        value = worked_out_once(self.calculation, {})
        quantities = [quantity for stage in self.stages for quantity in stage.quantities]
        return {quantity.name: look(self.calculation, quantity, value) for quantity in quantities}


@dataclass(frozen=True, slots=True)
class Look:
    """How large the largest entry is, where 0 stands, whether any is negative, on which sides of kinks arguments lie.

    Of outputs also which is the largest, and whether all can be read.
    """

    size: float
    zeros: tuple[bool, ...]
    has_negative: bool
    sides: tuple[tuple[int, ...], ...]
    largest: int
    is_readable: bool

    def is_like(self, model: Look) -> bool:
        """Whether somebody who works it out has about the same to do."""
        is_small = self.size <= max(GROWTH * model.size, LEAST_SIZE)
        kind, own = (self.zeros, self.has_negative, self.largest), (model.zeros, model.has_negative, model.largest)
        return is_small and self.sides == model.sides and kind == own and (self.is_readable or not model.is_readable)


def look(calculation: Calculation, quantity: Quantity, value: Given) -> Look:
    """How a quantity looks."""
    values = value(quantity.name)
    sizes = [about(x) if is_known(x) else nan for x in values]
    sides = tuple(
        tuple(0 if side is None else side for side in piece.sides)
        for piece in pieces(calculation, iter((quantity,)), value)
    )
    are_shares = quantity.are_outputs and values.size > 1
    return Look(
        max(map(abs, sizes), default=0.0),
        tuple(abs(size) < NOTHING for size in sizes),
        any(size < 0 for size in sizes),
        sides,
        sizes.index(max(sizes)) if are_shares else 0,
        not quantity.are_outputs or all(LEAST_SHARE <= size <= MOST_SHARE for size in sizes),
    )


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
        for _ in range(TRIES):
            drawn = {name: _drawn(model, name, random) for name in stage.names}
            calculation = replace(model.calculation, given={**given, **drawn})
            value = worked_out_once(calculation, stated)
            if all(look(calculation, one, value).is_like(model.looks[one.name]) for one in _looked_at(stage)):
                break
            if not stage.names:
                return None
        else:
            return None
        given |= drawn
        stated |= {one.name: value(one.name) for one in _looked_at(stage)}
    value = worked_out_once(calculation, stated)
    back = (one for stage in model.stages for one in stage.quantities if one.name in model.wanted and not one.group)
    has_same_zeros = all(look(calculation, one, value).zeros == model.looks[one.name].zeros for one in back)
    return calculation if has_same_zeros else None


def _looked_at(stage: Stage) -> Iterator[Quantity]:
    """The quantities of the way forward; those of the way back are looked at when all is drawn."""
    return (one for one in stage.quantities if one.origin is None and not one.group)


def _drawn(model: Model, name: str, random: Random) -> Array:
    values = model.calculation.given[name]
    pairs = enumerate(zip(values, redrawn_array(values, random), strict=True))
    return Array((new if (name, place) in model.free else old for place, (old, new) in pairs), values.shape)


def is_alike(labour: Labour, model: Labour) -> bool:
    """Whether there is about as much to work out."""
    pairs = ((labour.products, model.products), (labour.sums, model.sums), (labour.functions, model.functions))
    return all(abs(mine - own) <= LEAST_ROOM or abs(mine - own) <= ROOM * own for mine, own in pairs)
