"""`backcheck tables`: writes the key as documents: tables, worked solution, worksheet, and fragments of them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from checks.commands.options import add_assignment, add_digits, add_out

if TYPE_CHECKING:
    from checks.assignment.assignment import Assignment

MOST_DIGITS = 50


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    add_assignment(parser)
    add_out(parser)
    add_digits(parser, 8)
    parser.add_argument(
        "--letters", action="store_true", help="the two tables in letters alone (default: all, in numbers)"
    )


def run(options: argparse.Namespace) -> int:
    """Writes the files and names them; says in a line where there is no PDF and why."""
    from checks.assignment.assignment_file import load_assignment
    from checks.errors import CallError
    from checks.hand.key import hand_reference
    from checks.reports.answers_template import answers_template
    from checks.reports.titled import titled
    from exact.writing.latex.document import documents, fragments
    from exact.writing.latex.tex_file import NO_ENGINE, TexError, compile_tex, write_tex

    assignment = load_assignment(options.assignment)
    if not assignment.hand_parts:
        raise CallError(f"the assignment {assignment.id} has no [backprop] or [[graph]] problem to make tables of")
    if options.digits > MOST_DIGITS:
        raise CallError(f"--digits {options.digits}: at most {MOST_DIGITS} fit on a line")
    out = Path(options.out)
    try:
        if options.letters:
            return _in_letters(assignment, out)
        references = tuple(map(hand_reference, assignment.hand_parts))
        problems = [titled(one) for one in references]
        print(write_tex(out / "answers.txt", answers_template(assignment, references)))
        for problem in problems:
            for name, source in fragments(problem, options.digits).items():
                print(write_tex(out / "fragments" / f"{name}.tex", source))
        pdf = None
        for name, source in documents(assignment.title, problems, options.digits).items():
            written = write_tex(out / f"{name}.tex", source)
            print(written)
            if pdf := compile_tex(written):
                print(pdf)
    except (OSError, TexError) as error:
        raise CallError(str(error)) from None
    if pdf is None:
        print(NO_ENGINE)
    return 0


def _in_letters(assignment: Assignment, out: Path) -> int:
    """Writes the two tables with letters, as a document and as fragments."""
    from checks.commands.solve_letters import written_formulas
    from exact.writing.latex.letter_tables import letter_document, letter_fragments
    from exact.writing.latex.tex_file import NO_ENGINE, compile_tex, write_tex

    problems = [(part.prefix, written_formulas(part)) for part in assignment.hand_parts]
    for prefix, found in problems:
        for name, source in letter_fragments(prefix, found).items():
            print(write_tex(out / "fragments" / f"{name}.tex", source))
    written = write_tex(out / "letters.tex", letter_document(assignment.title, problems))
    print(written)
    print(compile_tex(written) or NO_ENGINE)
    return 0
