"""The names that answers to the homework, and to any one problem, may have."""

from __future__ import annotations

from checks.answers.names import Name, Vocabulary
from checks.assignment.assignment_file import load_assignment
from checks.hand.key import HandReference

_HOMEWORK = load_assignment("ee541-hw3")
HOMEWORK_NAMES = Vocabulary(
    _HOMEWORK.namings, [one.quantity.name for part in _HOMEWORK.hand_parts for one in part.cells]
)


def names_of(*references: HandReference) -> Vocabulary:
    return Vocabulary({one.part.prefix: one.part.naming for one in references})


def read_name(text: str) -> Name | None:
    return HOMEWORK_NAMES.read_name(text)
