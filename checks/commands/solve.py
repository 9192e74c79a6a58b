"""`backcheck solve`: prints the exact key of the hand problem."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING

from checks.commands.options import add_assignment, add_digits

if TYPE_CHECKING:
    from checks.console import Console
    from checks.reference import BackpropReference, KeyCell

TITLES = {"Feed forward": ("s", "a", "da"), "Deltas": ("delta",), "Updated weights and biases": ("W_new", "b_new")}

NO_BREAK = "\N{NO-BREAK SPACE}"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    add_assignment(parser)
    parser.add_argument(
        "--format", choices=("text", "latex", "json"), default="text", help="how to print it (default: %(default)s)"
    )
    add_digits(parser, 20)


def run(options: argparse.Namespace) -> int:
    """Prints the key of every hand problem of the assignment."""
    from checks.assignment_file import load_assignment
    from checks.console import console_for
    from checks.errors import CallError
    from checks.reference import backprop_reference
    from exact.latex_tables import backward_table, forward_table

    assignment = load_assignment(options.assignment)
    hand = [backprop_reference(part, options.digits) for part in assignment.backprop]
    if not hand:
        raise CallError(f"the assignment {assignment.id} has no [backprop] problem to solve")
    if options.format == "json":
        entries = [entry for one in hand for cell in one.cells for entry in cell.entries]
        print(json.dumps({e.name: {"expected": e.expected, "decimal": e.decimal} for e in entries}, indent=2))
    elif options.format == "latex":
        print("\n".join(forward_table(one.solution, options.digits) for one in hand))
        print("\n".join(backward_table(one.solution, options.digits) for one in hand))
    else:
        console = console_for(sys.stdout)
        print(console.bold(console.text(assignment.title)))
        for one in hand:
            print("\n".join(_lines(one, options.digits, console)))
    return 0


def _lines(hand: BackpropReference, digits: int, console: Console) -> list[str]:
    """The whole key: p in exponentials, then each cell, exact and in decimals."""
    from exact.decimals import decimal
    from exact.notation import TEXT, softmax_quotient

    solution = hand.solution
    lines = ["", console.bold(f"Softmax outputs, p = softmax({hand.part.name(f's{len(hand.part.problem.layers)}')})")]
    for i, probability in enumerate(solution.softmax.outputs):
        quotient = softmax_quotient(solution.softmax.logits, i, TEXT)
        lines.append(console.text(f"p_{i + 1} = {quotient} = {decimal(probability, digits)}", "  ", " " * 8))
    for title, kinds in TITLES.items():
        cells = [cell for cell in hand.cells if cell.name.kind in kinds]
        if cells:
            lines += ["", console.bold(title)]
        for cell in cells:
            lines += _cell_lines(hand.part.name(str(cell.name)), cell, console)
    return lines


def _cell_lines(name: str, cell: KeyCell, console: Console) -> list[str]:
    """The cell's exact entries, then, where they say more, its decimals; a line for each row of a matrix."""
    exact = [entry.form for entry in cell.entries]
    decimals = [entry.decimal for entry in cell.entries]
    lines = _matrix_lines(f"{name} =", exact, cell.shape, console)
    if decimals != exact:
        sign = "≈" if any(entry.is_irrational for entry in cell.entries) else "="
        lines += _matrix_lines(f"{sign:>{len(name) + 2}}", decimals, cell.shape, console)
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
