"""The two tables of the homework, filled in or blank: the feed-forward pass; the deltas and updates.

A row that is too wide for its table is written in lines of its own, and so are all others. Needs amsmath, array and
booktabs; no floats, so that the tables stand wherever text can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exact.cells import CellName, Kind
from exact.latex.formula import (
    ABOUT,
    EQUALS,
    LINE,
    Formula,
    Grid,
    broken,
    is_by_entry,
    laid_out,
    matrix,
    stacked,
    total,
)
from exact.latex.grids import Grids, blank, has_decimals, is_rounded, name_of
from exact.notation import LATEX, decimal_number
from exact.solution import Cell, Solution
from exact.writing import decimal_or_none

PAGE = 42.0
"""The height of a page in lines: a longer table is broken into several."""

GAP = 1.2
"""The space between two columns, in em."""

QUOTIENT_SHARE = 0.45
"""The share of a line up to which softmax's quotients are written with their whole denominator."""

NAME = 5.0
"""Room for the name of a cell, in em."""

Lines = tuple[Formula, ...]
Row = list[Formula]


@dataclass(frozen=True, slots=True)
class Item:
    """One cell of a table: its name, its exact entries, and its decimals where they say more."""

    name: Formula
    exact: Grid
    decimals: Grid | None = None
    sign: Formula = EQUALS

    def lines(self, width: float) -> Lines:
        """`name = exact`, and below it the decimals, in as many lines as they need."""
        head = self.name + EQUALS
        exact = laid_out(self.name, self.exact, width - head.width)
        lines = [*exact] if is_by_entry(exact) else [head + exact[0], *exact[1:]]
        if self.decimals is not None:
            lines += [self.sign + line for line in laid_out(self.name, self.decimals, width - self.sign.width)]
        return tuple(lines)


def forward_table(solution: Solution, digits: int, *, filled: bool = True, width: float = LINE) -> str:
    """A row for each layer: s, a and a'; the last layer's a in powers of e and in decimals."""
    grids = Grids(solution, digits)
    cells = {(cell.name.kind, cell.name.layer): cell for cell in solution.cells}
    rows = []
    for layer in range(1, solution.problem.depth + 1):
        kinds = (Kind.S, Kind.A, Kind.DA) if layer < solution.problem.depth else (Kind.S, Kind.A)
        rows.append([_item(cells[kind, layer], grids, width, filled=filled) for kind in kinds])
    heads = [Formula(head, 1.5) for head in ("l", "s^{(l)}", "a^{(l)}", "a'^{(l)}")]
    body = [
        [Formula(str(layer), 0.5), *(_beside(item) for item in row), *[Formula(r"\text{--}", 1.0)] * (3 - len(row))]
        for layer, row in enumerate(rows, start=1)
    ]
    if solution.problem.depth == 1:
        heads, body = heads[:3], [row[:3] for row in body]
    table = _table("c" * len(heads), heads, body, width) or _lines((item for row in rows for item in row), width)
    denominator = display(_denominator(grids, width)) if filled else ""
    return "\n\n".join(filter(None, (table, denominator)))


def backward_table(solution: Solution, digits: int, *, filled: bool = True, width: float = LINE) -> str:
    """The deltas, then the updated weights and biases, from the last layer to the first; a page may break between."""
    grids = Grids(solution, digits)
    parts = []
    for kinds in ((Kind.DELTA,), (Kind.W_NEW, Kind.B_NEW)):
        items = [_item(cell, grids, width, filled=filled) for cell in solution.cells if cell.name.kind in kinds]
        heads = [Formula(rf"\text{{{head}}}", 3.5) for head in ("cell", "exact", "decimal")]
        if filled:
            table = _table("cll", heads, _beside_or_below(items, width), width)
        else:
            rows = [[item.name, stacked(laid_out(item.name, item.exact, width - NAME))] for item in items]
            table = _table("cl", [heads[0], Formula("", 0)], rows, width)
        parts.append(table or _lines(items, width))
    return "\n\n\\medskip\n".join(parts)


def _beside_or_below(items: list[Item], width: float) -> list[Row]:
    """The decimals of each item in a column of their own, or, where that makes the table too wide, below the exact."""
    beside: list[Row] = [
        [item.name, matrix(item.exact), matrix(item.decimals) if item.decimals else Formula("", 0)] for item in items
    ]
    rows = list(beside)
    while _width(side := [row for row in rows if len(row) == len(beside[0])]) > width:
        widest = max(side, key=lambda row: row[1].width + row[2].width)
        place = next(place for place, row in enumerate(rows) if row is widest)
        rows[place] = [items[place].name, stacked(_without_name(items[place], width - NAME))]
    return rows


