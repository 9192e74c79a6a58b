"""`backcheck check`: checks submissions and reports."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from checks.commands.options import LEVELS, add_assignment, add_data, add_json
from checks.errors import CallError

if TYPE_CHECKING:
    from checks.judging.findings import Checked
    from checks.reference import Reference


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    parser.add_argument(
        "paths", nargs="+", metavar="PATH", type=Path, help="a submission (folder, zip or file), or a folder of them"
    )
    add_assignment(parser)
    add_data(parser)
    add_json(parser)
    parser.add_argument(
        "--feedback",
        choices=LEVELS,
        default="full",
        help="what a report tells: marks, hints without the answers, or all (default: %(default)s)",
    )
    parser.add_argument(
        "--csv", metavar="FILE", type=Path, help="write a table of the marks, a row for each submission (no default)"
    )
    parser.add_argument(
        "--tex",
        metavar="FILE",
        type=Path,
        help="write the one submission's marked sheet, LaTeX and PDF (no default)",
    )
    parser.add_argument("--explain", action="store_true", help="show the proof of every verdict (default: no)")
    parser.add_argument(
        "--exit-zero", action="store_true", help="exit with 0 even if answers are wrong (default: exit with 1)"
    )


def run(options: argparse.Namespace) -> int:
    """Prints the report. 1 where an entry is not right, unless --exit-zero."""
    from checks.assignment_file import load_assignment
    from checks.checking import check_submission, make_reference
    from checks.data_folder import find_data
    from checks.reports.console import console_for
    from checks.reports.feedback import at_level
    from checks.reports.report_json import report_json
    from checks.reports.report_text import report_text, summary_text
    from checks.submissions.submission_file import find_submissions

    assignment = load_assignment(options.assignment)
    submissions = find_submissions(options.paths).submissions
    if options.tex and options.tex.suffix != ".tex":
        raise CallError(f"--tex {options.tex}: expected a name that ends in .tex")
    if options.tex and len(submissions) != 1:
        raise CallError(f"--tex writes the sheet of one submission; there are {len(submissions)}")
    data = find_data(options.data, assignment.id)
    reference = make_reference(assignment, data.path, data.sought)
    notices = [notice for notice in (reference.notice, reference.disagreement) if notice]
    told = notices if options.json else [reference.disagreement]  # the title of the text says the other
    for notice in filter(None, told):
        print(f"backcheck: {notice}", file=sys.stderr)
    console = console_for(sys.stdout)
    checked = []
    if not options.json:
        print(console.bold(console.text(assignment.title + (f" ({reference.notice})" if reference.notice else ""))))
    counts = sys.stderr.isatty() and not sys.stdout.isatty()
    for number, submission in enumerate(submissions, start=1):
        checked.append(at_level(check_submission(submission, reference, explain=options.explain), options.feedback))
        if not options.json:
            print("\n" + report_text(checked[-1], console, explain=options.explain))
        if counts:
            end = "\n" if number == len(submissions) else ""
            print(f"\r{number} of {len(submissions)}", end=end, file=sys.stderr, flush=True)
    if options.json:
        print(report_json(assignment.id, checked, notices, explain=options.explain))
    elif len(checked) > 1:
        print("\n" + summary_text(checked, console))
    if options.csv:
        _write_marks(options.csv, checked)
    if options.tex:
        _write_sheet(options.tex, checked[0], reference)
    return 0 if options.exit_zero or all(one.all_right for one in checked) else 1


def _write_sheet(path: Path, checked: Checked, reference: Reference) -> None:
    """Writes the marked sheet, and its PDF where a TeX engine is found; names them on stderr."""
    from checks.reports.marked_sheet import marked_sheet
    from exact.latex.tex_file import NO_ENGINE, TexError, compile_tex, write_tex

    try:
        source = write_tex(path, marked_sheet(checked, reference))
        pdf = compile_tex(source)
    except (OSError, TexError) as error:
        raise CallError(str(error)) from None
    print(f"backcheck: wrote {source} and {pdf}" if pdf else f"backcheck: wrote {source}; {NO_ENGINE}", file=sys.stderr)


def _write_marks(path: Path, checked: list[Checked]) -> None:
    """Writes the table of marks."""
    from checks.reports.marks_csv import marks_csv

    try:
        path.write_text(marks_csv(checked), encoding="utf-8")
    except OSError as error:
        raise CallError(f"{path}: cannot be written: {error.strerror}") from None
