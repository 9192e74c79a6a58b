"""Students who copy the problem wrongly and do all else rightly: a number, two swapped, another learning rate.

Nothing of this comes from the solver or from the checker. A sheet is worked out from the problem as it was read; how
many of its entries show the misreading is told by working each step out again from the student's own cells before it.
"""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from tests.students import RIGHT, Floats, Paper, as_floats, sheet

Table = dict[str, Any]


@dataclass(frozen=True)
class Misread:
    """The problem as it was read, and what was read otherwise: names of numbers, as a report would have them."""

    table: Table
    numbers: frozenset[str]


def _other(value: object, chance: random.Random) -> str:
    """The sign lost, another digit, a digit too many or the like."""
    number = Fraction(str(value))
    changes: list[Callable[[Fraction], Fraction]] = [
        lambda x: -x,
        lambda x: -x,
        lambda x: x + 1,
        lambda x: x - 1,
        lambda x: x + 3,
        lambda x: 1 / x if x else x + 4,
        lambda x: 10 * x,
    ]
    while True:
        found = chance.choice(changes)(number)
        if found != number:
            return str(found)


def _places(table: Table) -> list[tuple[str, list[Any], int]]:
    """Every number of the problem but eta: its name, the list that holds it, and its place there."""
    found: list[tuple[str, list[Any], int]] = []
    for letter in "xy":
        found += [(f"{letter}[{i + 1}]", table[letter], i) for i in range(len(table[letter]))]
    for l, layer in enumerate(table["layers"], start=1):
        for i, row in enumerate(layer["W"], start=1):
            found += [(f"W{l}[{i},{j + 1}]", row, j) for j in range(len(row))]
        found += [(f"b{l}[{i + 1}]", layer["b"], i) for i in range(len(layer["b"]))]
    return found


def one_number(table: Mapping[str, Any], chance: random.Random) -> Misread | None:
    """One number of W, b, x or y that was read as another."""
    read = copy.deepcopy(dict(table))
    name, held, place = chance.choice(_places(read))
    held[place] = _other(held[place], chance)
    return Misread(read, frozenset({name}))


def two_swapped(table: Mapping[str, Any], chance: random.Random) -> Misread | None:
    """Two neighbours of one matrix or vector swapped."""
    read = copy.deepcopy(dict(table))
    places = _places(read)
    name, held, place = chance.choice(places)
    if place + 1 >= len(held) or held[place] == held[place + 1]:
        return None
    other = next(told for told, at, i in places if at is held and i == place + 1)
    held[place], held[place + 1] = held[place + 1], held[place]
    return Misread(read, frozenset({name, other}))


def other_eta(table: Mapping[str, Any], chance: random.Random) -> Misread | None:
    """Another learning rate; not 1 and not the square, which have names of their own."""
    eta = Fraction(str(table["eta"]))
    others = [one for one in map(Fraction, ("1/10", "1/5", "1/20", "3/10", "1/100", "2")) if one not in (eta, eta**2)]
    return Misread({**table, "eta": str(chance.choice(others))}, frozenset({"eta"}))


def x_and_y(table: Mapping[str, Any], _: random.Random) -> Misread | None:
    """Input and target mixed up."""
    if len(table["x"]) != len(table["y"]) or table["x"] == table["y"]:
        return None
    numbers = {f"{letter}[{i + 1}]" for letter in "xy" for i in range(len(table["x"]))}
    return Misread({**table, "x": table["y"], "y": table["x"]}, frozenset(numbers))


KINDS: Mapping[str, Callable[[Mapping[str, Any], random.Random], Misread | None]] = {
    "one number": one_number,
    "two swapped": two_swapped,
    "another eta": other_eta,
    "x and y mixed up": x_and_y,
}


def own_steps(table: Mapping[str, Any], cells: Mapping[str, Floats]) -> dict[str, Floats]:
    """Every cell by its own step, from the problem's numbers and the cells before it as the student has them."""
    x, y, eta, W, b = as_floats(table)
    last = len(W)
    kinds = {"s": "s", "da": "da", "a": "a", "delta": "delta", "W": "W", "b": "b"}
    found = {}
    for name in cells:
        letters, layer = name.removesuffix("_new"), 0
        kind = letters.rstrip("0123456789")
        layer = int(letters.removeprefix(kind))
        rule = {"a": "out", "delta": "delta_out"}.get(kind, kind) if layer == last else kinds[kind]
        found[name] = RIGHT[rule](Paper(layer, last, x, y, eta, W, b, dict(cells)))
    return found


def shown_by(table: Mapping[str, Any], cells: Mapping[str, Floats], asked: list[str] | None = None) -> int:
    """How many entries are not what their own step gives: numbers that show, each by itself, what was misread."""
    again = own_steps(table, cells)
    names = asked or list(cells)
    return sum(int((~np.isclose(cells[name], again[name], rtol=2e-3, atol=1e-9)).sum()) for name in names)


def misread_sheet(
    table: Mapping[str, Any], kind: str, chance: random.Random
) -> tuple[Misread, dict[str, Floats]] | None:
    """A student's sheet; None where it cannot be misread so, or nothing of it shows."""
    misread = KINDS[kind](table, chance)
    if misread is None:
        return None
    with np.errstate(all="ignore"):
        cells, right = sheet(misread.table), sheet(table)
    if not all(np.isfinite(cell).all() for cell in cells.values()):
        return None
    shows = any(not np.allclose(cells[name], right[name], rtol=2e-3, atol=1e-9) for name in right)
    return (misread, cells) if shows else None
