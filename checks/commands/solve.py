"""`backcheck solve`: prints the exact key of the hand problem."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from checks.commands.options import add_assignment, add_digits
from checks.display import NO_BREAK

if TYPE_CHECKING:
    from checks.hand.key import HandReference, KeyCell, KeyEntry
    from checks.reports.console import Console
    from exact.writing.latex.titled import Titled

FORMATS = ("text", "latex", "json", "markdown", "html")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    add_assignment(parser)
    parser.add_argument("--format", choices=FORMATS, default="text", help="how to print it (default: %(default)s)")
    add_digits(parser, 20)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument(
        "--letters",
        action="store_true",
        help="every entry as a formula, with letters for all that is given (default: numbers)",
    )
    kind.add_argument(
        "--witness",
        action="store_true",
        help="derive the key a second time, by sympy, and say whether all of it is confirmed (default: once)",
    )
    parser.add_argument("--json", action="store_true", help="the same as --format json (default: text)")


def run(options: argparse.Namespace) -> int:
    """Prints the key of every hand problem of the assignment."""
    from checks.assignment.assignment_file import load_assignment
    from checks.errors import CallError
    from checks.hand.key import hand_reference
    from checks.reports.console import console_for
    from checks.reports.titled import titled

    assignment = load_assignment(options.assignment)
    form = "json" if options.json else options.format
    if assignment.hand_parts and options.letters:
        from checks.commands.solve_letters import print_formulas

        return print_formulas(assignment, form)
    if assignment.hand_parts and options.witness:
        from checks.commands.solve_witness import print_confirmations

        return print_confirmations(assignment, as_json=form == "json")
    problems = [hand_reference(part, options.digits) for part in assignment.hand_parts]
    if not problems:
        raise CallError(f"the assignment {assignment.id} has no [backprop] or [[graph]] problem to solve")
    if form == "json":
        entries = [entry for one in problems for cell in one.cells for entry in cell.entries]
        told = {e.name: {"expected": e.expected, "decimal": e.decimal, "cell": e.cell} for e in entries}
        print(json.dumps(told, indent=2))
    elif form in ("latex", "markdown", "html"):
        titles = [titled(one) for one in problems]
        print(_document(form, assignment.title, titles, options.digits), end="")
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


def _lines(problem: HandReference, digits: int, console: Console) -> list[str]:
    """The whole key: what p stands for, then each cell, exact and in decimals; in those alone if its course is so."""
    from checks.judging.explain import ENCLOSED
    from checks.reports.titled import is_in_decimals
    from exact.writing.columns import headings

    in_decimals = is_in_decimals(problem)
    lines = [] if in_decimals or problem.letters else _output_lines(problem, digits, console)
    for title, cells in headings(problem.cells, lambda cell: cell.quantity.place):
        lines += ["", console.bold(title)]
        for cell in cells:
            entries = tuple(map(_by_decimal, cell.entries)) if in_decimals else cell.entries
            if problem.stands_together(cell):
                lines += _cell_lines(cell.name, entries, None if cell.is_one_number else cell.shape, console)
            else:
                lines += [line for entry in entries for line in _cell_lines(entry.name, (entry,), None, console)]
    if not in_decimals and (enclosed := [name for cell in problem.cells for name in _enclosed(problem, cell)]):
        lines += ["", console.text(f"{' '.join(enclosed)}: {ENCLOSED}.", "  ", "  ")]
    return lines


def _enclosed(problem: HandReference, cell: KeyCell) -> list[str]:
    """The names of its entries that are known by enclosures alone; the cell's, where it is one."""
    names = [entry.name for entry in cell.entries if entry.is_enclosed]
    return [cell.name] if names and problem.stands_together(cell) else names


def _by_decimal(entry: KeyEntry) -> KeyEntry:
    """The entry, shown by its decimal alone; as a fraction where no decimal is exact and one is."""
    fraction = entry.key.value.as_fraction()
    is_exact = entry.decimal is not None and fraction == Fraction(entry.decimal)
    return replace(entry, form=entry.decimal) if fraction is None or is_exact else entry


def _output_lines(problem: HandReference, digits: int, console: Console) -> list[str]:
    """p_1, p_2, ... in exponentials and in decimals; nothing where there are none."""
    from exact.writing.entries import decimal_or_none, outputs_in_exponentials
    from exact.writing.notation import TEXT

    solution, naming = problem.solution, problem.part.naming
    quantity = solution.calculation.outputs
    if quantity is None:
        return []
    unit, source = quantity.unit, next(iter(quantity.of.values()))
    own = naming.own_entry(source, 0) if quantity.size == 1 else ""
    title = f"{unit.capitalize()} outputs, p = {unit}({problem.part.name(own or naming.cell(source))})"
    lines = ["", console.bold(title)]
    for i, (p, quotient) in enumerate(
        zip(solution.outputs, outputs_in_exponentials(solution, TEXT), strict=True), start=1
    ):
        sign = "≈" if p.as_fraction() is None else "="
        exact = f" = {quotient}" if quotient else ""
        text = f"p_{i}{exact} {sign} {decimal_or_none(p, digits) or '?'}"
        lines.append(console.text(text, "  ", " " * 8))
    return lines


def _cell_lines(name: str, entries: tuple[KeyEntry, ...], shape: tuple[int, int] | None, console: Console) -> list[str]:
    """The exact entries, then, where they say more, the decimals; a line for each row of a matrix.

    Without a shape it is a single number.
    """
    exact = [entry.form or "?" for entry in entries]
    is_formula = all(entry.formula is not None and entry.decimal is None for entry in entries)
    decimals = exact if is_formula else [entry.decimal or entry.form or "?" for entry in entries]
    rounded = "≈" if any(entry.is_irrational for entry in entries) else "="
    is_decimal = any(entry.is_irrational and entry.form == entry.decimal for entry in entries)
    first = rounded if is_decimal and not is_formula else "="
    heads = {f"{name} {first}": exact}
    if decimals != exact:
        heads[f"{rounded:>{len(name) + 2}}"] = decimals
    lines = []
    for head, texts in heads.items():
        if shape is None:
            lines.append(console.text(texts[0], f"  {head} ", " " * (len(head) + 3)))
        else:
            lines += _matrix_lines(head, texts, shape, console)
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
