"""What a document says beside its answers: corrections, suppositions, examples, quotations.

Words alone tell of them, so nothing is read out of them: the claims that they may be about are for a person to confirm.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from checks.writeups.claims import Claim
from checks.writeups.document import Block, BlockKind, Document
from checks.writeups.markdown import SECTION

_OF_ALL_BEFORE = re.compile(
    r"\b(?:corrections?|corrected|errat(?:um|a)|corrigend(?:um|a)|disregard|scratch that|cross(?:ed|ing) out|o+ps"
    r"|who+ps|ignore (?:the|this|these|that|my|everything|what|all)|my mistake|recalculat\w+|redid|redone|re-did"
    r"|(?:earlier|previous|first|old) (?:answer|value|result|attempt|version)s?|no longer"
    r"|made an? (?:\w+ )?(?:mistake|error|slip)"
    r"|(?:is|was|are|were) wrong|wrong (?:value|answer|result|sign|above))\b",
    re.IGNORECASE,
)
_NEARBY = re.compile(
    r"\b(?:should (?:be|have been|read|say)|instead|wait|actually|rather than|incorrect|not (?:correct|right)"
    r"|mistakes?|typo|wrong(?:ly)?|nope|fixed)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:suppos\w+|hypothetical\w*|would|what if|if (?:it|this|that|we|they) were|examples?|(?<!as )expected"
    r"|lectures?|textbook|slides?|(?:an)?other (?:network|problem|homework|assignment|input|sample)|practice|drafts?"
    r"|attempts?|extra credit|appendix|for comparison|hint)\b",
    re.IGNORECASE,
)
_BETWEEN_VALUES = re.compile(
    r"[\s,;.*_]*(?:or|not|no|nor|vs\.?|versus|->|→|⇒)[\s,;.*_]*(?:rather|better)?[\s,;*_]*", re.IGNORECASE
)
_HEADING = re.compile(rf"\s*(?:#|{SECTION})")
_QUOTED = re.compile(r"^[ ]{0,3}>[^\n]*(?:\n[ ]{0,3}>[^\n]*)*", re.MULTILINE)
_QUOTATION = re.compile(r"<(?P<ends>/?)blockquote(?:\s[^<>]*)?>", re.IGNORECASE)
_PROSE = re.compile(r"[A-Za-z]{3,}\W+(?:\w+\W+){0,3}[A-Za-z]{3,}")

CORRECTED = "a correction may be meant for it"
BESIDE = "the words beside it may mean another one"
QUOTED = "it stands in a quotation"
MAX_CUES = 500
"""Words of a document that are followed up; with more of them every claim is doubtful."""


@dataclass(frozen=True, slots=True)
class _Reach:
    """From one place of the document to another all claims are doubtful."""

    start: int
    end: int
    doubt: str


def with_asides(document: Document, stated: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims, each with why it may be no answer, where words beside it say so."""
    reaches = []
    for one in _reaches(document, [claim.start for claim in stated]):
        reaches.append(one)
        if len(reaches) > MAX_CUES:
            reaches = [_Reach(0, len(document.text), CORRECTED)]
            break
    return tuple(
        replace(claim, aside=doubt)
        if (doubt := next((one.doubt for one in reaches if one.start <= claim.start < one.end), ""))
        else claim
        for claim in stated
    )


def _reaches(document: Document, starts: Sequence[int]) -> Iterator[_Reach]:
    blocks = document.blocks
    for number, block in enumerate(blocks):
        text = document.text_of(block)
        if block.kind is BlockKind.PRINTED:
            for line in re.finditer(r"[^\n]+", text):
                if _AHEAD.search(line.group()) or _NEARBY.search(line.group()):
                    yield _Reach(block.start + line.start(), block.start + line.end(), BESIDE)
            continue
        if _OF_ALL_BEFORE.search(text):
            behind = bisect_right(starts, block.end - 1)
            yield _Reach(0, starts[behind] + 1 if behind < len(starts) else block.end, CORRECTED)
        if _NEARBY.search(text) or (_is_between(blocks, number) and _BETWEEN_VALUES.fullmatch(text)):
            yield _Reach(_nearest_before(blocks, number, starts), _end_of_what_follows(document, number), BESIDE)
        elif _AHEAD.search(text):
            yield _Reach(_start_of_paragraph(blocks, number), _end_of_what_follows(document, number), BESIDE)
    if not document.file.lower().endswith(".tex"):
        for quoted in _QUOTED.finditer(document.text):
            yield _Reach(quoted.start(), quoted.end(), QUOTED)
        yield from _quoted_elements(document.text)


def _quoted_elements(text: str) -> Iterator[_Reach]:
    """What stands in elements that are quotations, and in those inside them."""
    depth = begin = 0
    for tag in _QUOTATION.finditer(text):
        begin = begin if depth else tag.start()
        depth += -1 if tag["ends"] else 1
        if depth == 0:
            yield _Reach(begin, tag.end(), QUOTED)
        depth = max(0, depth)
    if depth:
        yield _Reach(begin, len(text), QUOTED)


def _is_between(blocks: Sequence[Block], number: int) -> bool:
    """Whether the block stands between two formulas of its paragraph."""
    return 0 < number < len(blocks) - 1 and blocks[number - 1].paragraph == blocks[number + 1].paragraph


def _start_of_paragraph(blocks: Sequence[Block], number: int) -> int:
    while number and blocks[number - 1].paragraph == blocks[number].paragraph:
        number -= 1
    return blocks[number].start


def _nearest_before(blocks: Sequence[Block], number: int, starts: Sequence[int]) -> int:
    """Where the claim begins that stands in the paragraph directly before, else where the own paragraph does."""
    begin = _start_of_paragraph(blocks, number)
    before = bisect_right(starts, begin - 1) - 1
    last = next((one for one in reversed(blocks[:number]) if one.start < begin), None)
    is_formula = last is not None and last.kind is not BlockKind.TEXT
    return starts[before] if before >= 0 and is_formula else begin


def _end_of_what_follows(document: Document, number: int) -> int:
    """Where the next words begin that are of another paragraph; behind a heading, where the next heading does."""
    blocks = document.blocks
    own = blocks[number]
    is_heading = bool(_HEADING.match(document.text_of(own)))
    for one in blocks[number + 1 :]:
        if one.kind is BlockKind.TEXT and one.paragraph != own.paragraph:
            text = document.text_of(one)
            if _HEADING.match(text) if is_heading else (_PROSE.search(text) or _HEADING.match(text)):
                return one.start
    return len(document.text)
