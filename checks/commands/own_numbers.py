"""`--variants`: everybody by their own numbers, and sheets that answer another student's numbers."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from checks.assignment.assignment_file import AssignmentText, assignment_text
from checks.assignment.bundled import DEFAULT
from checks.display import listed
from checks.errors import CallError
from checks.marking.checked import Checked
from checks.marking.checking import unmarked
from checks.marking.class_notes import VariantNotes
from checks.running.class_run import ClassRun
from checks.submissions.submission_file import Found
from checks.variants.others_numbers import MOST_SUSPECTS, OthersNumbers, answers_another, right_entries
from checks.variants.variant import Variant, Variants
from checks.variants.variants_file import load_variants, refuse_another, roster_of
from checks.variants.whose import whose_are

OTHERS = (
    "these answers are right by the numbers of another student's problem, not by those of this one: "
    "a person has to look, and nothing was marked"
)

Check = Callable[[ClassRun], object]
"""Brings the outcomes of a run into its store."""


@dataclass
class OwnNumbers:
    """The variants that submissions are checked by, and whose is which."""

    found: Found
    variants: Variants
    of: Mapping[str, Variant]
    unfit: Mapping[str, str]
    others: dict[str, str] = field(default_factory=dict)

    @property
    def texts(self) -> Mapping[str, AssignmentText]:
        """The assignment of each submission, by its id."""
        return {name: variant.assignment for name, variant in self.of.items()}

    def look_for_others(self, run: ClassRun, check: Check) -> None:
        """Finds the submissions that answer another student's numbers, by checking those that seem to by these."""
        compared = OthersNumbers(self.variants)
        own, suspects = dict[str, Checked](), dict[str, tuple[Variant, ...]]()
        for checked in run.outcomes():
            if (variant := self.of.get(checked.id)) and (found := compared.suspects(checked, variant)):
                own[checked.id], suspects[checked.id] = checked, found
        for place in range(MOST_SUSPECTS):
            texts = {
                name: found[place].assignment
                for name, found in suspects.items()
                if len(found) > place and name not in self.others
            }
            chosen = tuple(one for one in run.submissions if one.id in texts)
            again = ClassRun(chosen, run.reference, run.store, decisions=run.decisions, variants=texts)
            if chosen:
                check(again)
            for other in again.outcomes():
                if answers_another(own[other.id], other):
                    self.others[other.id] = _told(other, own[other.id], suspects[other.id][place])

    def apply(self, checked: Checked, run: ClassRun) -> Checked:
        """The findings; none on a sheet that answers another student's numbers."""
        if checked.id not in self.others:
            return checked
        written = {one.name: (one.given, one.source) for one in checked.findings}
        sections = tuple(
            replace(
                section,
                findings=tuple(
                    replace(one, given=written[one.name][0], source=written[one.name][1], expected=None, decimal=None)
                    for one in section.findings
                ),
            )
            for section in unmarked(run.reference_of(checked.id), OTHERS).sections
        )
        return replace(checked, sections=sections, troubles=checked.troubles)

    def notices(self) -> tuple[str, ...]:
        """What staff should know of sheets that are not marked."""
        unfit = Counter(self.unfit.values())
        told = [f"{listed(n for n, w in self.unfit.items() if w == why)}: {why}" for why in unfit]
        return (*told, *self.others.values())

    def notes(self) -> VariantNotes:
        """What the class page says of the variants."""
        counts = [count for one in self.of.values() for count in one.counts.values()]
        hidden = Counter(name for one in self.of.values() for name in set(one.hidden))
        ranges = {
            kind: (min(getattr(one, kind) for one in counts), max(getattr(one, kind) for one in counts))
            for kind in ("products", "sums")
            if counts
        }
        return VariantNotes(len(self.of), ranges, dict(hidden))


def chosen_variants(options: argparse.Namespace) -> Variants:
    """The variants in the folder of --variants. Raises `CallError` where --assignment names another than theirs."""
    variants = load_variants(options.variants)
    if options.assignment != DEFAULT:
        refuse_another(variants, options.variants, assignment_text(options.assignment))
    return variants


def own_numbers(options: argparse.Namespace, found: Found) -> OwnNumbers:
    """The variants that are chosen, and those of the submissions. Raises `CallError`."""
    if options.roster:
        raise CallError("--variants knows who takes the course; leave out --roster")
    variants = chosen_variants(options)
    whose = whose_are(found.submissions, variants, roster_of(variants, options.variants))
    named = replace(found, submissions=whose.submissions, notices=(*found.notices, *whose.notices))
    return OwnNumbers(named, variants, whose.variants, whose.unfit)


def _told(by_others: Checked, own: Checked, other: Variant) -> str:
    right, others = right_entries(own), right_entries(by_others)
    return (
        f"{own.id} answers the numbers of {other.student}: {others} of {len(own.findings)} entries are right by these, "
        f"{right} by its own; nothing of it was marked"
    )
