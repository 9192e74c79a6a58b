"""The two tables of the homework, filled in or blank: the feed-forward pass; the deltas and updates.

A row that is too wide for its table is written in lines of its own, and so are all others. Needs amsmath, array and
booktabs; no floats, so that the tables stand wherever text can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import inf

from exact.networks.cells import Kind
from exact.networks.solution import Cell, Solution
from exact.writing.latex.formula import (
    ABOUT,
    EMPTY,
    EQUALS,
    FRAME,
    Formula,
    Grid,
    Paper,
    broken,
    is_by_entry,
    laid_out,
    matrix,
    related,
    stacked,
    total,
)
from exact.writing.latex.grids import Grids, blank, has_decimals, is_exact, is_irrational, name_of
from exact.writing.latex.tabular import Row, display, table, width_of
from exact.writing.notation import LATEX

QUOTIENT_SHARE = 0.45
"""The share of a line up to which softmax's quotients are written with their whole denominator."""

ROOM = 0.85
"""The share of a line that blanks may fill: theirs is no estimate, which would rather be too large."""

NAME = 5.0
"""Room for the name of a cell, in em."""

UNBOUNDED = Paper(inf, inf)

Lines = tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One cell of a table: its name, its exact entries, and its decimals where they say more."""

    name: Formula
    exact: Grid
    decimals: Grid | None = None

    def lines(self, width: float) -> Lines:
        """`name = exact`, and below it the decimals, in as many lines as they need."""
        exact = related(self.name, self.exact, width)
        if self.decimals is None:
            return exact
        return (*exact, *related(self.name if is_by_entry(exact) else EMPTY, self.decimals, width))


def items(solution: Solution, digits: int) -> list[Item]:
    """All cells in order, filled in, as wide as they are."""
    grids = Grids(solution, digits)
    return [_item(cell, grids, UNBOUNDED, filled=True) for cell in solution.cells]


def forward_table(solution: Solution, digits: int, *, filled: bool = True, paper: Paper = FRAME) -> str:
    """A row for each layer: s, a and a'; the last layer's a in powers of e and in decimals."""
    grids = Grids(solution, digits)
    cells = {(cell.name.kind, cell.name.layer): cell for cell in solution.cells}
    rows: dict[int, list[Item | None]] = {}
    for layer in range(1, solution.problem.depth + 1):
        chosen = [cells.get((kind, layer)) for kind in (Kind.S, Kind.A, Kind.DA)]
        if any(chosen):
            rows[layer] = [_item(cell, grids, paper, filled=filled) if cell else None for cell in chosen]
    if not rows:
        return ""
    heads = [Formula(head, 1.5) for head in ("l", "s^{(l)}", "a^{(l)}", "a'^{(l)}")]
    columns = 4 if solution.problem.depth > 1 else 3
    written = (
        table("c" * columns, heads[:columns], _forward_rows(rows, columns, shown), paper) for shown in (_beside, _below)
    )
    layers = next(filter(None, written), "") or _lines((item for row in rows.values() for item in row if item), paper)
    denominator = display(_denominator(grids, paper)) if filled else ""
    return "\n\n".join(filter(None, (layers, denominator)))


def _forward_rows(rows: dict[int, list[Item | None]], columns: int, shown: Callable[[Item], Formula]) -> list[Row]:
    """The rows of the table; the last layer has no a'."""
    none = Formula(r"\text{--}", 1.0)
    return [
        [Formula(str(layer), 0.5), *(shown(item) if item else none for item in row)][:columns]
        for layer, row in rows.items()
    ]


def backward_table(solution: Solution, digits: int, *, filled: bool = True, paper: Paper = FRAME) -> str:
    """The deltas, then the updated weights and biases, from the last layer to the first; a page may break between."""
    grids = Grids(solution, digits)
    parts = []
    for kinds in ((Kind.COST, Kind.DELTA), (Kind.W_NEW, Kind.B_NEW)):
        chosen = [_item(cell, grids, paper, filled=filled) for cell in solution.cells if cell.name.kind in kinds]
        if not chosen:
            continue
        heads = [Formula(rf"\text{{{head}}}", 3.5) for head in ("cell", "exact", "decimal")]
        if filled:
            part = table("cll", heads, _beside_or_below(chosen, paper), paper)
        else:
            rows = [[item.name, stacked(laid_out(item.name, item.exact, paper.line - NAME))] for item in chosen]
            part = table("cl", [heads[0], Formula("", 0)], rows, paper)
        parts.append(part or _lines(chosen, paper))
    return "\n\n\\medskip\n".join(parts)


