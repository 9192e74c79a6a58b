"""The page on a problem: what it can and cannot tell of those who work it out."""

from __future__ import annotations

from collections.abc import Sequence

from checks.inspection.remark import Inspection
from checks.reports.inspection_text import units_at_work
from checks.reports.pages.page_template import filled_in


def inspection_page(title: str, inspections: Sequence[Inspection]) -> str:
    """The whole page."""
    return filled_in(
        "inspection_page.html.jinja",
        title=title,
        inspections=inspections,
        units_at_work=units_at_work,
    )
