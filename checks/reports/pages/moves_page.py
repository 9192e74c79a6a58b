"""The page of what moved since an earlier report, for the staff."""

from __future__ import annotations

from collections.abc import Sequence

from checks.moves.moves import Move
from checks.reports.moves_report import causes_told, entry_details, headline, number, score, whose
from checks.reports.pages.page_template import filled_in


def moves_page(moves: Sequence[Move], compared: int, previous: str, title: str) -> str:
    """The whole page."""
    return filled_in(
        "moves.html.jinja",
        title=title,
        headline=headline(moves, compared, previous),
        moves=moves,
        whose=whose,
        score=score,
        number=number,
        causes=causes_told,
        details=lambda one: "; ".join(entry_details(one)),
    )
