"""An assignment as a frozen value: the MNIST problem, the hand problems, and how they are marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from checks.assignment.asked import Asked, asked_cells, usual_cells
from checks.judging.tolerance import Tolerance
from exact.calculation.naming import Naming
from exact.networks.mlp import mlp
from exact.networks.names import read_naming
from exact.networks.problem import Fault, InvalidProblem, Problem
from exact.networks.problem_table import read_problem
from exact.networks.rationals import read_rational

SAMPLE_ID = "sample"

MNIST_POINTS = {"shapes": 2, "softmax": 2, "format": 4, "activations": 10, "classification": 5, "count": 2}
"""The items of the MNIST problem and their points where the assignment does not say."""

MARKING_KEYS = ("id", "tolerance", "follow_through", "charge_repeats", "points", "cells", "names", "numbering", "latex")
"""The keys of a [backprop] table that are about names and marking, not about the network."""

MAX_IMAGES = 1_000_000


class InvalidAssignment(Exception):
    """An assignment that cannot be used; one line for each fault, with its path."""


@dataclass(frozen=True, slots=True)
class MnistPart:
    """Problem 1: the widths of the network, the number of test images, the promised count, and the points."""

    layers: tuple[int, ...]
    images: int
    correct: int
    points: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class BackpropPart:
    """A calculation by hand: its problem, what its quantities are called, which are asked for, and how they are marked.

    `prefix` is the part's id where the assignment has several, else "". `points` are those of each entry that is asked
    for, by cell and place.
    """

    prefix: str
    problem: Problem
    naming: Naming
    cells: tuple[Asked, ...]
    points: Mapping[tuple[str, int], Fraction]
    tolerance: Tolerance = field(default_factory=Tolerance)
    follow_through: Fraction = Fraction(1)
    charge_repeats: bool = False

    def name(self, entry: str) -> str:
        """The name of an entry in reports."""
        return f"{self.prefix}.{entry}" if self.prefix else entry

    def cell_name(self, cell: str) -> str:
        """What a cell is called in reports, from its canonical name."""
        return self.name(self.naming.cell(cell))

    def entry_name(self, cell: str, place: int) -> str:
        """What an entry is called in reports."""
        return self.name(self.naming.entry(cell, place))


@dataclass(frozen=True, slots=True)
class Assignment:
    """A whole assignment; `mnist` is None and `backprop` empty where it has no such problem."""

    id: str
    title: str
    mnist: MnistPart | None
    backprop: tuple[BackpropPart, ...]

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The ids that names of entries may begin with."""
        return tuple(part.prefix for part in self.backprop)

    @property
    def namings(self) -> Mapping[str, Naming]:
        """What the quantities of each part are called, by the part's prefix."""
        return {part.prefix: part.naming for part in self.backprop}


def read_assignment(table: Mapping[str, object]) -> Assignment:
    """The assignment that the table (as a TOML parser gives it, decimals as text) describes.

    Raises `InvalidAssignment` with all faults at once.
    """
    reader = _Reader()
    for key in table:
        if key not in ("id", "title", "mnist", "backprop"):
            reader.fault(key, "unknown key; expected id, title, mnist or backprop")
    name = reader.text(table, "id")
    title = reader.text(table, "title")
    mnist = reader.mnist(table["mnist"]) if "mnist" in table else None
    hand = reader.backprop_parts(table["backprop"]) if "backprop" in table else ()
    if "mnist" not in table and "backprop" not in table:
        reader.fault("assignment", "expected a [mnist] or a [backprop] table")
    if reader.faults:
        raise InvalidAssignment("\n".join(map(str, reader.faults)))
    return Assignment(name, title, mnist, hand)


