"""A problem told in formulas: what is given, how quantities come about, what is to be worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from exact.calculation.quantity import Quantity
from exact.writing.latex.formula import EQUALS, Formula, Paper, broken
from exact.writing.latex.grids import Grids
from exact.writing.latex.items import stands_together
from exact.writing.latex.parameters import parameters
from exact.writing.latex.sides import Sides
from exact.writing.latex.tables import parts
from exact.writing.latex.tabular import display
from exact.writing.latex.titled import Asked, Titled
from exact.writing.sentence import enumerated

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def told_in_formulas(titled: Titled, paper: Paper) -> str:
    """What is given, the formulas of the first part, and the questions of all: a calculation is its own problem."""
    calculation, needed = titled.solution.calculation, titled.needed
    grids = Grids(titled.solution, 8, titled.in_decimals)
    given = [name for name in calculation.given if name in needed]
    shown = [one for one in calculation.cells if one.name in needed]
    first = [one for one in shown if one.place.title == shown[0].place.title]
    return "\n\n".join(
        [
            r"\noindent Given are",
            display(parameters(grids, given, paper)),
            r"\noindent and the formulas",
            display(in_lines((line for one in first for line in equations(titled, grids, one, paper)), paper)),
            *questions(titled),
        ]
    )


def equations(titled: Titled, grids: Grids, quantity: Quantity, paper: Paper) -> Iterator[tuple[Formula, ...]]:
    """The quantity's formula, or those of its entries, in letters; each in as many lines as it needs."""
    calculation = titled.solution.calculation
    sides = Sides(grids, quantity, frozenset(one.quantity.name for one in titled.asked))
    places = tuple(range(quantity.size))
    if not sides.are_by_entry(places):
        yield tuple(broken(Formula.name(quantity.latex) + EQUALS, sides.in_letters, paper.line))
        return
    for place in places:
        name = Formula.name(calculation.latex_of_entry(quantity.name, place))
        yield tuple(broken(name + EQUALS, sides.of_entry(place, paper.line)[0], paper.line))


def in_lines(told: Iterable[tuple[Formula, ...]], paper: Paper) -> list[Formula]:
    """As many on a line as fit."""
    lines: list[Formula] = []
    for first, *rest in told:
        if lines and not rest and lines[-1].width + 2 + first.width <= paper.line:
            lines[-1] += Formula(r",\quad", 2.0) + first
        else:
            lines += [first, *rest]
    return lines


def questions(titled: Titled) -> Iterator[str]:
    """What is to be worked out, part by part."""
    chosen = parts(titled)
    for number, part in enumerate(chosen):
        names = [f"${_in_line(name)}$" for one in part.asked for name in _names(one, titled)]
        head = rf"\textbf{{({LETTERS[number % 26]})}} " if len(chosen) > 1 else ""
        yield rf"\medskip\noindent {head}{part.heading}: work out {enumerated(names)}."


def _names(asked: Asked, titled: Titled) -> Sequence[str]:
    together = stands_together(asked, titled.solution.calculation)
    return (asked.quantity.latex,) if together else asked.names


def _in_line(latex: str) -> str:
    """A name that is a quotient, with a stroke."""
    top, between, bottom = latex.removeprefix(r"\frac{").removesuffix("}").partition(r"}{\partial ")
    return rf"{top} / \partial {bottom}" if between and latex.startswith(r"\frac{\partial") else latex
