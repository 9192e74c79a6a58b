"""What is to be said of a class as a whole, to its staff alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identical:
    """Submissions that hold the same file, byte for byte; `submissions` are their ids."""

    file: str
    submissions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OverrideNotes:
    """How many overrides were applied, how many nobody has filled in, and what is said of those that fit nothing."""

    applied: int
    undecided: int
    unfit: tuple[str, ...]

    @property
    def summary(self) -> str:
        """What became of all of them, in a line.

        >>> OverrideNotes(10, 2, ("o.toml:1: zoe: no submission",)).summary
        'overrides: 10 applied, 1 that fits nothing, 2 without a decision'
        """
        parts = [f"{self.applied} applied"]
        parts += [f"{len(self.unfit)} that fit{'s' * (len(self.unfit) == 1)} nothing"] * bool(self.unfit)
        parts += [f"{self.undecided} without a decision"] * bool(self.undecided)
        return f"overrides: {', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class VariantNotes:
    """Of a class in which each student has numbers of their own: how many, and how alike these are.

    `ranges` are the least and the most products and sums; `hidden` is how many students' numbers cannot show a
    mistake, by its id.
    """

    students: int
    ranges: Mapping[str, tuple[int, int]]
    hidden: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class ClassNotes:
    """Where the submissions came from ("Canvas download, 212 files, 208 students"), and what staff should know.

    `notices` are about the data, the roster and what was skipped; `overrides` is None where there was no file of them,
    `variants` where all students have the same numbers.
    """

    source: str = ""
    identical: tuple[Identical, ...] = ()
    notices: tuple[str, ...] = ()
    overrides: OverrideNotes | None = None
    variants: VariantNotes | None = None
