"""An assignment as a frozen value: the MNIST problem, the hand problems, and how they are marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from checks.judging.tolerance import Tolerance
from exact.networks.cells import COST, CellName, cell_names
from exact.networks.problem import Fault, InvalidProblem, Problem, read_problem, read_rational

SAMPLE_ID = "sample"

MNIST_POINTS = {"shapes": 2, "softmax": 2, "format": 4, "activations": 10, "classification": 5, "count": 2}
"""The items of the MNIST problem and their points where the assignment does not say."""

MARKING_KEYS = ("id", "tolerance", "follow_through", "charge_repeats", "points", "cells")
"""The keys of a [backprop] table that are about marking, not about the network."""

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
    """Problem 2: the network and its step, which cells are asked for, and how they are marked.

    `prefix` is the part's id where the assignment has several, else "".
    """

    prefix: str
    problem: Problem
    cells: tuple[CellName, ...]
    points: Mapping[CellName, Fraction]
    tolerance: Tolerance = field(default_factory=Tolerance)
    follow_through: Fraction = Fraction(1)
    charge_repeats: bool = False

    def name(self, entry: str) -> str:
        """The name of an entry in reports."""
        return f"{self.prefix}.{entry}" if self.prefix else entry


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
            problem = None
        layers = table.get("layers")
        depth = len(layers) if isinstance(layers, list) else 0
        usual = {str(name): name for name in cell_names(max(depth, 1))}
        every = usual | {str(COST): COST}
        asked = table.get("cells", list(usual))
        if not isinstance(asked, list) or not asked or not all(isinstance(cell, str) for cell in asked):
            self.fault(f"{path}.cells", 'expected a list of cells, such as ["s1", "a1"]')
            asked = []
        for cell in asked:
            if cell not in every:
                self.fault(f"{path}.cells", f"no cell {cell!r}; there are {' '.join(every)}")
        cells = tuple(name for text, name in every.items() if text in asked)
        repeats = table.get("charge_repeats", False)
        if not isinstance(repeats, bool):
            self.fault(f"{path}.charge_repeats", "expected true or false")
        points = self.cell_points(table.get("points", 1), f"{path}.points", cells)
        tolerance = self.tolerance(table.get("tolerance", {}), f"{path}.tolerance")
        follow_through = self.rational(table.get("follow_through", 1), f"{path}.follow_through", high=1)
        if problem is None:
            return None
        return BackpropPart(prefix, problem, cells, points, tolerance, follow_through, repeats is True)

    def cell_points(self, points: object, path: str, cells: tuple[CellName, ...]) -> Mapping[CellName, Fraction]:
        if not isinstance(points, Mapping):
            each = self.rational(points, path)
            return dict.fromkeys(cells, each)
        self.known_keys(points, path, tuple(map(str, cells)))
        return {name: self.rational(points.get(str(name), 1), f"{path}.{name}") for name in cells}

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
