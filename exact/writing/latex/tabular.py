"""Rows of formulas as tables without a float, and formulas in paragraphs. Needs amsmath, array and booktabs."""

from __future__ import annotations

from collections.abc import Iterable

from exact.writing.latex.formula import Formula, Paper

GAP = 1.2
"""The space between two columns, in em."""

Row = list[Formula]


def display(lines: Iterable[Formula]) -> str:
    """Formulas, each in a paragraph of its own: a page may end behind each."""
    return "\n\n".join(rf"\noindent$\displaystyle {line.latex}$" for line in lines)


def table(columns: str, heads: Row, rows: list[Row], paper: Paper) -> str:
    """A table, or several where it is longer than a page; "" where it is too wide, or a row longer than a page.

    The last cell of a row that has fewer of them than there are heads spans the other columns.
    """
    heights = [max(cell.height for cell in row) for row in rows]
    spanning = [row for row in rows if len(row) < len(heads)]
    whole = [heads, *(row for row in rows if len(row) == len(heads))]
    if max(width_of(whole), *(width_of([row]) for row in spanning), 0) > paper.line or max(heights) > paper.height:
        return ""
    tables: list[list[Row]] = [[]]
    used = 0.0
    for row, height in zip(rows, heights, strict=True):
        if tables[-1] and used + height > paper.height:
            tables.append([])
            used = 0.0
        tables[-1].append(row)
        used += height
    return "\n\n\\medskip\n".join(_tabular(columns, heads, part) for part in tables)


def width_of(rows: list[Row]) -> float:
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
