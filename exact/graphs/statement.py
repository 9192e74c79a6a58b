"""A calculation that is given as formulas, as it is set: what is given, the formulas, and what is asked."""

from __future__ import annotations

from collections.abc import Iterator

from exact.graphs.graph import FORMULA, GRADIENT, UPDATE
from exact.writing.latex.formula import Paper, total
from exact.writing.latex.grids import Grids
from exact.writing.latex.parameters import parameters
from exact.writing.latex.tabular import display
from exact.writing.latex.telling import equations, in_lines, questions
from exact.writing.latex.titled import Titled
from exact.writing.sentence import enumerated


def statement(titled: Titled, paper: Paper) -> str:
    """What is given, formula by formula what is made of it, and the questions."""
    return "\n\n".join(_parts(titled, paper))


def _parts(titled: Titled, paper: Paper) -> Iterator[str]:
    calculation = titled.solution.calculation
    grids = Grids(titled.solution, 8, titled.in_decimals)
    needed = titled.needed
    updates = [one for one in calculation.quantities if one.step.name == UPDATE and one.name in needed]
    rates = {source for one in updates for letter, source in one.of.items() if letter == "eta"}
    upstream = [name for name in calculation.given if name.startswith("grad_") and name in needed]
    given = [name for name in calculation.given if name in needed and name not in (*rates, *upstream)]
    if given:
        yield r"\noindent Given are"
        yield display(parameters(grids, given, paper))
    formulas = [one for one in calculation.quantities if one.step.name == FORMULA and one.name in needed]
    yield r"\noindent From these one works out" if given else r"\noindent One works out"
    yield display(in_lines((line for one in formulas for line in equations(titled, grids, one, paper)), paper))
    if upstream:
        yield r"\noindent What comes after is not told, but for the gradient"
        yield display(parameters(grids, upstream, paper))
    elif any(one.step.name == GRADIENT and one.name in needed for one in calculation.quantities):
        yield rf"\noindent Gradients are those of ${calculation.latex_of(calculation.cost)}$."
    for name in rates:
        rate = total(grids.number(calculation.given[name].item())).latex
        told = enumerated([f"${calculation.latex_of(one.of['x'])}$" for one in updates])
        yield rf"\noindent Then {told} make one step against their gradients, with the learning rate $\eta = {rate}$."
    yield from questions(titled)
