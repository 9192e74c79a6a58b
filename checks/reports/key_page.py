"""The key for a course page: the two tables as Markdown with formulas between dollars, or as HTML with MathML."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from math import inf

from latex2mathml.converter import convert

from exact.calculation.quantity import Quantity
from exact.graphs.pictures import STYLE as GRAPH_STYLE
from exact.writing.columns import headings
from exact.writing.entries import decimal_or_none
from exact.writing.latex.formula import total
from exact.writing.latex.grids import Grids, uses_outputs
from exact.writing.latex.items import Item, items
from exact.writing.latex.titled import Titled
from exact.writing.notation import LATEX, decimal_number

HEADS = ("cell", "exact", "decimal")

ROW_BREAK = r"\cr"
"""What ends a row of a matrix: Markdown takes two backslashes for one."""

Row = tuple[str, str, str]
"""Name, exact and decimal, as LaTeX; "" where there is nothing to say."""

_STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th { text-align: left; font-weight: 600; border-bottom: 2px solid; }
th, td { padding: .4rem .8rem .4rem 0; vertical-align: middle; }
tr + tr td { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
.wide { overflow-x: auto; }
figure { margin: 1rem 0; }
math { font-size: 1.05em; }
mtd { padding: .15em .4em; text-align: -webkit-right; }
@media print { body { max-width: none; margin: 0; } .wide { overflow: visible; } }
"""


def key_markdown(title: str, problems: Iterable[Titled], digits: int) -> str:
    """The tables as GitHub, Jupyter and Pandoc read them."""
    lines = [f"# {_plain(title)}: solution"]
    for problem in problems:
        lines += ["", f"## {_plain(problem.prefix)}"] if problem.prefix else []
        for heading, rows in _parts(problem, digits):
            lines += ["", f"### {heading}", "", f"| {' | '.join(HEADS)} |", "| --- | --- | --- |"]
            lines += [f"| {' | '.join(f'${one}$' if one else '' for one in row)} |" for row in rows]
    return "\n".join([*lines, ""])


def key_html(title: str, problems: Iterable[Titled], digits: int) -> str:
    """The tables as one page that needs nothing else: no script, no outside resource."""
    body = [f"<h1>{escape(title)}: solution</h1>"]
    for problem in problems:
        body += [f"<h2>{escape(problem.prefix)}</h2>"] if problem.prefix else []
        body += [f"<figure>{one}</figure>"] if (one := problem.picture(problem, "svg")) else []
        for heading, rows in _parts(problem, digits):
            heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
            cells = ("".join(f"<td>{convert(one) if one else ''}</td>" for one in row) for row in rows)
            table = "\n".join(f"<tr>{row}</tr>" for row in cells)
            body.append(f'<h3>{heading}</h3>\n<div class="wide"><table>\n<tr>{heads}</tr>\n{table}\n</table></div>')
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    top = f'<!doctype html>\n<html lang="en"><head>{head}<style>{_STYLE}{GRAPH_STYLE}</style></head><body>'
    return "\n".join([top, *body, "</body></html>", ""])


def _parts(problem: Titled, digits: int) -> list[tuple[str, list[Row]]]:
    """The rows under each heading; first what stands for the outputs, where other rows are written in them."""
    if problem.formulas:
        return [
            (heading, [(one.name_latex, one.latex, "") for one in members])
            for heading, members in headings(problem.formulas, lambda one: one.quantity.place)
        ]
    grids = Grids(problem.solution, digits, problem.in_decimals)
    asked = problem.asked
    parts = [
        (heading, [_row(item) for item in items(members, grids)])
        for heading, members in headings(asked, lambda one: one.quantity.place)
    ]
    outputs = problem.solution.calculation.outputs
    is_in_outputs = any(uses_outputs(one.cell) or one.quantity.are_outputs for one in asked)
    return [_outputs(outputs, grids), *parts] if outputs and is_in_outputs and not grids.in_decimals else parts


def _outputs(quantity: Quantity, grids: Grids) -> tuple[str, list[Row]]:
    """p_1, p_2, ..., which the other rows are written in."""
    quotients = grids.outputs(inf)
    decimals = [decimal_or_none(value, grids.digits) for value in grids.solution.outputs]
    rows = [
        (LATEX.probability(i), total(quotient).latex, decimal_number(decimal, LATEX) if decimal else "")
        for i, (quotient, decimal) in enumerate(zip(quotients, decimals, strict=True), start=1)
    ]
    return f"Outputs, p = {quantity.unit}({next(iter(quantity.of.values()))})", rows


def _row(item: Item) -> Row:
    exact = item.shown(item.exact, ROW_BREAK)
    if exact.is_rounded:
        return item.name.latex, "", exact.latex
    return item.name.latex, exact.latex, item.shown(item.decimals, ROW_BREAK).latex if item.decimals else ""


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return re.sub(r"([\\`*_{}\[\]()<>#+!|$~-])", r"\\\1", " ".join(text.split()))
