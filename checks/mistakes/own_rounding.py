"""How far the rounding of the entries that a student wrote can have moved what follows from them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np

from exact.cells import CellName, Kind
from exact.inputs import Inputs
from exact.number import Number, larger
from exact.problem import Problem
from exact.recomputation import is_known, is_sum, recomputed, worked_out
from exact.steps import Array


@dataclass(frozen=True, slots=True)
class OwnRounding:
    """The rounding of one submission.

    `own` is a cell as the student has it, `off` how far that is from what was meant, an array of the same shape; an
    entry that is no rounding is 0 off.
    """

    problem: Problem
    own: Callable[[CellName], Array]
    off: Callable[[CellName], Array]
    widened: dict[CellName, Array] = field(default_factory=dict)
    known: dict[tuple[CellName, int], Any] = field(default_factory=dict)

    def slack(self, name: CellName, place: int) -> Any:
        """A bound on how far the entry's value can be off for its rounded inputs; perhaps `UNKNOWN`."""
        if (name, place) not in self.known:
            inputs = Inputs(self.problem, name, self.own)
            of_sum = is_sum(inputs)
            slack = self._slack_of_sum(name).flat[place] if of_sum else self._slack_of_function(inputs, place)
            self.known[name, place] = slack
        return self.known[name, place]

    def _slack_of_sum(self, name: CellName) -> Array:
        """What the sum of |terms| gains where every input is as large as its rounding lets it be."""
        if name not in self.widened:
            largest = recomputed(self.problem, name, lambda cell: abs(self.own(cell)) + self.off(cell)).sizes
            self.widened[name] = largest - recomputed(self.problem, name, self.own).sizes
        return self.widened[name]

    def _slack_of_function(self, inputs: Inputs, place: int) -> Any:
        """The distance to the value at either end: its own input up and all others down, or the other way round.

        Softmax and the hidden units are monotone so; the slope of a unit, and the cost, are taken at these ends, too.
        """
        of_cost = inputs.name.kind is Kind.COST
        of_a = of_cost or (inputs.name.kind is Kind.DA and not self.problem.hidden.is_linear)
        cell = CellName(Kind.A if of_a else Kind.S, self.problem.depth if of_cost else inputs.l)
        off = self.off(cell)
        if not all(map(is_known, off)) or not any(off):
            return Fraction(0)
        own_up = np.where(np.arange(len(off)) == place, off, -off)
        moves = (off, -off) if of_cost else (own_up, -own_up)
        value = worked_out(inputs).flat[place]
        ends = [worked_out(inputs.but(**{"a" if of_a else "s": self.own(cell) + move})).flat[place] for move in moves]
        if not all(map(is_known, (value, *ends))):
            return Fraction(0)
        return reduce(larger, (abs(Number.of(end - value)) for end in ends))
