"""One submission from its files to its findings: reads it, then holds it against the reference."""

from __future__ import annotations

from pathlib import Path

from checks.assignment import Assignment
from checks.backprop import check_hand
from checks.findings import Checked, Section, Trouble
from checks.mnist import check_mnist
from checks.reference import MnistReference, Reference, hand_reference
from checks.submission_file import Submission, read_contents
from numeric.evaluation import evaluate
from numeric.hdf5_file import PARAMETERS_FILE, TEST_FILE, read_network, read_test_set


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
            network = read_network(data / PARAMETERS_FILE, part.layers)
            test_set = read_test_set(data / TEST_FILE, part.layers[0], part.layers[-1], part.images)
            mnist = MnistReference(part, evaluate(network, test_set), notice=test_set.file.notice)
    return Reference(assignment, mnist, tuple(hand_reference(part) for part in assignment.hand))


def check_submission(submission: Submission, reference: Reference) -> Checked:
    """The findings on one submission. What its files hold is never an exception."""
    contents = read_contents(submission, reference.assignment.prefixes)
    sections: list[Section] = []
    troubles: list[Trouble] = list(contents.answers.troubles)
    statements = contents.answers.statements
    if reference.mnist:
        sections.append(check_mnist(reference.mnist, statements, contents.result))
    for hand in reference.hand:
        section, more = check_hand(hand, statements)
        sections.append(section)
        troubles.extend(more)
    troubles += [f.trouble for section in sections for f in section.findings if f.trouble]
    return Checked(submission.id, tuple(sections), tuple(dict.fromkeys(troubles)))
