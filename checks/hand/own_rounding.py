"""How far the rounding of the entries that a student wrote can have moved what follows from them.

Whoever works on with unrounded numbers had, in the place of an entry, a number between what it says and what its step
gives: less than one unit of its last digit from what is written (`meant`). A step on such numbers gives how far its
value can be from that of the entries as they are written (`OwnRounding.reach`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce

from checks.hand.own_cells import OwnCells, Recomputed
from checks.judging.clauses import carried_unit
from checks.judging.verdicts import RIGHT, Verdict
from exact.calculation.inputs import Inputs
from exact.calculation.readings import reach
from exact.numbers.array import Array
from exact.numbers.number import Number
from exact.numbers.span import BITS, ZERO, Span
from exact.numbers.unknown import is_known

WIDEST = Fraction(1, 10)
"""The share of the size of its terms up to which an entry may be off for the roundings before it."""


def meant(unit: Fraction, origins: Iterable[Span]) -> Span:
    """Where the unrounded number of an entry can lie, less the entry as it is written.

    Less than one `unit` from it, and between it and where it can have come from (`origins`, less the entry as written);
    what is not within a unit is none of that, and where none is, anything within a unit may have been meant. So it is
    never the distance to what the entry should have followed from that counts, and slack does not grow from one
    followed entry to the next.
    """
    within = Span.around(unit)
    near = [found for found in (origin.within(within) for origin in origins) if found is not None]
    return reduce(Span.hull, near, ZERO) if near else within


def excused(reach: Span | None, scale: Fraction) -> Span | None:
    """What the roundings before an entry excuse: nothing, where that is more than a tenth of `scale`.

    `scale` is the size of the entry's terms; for softmax, a' and C its value. Where nothing is excused the step must
    hold for the numbers as they are written.
    """
    return None if reach is None or reach == ZERO or reach.width > WIDEST * scale else reach


@dataclass(frozen=True, slots=True)
class OwnRounding:
    """The rounding of one submission's cells."""

    cells: OwnCells
    offs: dict[str, Array] = field(default_factory=dict)
    known: dict[Recomputed, Array] = field(default_factory=dict)

    def off(self, name: str) -> Array:
        """Where the number that was meant by each entry of the cell can lie, less that entry: an array of spans."""
        if name not in self.offs:
            own = self.cells.stated(name)
            self.offs[name] = Array((self._off(name, place) for place in range(own.size)), own.shape)
        return self.offs[name]

    def _off(self, name: str, place: int) -> Span:
        """Less than one unit of the last digit for a wrong entry; a right one, or one that follows, is known nearer.

        What was meant by it is what its step gives, or the key where it is right. A number that the student did not
        write is as far off as what it is worked out from.
        """
        own = self.cells.stated(name)[place]
        if not is_known(own):
            return ZERO
        if not self.cells.is_written(name, place):
            return self.reach(name, place) or ZERO
        one = self.cells.judged[name][place]
        unit = carried_unit(one.value.numeral if one.value else None, is_rational=self.cells.is_rational(name))
        verdict = one.finding.verdict
        if unit == 0 or verdict is Verdict.WRONG:
            return Span.around(unit)
        origins = [_between(Number.of(own), one.entry.key.value, ZERO)] if verdict in RIGHT else []
        value, reached = self.cells.step(name).values[place], self.reach(name, place)
        if is_known(value) and reached is not None:
            origins.append(_between(Number.of(own), Number.of(value), reached))
        return meant(unit, [origin for origin in origins if origin is not None])

    def reach(self, name: str, place: int) -> Span | None:
        """How far the value of what was meant can be from that of the entries as written; None where not known."""
        return self.reach_of(self.cells.inputs_of(name), self.cells.step(name), place)

    def reach_of(self, inputs: Inputs, step: Recomputed, place: int) -> Span | None:
        """The same of a step on other inputs."""
        if step not in self.known:
            self.known[step] = reach(inputs, self.off, step.values)
        found: Span | None = self.known[step][place]
        return found


def _between(own: Number, value: Number, reached: Span) -> Span | None:
    """Where a number within reach of the value lies, less the own one; None where no enclosure of it is finite."""
    distance = Span.of(Number.of(value - own).enclosure(BITS))
    return None if distance is None else distance + reached
