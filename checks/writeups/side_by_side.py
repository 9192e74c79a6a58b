r"""Equations beside one another: where one begins in a row, and how what comes after words stands to what is before.

What goes on with an equation is known where only one stands in the row above it. Cells of tables, columns of a display
and gaps put several into one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum

from checks.writeups.line_marks import STRUCK
from checks.writeups.markup_text import NEXT_BOX, NEXT_CELL
from checks.writeups.names import name_at
from checks.writeups.splitting import RELATIONS, depths
from checks.writeups.tokens import Token

_ENDS = frozenset({r"\Rightarrow", r"\to", r"\rightarrow", r"\Longrightarrow"})
_UNNAMED = RELATIONS | {STRUCK}
"""What begins an equation that has no name that is read."""

_BOXES = r"minipage|column|subfigure|wrapfigure|tabular[x*]?"
_BOX = re.compile(
    rf"{re.escape(NEXT_BOX.strip())}|\\(?:begin|end)\s*\{{(?:{_BOXES})\}}|\\parbox\b|<div\b[^<>]*\bstyle\s*=",
    re.IGNORECASE,
)
_CELL = re.compile(rf"{NEXT_CELL.strip()}|</t[dh]>\s*<t[dh]\b", re.IGNORECASE)
_GAP = re.compile(r"[|\t]|(?<!\\)&|\\(?:hfill|hspace|q?quad)\b|\s{4}|(?:&emsp;|~){2}")
_ROW = re.compile(r"\n|\\\\")


class Between(Enum):
    """How a formula stands to the one before it."""

    NOTHING = "beside it, with words alone between"
    GAP = "beside it, apart"
    ROW = "below it"
    BOX = "in another box, which may be anywhere"


def between(text: str, before: Between) -> Between:
    r"""What words between formulas make of that, `before` being what was found already.

    >>> between(" and ", Between.NOTHING).name, between(" | ", Between.NOTHING).name, between("\n", Between.GAP).name
    ('NOTHING', 'GAP', 'ROW')
    """
    if before is Between.BOX or _BOX.search(text):
        return Between.BOX
    if _CELL.search(text):
        return Between.GAP
    if _ROW.search(text):
        return Between.ROW
    return Between.GAP if before is Between.NOTHING and _GAP.search(text) else before


def equations_in(row: Sequence[Token]) -> Iterator[tuple[Sequence[Token], bool]]:
    """The equations of a row, and whether a gap is before each.

    A new one begins where a name and a relation follow a comma, an arrow, words or a gap; behind a gap that a relation
    stands before, also what goes on with an equation or has a name that is not read.
    """
    start, is_apart, has_relation = 0, False, False
    places = list(depths(row))
    for place, (one, depth) in enumerate(places):
        if depth:
            continue
        if one.text in ",;" or one.text in _ENDS or (one.word and " " in one.text) or one.text == "and":
            if _begins_equation(row, place + 1):
                if place > start:
                    yield row[start:place], is_apart
                start, is_apart, has_relation = place + 1, False, False
        elif one.wide and place > start and (has_relation if one.text in _UNNAMED else _begins_equation(row, place)):
            yield row[start:place], is_apart
            start, is_apart, has_relation = place, True, False
        has_relation |= one.text in RELATIONS
    if start < len(row):
        yield row[start:], is_apart


def _begins_equation(row: Sequence[Token], place: int) -> bool:
    found = name_at(row, place) if place < len(row) else None
    return found is not None and found[1] < len(row) and row[found[1]].text in RELATIONS
