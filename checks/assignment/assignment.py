"""An assignment as a frozen value: the MNIST problem, the hand problems, and how they are marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checks.assignment.hand_parts import KINDS, read_hand_parts
from checks.assignment.partial_credit import read_partial_credit
from checks.assignment.parts import MNIST_POINTS, HandPart, MnistPart
from checks.assignment.table_reader import TableReader
from exact.calculation.naming import Naming

SAMPLE_ID = "sample"

MAX_IMAGES = 1_000_000


class InvalidAssignment(Exception):
    """An assignment that cannot be used; one line for each fault, with its path."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A whole assignment; `mnist` is None and `hand_parts` empty where it has no such problem."""

    id: str
    title: str
    mnist: MnistPart | None
    hand_parts: tuple[HandPart, ...]

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The ids that names of entries may begin with."""
        return tuple(part.prefix for part in self.hand_parts)

    @property
    def namings(self) -> Mapping[str, Naming]:
        """What the quantities of each part are called, by the part's prefix."""
        return {part.prefix: part.naming for part in self.hand_parts}


def read_assignment(table: Mapping[str, object]) -> Assignment:
    """The assignment that the table (as a TOML parser gives it, decimals as text) describes.

    Raises `InvalidAssignment` with all faults at once.
    """
    reader = TableReader()
    for key in table:
        if key not in ("id", "title", "mnist", *KINDS):
            reader.fault(key, "unknown key; expected id, title, mnist, backprop or graph")
    name = reader.text(table, "id")
    title = reader.text(table, "title")
    mnist = _mnist(reader, table["mnist"]) if "mnist" in table else None
    hand, faults = read_hand_parts(table)
    reader.faults += faults
    if not any(kind in table for kind in ("mnist", *KINDS)):
        reader.fault("assignment", "expected a [mnist], a [backprop] or a [[graph]] table")
    if reader.faults:
        raise InvalidAssignment("\n".join(map(str, reader.faults)))
    return Assignment(name, title, mnist, hand)


def _mnist(reader: TableReader, table: object) -> MnistPart | None:
    if not isinstance(table, Mapping):
        reader.fault("mnist", "expected a table")
        return None
    reader.known_keys(table, "mnist", ("layers", "images", "correct", "points", "credit"))
    widths = table.get("layers")
    if not isinstance(widths, list) or len(widths) < 2:
        reader.fault("mnist.layers", "expected the widths from input to output, such as [784, 200, 100, 10]")
        widths = []
    layers = tuple(reader.whole(width, f"mnist.layers[{i}]", 1, 100_000) for i, width in enumerate(widths))
    images = reader.whole(table.get("images"), "mnist.images", 1, MAX_IMAGES)
    correct = reader.whole(table.get("correct"), "mnist.correct", 0, images if "images" in table else MAX_IMAGES)
    points = reader.table(table.get("points", {}), "mnist.points", "expected a table of points")
    reader.known_keys(points, "mnist.points", tuple(MNIST_POINTS))
    shares = {
        item: reader.rational(points.get(item, default), f"mnist.points.{item}")
        for item, default in MNIST_POINTS.items()
    }
    return MnistPart(layers, images, correct, shares, read_partial_credit(reader, table, "mnist", {}))
