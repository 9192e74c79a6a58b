"""`backcheck read`: reads the answers out of write-ups; nothing is judged and no key is worked out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from checks.commands.options import add_assignment, add_json, add_limits, usual_jobs

if TYPE_CHECKING:
    from checks.marking.read_submission import ReadSubmission
    from checks.running.setup import Setup
    from checks.submissions.submission import Submission


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        type=Path,
        help="a write-up, a submission (folder or zip), a folder of them, or a download from a platform",
    )
    add_assignment(parser)
    add_json(parser)
    parser.add_argument(
        "--out",
        metavar="DIR",
        type=Path,
        help="write an answers.txt for each submission, and a page to confirm what is doubtful (no default)",
    )
    add_limits(parser.add_argument_group("how to run"))


def run(options: argparse.Namespace) -> int:
    """Prints what was read. 1 where something is to be confirmed or was not found."""
    from checks.assignment.assignment_file import assignment_text
    from checks.commands.telling import tell, writing_to
    from checks.program.data_folder import DataFolder
    from checks.reports.console import console_for
    from checks.reports.reading_json import reading_json
    from checks.reports.reading_text import reading_text
    from checks.running.setup import Limits, Setup
    from checks.submissions.submission_file import find_submissions

    text = assignment_text(options.assignment)
    assignment = text.parsed()
    found = find_submissions(options.paths)
    limits = Limits(options.time_limit, options.memory_limit)
    setup = Setup(text, DataFolder(None, ""), (), limits=limits)
    readings = list(_read(found.submissions, options.jobs, setup))
    if options.json:
        sys.stdout.write(reading_json(readings))
    else:
        console = console_for(sys.stdout)
        for reading in readings:
            print(reading_text(reading, console))
    if options.out:
        with writing_to(options.out):
            from checks.reports.pages.reading_folder import write_readings

            tell(f"wrote {write_readings(options.out, assignment, readings)}")
    return 0 if all(_is_settled(reading) for reading in readings) else 1


def _read(submissions: tuple[Submission, ...], jobs: int | None, setup: Setup) -> Iterator[ReadSubmission]:
    """What was read in each submission, in order; each in a process that may fail for itself alone."""
    from checks.marking.read_submission import ReadSubmission, decoded_reading
    from checks.running.jobs import Job
    from checks.running.outcome import Failure
    from checks.running.pool import READING, in_processes
    from checks.submissions.contents import read_material

    materials = [(one, read_material(one)) for one in submissions]
    waiting = {material.digest(): material for _, material in materials}
    work = (Job(digest, material) for digest, material in waiting.items())
    done = dict(in_processes(work, setup, min(jobs or usual_jobs(len(submissions)), max(1, len(waiting))), READING))
    for submission, material in materials:
        result = done[material.digest()]
        if isinstance(result, Failure):
            yield ReadSubmission(submission.id, failure=result.reason)
        else:
            yield replace(decoded_reading(result), id=submission.id)


def _is_settled(reading: ReadSubmission) -> bool:
    return not (reading.failure or reading.not_found or any(one.reason for one in reading.entries))
