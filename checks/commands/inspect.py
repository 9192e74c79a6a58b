"""`backcheck inspect`: what a problem can tell of those who work it out, and what it cannot."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from checks.commands.options import add_assignment, add_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    add_assignment(parser)
    add_json(parser)
    parser.add_argument("--html", metavar="FILE", type=Path, help="write it as a page, too (no default)")
    parser.add_argument(
        "--exit-zero", action="store_true", help="exit with 0 even if there is a remark (default: exit with 1)"
    )


def run(options: argparse.Namespace) -> int:
    """Prints the remarks on every hand problem of the assignment. 1 where there are any, unless --exit-zero."""
    from checks.assignment.assignment_file import load_assignment
    from checks.commands.telling import writing_to
    from checks.errors import CallError
    from checks.inspection.inspecting import inspected
    from checks.reports.console import console_for
    from checks.reports.inspection_json import inspection_json
    from checks.reports.inspection_text import inspection_lines

    assignment = load_assignment(options.assignment)
    if not assignment.hand_parts:
        raise CallError(f"the assignment {assignment.id} has no [backprop] or [[graph]] problem to inspect")
    inspections = [inspected(part) for part in assignment.hand_parts]
    if options.json:
        print(json.dumps(inspection_json(assignment.id, inspections), indent=2))
    else:
        console = console_for(sys.stdout)
        print(console.bold(console.text(assignment.title)))
        for one in inspections:
            print("\n".join(inspection_lines(one, console)))
    if options.html:
        from checks.reports.pages.inspection_page import inspection_page

        with writing_to(options.html):
            options.html.write_text(inspection_page(assignment.title, inspections), encoding="utf-8")
    has_remarks = any(one.remarks for one in inspections)
    return 1 if has_remarks and not options.exit_zero else 0
