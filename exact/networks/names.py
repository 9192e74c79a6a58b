"""Reads the tables `names`, `numbering` and `latex` of a `[backprop]` part, and reports all that is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exact.calculation.naming import Naming
from exact.calculation.quantity import Calculation
from exact.calculation.typesetting import fault_of_latex, name_latex
from exact.networks.faults import Fault

NUMBERING = ("neurons", "weights", "entries")

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_ENTRY = re.compile(r"(.+)\[([0-9]{1,4})(?:,([0-9]{1,4}))?\]")
_LAYERED = re.compile(r"([A-Za-z_]+?)([0-9]+)")

NEURONS, WEIGHTS = ("s", "a", "da", "delta"), ("W", "b")
"""Kinds that bear the number of their neurons' layer, and of their weights' layer."""


def read_naming(
    calculation: Calculation, table: Mapping[str, object], path: str, own: Sequence[str] = ()
) -> tuple[Naming, tuple[Fault, ...]]:
    """The names that the tables `names`, `numbering` and `latex` of a part give, and what is wrong with them.

    `own`: what already bears names of the course's own, as in a calculation that is given as formulas.
    """
    names, numbering, latex = (table.get(key, {}) for key in ("names", "numbering", "latex"))
    reader = _NamesReader(calculation, path, {name: name for name in own})
    reader.numbered = NUMBERING[-1:] if own else NUMBERING
    counts = reader.numbering(numbering)
    reader.shift(counts)
    reader.names(names)
    typeset = reader.latex(latex)
    naming = Naming(
        calculation,
        reader.cells,
        reader.entries,
        frozenset(reader.bare),
        counts.get("entries", 1),
        typeset,
        reader.cell_latex,
        reader.rows,
        is_own_throughout=bool(own),
    )
    reader.check_collisions()
    return naming, tuple(reader.faults)


@dataclass(slots=True)
class _NamesReader:
    """Collects names and faults."""

    calculation: Calculation
    path: str
    cells: dict[str, str] = field(default_factory=dict)
    entries: dict[tuple[str, int], str] = field(default_factory=dict)
    bare: set[str] = field(default_factory=set)
    cell_latex: dict[str, str] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    places: dict[str | tuple[str, int], str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    shifts: dict[str, int] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)
    numbered: tuple[str, ...] = NUMBERING

    def fault(self, key: str, message: str) -> None:
        self.faults.append(Fault(f"{self.path}.{key}", message))

    def table(self, key: str, table: object) -> Mapping[str, object]:
        if isinstance(table, Mapping):
            return table
        self.fault(key, "expected a table")
        return {}

    def numbering(self, table: object) -> dict[str, int]:
        """What the numbers begin with."""
        found = {}
        for key, value in self.table("numbering", table).items():
            if key not in self.numbered:
                self.fault(f"numbering.{key}", f"unknown key; expected one of {', '.join(self.numbered)}")
            elif isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 99:
                self.fault(f"numbering.{key}", f"expected a whole number from 0 to 99, not {value!r}")
            else:
                found[key] = value
        return found

    def shift(self, counts: Mapping[str, int]) -> None:
        """Names that are the canonical ones but for the number of their layer."""
        self.shifts = dict.fromkeys(NEURONS, counts.get("neurons", 1) - 1)
        self.shifts |= dict.fromkeys(WEIGHTS, counts.get("weights", 1) - 1)
        for name, kind, layer in self.layered():
            if self.shifts.get(kind):
                self.cells[name] = f"{kind}{layer + self.shifts[kind]}"
                self.cell_latex[name] = self.latex_of(name).replace(f"({layer})", f"({layer + self.shifts[kind]})")
                self.rows[name] = str(layer + self.shifts[kind])

    def latex_of(self, name: str) -> str:
        quantity = self.calculation.by_name.get(name)
        return quantity.latex if quantity else self.calculation.latex.get(name, name)

    def everything(self) -> dict[str, Any]:
        """The shapes of all that can be named."""
        shapes = {name: values.shape for name, values in self.calculation.given.items()}
        return shapes | {one.name: one.shape for one in self.calculation.cells}

    def layered(self) -> Iterator[tuple[str, str, int]]:
        """What belongs to a layer: name, kind, layer."""
        for name in self.everything():
            if match := _LAYERED.fullmatch(name):
                yield name, match[1], int(match[2])

    def names(self, table: object) -> None:
        """Kinds first, then cells, then entries: the narrower wins."""
        given = self.table("names", table)
        shapes = self.everything()
        kinds = {kind for _, kind, _ in self.layered()}
        for key in sorted(given, key=lambda key: ("[" in key, key in shapes)):
            value, where = given[key], f"names.{key}"
            entry = _ENTRY.fullmatch(key)
            if key in shapes:
                self.cell(key, value, where)
            elif key in kinds and isinstance(value, str) and self.is_name(value, where):
                for name, kind, layer in self.layered():
                    if kind == key:
                        number = layer + self.shifts.get(kind, 0)
                        self.cells[name] = f"{value}{number}"
                        self.cell_latex[name] = self._kind_latex(value, number)
                        self.paths[f"{value}{number}"] = self.places[name] = where
            elif entry and entry[1] in shapes:
                self.entry(entry[1], tuple(int(one) for one in entry.groups()[1:] if one), value, where)
            elif key not in kinds:
                self.fault(where, f"nothing is called {key}; there are {' '.join([*sorted(kinds), *shapes])}")

    def _kind_latex(self, value: str, number: int) -> str:
        return rf"{name_latex(value)}^{{({number})}}"

    def is_name(self, value: object, where: str) -> bool:
        if isinstance(value, str) and _NAME.fullmatch(value) and len(value) <= 40:
            return True
        self.fault(where, f"expected a name (a letter, then letters, digits, _), not {value!r}")
        return False

    def cell(self, name: str, value: object, where: str) -> None:
        """A name for the cell, or one for each of its entries, nested as it is."""
        shape = self.everything()[name]
        if isinstance(value, str):
            if self.is_name(value, where):
                self.cells[name] = value
                self.cell_latex.pop(name, None)
                self.paths[value] = self.places[name] = where
                size = 1
                for length in shape:
                    size *= length
                if size == 1:
                    self.bare.add(name)
            return
        rows = value if isinstance(value, list) else None
        if rows is not None and len(shape) == 2 and all(isinstance(row, list) for row in rows):
            fits = (len(rows), *{len(row) for row in rows}) == shape
            flat = [own for row in rows for own in row]
        else:
            fits, flat = rows is not None and len(shape) == 1 and len(rows) == shape[0], rows or []
        if not fits:
            self.fault(where, f"expected a name, or a list of names of the shape of {name}")
            return
        for place, own in enumerate(flat):
            if self.is_name(own, where):
                self.entries[name, place] = str(own)
                self.paths[str(own)] = self.places[name, place] = where

    def entry(self, name: str, index: tuple[int, ...], value: object, where: str) -> None:
        shape = self.everything()[name]
        if len(index) != len(shape) or any(not 1 <= i <= n for i, n in zip(index, shape, strict=True)):
            self.fault(where, f"no such entry of {name}")
        elif self.is_name(value, where):
            place = index[0] - 1 if len(index) == 1 else (index[0] - 1) * shape[1] + index[1] - 1
            self.entries[name, place] = str(value)
            self.paths[str(value)] = self.places[name, place] = where

    def latex(self, table: object) -> dict[str, str]:
        """How names are typeset."""
        found = {}
        for key, value in self.table("latex", table).items():
            if not isinstance(value, str) or not value.strip():
                self.fault(f"latex.{key}", "expected LaTeX as text")
            elif message := fault_of_latex(value):
                self.fault(f"latex.{key}", f"expected LaTeX that stands in a formula; {message}")
            elif key not in self.paths and key not in self.cells:
                self.fault(f"latex.{key}", f"nothing is called {key}; it is to be given a name first")
            elif key in self.cells and key not in self.paths:
                self.cell_latex[key] = value
            else:
                found[key] = value
                for name, own in self.cells.items():
                    if own == key:
                        self.cell_latex.pop(name, None)
        return found

    def check_collisions(self) -> None:
        """Two things with one name, of those that the assignment itself names."""
        seen: dict[str, str] = {}
        things: list[tuple[str | tuple[str, int], str]] = [*self.entries.items(), *self.cells.items()]
        for thing, own in things:
            where = self.places.get(thing, "numbering")
            if own in seen:
                self.fault(where, f"two things are called {own}: see {self.path}.{seen[own]}")
            seen[own] = where
