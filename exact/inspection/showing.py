"""Which mistakes the numbers of a problem can show, and which of them make equal cells.

A mistake is done to the right numbers, in every cell that is asked for and where it can be made: it shows where an
entry that is asked for comes out as another one on paper (`exact.inspection.paper`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from exact.calculation.inputs import Inputs, NotThereError
from exact.calculation.quantity import Calculation, Given, Quantity
from exact.inspection.paper import differ_on_paper
from exact.mistakes import MISTAKES, Mistake, cell_with
from exact.mistakes.backward import OUTPUT_STEPS
from exact.mistakes.forward import SOFTMAX
from exact.numbers.array import Array
from exact.numbers.unknown import is_known

Wanted = Mapping[str, tuple[int, ...]]
"""The cells that are asked for, by name, each with the places of the entries that are."""

Shown = tuple[str, int]
"""A mistake by its id, with the layer where it is one of each, else 0."""

Pair = tuple[str, str, str]
"""A cell, and two mistakes that make the same of it."""


def _true_class_only(c: Inputs, step: object) -> Array:
    """Only the entries of the target's own class, as by the derivative of -ln of its output alone."""
    del step
    error = c.a - c.y
    return Array((x if y != 0 else 0 * y for x, y in zip(error, c.y, strict=True)), error.shape)


KIN = (Mistake("other-classes-left-out", OUTPUT_STEPS, _true_class_only, units=SOFTMAX),)
"""Mistakes that nobody is charged with, since a listed one makes the same wherever the target is one-hot."""


@dataclass(frozen=True, slots=True)
class Showing:
    """What the numbers show.

    `shown` are the mistakes that show; `hidden` the others, with the cells in which each can be made. `alike` are pairs
    that make the same of a cell, and another one than the key; `parted` those that do not make the same of it.
    """

    shown: frozenset[Shown]
    hidden: Mapping[Shown, tuple[str, ...]]
    alike: frozenset[Pair]
    parted: frozenset[Pair]


def showing(calculation: Calculation, wanted: Wanted, value: Given, cells: Collection[str] | None = None) -> Showing:
    """What the numbers of a calculation show, in some of the cells that are asked for or in all of them.

    `value` has the quantities, worked out (`exact.calculation.inputs.worked_out_once`).
    """
    shown: set[Shown] = set()
    where: dict[Shown, list[str]] = {}
    alike: set[Pair] = set()
    parted: set[Pair] = set()
    for name, places in wanted.items():
        if cells is not None and name not in cells:
            continue
        quantity, key = calculation.by_name[name], value(name)
        made = []
        for mistake, values in _made(Inputs(calculation, quantity, value), wanted, key):
            differs = differ_on_paper(key, values, places)
            if differs is None:
                continue
            made.append((mistake, values, differs))
            if mistake not in KIN:
                called = (mistake.id, quantity.layer if mistake.has_layer else 0)
                where.setdefault(called, []).append(name)
                shown |= {called} if differs else set()
        for (one, values, is_wrong), (other, others, _) in combinations(made, 2):
            if one.id == other.id:
                continue
            if differ_on_paper(values, others, places):
                parted.add(_pair(name, one, other))
            elif is_wrong:
                alike.add(_pair(name, one, other))
    hidden = {called: tuple(dict.fromkeys(cells)) for called, cells in where.items() if called not in shown}
    return Showing(frozenset(shown), hidden, frozenset(alike - parted), frozenset(parted))


def _pair(cell: str, one: Mistake, other: Mistake) -> Pair:
    first, second = sorted((one.id, other.id))
    return cell, first, second


def _made(inputs: Inputs, wanted: Wanted, key: Array) -> Iterator[tuple[Mistake, Array]]:
    """Each mistake that can be made in a step, with what it makes of the cell."""
    for mistake in (*MISTAKES, *KIN):
        if not mistake.applies(inputs) or _shows_before(mistake, inputs.quantity, wanted):
            continue
        try:
            values = cell_with((mistake,), inputs)
        except NotThereError:
            continue
        if values is not None and values.size == key.size and all(map(is_known, values)):
            yield mistake, Array(values.entries, key.shape)


def _shows_before(mistake: Mistake, quantity: Quantity, wanted: Wanted) -> bool:
    """Whether an earlier cell that is asked for has to show the mistake first."""
    first = quantity.of.get(mistake.first_in) or quantity.beside.get(mistake.first_in)
    return first in wanted
