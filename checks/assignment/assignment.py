"""An assignment as a frozen value: the MNIST problem, the hand problems, and how they are marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from checks.assignment.hand_parts import KINDS, read_hand_parts
from checks.assignment.mnist_part import MnistPart, read_mnist_part
from checks.assignment.parts import HandPart
from checks.assignment.table_reader import TableReader
from checks.errors import InvalidAssignment
from exact.calculation.naming import Naming


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
    mnist = read_mnist_part(reader, table["mnist"]) if "mnist" in table else None
    hand, faults = read_hand_parts(table)
    reader.faults += faults
    if not any(kind in table for kind in ("mnist", *KINDS)):
        reader.fault("assignment", "expected a [mnist], a [backprop] or a [[graph]] table")
    if reader.faults:
        raise InvalidAssignment("\n".join(map(str, reader.faults)))
    return Assignment(name, title, mnist, hand)
