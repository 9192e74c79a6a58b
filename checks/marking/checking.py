"""One submission from its files to its findings: reads it, then holds it against the reference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from checks.answers.answers import not_asked_for
from checks.assignment.assignment import Assignment
from checks.hand.check_backprop import check_backprop
from checks.hand.key import hand_reference
from checks.judging.findings import LeftOpen, Section, Trouble
from checks.judging.verdicts import Verdict
from checks.marking.checked import Checked
from checks.marking.credit import credited, partial_credits
from checks.marking.reference import Reference
from checks.program.check_mnist import check_mnist
from checks.program.reference import MnistReference
from checks.submissions.contents import Material, contents_of, other_digests, read_material
from checks.submissions.submission import Submission


def make_reference(assignment: Assignment, data: Path | None, sought: str) -> Reference:
    """Works out what answers are held against.

    `data` is the folder of the HDF5 files, None where there is none; then `sought` says where they were looked for.
    Raises `numeric.network.DataError`.
    """
    mnist = None
    if part := assignment.mnist:
        if data is None:
            mnist = MnistReference(part, None, sought)
        else:
            from checks.program.mnist_data_file import load_mnist_data
            from numeric.evaluation import evaluate_network

            network, test_set = load_mnist_data(data, part)
            mnist = MnistReference(
                part,
                evaluate_network(network, test_set),
                notice=test_set.file.notice,
                network=network,
                images=test_set.images,
                files=(network.file, test_set.file),
            )
    return Reference(assignment, mnist, tuple(hand_reference(part) for part in assignment.hand_parts))


def own_reference(reference: Reference, assignment: Assignment) -> Reference:
    """What a student's own assignment is held against; all but the numbers of the calculations by hand is the same."""
    return Reference(assignment, reference.mnist, tuple(map(hand_reference, assignment.hand_parts)))


def check_submission(submission: Submission, reference: Reference, *, explain: bool = False) -> Checked:
    """The findings on one submission. Nothing that its files hold is an exception.

    A bug of ours is not one either: the submission is then left to a person, whole, and the others are not touched.
    """
    try:
        material = read_material(submission)
        files = material.digests() | other_digests(submission)
        checked = check_material(material, reference, explain=explain)
    except Exception as error:  # the rim: one submission must not stop the run
        files = {}
        checked = left_to_a_person(reference, f"{type(error).__name__}: {error}"[:200])
    return handed_in_by(submission, checked, files)


def handed_in_by(submission: Submission, checked: Checked, files: Mapping[str, str]) -> Checked:
    """The findings, with whose they are and what else is to be said of the submission.

    `files` are the SHA-256 of its files, by their known names.
    """
    troubles = tuple(dict.fromkeys((*submission.notices, *checked.troubles)))
    held = tuple(sorted(files.items()))
    return replace(checked, id=submission.id, students=submission.students, troubles=troubles, files=held)


def check_material(material: Material, reference: Reference, *, explain: bool = False) -> Checked:
    """The findings on what some submission's files hold; its id is left empty."""
    contents = contents_of(material, reference.vocabulary)
    sections: list[Section] = []
    troubles: list[Trouble] = list(contents.answers.troubles)
    statements, left_open = contents.answers.statements, LeftOpen()
    if contents.documents:
        # imported here: it loads many modules, and few submissions need it
        from checks.marking.write_ups import read_write_ups

        written = read_write_ups(contents.documents, statements, reference.assignment, material.decisions)
        statements, left_open = (*written.statements, *statements), written.left_open
        troubles += written.troubles
    if reference.mnist:
        section, more = check_mnist(reference.mnist, statements, contents.result, explain=explain)
        section = _left_open(section, left_open)
        sections.append(section)
        troubles += more
    for hand in reference.hand_parts:
        section, more = check_backprop(hand, statements, explain=explain, left_open=left_open)
        sections.append(section)
        troubles += more
    prefixes = reference.assignment.prefixes
    lines = {(one.file, one.line) for one in statements if not one.is_mention}
    for statement in statements:
        if statement.is_mention and (statement.file, statement.line) in lines:
            continue  # a word in a formula
        known = reference.mnist is not None if statement.name.short else statement.name.prefix in prefixes
        if not known:
            troubles.append(not_asked_for(statement))
    if contents.answers.unread and not left_open.reason:
        sections = [_not_missing(section, contents.answers.unread) for section in sections]
    sections = [
        credited(section, table) for section, table in zip(sections, partial_credits(reference.assignment), strict=True)
    ]
    troubles += [f.trouble for section in sections for f in section.findings if f.trouble]
    return Checked("", tuple(sections), tuple(dict.fromkeys(troubles)))


def unanswered(reference: Reference) -> Checked:
    """What is said of a submission that holds nothing: every entry of the assignment, and what it is worth."""
    return check_material(Material(()), reference)


def left_to_a_person(reference: Reference, reason: str) -> Checked:
    """What is said of a submission that we failed on: nothing of it is marked."""
    return unmarked(reference, f"backcheck failed on this submission ({reason}); nothing in it was marked")


def unmarked(reference: Reference, note: str) -> Checked:
    """What is said of a submission of which nothing is marked, for the reason in the note."""
    empty = unanswered(reference)
    sections = [
        replace(
            section,
            findings=tuple(
                replace(f, verdict=Verdict.UNDECIDED, note=note, credit=None, credit_for="") for f in section.findings
            ),
        )
        for section in empty.sections
    ]
    return Checked("", tuple(sections), (Trouble("", None, None, note),))


def by_no_numbers(reference: Reference, note: str) -> Checked:
    """What is said of a submission of which nobody knows which numbers it answers: neither a mark nor a key."""
    checked = unmarked(reference, note)
    sections = [
        replace(section, findings=tuple(replace(f, expected=None, decimal=None) for f in section.findings))
        for section in checked.sections
    ]
    return Checked("", tuple(sections), ())


def _left_open(section: Section, left_open: LeftOpen) -> Section:
    """The section where what is missing may stand in a write-up."""
    findings = [
        replace(f, verdict=Verdict.UNDECIDED, note=left_open.reason)
        if f.verdict is Verdict.MISSING and left_open.covers(f.name)
        else f
        for f in section.findings
    ]
    return replace(section, findings=tuple(findings))


def _not_missing(section: Section, unread: Trouble) -> Section:
    """The section where a file of answers could not be read: what would be missing may stand in it."""
    findings = [
        replace(f, given="", verdict=Verdict.UNREADABLE, note=unread.message, trouble=unread)
        if f.verdict is Verdict.MISSING and not f.name.startswith("result.")
        else f
        for f in section.findings
    ]
    return replace(section, findings=tuple(findings))
