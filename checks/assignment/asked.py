"""Which cells and entries an assignment asks for: the names in its key `cells`, found in the calculation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import prod

from exact.calculation.factors import factor
from exact.calculation.naming import Naming
from exact.calculation.quantity import Quantity

_FACTOR = re.compile(r"d\((.+)\)/d\((.+)\)")
_AT = re.compile(r"(.*?)@(last|1)(\[.*\])?")


@dataclass(frozen=True, slots=True)
class Asked:
    """A cell, and the places of those of its entries that are asked for, row by row from 0."""

    quantity: Quantity
    places: tuple[int, ...]

    def __str__(self) -> str:
        return self.quantity.name

    @property
    def is_whole(self) -> bool:
        """Whether all of its entries are asked for."""
        return len(self.places) == self.quantity.size


def usual_cells(naming: Naming) -> tuple[Asked, ...]:
    """What is asked for where an assignment does not say."""
    usual = [one for one in naming.calculation.cells if one.is_usual]
    return tuple(Asked(one, untied_places(naming, one)) for one in usual)


def untied_places(naming: Naming, quantity: Quantity) -> tuple[int, ...]:
    """The places of a quantity that are entries of their own: of tied numbers, the first."""
    return tuple(place for place in range(quantity.size) if (quantity.name, place) not in naming.calculation.doubled)


def asked_cells(naming: Naming, names: Sequence[str], last: int) -> tuple[Naming, tuple[Asked, ...], list[str]]:
    """The cells, in the order of the calculation, and a message for each name that is none.

    `last` is the number of the last step. The naming has the factors d()/d() that are asked for, too.
    """
    messages: list[str] = []
    places: dict[str, set[int]] = {}
    for text in names:
        found, naming = _found(naming, _at_step(text, last))
        quantity = naming.calculation.by_name.get(found[0]) if found else None
        if found is None or quantity is None:
            messages.append(no_such_cell(naming, text))
            continue
        own = untied_places(naming, quantity) if found[1] is None else (found[1],)
        places.setdefault(quantity.name, set()).update(own)
    order = [one for one in naming.calculation.quantities if one.name in places]
    return naming, tuple(Asked(one, tuple(sorted(places[one.name]))) for one in order), messages


def no_such_cell(naming: Naming, text: str) -> str:
    """What is said of a name that is none."""
    there = " ".join(dict.fromkeys(naming.cell(one.name) for one in naming.calculation.cells))
    return f"no cell {text!r}; there are {there}"


def _at_step(text: str, last: int) -> str:
    """The name with the number of its step, which is left out where it is the first."""
    match = _AT.fullmatch(text)
    if match is None:
        return text
    number = last if match[2] == "last" else 1
    return f"{match[1]}{f'@{number}' if number > 1 else ''}{match[3] or ''}"


def _found(naming: Naming, text: str) -> tuple[tuple[str, int | None] | None, Naming]:
    """The cell or entry of that name, and the naming, with a factor added where the name is that of one."""
    known = naming.spoken.get(text.replace(" ", ""))
    match = _FACTOR.fullmatch(text.replace(" ", ""))
    if known or match is None:
        return known, naming
    ends = []
    for part in match.groups():
        name, place = naming.spoken.get(part, ("", None))
        if name and place is None and prod(naming.calculation.shape_of(name)) == 1:
            place = 0
        if not name or place is None:
            return None, naming
        ends.append((name, place))
    new = factor(naming.calculation, ends[0], ends[1])
    if new is None:
        return None, naming
    quantities = (*naming.calculation.quantities, new)
    return (new.name, None), replace(naming, calculation=replace(naming.calculation, quantities=quantities))
