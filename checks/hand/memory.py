"""What was found once and may be asked for again: most sheets of a class say the same, in the same words.

The memory is bounded, and it changes nothing: what is held is what would be worked out again.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from checks.judging.findings import Finding
from exact.calculation.quantity import Quantity
from exact.mistakes.edits import Edit

T = TypeVar("T")

MOST_ENTRIES, MOST_SHEETS = 3_000, 300
"""Entries and whole sheets that are held; a few megabytes."""


class Memory(Generic[T]):
    """Results by all that they depend on, `most` of them; the one that was asked for least lately is forgotten."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: dict[Hashable, T] = {}

    def get(self, asked: Hashable) -> T | None:
        """The result; None where it is not held."""
        found = self._held.pop(asked, None)
        if found is not None:
            self._held[asked] = found  # the latest is the last
        return found

    def keep(self, asked: Hashable, result: T) -> None:
        """Holds a result."""
        self._held[asked] = result
        if len(self._held) > self.most:
            del self._held[next(iter(self._held))]

    def __len__(self) -> int:
        return len(self._held)


@dataclass(frozen=True, slots=True)
class HandMemory:
    """What was found of a hand problem: of entries by themselves, each judged, and of whole sheets.

    `edits` has the edits of the formulas of cells, by name, each with the quantity that has the formula.
    """

    entries: Memory[Any] = field(default_factory=lambda: Memory(MOST_ENTRIES))
    sheets: Memory[tuple[Finding, ...]] = field(default_factory=lambda: Memory(MOST_SHEETS))
    edits: dict[str, tuple[tuple[Edit, Quantity], ...]] = field(default_factory=dict)
