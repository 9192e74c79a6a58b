"""Which problem of an assignment a claim belongs to, where there are several.

It is the one whose id stands before its name, else the one whose heading stands above it: `Problem 2 (b)` is the
heading of the problem with the id `p2b`, `Two layers` of `two_layers`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checks.assignment.parts import HandPart
from checks.writeups.claims import Claim
from checks.writeups.document import BlockKind, Document
from checks.writeups.markdown import TITLED

_HEADING = re.compile(rf"\s*(?:(?P<hashes>#{{1,6}})|{TITLED})[\s*_]*")
_EMPHASIS = re.compile(r"[\s*_]*(?:\\(?:textbf|emph|underline)\s*\{)?[\s*_]*")
_WORDS = r"(?:problem|question|exercise|task|prob|ex|q|p)"
_HOMEWORK = re.compile(r"\b(?:homework|hw|assignment|sheet)\s*#?\d", re.IGNORECASE)
_NUMBERED = re.compile(
    rf"{_WORDS}?[\s.:_]*(?P<number>\d{{1,2}})(?:[\s.]*\(?(?P<letter>[a-z])\)?)?(?!\w)", re.IGNORECASE
)
_LETTERED = re.compile(r"(?:part\s*)?\(?(?P<letter>[a-z])[.)](?![\w.])|part\s+(?P<bare>[a-z])\b", re.IGNORECASE)
_ID_NUMBER = re.compile(rf"{_WORDS}?_?(?P<number>\d{{1,2}})_?(?P<letter>[a-z]?)", re.IGNORECASE)

PLAIN = 9
"""The level of a paragraph that begins with a problem's name and is no heading."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """From here on it is this problem, "" for what is none of the assignment's."""

    place: int
    prefix: str


def claims_by_part(
    document: Document, stated: Sequence[Claim], parts: Sequence[HandPart]
) -> Iterator[tuple[HandPart, Sequence[Claim], bool]]:
    """Each problem with the claims that are about it, and with those that may be, for which that is not clear."""
    if len(parts) == 1:
        yield parts[0], stated, True
        return
    marks = list(_marks(document, [part.prefix for part in parts]))
    places = [mark.place for mark in marks]
    prefixes = {part.prefix for part in parts}
    belongs = {
        id(claim): claim.prefix if claim.prefix in prefixes else _above(claim.start, marks, places) for claim in stated
    }
    unclear = [claim for claim in stated if not belongs[id(claim)]]
    for part in parts:
        yield part, [claim for claim in stated if belongs[id(claim)] == part.prefix], True
        yield part, unclear, False


def _above(place: int, marks: Sequence[_Mark], places: Sequence[int]) -> str:
    before = bisect_right(places, place)
    return marks[before - 1].prefix if before else ""


def _marks(document: Document, prefixes: Sequence[str]) -> Iterator[_Mark]:
    """Where each problem begins, and where a heading ends it."""
    numbered = {key: prefix for prefix in prefixes if (key := _id_number(prefix))}
    level, number, begun = PLAIN, "", ""
    paragraph = -1
    for block in document.blocks:
        is_first, paragraph = block.paragraph != paragraph, block.paragraph
        if block.kind is not BlockKind.TEXT or not is_first:
            continue
        text = document.text_of(block)
        heading = _HEADING.match(text)
        here = _level(heading) if heading else PLAIN
        said = text[(heading or _EMPHASIS.match(text)).end() :][:120]  # type: ignore[union-attr]
        prefix = _named(said, prefixes)
        found, number = _numbered(said, number, numbered, is_heading=heading is not None)
        prefix = prefix or found
        if prefix:
            level, begun = here, prefix
            yield _Mark(block.start, prefix)
        elif found is not None or (begun and heading and here <= level):
            level, begun = here, ""
            yield _Mark(block.start, "")


def _level(heading: re.Match[str]) -> int:
    if heading["hashes"]:
        return len(heading["hashes"])
    return 1 + len(heading["sub"]) // 3 if heading["sub"] is not None else PLAIN - 1


def _named(said: str, prefixes: Sequence[str]) -> str | None:
    """The problem whose id stands there by itself, underscores as they are or as spaces."""
    for prefix in sorted(prefixes, key=len, reverse=True):
        pattern = re.escape(prefix).replace("_", r"[\s_-]")
        if re.match(rf"(?:{_WORDS}|part)?[\s.:]*{pattern}(?![\w.])", said, re.IGNORECASE):
            return prefix
    return None


def _numbered(said: str, number: str, numbered: Mapping[str, str], *, is_heading: bool) -> tuple[str | None, str]:
    """The problem with that number, "" for one that is not the assignment's, None for no number; and the number."""
    words = re.match(_WORDS, said, re.IGNORECASE)
    if (match := _NUMBERED.match(said)) and (words or is_heading or match["letter"]):
        number, letter = match["number"], (match["letter"] or "").lower()
    elif (match := _LETTERED.match(said)) and number:
        letter = (match["letter"] or match["bare"]).lower()
    else:
        return None, number
    if not numbered or (words is None and not is_heading and number + letter not in numbered):
        return None, number
    if _HOMEWORK.search(said):
        return "", number
    return numbered.get(number + letter, numbered.get(number, "")), number


def _id_number(prefix: str) -> str:
    """`2b` of `p2b`, `Problem_2_b`, `q2b`; "" where an id is no number."""
    match = _ID_NUMBER.fullmatch(prefix)
    return match["number"] + match["letter"].lower() if match else ""