def _beside_or_below(items: list[Item], paper: Paper) -> list[Row]:
    """The decimals of each item in a column of their own, or, where that makes the table too wide, below the exact."""
    beside: list[Row] = [
        [item.name, _exact(item), matrix(item.decimals) if item.decimals else Formula("", 0)] for item in items
    ]
    rows = list(beside)
    while width_of(side := [row for row in rows if len(row) == len(beside[0])]) > paper.line:
        widest = max(side, key=lambda row: row[1].width + row[2].width)
        place = next(place for place, row in enumerate(rows) if row is widest)
        rows[place] = [items[place].name, stacked(_without_name(items[place], paper.line - NAME))]
    return rows


def definitions(solution: Solution, digits: int, *, paper: Paper = FRAME) -> str:
    """What p_1, p_2, ... stand for, in powers of e and in decimals; empty where the outputs are linear."""
    if not solution.outputs:
        return ""
    problem = solution.problem
    intro = rf"\noindent With $p = \mathrm{{{problem.output.name}}}(s^{{({problem.depth})}})$:"
    return intro + "\n\n" + display(outputs(solution, digits, paper))


def outputs(solution: Solution, digits: int, paper: Paper) -> Lines:
    """A line for each output p_i, and one for their common denominator where they are too wide with it."""
    grids = Grids(solution, digits)
    room = paper.line * QUOTIENT_SHARE
    lines = list(_denominator(grids, paper))
    for i, (value, exact) in enumerate(zip(solution.outputs, grids.outputs(room), strict=True), start=1):
        (decimal,) = grids.decimal(value)
        sides = [EQUALS + total(exact)] if exact else []
        sides.append(decimal.sign + decimal)
        lines += broken(Formula(LATEX.probability(i), 1.0), tuple(sides), paper.line)
    return tuple(lines)


def _denominator(grids: Grids, paper: Paper) -> Iterator[Formula]:
    if denominator := grids.denominator(paper.line * QUOTIENT_SHARE):
        yield from broken(Formula("D =", 2.0), denominator, paper.line)


def _item(cell: Cell, grids: Grids, paper: Paper, *, filled: bool) -> Item:
    name, last = name_of(cell.name), grids.solution.problem.depth
    is_forward = cell.name.kind in (Kind.S, Kind.A, Kind.DA)
    if not filled:
        return Item(name, blank(cell, (ROOM * paper.line - NAME) / (3 if is_forward else 1)))
    exact = grids.exact(cell, paper.line * QUOTIENT_SHARE)
    says_more = has_decimals(cell) and (is_irrational(cell) or not is_forward or cell.name.layer == last)
    return Item(name, exact, grids.decimals(cell) if says_more and is_exact(exact) else None)


def _exact(item: Item) -> Formula:
    """The exact entries; where some are rounded, with a sign that says so."""
    shown = matrix(item.exact)
    return ABOUT + shown if shown.is_rounded else shown


def _beside(item: Item) -> Formula:
    """The exact entries, and the decimals beside them."""
    if item.decimals is None:
        return _exact(item)
    decimals = matrix(item.decimals)
    return _exact(item) + decimals.sign + decimals


def _below(item: Item) -> Formula:
    """The exact entries, and the decimals below them."""
    if item.decimals is None:
        return _exact(item)
    decimals = matrix(item.decimals)
    return stacked((_exact(item), decimals.sign + decimals))


def _without_name(item: Item, width: float) -> Lines:
    """The exact entries, and below them the decimals."""
    shown = laid_out(item.name, item.exact, width - ABOUT.width)
    exact = (ABOUT + shown[0], *shown[1:]) if shown[0].is_rounded and not is_by_entry(shown) else shown
    if item.decimals is None:
        return exact
    return (*exact, *related(item.name if is_by_entry(exact) else EMPTY, item.decimals, width))


def _lines(items: Iterable[Item], paper: Paper) -> str:
    """The items one after another."""
    return display(line for item in items for line in item.lines(paper.line))
