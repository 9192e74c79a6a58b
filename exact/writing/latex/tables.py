"""The tables of a key, filled in or blank: a row for each layer of the forward pass; a row for each cell of the rest.

A row that is too wide for its table is written in lines of its own, and so are all others. Needs amsmath, array and
booktabs; no floats, so that the tables stand wherever text can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from exact.calculation.solution import Solution
from exact.writing.columns import head_of, headings, joined
from exact.writing.latex.formula import EMPTY, EQUALS, FRAME, Formula, Paper, broken, stacked, total
from exact.writing.latex.grids import Grids, uses_outputs
from exact.writing.latex.items import (
    NAME,
    QUOTIENT_SHARE,
    ROOM,
    Item,
    Lines,
    blanks,
    filled_in,
    stands_together,
)
from exact.writing.latex.tabular import Row, display, table, width_of
from exact.writing.latex.titled import Asked, Titled
from exact.writing.notation import LATEX


@dataclass(frozen=True, slots=True)
class Part:
    """Consecutive headings of the sheet that are put on paper together: one table by layers, or a list of cells."""

    heading: str
    is_grid: bool
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """What the tables are made of: how numbers are shown, on which paper, and whether they are."""

    grids: Grids
    paper: Paper
    filled: bool


def parts(problem: Titled) -> list[Part]:
    """The parts of the sheet with something that is asked for, in order."""
    found = []
    for is_grid, group in groupby(problem.asked, key=lambda one: one.quantity.place.is_grid):
        asked = tuple(group)
        if is_grid:
            for title, members in headings(asked, lambda one: one.quantity.place):
                found.append(Part(title, True, tuple(members)))
        else:
            found.append(Part(joined([one.quantity.place for one in asked]), False, asked))
    return found


def part_tables(part: Part, problem: Titled, digits: int, *, filled: bool = True, paper: Paper = FRAME) -> str:
    """The tables of a part; what p stands for comes before the first that is written in p."""
    grids = Grids(problem.solution, digits, problem.in_decimals)
    page = _Page(grids, paper, filled)
    if part.is_grid:
        return _grid_table(part.asked, page)
    is_in_outputs = filled and not grids.in_decimals and any(uses_outputs(one.cell) for one in part.asked)
    told = definitions(grids, paper) if is_in_outputs else ""
    return "\n\n".join(filter(None, (told, _list_tables(part.asked, page))))


def _grid_table(asked: Sequence[Asked], page: _Page) -> str:
    """A row for each layer, a column for each kind of cell; outputs in powers of e and in decimals."""
    asked_words = {one.quantity.place.word for one in asked}
    every = dict.fromkeys(one.place.word for one in page.grids.solution.calculation.cells)
    words = [word for word in every if word in asked_words]
    heads = {word: head_of([one.quantity for one in asked if one.quantity.place.word == word]) for word in words}
    rows: dict[str, dict[str, list[tuple[Item, bool]]]] = {}
    for one in asked:
        place = one.quantity.place
        is_named = not heads[place.word] or not stands_together(one, page.grids.solution.calculation)
        slot = rows.setdefault(place.row, {}).setdefault(place.word, [])
        slot += [(item, is_named) for item in _items(one, page, share=max(len(words), 2))]
    written = (_layers(rows, heads, page.paper, shown) for shown in (Item.beside, Item.below))
    chosen = [item for row in rows.values() for slot in row.values() for item, _ in slot]
    layers = next(filter(None, written), "") or _lines(chosen, page.paper)
    denominator = display(_denominator(page)) if page.filled and not page.grids.in_decimals else ""
    return "\n\n".join(filter(None, (layers, denominator)))


def _layers(
    rows: dict[str, dict[str, list[tuple[Item, bool]]]],
    heads: dict[str, str],
    paper: Paper,
    shown: Callable[[Item, Formula], Formula],
) -> str:
    none = Formula(r"\text{--}", 1.0)
    body: list[Row] = []
    for row, slots in rows.items():
        formulas = [
            stacked(tuple(shown(item, item.name if is_named else EMPTY) for item, is_named in slots[word]))
            if word in slots
            else none
            for word in heads
        ]
        body.append([Formula(row, 0.5), *formulas])
    titles = [Formula(head or rf"\text{{{word}}}", 1.5) for word, head in heads.items()]
    return table("c" * (1 + len(heads)), [Formula("l", 1.5), *titles], body, paper)


def _list_tables(asked: Sequence[Asked], page: _Page) -> str:
    """A table for each heading, a row for each cell; a page may break between."""
    found = []
    for _, members in headings(asked, lambda one: one.quantity.place):
        chosen = [item for one in members for item in _items(one, page)]
        heads = [Formula(rf"\text{{{head}}}", 3.5) for head in ("cell", "exact", "decimal")]
        if not page.filled:
            rows = [[item.name, _room(item, page.paper)] for item in chosen]
            made = table("cl", [heads[0], Formula("", 0)], rows, page.paper)
        elif page.grids.in_decimals:
            rows = [[item.name, item.exact_side] for item in chosen]
            made = table("cl", [heads[0], Formula(r"\text{value}", 3.5)], rows, page.paper)
        else:
            made = table("cll", heads, _beside_or_below(chosen, page.paper), page.paper)
        found.append(made or _lines(chosen, page.paper))
    return "\n\n\\medskip\n".join(found)


def _items(one: Asked, page: _Page, share: int = 1) -> Iterator[Item]:
    if page.filled:
        return filled_in(one, page.grids, page.paper)
    return blanks(one, page.grids, (ROOM * page.paper.line - NAME) / share)


def _room(item: Item, paper: Paper) -> Formula:
    return stacked(item.laid_out(paper.line - NAME))


def _beside_or_below(chosen: list[Item], paper: Paper) -> list[Row]:
    """The decimals of each item in a column of their own, or, where that makes the table too wide, below the exact."""
    beside: list[Row] = [
        [item.name, item.exact_side, item.shown(item.decimals) if item.decimals else Formula("", 0)] for item in chosen
    ]
    rows = list(beside)
    while width_of(side := [row for row in rows if len(row) == len(beside[0])]) > paper.line:
        widest = max(side, key=lambda row: row[1].width + row[2].width)
        place = next(place for place, row in enumerate(rows) if row is widest)
        rows[place] = [chosen[place].name, stacked(chosen[place].lines_without_name(paper.line - NAME))]
    return rows


def definitions(grids: Grids, paper: Paper = FRAME) -> str:
    """What p_1, p_2, ... stand for, in powers of e and in decimals."""
    told = outputs_in_letters(grids.solution).replace(r"\bigl", "").replace(r"\bigr", "")
    return rf"\noindent With $p = {told}$:" + "\n\n" + display(outputs(grids, paper))


def outputs_in_letters(solution: Solution) -> str:
    """The formula of the outputs, its letters as they are typeset."""
    calculation, quantity = solution.calculation, solution.calculation.outputs
    return quantity.step.formula.latex(lambda name: calculation.latex_of(quantity.of[name])) if quantity else ""


def outputs(grids: Grids, paper: Paper) -> Lines:
    """A line for each output p_i, and one for their common denominator where they are too wide with it."""
    room = paper.line * QUOTIENT_SHARE
    lines = list(_denominator_lines(grids, paper))
    for i, (value, exact) in enumerate(zip(grids.solution.outputs, grids.outputs(room), strict=True), start=1):
        (decimal,) = grids.decimal(value)
        sides = [EQUALS + total(exact)] if exact else []
        sides.append(decimal.sign + decimal)
        lines += broken(Formula(LATEX.probability(i), 1.0), tuple(sides), paper.line)
    return tuple(lines)


def _denominator(page: _Page) -> Iterator[Formula]:
    return _denominator_lines(page.grids, page.paper)


def _denominator_lines(grids: Grids, paper: Paper) -> Iterator[Formula]:
    if denominator := grids.denominator(paper.line * QUOTIENT_SHARE):
        yield from broken(Formula("D =", 2.0), denominator, paper.line)


def _lines(items: Iterable[Item], paper: Paper) -> str:
    """The items one after another."""
    return display(line for item in items for line in item.lines(paper.line))
