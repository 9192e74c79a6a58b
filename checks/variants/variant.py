"""The variants of an assignment: whose they are, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from checks.assignment.assignment_file import AssignmentText
from checks.inspection.remark import Counts
from checks.roster.directory import Known
from checks.submissions.students import Student


@dataclass(frozen=True, slots=True)
class Variant:
    """One student's problem.

    `known` is all that the roster tells of the student; `folder` the name of what is handed to him or her; `token` is
    random and stands for the student in links. `counts` are what there is to work out, by the id of each hand problem;
    `hidden` the mistakes that its numbers cannot show, though others could.
    """

    known: Known
    folder: str
    token: str
    assignment: AssignmentText
    counts: Mapping[str, Counts] = field(default_factory=dict)
    hidden: tuple[str, ...] = ()

    @property
    def student(self) -> Student:
        """Whose it is."""
        return self.known.student


@dataclass(frozen=True)
class Variants:
    """All variants of an assignment: `assignment` is the one that they were made from."""

    assignment: AssignmentText
    seed: int
    variants: tuple[Variant, ...]

    @cached_property
    def by_token(self) -> Mapping[str, Variant]:
        """The variants by their students' tokens."""
        return {one.token: one for one in self.variants}
