"""What is to be said of a class as a whole, to its staff alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Identical:
    """Submissions that hold the same file, byte for byte; `submissions` are their ids."""

    file: str
    submissions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassNotes:
    """Where the submissions came from ("Canvas download, 212 files, 208 students"), and what staff should know.

    `notices` are about the data, the roster and what was skipped.
    """

    source: str = ""
    identical: tuple[Identical, ...] = ()
    notices: tuple[str, ...] = ()
