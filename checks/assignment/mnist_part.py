"""The MNIST problem of an assignment: the table [mnist], which is read without what reads the problems by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from checks.assignment.partial_credit import PartialCredit, read_partial_credit
from checks.assignment.table_reader import TableReader
from checks.errors import InvalidAssignment

MAX_IMAGES = 1_000_000

MNIST_POINTS = {"shapes": 2, "softmax": 2, "format": 4, "activations": 10, "classification": 5, "count": 2}
"""The items of the MNIST problem and their points where the assignment does not say."""


@dataclass(frozen=True, slots=True)
class MnistPart:
    """Problem 1: the widths of the network, the number of test images, the promised count, and the points."""

    layers: tuple[int, ...]
    images: int
    correct: int
    points: Mapping[str, Fraction]
    credit: PartialCredit = field(default_factory=PartialCredit)


def read_mnist_problem(assignment: Mapping[str, object]) -> tuple[str, MnistPart | None]:
    """The assignment's id and its MNIST problem, None where it has none. Raises `InvalidAssignment` for faults of them.

    The rest of the assignment is not looked at.
    """
    reader = TableReader()
    name = reader.text(assignment, "id")
    part = read_mnist_part(reader, assignment["mnist"]) if "mnist" in assignment else None
    if reader.faults:
        raise InvalidAssignment("\n".join(map(str, reader.faults)))
    return name, part


def read_mnist_part(reader: TableReader, table: object) -> MnistPart | None:
    """The problem that the table [mnist] describes; faults go to the reader, with their path."""
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
