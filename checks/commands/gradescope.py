"""`backcheck gradescope`: makes the zip that is uploaded to Gradescope as an assignment's autograder."""

from __future__ import annotations

import argparse

from checks.commands.options import add_assignment, add_data, add_zip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    add_zip(parser)
    add_assignment(parser)
    add_data(parser)


def run(options: argparse.Namespace) -> int:
    """Writes the zip and says what to do with it. The assignment and its data are tried first, here and not there."""
    from checks.assignment.assignment_file import load_assignment
    from checks.assignment.bundled import assignment_path
    from checks.autograder.autograder_file import write_autograder
    from checks.commands.telling import tell
    from checks.errors import CallError
    from checks.marking.checking import check_submission, make_reference
    from checks.program.data_folder import find_data
    from checks.reports.awarded import points
    from checks.submissions.submission import Submission

    if options.out.suffix != ".zip":
        raise CallError(f"--out {options.out}: expected a name that ends in .zip")
    assignment = load_assignment(options.assignment)
    data = find_data(options.data, assignment.id)
    if assignment.mnist and data.path is None:
        raise CallError(f"{assignment.id} {data.sought}")
    reference = make_reference(assignment, data.path, data.sought)
    for notice in filter(None, (reference.notice, reference.disagreement)):
        tell(notice)
    most = check_submission(Submission("", {}), reference).max_score
    try:
        size = write_autograder(
            options.out, assignment_path(options.assignment), data.path if assignment.mnist else None
        )
    except OSError as error:
        raise CallError(f"{error.filename}: {error.strerror}") from None
    print(f"{options.out}: {size / 1e6:.1f} MB. On Gradescope, in a programming assignment of {points(most)} points:")
    print("upload it under Configure Autograder, with Ubuntu as the base image, and test it on a submission.")
    print("It holds the data, and a program that works out the key: it is for staff alone.")
    return 0
