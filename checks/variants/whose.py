"""Which submission is whose, and by which numbers it is to be judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from checks.roster.directory import Directory
from checks.roster.matching import match
from checks.roster.roster import Roster
from checks.submissions.students import Student
from checks.submissions.submission import Submission
from checks.variants.variant import Variant, Variants

NOBODY = "none of the students of the variants: nobody knows which numbers it answers, and nothing was marked"
SEVERAL = "handed in by students whose numbers differ: nothing was marked"


@dataclass(frozen=True, slots=True)
class Whose:
    """The submissions with their students; the variant of each, by id, or why there is none; what staff should know."""

    submissions: tuple[Submission, ...]
    variants: Mapping[str, Variant]
    unfit: Mapping[str, str]
    notices: tuple[str, ...]


def whose_are(submissions: tuple[Submission, ...], variants: Variants, roster: Roster) -> Whose:
    """Finds the variant of each submission by its students, as a roster does: exactly, or not at all."""
    matched = match(roster, {one.id: one.students or (Student(one.id),) for one in submissions})
    directory = Directory(roster.known)
    found: dict[str, Variant] = {}
    unfit: dict[str, str] = {}
    for one in submissions:
        places = [directory.find(student) for student in matched.students[one.id]]
        own = {
            variants.variants[place].assignment.text: place for known in places if len(known) == 1 for place in known
        }
        if len(own) == 1 and all(len(known) == 1 for known in places):
            (place,) = own.values()
            found[one.id] = variants.variants[place]
        else:
            unfit[one.id] = SEVERAL if len(own) > 1 else NOBODY
    named = tuple(replace(one, students=matched.students[one.id]) for one in submissions)
    return Whose(named, found, unfit, matched.notices)