def definitions(solution: Solution, digits: int, *, width: float = LINE) -> str:
    """What p_1, p_2, ... stand for, in powers of e and in decimals; empty where the outputs are linear."""
    if not solution.outputs:
        return ""
    problem = solution.problem
    intro = rf"\noindent With $p = \mathrm{{{problem.output.name}}}(s^{{({problem.depth})}})$:"
    return intro + "\n\n" + display(outputs(solution, digits, width))


def outputs(solution: Solution, digits: int, width: float) -> Lines:
    """A line for each output p_i, and one for their common denominator where they are too wide with it."""
    grids = Grids(solution, digits)
    room = width * QUOTIENT_SHARE
    lines = list(_denominator(grids, width))
    for i, (value, exact) in enumerate(zip(solution.outputs, grids.outputs(room), strict=True), start=1):
        shown = decimal_or_none(value, digits)
        sign = EQUALS if value.as_fraction() is not None else ABOUT
        sides = [EQUALS + total(exact)] if exact else []
        sides += [sign + Formula.of(decimal_number(shown, LATEX))] if shown else []
        lines += broken(Formula(LATEX.probability(i), 1.0), tuple(sides), width)
    return tuple(lines)


def _denominator(grids: Grids, width: float) -> Iterator[Formula]:
    if denominator := grids.denominator(width * QUOTIENT_SHARE):
        yield from broken(Formula("D =", 2.0), denominator, width)


def display(lines: Iterable[Formula]) -> str:
    """Formulas, each in a paragraph of its own: a page may end behind each."""
    return "\n\n".join(rf"\noindent$\displaystyle {line.latex}$" for line in lines)


def _item(cell: Cell, grids: Grids, width: float, *, filled: bool) -> Item:
    name = name_of(cell.name)
    is_forward = cell.name.kind in (Kind.S, Kind.A, Kind.DA)
    if not filled:
        return Item(name, blank(cell, (width - NAME) / 3 if is_forward else width - NAME))
    is_plain = is_forward and cell.name != CellName(Kind.A, grids.solution.problem.depth)
    decimals = grids.decimals(cell) if has_decimals(cell) and not is_plain else None
    return Item(name, grids.exact(cell, width * QUOTIENT_SHARE), decimals, ABOUT if is_rounded(cell) else EQUALS)


def _beside(item: Item) -> Formula:
    """The exact entries, and the decimals beside them."""
    exact = matrix(item.exact)
    return exact if item.decimals is None else exact + item.sign + matrix(item.decimals)


def _without_name(item: Item, width: float) -> Lines:
    """The exact entries, and below them the decimals."""
    decimals = laid_out(item.name, item.decimals, width - item.sign.width) if item.decimals else ()
    return (*laid_out(item.name, item.exact, width), *(item.sign + line for line in decimals))


def _table(columns: str, heads: Row, rows: list[Row], width: float) -> str:
    """A table, or several where it is longer than a page; "" where it is too wide, or a row longer than a page.

    The last cell of a row that has fewer of them than there are heads spans the other columns.
    """
    heights = [max(cell.height for cell in row) for row in rows]
    spanning = [row for row in rows if len(row) < len(heads)]
    whole = [heads, *(row for row in rows if len(row) == len(heads))]
    if max(_width(whole), *(_width([row]) for row in spanning), 0) > width or max(heights) > PAGE:
        return ""
    tables: list[list[Row]] = [[]]
    used = 0.0
    for row, height in zip(rows, heights, strict=True):
        if tables[-1] and used + height > PAGE:
            tables.append([])
            used = 0.0
        tables[-1].append(row)
        used += height
    return "\n\n\\medskip\n".join(_tabular(columns, heads, part) for part in tables)


def _width(rows: list[Row]) -> float:
    """The width of a table of these rows, all of one length."""
    columns: Iterable[tuple[Formula, ...]] = zip(*rows, strict=True)
    return sum(max(cell.width for cell in column) + GAP for column in columns)


def _tabular(columns: str, heads: Row, rows: list[Row]) -> str:
    body = []
    for row in rows:
        cells = [_math(cell) for cell in row]
        if len(row) < len(heads):
            cells[-1] = rf"\multicolumn{{{len(heads) - len(row) + 1}}}{{l@{{}}}}{{{cells[-1]}}}"
        body.append(" & ".join(cells) + r" \\")
    return "\n".join(
        [
            rf"\noindent\begin{{tabular}}{{@{{}}{columns}@{{}}}}",
            r"\toprule",
            " & ".join(_math(head) for head in heads) + r" \\",
            r"\midrule",
            "\n\\addlinespace[3pt]\n".join(body),
            r"\bottomrule",
            r"\end{tabular}",
        ]
    )


def _math(formula: Formula) -> str:
    return f"$\\displaystyle {formula.latex}$" if formula.latex else ""


def _lines(items: Iterable[Item], width: float) -> str:
    """The items one after another."""
    return display(_all_lines(items, width))


def _all_lines(items: Iterable[Item], width: float) -> Iterator[Formula]:
    for item in items:
        yield from item.lines(width)
