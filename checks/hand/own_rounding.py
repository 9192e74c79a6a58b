"""How far the rounding of the entries that a student wrote can have moved what follows from them.

Whoever works on with unrounded numbers had, in the place of an entry, a number between what it says and what its step
gives: less than one unit of its last digit from what is written (`meant`). A step on such numbers gives how far its
value can be from that of the entries as they are written (`OwnRounding.reach`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from exact.networks.cells import CellName, Kind
from exact.networks.inputs import Inputs
from exact.networks.recomputation import UNKNOWN, is_known, is_sum, worked_out
from exact.numbers.deviation import Deviating, deviating

from checks.hand.own_cells import OwnCells
from exact.networks.steps import Array, array
from exact.numbers.number import Number
from exact.numbers.span import BITS, ZERO, Span

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
    off: Callable[[CellName], Array]
    sums: dict[CellName, Array] = field(default_factory=dict)
    known: dict[tuple[CellName, int], Span | None] = field(default_factory=dict)

    def reach(self, name: CellName, place: int) -> Span | None:
        """How far the value of what was meant can be from that of the entries as written; None where not known."""
        if (name, place) not in self.known:
            inputs = self.cells.inputs_of(name)
            of_sum = is_sum(inputs)
            self.known[name, place] = self._of_sum(name, place) if of_sum else self._of_function(inputs, place)
        return self.known[name, place]

    def _of_sum(self, name: CellName, place: int) -> Span | None:
        """The step once more, on numbers that deviate."""
        if name not in self.sums:
            self.sums[name] = worked_out(Inputs(self.cells.problem, name, self._deviating))
        value = self.sums[name].flat[place]
        return (value.off if isinstance(value, Deviating) else ZERO) if is_known(value) else None

    def _deviating(self, name: CellName) -> Array:
        own, off = self.cells.own(name), self.off(name)
        numbers = [
            (deviating(number, span) or UNKNOWN) if is_known(number) else number
            for number, span in zip(own.flat, off.flat, strict=True)
        ]
        return array(numbers).reshape(own.shape)

    def _of_function(self, inputs: Inputs, place: int) -> Span | None:
        """The distance to the value at either end: its own input up and all others down, or the other way round.

        Softmax and the hidden units are monotone so; the slope of a unit is taken at the ends, too, and the cost where
        every output is moved the way that makes it larger, or smaller.
        """
        problem, kind = inputs.problem, inputs.name.kind
        of_cost = kind is Kind.COST
        of_a = of_cost or (kind is Kind.DA and not problem.hidden.is_linear)
        cell = CellName(Kind.A if of_a else Kind.S, problem.depth if of_cost else inputs.l)
        off, own = self.off(cell), inputs.a if of_a else inputs.s
        if all(span == ZERO for span in off):
            return ZERO
        value = self.cells.step(inputs.name).values.flat[place]
        if not all(map(is_known, (value, *own))):
            return None
        rising = _raises_cost(inputs) if of_cost else [number == place for number in range(len(own))]
        found = ZERO
        for up in (True, False):
            moved = [span.high if rises is up else span.low for span, rises in zip(off, rising, strict=True)]
            end = worked_out(inputs.but(**{"a" if of_a else "s": own + array(moved)})).flat[place]
            distance = Span.of(Number.of(end - value).enclosure(BITS)) if is_known(end) else None
            if distance is None:
                return None
            found = found.hull(distance)
        return found


def _raises_cost(inputs: Inputs) -> list[bool]:
    """Whether the cost grows with each output: never where they sum to 1, else where the output is above its target."""
    if inputs.problem.output.sums_to_one:
        return [False] * len(inputs.y)
    ahead = (Number.of(output - target) for output, target in zip(inputs.a, inputs.y, strict=True))
    return [bool(number.enclosure(BITS) > 0) for number in ahead]
