"""Which step of a calculation of several steps a claim belongs to: the one whose heading stands above it.

`Iteration 2`, `Second step`, `Step 2 of SGD`, `epoch 1:` in what a program prints; what is counted from 0 counts on by
one. A name with its step, `s1@2`, needs no heading. Above the first heading no step is known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checks.writeups.claims import Claim
from checks.writeups.document import BlockKind, Document
from checks.writeups.markdown import TITLED

_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_LEAD = rf"[\s#*_]*(?:{TITLED}|\\textbf\s*\{{)?(?:\w+\s+){{0,3}}?"
_NAMED = r"(?:iteration|epoch|update|sample)"


def _pattern(word: str) -> re.Pattern[str]:
    ordinals = "|".join(_ORDINALS)
    return re.compile(
        rf"{_LEAD}(?:(?P<ordinal>{ordinals})\s+(?:\w+\s+)?{word}|{word}\s*(?:no\.?|number|#)?\s*(?P<number>\d{{1,2}}))\b",
        re.IGNORECASE,
    )


_BY_NAME, _BY_STEP = _pattern(_NAMED), _pattern("step")
"""A document that has iterations may have steps in each, which are others."""


def in_steps(document: Document, stated: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims, each with its step, 0 where none is known."""
    marks = list(_marks(document, _BY_NAME)) or list(_marks(document, _BY_STEP))
    first = 1 if any(number == 0 for _, number in marks) else 0
    places = [place for place, _ in marks]

    def step(claim: Claim) -> int:
        before = bisect_right(places, claim.start)
        return claim.step or (marks[before - 1][1] + first if before else 0)

    return tuple(replace(claim, step=step(claim)) for claim in stated)


def _marks(document: Document, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where each step begins, and its number as it is written."""
    paragraph = -1
    for block in document.blocks:
        is_first, paragraph = block.paragraph != paragraph, block.paragraph
        if block.kind is BlockKind.PRINTED or (block.kind is BlockKind.TEXT and is_first):
            text = document.text_of(block)
            for line in re.finditer(r"[^\n]+", text) if block.kind is BlockKind.PRINTED else [re.match(r".*", text)]:
                if line and (match := pattern.match(line.group())):
                    number = match["number"]
                    yield block.start + line.start(), int(number) if number else _ORDINALS[match["ordinal"].lower()]
