"""The columns of a page: what stands at the left of a gap down the page is read before what is at its right."""

from __future__ import annotations

from collections.abc import Sequence

from checks.writeups.glyphs import Glyph

GUTTER = 1.2
"""The least width of the gap, as a share of the font's size."""

LEAST_SHARE = 0.2
"""The least share of the page's characters that stand in each column."""

ROW = 1.4
"""The distance of lines, at least, as a share of the font's size."""

LEAST_LINES = 6
"""The least number of lines in each column: rows of matrices beside one another are fewer."""

STRIPS = 200
"""The places at which a gap is looked for."""


def columns(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """The glyphs of each column, the left one first; all of them together where there is one column.

    A page has two where a gap goes all the way down between lines that stand beside one another; a line across both,
    such as a title or the number of the page, is allowed above and below them.
    """
    if not glyphs:
        return []
    left, right = min(one.left for one in glyphs), max(one.right for one in glyphs)
    size = sorted(one.size for one in glyphs)[len(glyphs) // 2]
    for number in range(STRIPS // 3, 2 * STRIPS // 3):
        middle = left + (right - left) * number / STRIPS
        if found := _around(glyphs, middle, GUTTER * size / 2):
            return found
    return [list(glyphs)]


def _around(glyphs: Sequence[Glyph], middle: float, half: float) -> list[list[Glyph]]:
    """The columns at both sides of a gap, and what stands above and below both; nothing where the gap is none."""
    crossing = [one for one in glyphs if one.right > middle - half and one.left < middle + half]
    lowest, highest = min(one.bottom for one in glyphs), max(one.top for one in glyphs)
    centre = (lowest + highest) / 2
    top = min((one.bottom for one in crossing if one.y > centre), default=float("inf"))
    bottom = max((one.top for one in crossing if one.y <= centre), default=float("-inf"))
    within = [one for one in glyphs if bottom <= one.y < top]
    sides = [one for one in within if one.right <= middle], [one for one in within if one.left >= middle]
    if top - bottom < (highest - lowest) / 2 or any(len(side) < LEAST_SHARE * len(glyphs) for side in sides):
        return []
    if not _beside(*sides) or any(_lines(side) < LEAST_LINES for side in sides):
        return []
    return [[one for one in glyphs if one.y >= top], *sides, [one for one in glyphs if one.y < bottom]]


def _lines(glyphs: Sequence[Glyph]) -> int:
    """How many lines there are, those of scripts and of a matrix's rows not counted for themselves."""
    size = max(one.size for one in glyphs)
    count, last = 0, float("inf")
    for height in sorted((one.y for one in glyphs), reverse=True):
        if last - height > ROW * size:
            count, last = count + 1, height
    return count


def _beside(left: Sequence[Glyph], right: Sequence[Glyph]) -> bool:
    """Whether the two stand beside one another for most of the height of the shorter."""
    spans = [(min(one.bottom for one in side), max(one.top for one in side)) for side in (left, right)]
    common = min(high for _, high in spans) - max(low for low, _ in spans)
    return common > min(high - low for low, high in spans) / 2
