"""Tall brackets, put together from their pieces, and which of them open and close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from checks.writeups.glyphs import Glyph

_CLOSES = {"(": ")", "[": "]"}

NEAR = 0.15
"""Pieces of a bracket have an edge in common, up to this share of the font's size."""

MAX_TALL, MAX_PIECES = 300, 1_000
"""Brackets of a page, and pieces without characters, that are put together; further ones are left as they are."""

Box = tuple[float, float, float, float]
"""Left, bottom, right, top."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """A bracket around several rows, put together from its pieces."""

    text: str
    x: float
    bottom: float
    top: float


def brackets(glyphs: list[Glyph]) -> list[Bracket]:
    """The tall brackets among the glyphs, from left to right; one whose code does not tell opens or closes by turns."""
    stacks: list[list[Glyph]] = []
    for glyph in sorted((one for one in glyphs if one.is_tall), key=lambda one: (one.left, -one.top)):
        last = stacks[-1][-1] if stacks else None
        near = last and min(abs(last.left - glyph.left), abs(last.right - glyph.right)) < NEAR * glyph.size
        if last and near and last.bracket == glyph.bracket:
            stacks[-1].append(glyph)
        else:
            stacks.append([glyph])
    found: list[Bracket] = []
    for stack in stacks:
        is_open = sum(one.text in "([" for one in found) > sum(one.text in ")]" for one in found)
        text = stack[0].bracket or ("]" if is_open else "[")
        bottom, top = min(one.bottom for one in stack), max(one.top for one in stack)
        found.append(Bracket(text, (stack[0].left + stack[0].right) / 2, bottom, top))
    return found


def pairs_of(found: Sequence[Bracket]) -> list[tuple[Bracket, Bracket]]:
    """Outermost brackets that open and close; one that has no other of its kind is in no pair."""
    pairs: list[tuple[int, int]] = []
    open_ones: list[int] = []
    for place, one in enumerate(found):
        if one.text in "([":
            open_ones.append(place)
            continue
        own = next((n for n in reversed(open_ones) if _CLOSES[found[n].text] == one.text), None)
        if own is not None:
            del open_ones[open_ones.index(own) :]
            pairs = [pair for pair in pairs if pair[0] < own]
            pairs.append((own, place))
    return [(found[begin], found[end]) for begin, end in pairs]


def is_whole(one: Glyph) -> bool:
    """Whether it is a tall bracket that is one character in the file, whatever it is drawn of."""
    return one.text in ("(", ")", "[", "]") and one.is_tall and not one.extension


def lengthened(glyphs: Sequence[Glyph], boxes: Iterable[Box]) -> Iterator[Glyph]:
    """The pieces of tall brackets that are drawn and have no character: they stand over or under one, edge to edge."""
    held = {_rounded(one.left, one.bottom, one.right, one.top) for one in glyphs}
    loose = islice((box for box in boxes if _rounded(*box) not in held), MAX_PIECES)
    drawn = sorted(loose, key=lambda box: -box[3])
    for one in islice(filter(is_whole, glyphs), MAX_TALL):
        top, bottom = one.top, one.bottom
        for left, low, right, high in drawn:
            is_edge = min(abs(left - one.left), abs(right - one.right)) < NEAR * one.size
            is_narrow = right - left < one.right - one.left + NEAR * one.size
            is_beyond = (low < bottom - 1 and high > bottom - 1) or (high > top + 1 and low < top + 1)
            if is_edge and is_narrow and is_beyond:
                yield replace(one, left=left, bottom=low, right=right, top=high, extension=True)
                top, bottom = max(top, high), min(bottom, low)


def _rounded(*box: float) -> tuple[int, ...]:
    return tuple(round(2 * edge) for edge in box)
