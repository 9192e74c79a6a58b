"""`backcheck check`: checks submissions, one or a whole class, and reports."""

from __future__ import annotations

import argparse
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from checks.commands.options import LEVELS, add_assignment, add_data, add_json, add_limits

if TYPE_CHECKING:
    from checks.commands.own_numbers import OwnNumbers
    from checks.submissions.submission_file import Found


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the subcommand."""
    parser.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        type=Path,
        help="a submission (folder, zip or file), a folder of them, or a download from Gradescope, Canvas or Moodle",
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
    parser.add_argument("--explain", action="store_true", help="show the proof of every verdict (default: no)")
    parser.add_argument(
        "--exit-zero", action="store_true", help="exit with 0 even if answers are wrong (default: exit with 1)"
    )
    parser.add_argument(
        "--roster",
        metavar="CSV",
        type=Path,
        help="who takes the course; submissions are matched by id, e-mail or name, exactly (no default)",
    )
    parser.add_argument(
        "--variants",
        metavar="DIR",
        type=Path,
        help="everybody by their own numbers: the folder that `backcheck variants` wrote (no default)",
    )
    parser.add_argument(
        "--decisions",
        metavar="FILE",
        type=Path,
        help="what a person confirmed on the page that `backcheck read` writes (no default)",
    )
    parser.add_argument(
        "--overrides",
        metavar="FILE",
        type=Path,
        action="append",
        default=[],
        help="what a person decided, TOML or CSV; more than one may be named (no default)",
    )
    parser.add_argument(
        "--against",
        metavar="JSON",
        type=Path,
        help="an earlier report of check --json: whose marks moved since and why, exit 1 where one did (no default)",
    )
    _add_outputs(parser.add_argument_group("what else to write"))
    _add_running(parser.add_argument_group("how to run"))


def _add_outputs(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--html", metavar="DIR", type=Path, help="a page of the class, and one for each student (no default)"
    )
    group.add_argument(
        "--csv", metavar="FILE", type=Path, help="a table of the marks, a row for each student (no default)"
    )
    group.add_argument(
        "--gradebook",
        metavar="FILE",
        type=Path,
        help="fill in the marks in a file exported from Canvas or Moodle; the original is kept (no default)",
    )
    group.add_argument(
        "--gradebook-column",
        metavar="NAME",
        help="the column to fill in (default: the one titled as the assignment; Moodle's Grade)",
    )
    group.add_argument("--junit", metavar="FILE", type=Path, help="JUnit XML, a test for each entry (no default)")
    group.add_argument(
        "--open",
        metavar="FILE",
        type=Path,
        help="what is left to a person, TOML or CSV, to fill in for --overrides (no default)",
    )
    group.add_argument(
        "--gradescope",
        metavar="FILE",
        type=Path,
        help="Gradescope's results.json of the one submission that PATH holds (no default)",
    )
    group.add_argument(
        "--tex", metavar="FILE", type=Path, help="the one submission's marked sheet, LaTeX and PDF (no default)"
    )


def _add_running(group: argparse._ArgumentGroup) -> None:
    add_limits(group)
    group.add_argument(
        "--store",
        metavar="FILE",
        type=Path,
        help="where outcomes are kept; only what changed is checked again (default: in the user's cache folder)",
    )
    group.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="check on the dask cluster whose scheduler is there (default: on this machine)",
    )
    group.add_argument("--no-store", action="store_true", help="keep no outcomes (default: they are kept)")


def run(options: argparse.Namespace) -> int:
    """Prints the report. 1 where an entry is not right, or with --against where a mark moved, unless --exit-zero."""
    from checks.assignment.assignment_file import assignment_text
    from checks.commands.check_options import refuse_misfits
    from checks.commands.check_outputs import Outputs, outputs
    from checks.commands.class_checking import check_class, store_of
    from checks.commands.overriding import staff_overrides
    from checks.commands.telling import tell
    from checks.marking.checking import make_reference
    from checks.marking.class_notes import ClassNotes
    from checks.program.data_folder import find_data
    from checks.running.class_run import ClassRun
    from checks.running.setup import Limits, Setup
    from checks.running.worker import data_digests
    from checks.submissions.decisions_file import Decisions, load_decisions

    own: OwnNumbers | None = None
    if options.variants:
        from checks.commands.own_numbers import own_numbers

        own = own_numbers(options, _found(options))
        text, found = own.variants.assignment, own.found
    else:
        text, found = assignment_text(options.assignment), _found(options)
    assignment = text.parsed()
    refuse_misfits(options, len(found.submissions))
    folder = find_data(options.data, assignment.id)
    reference = make_reference(assignment, folder.path, folder.sought)
    setup = Setup(
        text, folder, data_digests(reference), options.explain, Limits(options.time_limit, options.memory_limit)
    )
    notices = [notice for notice in (reference.notice, reference.disagreement) if notice]
    for notice in [
        *(notices if options.json or options.against else notices[bool(reference.notice) :]),
        *found.notices,
    ]:
        tell(notice)  # the title of the text says the first
    decided = staff_overrides(options.overrides, found.submissions, reference)
    store = store_of(options, setup)
    confirmed = load_decisions(options.decisions) if options.decisions else Decisions()
    class_run = ClassRun(found.submissions, reference, store, decisions=confirmed)
    if own:
        class_run = replace(class_run, variants=own.texts, unfit=own.unfit)
    asked = outputs(options, class_run, notices, setup.made_by)
    written = Outputs(asked)
    check_class(class_run, options, setup)
    if own:
        own.look_for_others(class_run, partial(check_class, options=options, setup=setup))
    unmarked = own.notices() if own else ()
    for notice in (*confirmed.notices(), *unmarked):
        tell(notice)
    all_right = True
    for outcome in class_run.outcomes():
        checked = decided.apply(own.apply(outcome, class_run) if own else outcome)
        all_right &= checked.all_right
        written.add(checked)
    told = decided.notes() if options.overrides else None
    for notice in [*told.unfit, told.summary] if told else ():
        tell(notice)
    about = (*notices, *found.notices, *confirmed.notices(), *unmarked, *(told.unfit if told else ()))
    written.finish(ClassNotes(found.source, class_run.identical(), about, told, own.notes() if own else None))
    store.close()
    is_well = all_right
    if options.against:
        from checks.commands.moves_output import has_moved

        is_well = not has_moved(asked)
    return 0 if options.exit_zero or is_well else 1


def _found(options: argparse.Namespace) -> Found:
    """The submissions, with the roster's names where there is one."""
    from checks.roster.matching import match
    from checks.roster.roster_file import load_roster
    from checks.submissions.students import Student
    from checks.submissions.submission_file import Found, find_submissions, one_submission

    if options.gradescope and len(options.paths) == 1 and options.paths[0].is_dir():
        found = Found((one_submission(options.paths[0]),))
    else:
        found = find_submissions(options.paths)
    if not options.roster:
        return found
    matched = match(
        load_roster(options.roster), {one.id: one.students or (Student(one.id),) for one in found.submissions}
    )
    named = tuple(replace(one, students=matched.students[one.id]) for one in found.submissions)
    return replace(found, submissions=named, notices=(*found.notices, *matched.notices))