class _Reader:
    """Reads tables, collecting faults."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fault(self, path: str, message: str) -> None:
        self.faults.append(Fault(path, message))

    def text(self, table: Mapping[str, object], key: str) -> str:
        value = table.get(key)
        if not isinstance(value, str) or not value.strip():
            self.fault(key, "expected a text")
            return ""
        return value.strip()

    def known_keys(self, table: Mapping[str, object], path: str, keys: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                self.fault(f"{path}.{key}", f"unknown key; expected one of {', '.join(keys)}")

    def rational(self, value: object, path: str, *, low: int = 0, high: int | None = None) -> Fraction:
        try:
            number = read_rational(value)
        except ValueError as error:
            self.fault(path, str(error))
            return Fraction(0)
        if number < low or (high is not None and number > high):
            wanted = f"of at least {low}" if high is None else f"from {low} to {high}"
            self.fault(path, f"expected a number {wanted}, not {number}")
        return number

    def whole(self, value: object, path: str, low: int, high: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            wanted = f"expected a whole number from {low} to {high}"
            self.fault(path, f"missing; {wanted}" if value is None else f"{wanted}, not {value!r}")
            return low
        return value

    def mnist(self, table: object) -> MnistPart | None:
        if not isinstance(table, Mapping):
            self.fault("mnist", "expected a table")
            return None
        self.known_keys(table, "mnist", ("layers", "images", "correct", "points"))
        widths = table.get("layers")
        if not isinstance(widths, list) or len(widths) < 2:
            self.fault("mnist.layers", "expected the widths from input to output, such as [784, 200, 100, 10]")
            widths = []
        layers = tuple(self.whole(width, f"mnist.layers[{i}]", 1, 100_000) for i, width in enumerate(widths))
        images = self.whole(table.get("images"), "mnist.images", 1, MAX_IMAGES)
        correct = self.whole(table.get("correct"), "mnist.correct", 0, images if "images" in table else MAX_IMAGES)
        points = table.get("points", {})
        if not isinstance(points, Mapping):
            self.fault("mnist.points", "expected a table of points")
            points = {}
        self.known_keys(points, "mnist.points", tuple(MNIST_POINTS))
        shares = {
            item: self.rational(points.get(item, default), f"mnist.points.{item}")
            for item, default in MNIST_POINTS.items()
        }
        return MnistPart(layers, images, correct, shares)

    def backprop_parts(self, tables: object) -> tuple[BackpropPart, ...]:
        if isinstance(tables, Mapping):
            part = self.backprop_part(tables, "backprop", "")
            return (part,) if part else ()
        if not isinstance(tables, list) or not all(isinstance(table, Mapping) for table in tables):
            self.fault("backprop", "expected a table, or several as [[backprop]]")
            return ()
        parts, seen = [], set()
        for number, table in enumerate(tables):
            path = f"backprop[{number}]"
            prefix = table.get("id")
            if not isinstance(prefix, str) or not prefix.isidentifier() or prefix in seen:
                self.fault(f"{path}.id", 'expected a name of its own, such as "p2", where there are several')
                prefix = path
            seen.add(prefix)
            if part := self.backprop_part(table, path, prefix):
                parts.append(part)
        return tuple(parts)

    def backprop_part(self, table: Mapping[str, object], path: str, prefix: str) -> BackpropPart | None:
        problem: Problem | None
        try:
            problem = read_problem({k: v for k, v in table.items() if k not in MARKING_KEYS}, path)
        except InvalidProblem as error:
            self.faults.extend(error.faults)
            problem = error.problem
        repeats = table.get("charge_repeats", False)
        if not isinstance(repeats, bool):
            self.fault(f"{path}.charge_repeats", "expected true or false")
        tolerance = self.tolerance(table.get("tolerance", {}), f"{path}.tolerance")
        follow_through = self.rational(table.get("follow_through", 1), f"{path}.follow_through", high=1)
        if problem is None:
            return None
        naming, faults = read_naming(mlp(problem), table, path)
        self.faults.extend(faults)
        naming, cells = self.cells(table.get("cells"), f"{path}.cells", naming, len(problem.samples))
        points = self.cell_points(table.get("points", 1), f"{path}.points", naming, cells)
        naming = replace(naming, calculation=naming.typeset_calculation())
        cells = tuple(Asked(naming.calculation.by_name[one.quantity.name], one.places) for one in cells)
        return BackpropPart(prefix, problem, naming, cells, points, tolerance, follow_through, repeats is True)

    def cells(self, names: object, path: str, naming: Naming, last: int) -> tuple[Naming, tuple[Asked, ...]]:
        """What is asked for."""
        if names is None:
            return naming, usual_cells(naming)
        if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
            self.fault(path, 'expected a list of cells, such as ["s1", "a1"]')
            return naming, ()
        naming, cells, messages = asked_cells(naming, names, last)
        for message in messages:
            self.fault(path, message)
        return naming, cells

    def cell_points(
        self, points: object, path: str, naming: Naming, cells: tuple[Asked, ...]
    ) -> Mapping[tuple[str, int], Fraction]:
        """The points of each entry that is asked for: the same for all, or by cell or entry."""
        entries = [(cell.quantity.name, place) for cell in cells for place in cell.places]
        if not isinstance(points, Mapping):
            return dict.fromkeys(entries, self.rational(points, path))
        found = dict.fromkeys(entries, Fraction(1))
        for key, value in points.items():
            name, place = naming.spoken.get(key, ("", None))
            chosen = [entry for entry in entries if entry[0] == name and place in (None, entry[1])]
            if not chosen:
                there = ", ".join(naming.cell(cell.quantity.name) for cell in cells)
                self.fault(f"{path}.{key}", f"unknown key; expected one of {there}")
            share = self.rational(value, f"{path}.{key}")
            found |= dict.fromkeys(chosen, share)
        return found

    def tolerance(self, table: object, path: str) -> Tolerance:
        default = Tolerance()
        if not isinstance(table, Mapping):
            self.fault(path, 'expected a table, such as { relative = "1e-3", absolute = "1e-6", digits = 2 }')
            return default
        self.known_keys(table, path, ("relative", "absolute", "digits"))
        return Tolerance(
            self.rational(table.get("relative", default.relative), f"{path}.relative"),
            self.rational(table.get("absolute", default.absolute), f"{path}.absolute"),
            self.whole(table.get("digits", default.digits), f"{path}.digits", 1, 100),
        )
