"""Lists of submissions on the page of a class, which end at a stated length."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from checks.judging.verdicts import RIGHT, Verdict

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Listed:
    """One submission in a list: its id, its students, what it reached, its page's name, and what a person decided."""

    id: str
    students: tuple[str, ...]
    score: Fraction
    max_score: Fraction
    page: str
    verdicts: tuple[int, ...]
    decided: str = ""

    @property
    def heading(self) -> str:
        """Whose it is: its students where they are known, else its id."""
        return ", ".join(self.students) or self.id

    @property
    def counts(self) -> list[tuple[Verdict, int]]:
        """How many entries have each verdict that needs a word; none that no entry has."""
        pairs = zip(Verdict, self.verdicts, strict=True)
        return [(verdict, count) for verdict, count in pairs if count and verdict not in RIGHT]


@dataclass(frozen=True, slots=True)
class Some(Generic[T]):
    """The first items of a list, and how many it has in all."""

    most: int
    shown: tuple[T, ...] = ()
    total: int = 0

    def __add__(self, item: T) -> Some[T]:
        has_room = len(self.shown) < self.most
        return Some(self.most, (*self.shown, item) if has_room else self.shown, self.total + 1)

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.total - len(self.shown)
