"""How tests have a hand sheet checked: the key of a problem given as a table, and the findings on a text."""

from __future__ import annotations

from collections.abc import Mapping

from checks.answers.answers_txt import read_answers_txt
from checks.assignment.assignment import read_assignment
from checks.assignment.assignment_file import load_assignment
from checks.hand.check_backprop import check_backprop
from checks.hand.key import HandReference, hand_reference
from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from tests.vocabulary import names_of

HOMEWORK = hand_reference(load_assignment("ee541-hw3").hand_parts[0])
KEYS = {entry.name: entry.key for cell in HOMEWORK.cells for entry in cell.entries}
"""The homework's key, and the key of each of its entries."""

EXACT, ROUNDED, CLOSE, WRONG, UNDECIDED = (
    Verdict.EXACT,
    Verdict.ROUNDED,
    Verdict.CLOSE,
    Verdict.WRONG,
    Verdict.UNDECIDED,
)


def reference_of(table: Mapping[str, object]) -> HandReference:
    """The table's key."""
    (part,) = read_assignment({"id": "test", "title": "Test", "backprop": dict(table)}).hand_parts
    return hand_reference(part)


def found_in(text: str, reference: HandReference) -> dict[str, Finding]:
    """The finding on each entry of an answers.txt, in order."""
    section, _ = check_backprop(
        reference, tuple(read_answers_txt(text.encode(), "answers.txt", names_of(reference))[0])
    )
    return {finding.name: finding for finding in section.findings}
