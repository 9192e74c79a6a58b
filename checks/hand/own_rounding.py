"""How far the rounding of the entries that a student wrote can have moved what follows from them.

Whoever works on with unrounded numbers had, in the place of an entry, a number between what it says and what its step
gives: less than one unit of its last digit from what is written (`meant`). A step on such numbers gives how far its
value can be from that of the entries as they are written (`OwnRounding.reach`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from checks.hand.own_cells import OwnCells
from exact.calculation.readings import reach
from exact.numbers.array import Array
from exact.numbers.span import ZERO, Span

WIDEST = Fraction(1, 10)
"""The share of the size of its terms up to which an entry may be off for the roundings before it."""


def meant(unit: Fraction, origins: Iterable[Span]) -> Span:
    """Where the unrounded number of an entry can lie, less the entry as it is written.

    Less than one `unit` from it, and between it and where it can have come from (`origins`, less the entry as written);
    what is not within a unit is none of that. So it is never the distance to what the entry should have followed from
    that counts, and slack does not grow from one followed entry to the next.
    """
    found = ZERO
    for origin in origins:
        near = origin.within(Span.around(unit))
        found = found if near is None else found.hull(near)
    return found


def excused(reach: Span | None, scale: Fraction) -> Span | None:
    """What the roundings before an entry excuse: nothing, where that is more than a tenth of `scale`.

    `scale` is the size of the entry's terms; for softmax, a' and C its value. Where nothing is excused the step must
    hold for the numbers as they are written.
    """
    return None if reach is None or reach == ZERO or reach.width > WIDEST * scale else reach


@dataclass(frozen=True, slots=True)
class OwnRounding:
    """The rounding of one submission's cells.

    `off` has for each entry of a cell where the number that was meant can lie, less the entry: an array of spans.
    """

    cells: OwnCells
    off: Callable[[str], Array]
    known: dict[str, Array] = field(default_factory=dict)

    def reach(self, name: str, place: int) -> Span | None:
        """How far the value of what was meant can be from that of the entries as written; None where not known."""
        if name not in self.known:
            self.known[name] = reach(self.cells.inputs_of(name), self.off)
        found: Span | None = self.known[name][place]
        return found
