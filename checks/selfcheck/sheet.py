"""A self-check that is open: the assignment with what its instructor set, the form, and the key when it is needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from checks.answers.names import Vocabulary
from checks.assignment.assignment import Assignment
from checks.assignment.assignment_file import AssignmentText
from checks.assignment.parts import HandPart
from checks.errors import CallError
from checks.marking.checking import make_reference, own_reference
from checks.marking.reference import Reference
from checks.selfcheck.form import MNIST, Form, form_of


@dataclass(frozen=True, slots=True)
class Settings:
    """What the instructor sets: how much is told, which cells are on the page (none named: all), how many checks.

    `cells` are names of cells, ids of parts, or `mnist`; `checks_an_hour` is what one client may ask for, 0 for any
    number.
    """

    feedback: str = "hint"
    cells: tuple[str, ...] = ()
    checks_an_hour: int = 0


@dataclass(frozen=True)
class Sheet:
    """One assignment, open. `data` is the folder of its data files, None where there is none; `sought` says where.

    `common` is the sheet of the assignment that a student's own was made from: all but its numbers is the same.
    """

    assignment: Assignment
    settings: Settings
    data: Path | None = None
    sought: str = ""
    common: Sheet | None = None

    @cached_property
    def form(self) -> Form:
        """The boxes; no key is worked out for them."""
        return form_of(self.assignment)

    @cached_property
    def reference(self) -> Reference:
        """What answers are held against. Raises `numeric.network.DataError`."""
        if self.common is not None:
            return own_reference(self.common.reference, self.assignment)
        return make_reference(self.assignment, self.data, self.sought)

    @property
    def notice(self) -> str:
        """What is to be said of the data, mostly nothing; a student's own key is not worked out for it."""
        return (self.common or self).reference.notice

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names that answers may have."""
        return Vocabulary(self.assignment.namings, list(self.form.cells))


def open_sheet(
    text: AssignmentText, settings: Settings, data: Path | None = None, sought: str = "", common: Sheet | None = None
) -> Sheet:
    """The sheet. Raises `InvalidAssignment`, and `CallError` where `settings` name a cell that is not asked for."""
    return Sheet(_only(text.parsed(), settings.cells), settings, data, sought, common)


def _only(assignment: Assignment, names: tuple[str, ...]) -> Assignment:
    """The assignment with the named cells alone; with all of them where none is named."""
    if not names:
        return assignment
    vocabulary = Vocabulary(assignment.namings)
    wanted: dict[str, set[str]] = {}
    parts = {part.prefix: part for part in assignment.hand_parts}
    for text in names:
        found = vocabulary.read_name(text)
        if text == MNIST and assignment.mnist:
            continue
        if text in parts and text:
            wanted.setdefault(text, set()).update(asked.quantity.name for asked in parts[text].cells)
        elif found and found.prefix in parts and found.cell in {one.quantity.name for one in parts[found.prefix].cells}:
            wanted.setdefault(found.prefix, set()).add(found.cell)
        else:
            raise CallError(f"--cells: {text}: the assignment asks for no such cell")
    kept = tuple(_part(part, wanted[part.prefix]) for part in assignment.hand_parts if part.prefix in wanted)
    return replace(assignment, mnist=assignment.mnist if MNIST in names else None, hand_parts=kept)


def _part(part: HandPart, cells: set[str]) -> HandPart:
    return replace(part, cells=tuple(asked for asked in part.cells if asked.quantity.name in cells))
