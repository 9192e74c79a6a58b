"""Formulas with an estimate of their width, and how they are laid out where they are wide.

A matrix that is wider than the line is cut into blocks of columns, and where even one column is too wide it is written
entry by entry, each a sum that breaks before a sign. Needs amsmath and array.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exact.writing.latex.width import estimated_height, estimated_width

PER_CHARACTER = 0.5
COLUMN_SEPARATION = 1.0
BRACKETS = 1.0
ROW_HEIGHT = 1.25
BEFORE = 4.0
"""Room for what stands before a side of an equation on its line, in em."""

MARGIN = 1.05
LEAST_NAME = 1.8
FRACTION, QUOTIENT = 1.5, 2.6
"""Heights of what stands in a line, and by itself, in lines."""


@dataclass(frozen=True, slots=True)
class Paper:
    """What formulas are put on: the width of a line in em, and the height of a page in lines."""

    line: float
    height: float


FRAME, SHEET = Paper(31.0, 15.0), Paper(41.0, 42.0)
"""A frame of beamer, narrower than the lines of article and exam; and the page of our own documents."""


@dataclass(frozen=True, slots=True)
class Formula:
    """LaTeX of mathematics, with its width and height in em and in lines: estimates, rather too large.

    `is_rounded`: it holds a decimal that is not exact, so that no equals sign may stand before it.
    """

    latex: str
    width: float
    height: float = 1.0
    is_rounded: bool = False

    @staticmethod
    def of(latex: str, *, is_rounded: bool = False) -> Formula:
        """A formula of numbers and letters; its size is estimated."""
        height = 1.0
        if r"\frac" in latex:
            height = QUOTIENT if r"\displaystyle" in latex else FRACTION
        return Formula(latex, estimated_width(latex), height, is_rounded)

    @staticmethod
    def name(latex: str) -> Formula:
        """A name, or a formula of names, which may be arrays; its size is estimated."""
        rows = estimated_height(latex)
        return Formula(latex, max(LEAST_NAME, MARGIN * estimated_width(latex)), ROW_HEIGHT * rows if rows > 1 else 1.0)

    def __add__(self, other: Formula) -> Formula:
        latex = f"{self.latex} {other.latex}".strip()
        height, is_rounded = max(self.height, other.height), self.is_rounded or other.is_rounded
        return Formula(latex, self.width + other.width, height, is_rounded)

    @property
    def sign(self) -> Formula:
        """What stands between a name and this."""
        return ABOUT if self.is_rounded else EQUALS


ENTRY = r"\bigl("
"""How the name of a single entry begins."""

Entry = tuple[Formula, ...]
"""One entry of a matrix: the terms of a sum, each with its sign."""

Grid = tuple[tuple[Entry, ...], ...]
"""Entries, row by row."""

EMPTY = Formula("", 0.0)
EQUALS, ABOUT = Formula("=", 1.3), Formula(r"\approx", 1.3)


def total(formulas: Iterable[Formula]) -> Formula:
    """The formulas beside each other."""
    result = EMPTY
    for formula in formulas:
        result += formula
    return result


def shown(grid: Grid, row_break: str = "", *, is_number: bool = False) -> Formula:
    """The grid as a matrix; of a single number, that alone."""
    return total(grid[0][0]) if is_number else matrix(grid, row_break)


def matrix(grid: Grid, row_break: str = "") -> Formula:
    """The entries in brackets, in an `array`: amsmath's own matrices stop at ten columns.

    `row_break` stands between rows; if it is not given, TeX's own, with room between fractions.
    """
    joined = [[total(entry) for entry in row] for row in grid]
    tallest = max(entry.height for row in joined for entry in row)
    row_break = row_break or (rf"\\[{tallest - 0.6:.1f}ex]" if tallest > 1 else r"\\")
    widths = [max(entry.width for entry in column) for column in zip(*joined, strict=True)]
    body = f" {row_break} ".join(" & ".join(entry.latex for entry in row) for row in joined)
    width = sum(widths) + COLUMN_SEPARATION * len(widths) + BRACKETS
    height = ROW_HEIGHT * sum(max(entry.height for entry in row) for row in joined)
    is_rounded = any(entry.is_rounded for row in joined for entry in row)
    return Formula(
        rf"\left[\begin{{array}}{{{'r' * len(widths)}}} {body} \end{{array}}\right]", width, height, is_rounded
    )


def laid_out(
    name: Formula, grid: Grid, width: float, *, is_number: bool = False, first: int = 1
) -> tuple[Formula, ...]:
    """The matrix in lines of the width: whole, in blocks of columns, or entry by entry with the name of each.

    A single number breaks before its signs. `first` is the number of the first index.
    """
    if is_number:
        return tuple(broken(EMPTY, grid[0][0], width))
    whole = matrix(grid)
    if whole.width <= width:
        return (whole,)
    columns = tuple(zip(*grid, strict=True))
    if len(columns) > 1:
        blocks = tuple(_blocks(columns, width))
        if all(block.width <= width for block in blocks):
            return blocks
    lines: list[Formula] = []
    for i, row in enumerate(grid, start=first):
        for j, entry in enumerate(row, start=first):
            place = f"{i},{j}" if len(row) > 1 else f"{i}"
            sign = total(entry).sign.latex
            head = Formula(rf"{ENTRY}{name.latex}\bigr)_{{{place}}} {sign}", name.width + 3.0)
            lines += broken(head, entry, width)
    return tuple(lines)


def related(name: Formula, grid: Grid, width: float, *, is_number: bool = False, first: int = 1) -> tuple[Formula, ...]:
    """The matrix in lines of the width, with `name =` before it, or `name ≈` where it is rounded.

    An empty name leaves the sign alone, where the line goes on from one above.
    """
    lines = laid_out(name, grid, width - name.width - EQUALS.width, is_number=is_number, first=first)
    return lines if is_by_entry(lines) else (name + lines[0].sign + lines[0], *lines[1:])


def broken(head: Formula, terms: Entry, width: float) -> Iterator[Formula]:
    """The head and the terms behind it in lines of the width, all but the first indented."""
    line = head
    for place, term in enumerate(terms):
        if place and line.width + term.width > width:
            yield line
            line = Formula(r"\qquad", 2.0)
        line += term
    yield line


def is_by_entry(lines: tuple[Formula, ...]) -> bool:
    """Whether lines of `laid_out` have an entry each, with its name."""
    return lines[0].latex.startswith(ENTRY)


def stacked(lines: tuple[Formula, ...]) -> Formula:
    """The lines below each other as one formula."""
    if len(lines) == 1:
        return lines[0]
    body = r" \\[3pt] ".join(rf"\displaystyle {line.latex}" for line in lines)
    height = sum(line.height + 0.3 for line in lines)
    return Formula(rf"\begin{{array}}{{@{{}}l@{{}}}} {body} \end{{array}}", max(line.width for line in lines), height)


def _blocks(columns: tuple[tuple[Entry, ...], ...], width: float) -> Iterator[Formula]:
    """Blocks of columns, each as wide as fits, with the numbers of its columns before it."""
    start = 0
    while start < len(columns):
        end = start + 1
        while end < len(columns) and _block(columns, start, end + 1).width <= width:
            end += 1
        yield _block(columns, start, end)
        start = end


def _block(columns: tuple[tuple[Entry, ...], ...], start: int, end: int) -> Formula:
    rows = tuple(zip(*columns[start:end], strict=True))
    told = f"column {end}" if end == start + 1 else f"columns {start + 1} to {end}"
    return Formula(rf"\text{{{told}:}}\;", PER_CHARACTER * len(told) + 1.0) + matrix(rows)
