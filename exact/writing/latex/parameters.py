"""What is given, as many on a line as fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import prod

from exact.writing.latex.formula import EQUALS, Formula, Paper, related, total
from exact.writing.latex.grids import Grids

COMMA = 0.9
"""Room for what stands behind a matrix, in em."""


def parameters(grids: Grids, names: Iterable[str], paper: Paper) -> list[Formula]:
    """The given arrays of these names; entries that have names of their own one by one."""
    lines: list[Formula] = []
    for name in names:
        for first, *rest in _shown(grids, name, paper.line - COMMA):
            room = lines and not rest and lines[-1].width + 2 + first.width <= paper.line
            if room:
                lines[-1] += Formula(r",\quad", 2.0) + first
            else:
                lines += [first, *rest]
    return lines


def _shown(grids: Grids, name: str, width: float) -> Iterator[tuple[Formula, ...]]:
    calculation = grids.solution.calculation
    values = calculation.given[name]
    entries = [
        (total(grids.number(values[place])), Formula.name(calculation.latex_of_entry(name, place)))
        for place in range(prod(values.shape))
    ]
    are_letters = all(number.latex == named.latex for number, named in entries)
    is_named = bool(values.shape) and r"\begin{array}" not in calculation.latex[name]
    if (name not in calculation.singly and not calculation.is_single(name)) or (are_letters and is_named):
        yield related(Formula.name(calculation.latex[name]), grids.of(values), width, first=calculation.first)
        return
    for number, named in entries:
        yield (named,) if number.latex == named.latex else (named + EQUALS + number,)
