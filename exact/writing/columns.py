"""How quantities stand together on a sheet: under their headings, and below one another in columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar

from exact.calculation.quantity import Place, Quantity
from exact.writing.sentence import enumerated

T = TypeVar("T")


def headings(members: Iterable[T], place_of: Callable[[T], Place]) -> Iterator[tuple[str, list[T]]]:
    """The members under each heading, in order."""
    for title, group in groupby(members, key=lambda one: place_of(one).title):
        yield title, list(group)


def joined(places: Iterable[Place]) -> str:
    """One heading for all of them.

    >>> joined([Place("Deltas", "1", "delta"), Place("Updated weights", "1", "updated weights", short="Updates")])
    'Deltas and updates'
    """
    chosen = list(places)
    names = list(dict.fromkeys(one.short or one.heading for one in chosen))
    times = list(dict.fromkeys(one.when for one in chosen))
    told = enumerated([names[0], *(name[0].lower() + name[1:] for name in names[1:])])
    return ", ".join(filter(None, (told, *times))) if len(times) == 1 else told


def head_of(quantities: Sequence[Quantity]) -> str:
    """The heading of a column as LaTeX: what its cells are called, with l for the number of the layer.

    "" where they are called by names that have nothing else in common.
    """
    heads = {one.latex.replace(f"({one.place.row})", "(l)") for one in quantities}
    head = heads.pop() if len(heads) == 1 else ""
    return "" if r"\begin{array}" in head else head
