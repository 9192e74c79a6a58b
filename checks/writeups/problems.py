"""Which problem of an assignment a claim belongs to, where there are several: the one whose id stands above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checks.assignment.parts import HandPart
from checks.writeups.claims import Claim
from checks.writeups.document import BlockKind, Document


def claims_by_part(
    document: Document, stated: Sequence[Claim], parts: Sequence[HandPart]
) -> Iterator[tuple[HandPart, Sequence[Claim], bool]]:
    """Each problem with the claims that may be about it, and whether it is clear that they are."""
    if len(parts) == 1:
        yield parts[0], stated, True
        return
    marks = sorted((place, part.prefix) for part in parts for place in _mentions(document, part.prefix) if part.prefix)
    seen = {prefix for _, prefix in marks}
    for part in parts:
        if len(seen) < len(parts):
            yield part, stated, False
        else:
            yield part, [claim for claim in stated if _above(claim.start, marks) == part.prefix], True


def _mentions(document: Document, prefix: str) -> Iterator[int]:
    """Where a problem's id stands by itself at the beginning of a paragraph."""
    pattern = re.compile(
        rf"[\s#*]*(?:\\(?:sub)*section\*?\{{)?\s*(?:problem|question|exercise)?\s*{re.escape(prefix)}\b", re.I
    )
    for block in document.blocks:
        if block.kind is BlockKind.TEXT and pattern.match(document.text_of(block)):
            yield block.start


def _above(place: int, marks: Sequence[tuple[int, str]]) -> str:
    """The id that stands last before a place."""
    before = [prefix for at, prefix in marks if at <= place]
    return before[-1] if before else ""
