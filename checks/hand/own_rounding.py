"""How far the rounding of the entries that a student wrote can have moved what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np

from checks.hand.own_cells import OwnCells
from exact.networks.cells import CellName, Kind
from exact.networks.inputs import Inputs
from exact.networks.recomputation import is_known, is_sum, sizes, worked_out
from exact.networks.steps import Array
from exact.numbers.number import Number, larger


@dataclass(frozen=True, slots=True)
class OwnRounding:
    """The rounding of one submission's cells.

    `off` is how far a cell is from what was meant, an array of its shape; an entry that is no rounding is 0 off.
    """

    cells: OwnCells
    off: Callable[[CellName], Array]
    widened: dict[CellName, Array] = field(default_factory=dict)
    known: dict[tuple[CellName, int], Any] = field(default_factory=dict)

    def slack(self, name: CellName, place: int) -> Any:
        """A bound on how far the entry's value can be off for its rounded inputs; perhaps `UNKNOWN`."""
        if (name, place) not in self.known:
            inputs = Inputs(self.cells.problem, name, self.cells.own)
            of_sum = is_sum(inputs)
            slack = self._slack_of_sum(name).flat[place] if of_sum else self._slack_of_function(inputs, place)
            self.known[name, place] = slack
        return self.known[name, place]

    def _slack_of_sum(self, name: CellName) -> Array:
        """What the sum of |terms| gains where every input is as large as its rounding lets it be."""
        if name not in self.widened:
            largest = Inputs(self.cells.problem, name, lambda cell: abs(self.cells.own(cell)) + self.off(cell))
            self.widened[name] = worked_out(sizes(largest)) - self.cells.step(name).sizes
        return self.widened[name]

    def _slack_of_function(self, inputs: Inputs, place: int) -> Any:
        """The distance to the value at either end: its own input up and all others down, or the other way round.

        Softmax and the hidden units are monotone so; the slope of a unit, and the cost, are taken at these ends, too.
        """
        of_cost = inputs.name.kind is Kind.COST
        of_a = of_cost or (inputs.name.kind is Kind.DA and not self.cells.problem.hidden.is_linear)
        cell = CellName(Kind.A if of_a else Kind.S, self.cells.problem.depth if of_cost else inputs.l)
        off = self.off(cell)
        if not all(map(is_known, off)) or not any(off):
            return Fraction(0)
        own_up = np.where(np.arange(len(off)) == place, off, -off)
        moves = (off, -off) if of_cost else (own_up, -own_up)
        value, own = self.cells.step(inputs.name).values.flat[place], self.cells.own(cell)
        ends = [worked_out(inputs.but(**{"a" if of_a else "s": own + move})).flat[place] for move in moves]
        if not all(map(is_known, (value, *ends))):
            return Fraction(0)
        return reduce(larger, (abs(Number.of(end - value)) for end in ends))
