"""`backcheck solve`: prints the exact key of the hand problem."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from checks.commands.options import add_assignment, add_digits
from checks.display import NO_BREAK
from exact.networks.cells import PARTS

if TYPE_CHECKING:
    from checks.hand.key import BackpropReference, KeyCell
    from checks.reports.console import Console
    from exact.writing.latex.document import Titled

FORMATS = ("text", "latex", "json", "markdown", "html")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    add_assignment(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to print it (default: %(default)s)")
    add_digits(parser, 20)


def run(options: argparse.Namespace) -> int:
    """Prints the key of every hand problem of the assignment."""
    from checks.assignment.assignment_file import load_assignment
    from checks.errors import CallError
    from checks.hand.key import backprop_reference
    from checks.reports.console import console_for
    from exact.writing.latex.document import Titled

    assignment = load_assignment(options.assignment)
    problems = [backprop_reference(part, options.digits) for part in assignment.backprop]
    if not problems:
        raise CallError(f"the assignment {assignment.id} has no [backprop] problem to solve")
    if options.format == "json":
        entries = [entry for one in problems for cell in one.cells for entry in cell.entries]
        print(json.dumps({e.name: {"expected": e.expected, "decimal": e.decimal} for e in entries}, indent=2))
    elif options.format in ("latex", "markdown", "html"):
        titled = [Titled(one.part.prefix, one.solution, one.part.cells) for one in problems]
        print(_document(options.format, assignment.title, titled, options.digits), end="")
    else:
        console = console_for(sys.stdout)
        print(console.bold(console.text(assignment.title)))
        for one in problems:
            print("\n".join(_lines(one, options.digits, console)))
    return 0


def _document(form: str, title: str, problems: list[Titled], digits: int) -> str:
    """The key as LaTeX tables, Markdown or a page."""
    from exact.writing.latex.document import tables_of

    if form == "latex":
        return "\n\n".join(tables_of(problem, digits) for problem in problems) + "\n"
    from checks.reports.key_page import key_html, key_markdown

    return (key_html if form == "html" else key_markdown)(title, problems, digits)


def _lines(problem: BackpropReference, digits: int, console: Console) -> list[str]:
    """The whole key: what p stands for, then each cell, exact and in decimals."""
    lines = _output_lines(problem, digits, console)
    for title, kinds in PARTS.items():
        cells = [cell for cell in problem.cells if cell.name.kind in kinds]
        if cells:
            lines += ["", console.bold(title)]
        for cell in cells:
            lines += _cell_lines(problem.part.name(str(cell.name)), cell, console)
    return lines


def _output_lines(problem: BackpropReference, digits: int, console: Console) -> list[str]:
    """p_1, p_2, ... in exponentials and in decimals; nothing where there are none."""
    from exact.writing.entries import decimal_or_none, outputs_in_exponentials
    from exact.writing.notation import TEXT

    solution, unit = problem.solution, problem.part.problem.output
    if not solution.outputs:
        return []
    title = f"{unit.name.capitalize()} outputs, p = {unit.name}({problem.part.name(f's{problem.part.problem.depth}')})"
    lines = ["", console.bold(title)]
    for i, (p, quotient) in enumerate(
        zip(solution.outputs, outputs_in_exponentials(solution, TEXT), strict=True), start=1
    ):
        sign = "≈" if p.as_fraction() is None else "="
        exact = f" = {quotient}" if quotient else ""
        text = f"p_{i}{exact} {sign} {decimal_or_none(p, digits) or '?'}"
        lines.append(console.text(text, "  ", " " * 8))
    return lines


def _cell_lines(name: str, cell: KeyCell, console: Console) -> list[str]:
    """The cell's exact entries, then, where they say more, its decimals; a line for each row of a matrix."""
    exact = [entry.form or "?" for entry in cell.entries]
    decimals = [entry.decimal or "?" for entry in cell.entries]
    rounded = "≈" if any(entry.is_irrational for entry in cell.entries) else "="
    first = rounded if any(entry.is_irrational and entry.form == entry.decimal for entry in cell.entries) else "="
    heads = {f"{name} {first}": exact}
    if decimals != exact:
        heads[f"{rounded:>{len(name) + 2}}"] = decimals
    lines = []
    for head, entries in heads.items():
        if cell.name.is_number:
            lines.append(console.text(entries[0], f"  {head} ", " " * (len(head) + 3)))
        else:
            lines += _matrix_lines(head, entries, cell.shape, console)
    return lines


def _matrix_lines(head: str, entries: list[str], shape: tuple[int, int], console: Console) -> list[str]:
    """`[a, b; c, d]` row by row behind the head; lines break between entries only."""
    rows, columns = shape
    if columns == 1:
        rows, columns = columns, rows
    margin = " " * (len(head) + 4)
    lines = []
    for i in range(rows):
        row = ", ".join(entry.replace(" ", NO_BREAK) for entry in entries[i * columns : (i + 1) * columns])
        before, after = (f"  {head} [" if i == 0 else margin), (";" if i < rows - 1 else "]")
        lines.append(console.text(row + after, before, margin).replace(NO_BREAK, " "))
    return lines
