"""`backcheck tables`: writes the two solution tables as LaTeX, and as PDF where a TeX engine is found."""

from __future__ import annotations

import argparse
from pathlib import Path

from checks.commands.options import add_assignment, add_digits, add_out


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    add_assignment(parser)
    add_out(parser)
    add_digits(parser, 8)


def run(options: argparse.Namespace) -> int:
    """Writes tables.tex (and tables.pdf); says in a line where there is no PDF and why."""
    from checks.assignment_file import load_assignment
    from checks.errors import CallError
    from exact.latex_tables import document
    from exact.solution import solve
    from exact.tex_file import TexError, compile_tex, write_tex

    assignment = load_assignment(options.assignment)
    if not assignment.backprop:
        raise CallError(f"the assignment {assignment.id} has no [backprop] problem to make tables of")
    solutions = [(part.prefix, solve(part.problem)) for part in assignment.backprop]
    try:
        source = write_tex(Path(options.out) / "tables.tex", document(assignment.title, solutions, options.digits))
        print(source)
        pdf = compile_tex(source)
    except (OSError, TexError) as error:
        raise CallError(str(error)) from None
    print(pdf or "no PDF: no TeX engine was found (install texlive-latex-recommended, or tectonic)")
    return 0
