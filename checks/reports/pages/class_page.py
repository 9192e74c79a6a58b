"""The page of a whole class, for its staff: scores, entries by verdict, mistakes, and what needs a person's eye."""

from __future__ import annotations

from checks.judging.verdicts import Verdict
from checks.marking.class_notes import ClassNotes
from checks.marking.reference import Reference
from checks.mistakes.advice import advice
from checks.reports.pages.class_summary import BARS, ClassSummary
from checks.reports.pages.page_template import filled_in
from checks.reports.pages.sheet_tables import beginning

IN_A_LIST = 40
"""Columns of an id that are shown in a list; the table of submissions has it whole."""

IN_THE_TABLE = 90
"""Columns of a value that are shown where a person is to look at it; the student's page has it whole."""


def class_page(summary: ClassSummary, reference: Reference, notes: ClassNotes) -> str:
    """The whole page."""
    by_id = {one.id: one for one in summary.submissions}
    identical = [(one.file, [by_id[name] for name in one.submissions if name in by_id]) for one in notes.identical]
    return filled_in(
        "class_page.html.jinja",
        title=reference.assignment.title,
        source=notes.source,
        notices=[one for one in dict.fromkeys((reference.notice, reference.disagreement, *notes.notices)) if one],
        summary=summary,
        bars=_bars(summary),
        verdicts=list(Verdict),
        advice=advice(),
        variants=notes.variants,
        identical=identical,
        short=lambda name: beginning(name, IN_A_LIST),
        brief=lambda given: beginning(given, IN_THE_TABLE),
    )


def _bars(summary: ClassSummary) -> list[tuple[str, int]]:
    """The bars of the distribution, the highest first, each with the share of the points that it stands for."""
    width = 100 // BARS
    names = [f"{width * place} to {width * (place + 1)} %" for place in range(BARS)] + ["all points"]
    return list(zip(reversed(names), reversed(summary.bars), strict=True))
