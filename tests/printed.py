"""Reads the entries of cells back from our LaTeX, as a person would: by their names, brackets and columns."""

from __future__ import annotations

import re
from collections.abc import Iterable

from exact.calculation.solution import Cell

MATRIX = re.compile(r"\\left\[\\begin\{array\}\{r+\} (.*?) \\end\{array\}\\right\]", re.DOTALL)
ROW_BREAK = re.compile(r"\\\\(?:\[[^\]]*\])?")
DENOMINATOR = re.compile(r"\$\\displaystyle D = (.*?)\$(.*)", re.DOTALL)
CONTINUED = re.compile(r"\$\s*\\noindent\$\\displaystyle \\qquad")


def printed_entries(tex: str, cells: Iterable[Cell]) -> dict[str, str]:
    """The exact text of each entry of the cells, by its name in reports; of the first place where the cell stands."""
    tex = CONTINUED.sub("", tex)
    if match := DENOMINATOR.search(tex):
        tex = tex.replace("{D}", f"{{{match[1]}}}")
    names = {cell.name: cell.quantity.latex for cell in cells}
    starts = {
        cell.name: re.search(
            rf"\$\\displaystyle (?:\\bigl\()?{re.escape(names[cell.name])}(?=\$| =| \\approx|\\bigr)", tex
        )
        for cell in cells
    }
    found: dict[str, str] = {}
    places = sorted(match.start() for match in starts.values() if match)
    for cell in cells:
        start = starts[cell.name]
        assert start is not None, f"{cell.name} is not there"
        end = min((place for place in places if place > start.start()), default=len(tex))
        found |= entries_in(tex[start.start() : end], cell, names[cell.name])
    return found


def entries_in(text: str, cell: Cell, name: str) -> dict[str, str]:
    """The entries in the part of the text that is about the cell."""
    by_entry = re.findall(rf"\\bigl\({re.escape(name)}\\bigr\)_\{{([0-9,]+)\}} (?:=|\\approx)(.*?)\$", text, re.DOTALL)
    if by_entry:
        return {f"{cell.name}[{place}]": formula.strip() for place, formula in reversed(by_entry)}
    columns: list[list[str]] = []
    for body in MATRIX.findall(text):
        if len(columns) < cell.shape[1]:
            rows = [row.split(" & ") for row in ROW_BREAK.split(body)]
            columns += [list(column) for column in zip(*rows, strict=True)]
    assert len(columns) == cell.shape[1], (cell.name, text)
    return {
        cell.entries[i * cell.shape[1] + j].name: columns[j][i].replace(r"\displaystyle", "").strip()
        for i in range(cell.shape[0])
        for j in range(cell.shape[1])
    }


def printed_in_forward(tex: str, cells: Iterable[Cell]) -> dict[str, str]:
    """The same of a table with a row for each layer; where it is written in lines, of those."""
    chosen = list(cells)
    if r"\begin{tabular}" not in tex:
        return printed_entries(tex, chosen)
    if match := DENOMINATOR.search(tex):
        tex = tex.replace("{D}", f"{{{match[1]}}}")
    found: dict[str, str] = {}
    for layer, row in re.findall(r"^\$\\displaystyle (\d+)\$ & (.*?) \\\\\n", tex, re.DOTALL | re.MULTILINE):
        parts = row.split("$ & $")
        members = [cell for cell in chosen if cell.quantity.place.row == layer]
        for cell, part in zip(members, parts, strict=False):
            found |= entries_in(part, cell, cell.quantity.latex)
    return found
