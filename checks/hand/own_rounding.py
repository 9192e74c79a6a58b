"""How far the rounding of the entries that a student wrote can have moved what follows from them.

Whoever works on with unrounded numbers had, in the place of an entry, a number between what it says and what its step
gives: less than one unit of its last digit from what is written (`meant`). A step on such numbers gives how far its
value can be from that of the entries as they are written (`OwnRounding.reach`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce

from checks.hand.own_cells import OwnCells
from checks.judging.clauses import carried_unit
from checks.judging.verdicts import RIGHT, Verdict
from exact.networks.cells import CellName, Kind
from exact.networks.inputs import Inputs
from exact.networks.recomputation import UNKNOWN, is_known, is_sum, worked_out
from exact.networks.steps import Array, array
from exact.numbers.deviation import Deviating, deviating
from exact.numbers.number import Number
from exact.numbers.span import BITS, ZERO, Span

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
    offs: dict[CellName, Array] = field(default_factory=dict)
    sums: dict[CellName, Array] = field(default_factory=dict)
    known: dict[tuple[CellName, int], Span | None] = field(default_factory=dict)

    def off(self, name: CellName) -> Array:
        """Where the number that was meant by each entry of the cell can lie, less that entry: an array of spans."""
        if name not in self.offs:
            own = self.cells.stated(name)
            spans = [self._off(name, place) for place in range(own.size)]
            self.offs[name] = array(spans).reshape(own.shape)
        return self.offs[name]

    def _off(self, name: CellName, place: int) -> Span:
        """Less than one unit of the last digit for a wrong entry; a right one, or one that follows, is known nearer.

        What was meant by it is what its step gives, or the key where it is right. A number that the student did not
        write is as far off as what it is worked out from.
        """
        own = self.cells.stated(name).flat[place]
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
        value, reach = self.cells.step(name).values.flat[place], self.reach(name, place)
        if is_known(value) and reach is not None:
            origins.append(_between(Number.of(own), Number.of(value), reach))
        return meant(unit, [origin for origin in origins if origin is not None])

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
        """The same for a function of s, or for a' and C, of a."""
        kind = inputs.name.kind
        of_a = kind is Kind.COST or (kind is Kind.DA and not inputs.problem.hidden.is_linear)
        layer = inputs.problem.depth if kind is Kind.COST else inputs.l
        off = self.off(CellName(Kind.A if of_a else Kind.S, layer))
        own = inputs.a if of_a else inputs.s
        return _between_ends(own, off, place, lambda moved: inputs.but(**{"a" if of_a else "s": moved}), inputs)

    def reach_through_s(self, inputs: Inputs, place: int) -> Span | None:
        """The same for a' and C where they are worked out from s."""
        layer = inputs.problem.depth if inputs.name.kind is Kind.COST else inputs.l
        outputs = Inputs(inputs.problem, CellName(Kind.A, layer), self.cells.stated)
        moved_to: Callable[[Array], Inputs] = lambda moved: inputs.but(a=worked_out(outputs.but(s=moved)))  # noqa: E731
        return _between_ends(outputs.s, self.off(CellName(Kind.S, layer)), place, moved_to, inputs)


def _between_ends(
    own: Array, off: Array, place: int, moved_to: Callable[[Array], Inputs], inputs: Inputs
) -> Span | None:
    """The distance to the value at either end: its own input up and all others down, or the other way round.

    Softmax and the hidden units are monotone so; the slope of a unit is taken at the ends, too, and the cost where
    every input is moved the way that makes it larger, or smaller.
    """
    if all(span == ZERO for span in off):
        return ZERO
    value = worked_out(inputs).flat[place]
    if not all(map(is_known, (value, *own))):
        return None
    of_cost = inputs.name.kind is Kind.COST
    rising = _raises_cost(inputs) if of_cost else [number == place for number in range(len(own))]
    found = ZERO
    for up in (True, False):
        shifts = [span.high if rises is up else span.low for span, rises in zip(off, rising, strict=True)]
        end = worked_out(moved_to(own + array(shifts))).flat[place]
        distance = Span.of(Number.of(end - value).enclosure(BITS)) if is_known(end) else None
        if distance is None:
            return None
        found = found.hull(distance)
    return found


def _raises_cost(inputs: Inputs) -> list[bool]:
    """Whether the cost grows with each output, or logit: where that output is above its target."""
    ahead = (Number.of(output - target) for output, target in zip(inputs.a, inputs.y, strict=True))
    return [bool(number.enclosure(BITS) > 0) for number in ahead]


def _between(own: Number, value: Number, reach: Span) -> Span | None:
    """Where a number within reach of the value lies, less the own one; None where no enclosure of it is finite."""
    distance = Span.of(Number.of(value - own).enclosure(BITS))
    return None if distance is None else distance + reach
