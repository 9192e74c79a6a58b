r"""Lines of a page as LaTeX: scripts by their height, matrices by their brackets, fractions by their rules.

Nothing is guessed: what lies in no such order comes out as it lies, and is then not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checks.writeups.brackets import Bracket, brackets, pairs_of
from checks.writeups.columns import columns
from checks.writeups.glyph_rows import WORD_GAP, in_a_row
from checks.writeups.glyphs import Glyph, Rule
from checks.writeups.line_marks import marked, measured, without_bullet, without_number

RELATIONS = frozenset("=≈≡←")

CELL_GAP = 0.55
"""The gap between cells of a matrix, as a share of the font's size."""

PIECE, LEADING = 1.7, 1.6
"""The height of a bracket's piece and the distance of a matrix's rows, at most, as shares of the font's size."""

MAX_NAME = 40
"""Characters of a name alone in its line."""

MAX_INSIDE = 20
"""Brackets and fractions inside one another."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its LaTeX or its words, and whether it was typed, as programs print.

    `name` is the LaTeX of a line of words that may be a name alone, which the next line goes on with.
    """

    text: str
    is_formula: bool
    is_printed: bool
    top: float
    name: str = ""

    @property
    def goes_on(self) -> bool:
        """Whether it begins with a relation, and so goes on with what stands above it."""
        return self.is_formula and self.text.lstrip()[:1] in RELATIONS


def lines(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> Iterator[Line]:
    """The lines of a page, column by column from the top."""
    for column in columns(glyphs):
        yield from _lines_of_column(column, rules)


def _lines_of_column(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> Iterator[Line]:
    for touching, own_rules in _bands(marked(glyphs, rules), rules):
        band = without_number(measured(touching))
        parts = [band] if own_rules or any(one.is_tall for one in band) else _by_baseline(band)
        for part in parts:
            yield _line(part, own_rules)


def _bands(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> Iterator[tuple[list[Glyph], list[Rule]]]:
    """What overlaps in height, from the top."""
    pieces: list[tuple[float, float, Glyph | Rule]] = []
    pieces += [(max(one.top, one.y), min(one.bottom, one.y), one) for one in glyphs]
    pieces += [(rule.y + 4, rule.y - 4, rule) for rule in rules]
    band: list[Glyph | Rule] = []
    bottom = float("inf")
    for top, low, piece in sorted(pieces, key=lambda piece: -piece[0]):
        if band and top < bottom:
            yield _sorted(band)
            band, bottom = [], low
        band.append(piece)
        bottom = min(bottom, low)
    if band:
        yield _sorted(band)


def _sorted(band: Sequence[Glyph | Rule]) -> tuple[list[Glyph], list[Rule]]:
    glyphs = [one for one in band if isinstance(one, Glyph)]
    rules = [one for one in band if isinstance(one, Rule) and any(one.left <= g.x <= one.right for g in glyphs)]
    return glyphs, rules


def _by_baseline(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Lines that touch each other, apart: each glyph to the baseline of full size that is nearest."""
    if not glyphs:
        return []
    largest = max(one.size for one in glyphs)
    bases = _clusters([one.y for one in glyphs if one.size > 0.8 * largest], 0.5 * largest)
    found: list[list[Glyph]] = [[] for _ in bases]
    for one in glyphs:
        nearest = min(range(len(bases)), key=lambda number: abs(bases[number] - one.y))
        found[nearest].append(one)
    return [part for part in found if part]


def _clusters(heights: Sequence[float], apart: float) -> list[float]:
    """The heights that are so far apart, from the top; each the first of those near it."""
    found: list[float] = []
    for height in sorted(heights, reverse=True):
        if not found or found[-1] - height > apart:
            found.append(height)
    return found


def _line(glyphs: list[Glyph], rules: list[Rule]) -> Line:
    is_printed = sum(one.mono for one in glyphs) > len(glyphs) / 2
    top = max((one.top for one in glyphs), default=0.0)
    if is_printed:
        return Line(_typed(glyphs), False, True, top)
    has_relation = any(one.text in "=≈←≡:" for one in glyphs)
    goes_on = min(glyphs, key=lambda one: one.x, default=None)
    if (
        (goes_on is not None and goes_on.text in "=≈≡")
        or any(one.is_tall for one in glyphs)
        or (has_relation and any(map(_is_mathematical, glyphs)))
    ):
        return Line(_latex(without_bullet(glyphs), rules, 0), True, False, top)
    return Line(_words(glyphs), False, False, top, _latex(glyphs, (), 0) if _may_be_name(glyphs) else "")


def _may_be_name(glyphs: Sequence[Glyph]) -> bool:
    """Whether most of the letters of a short line are those of formulas."""
    letters = [one for one in glyphs if one.text.isalpha()]
    return 0 < len(glyphs) <= MAX_NAME and 2 * sum(map(_is_mathematical, letters)) > len(letters)


def _is_mathematical(one: Glyph) -> bool:
    return one.italic or 0x1D400 <= ord(one.text) <= 0x1D7FF or one.text in "⊙∂∇δΔ√"


def _words(glyphs: Sequence[Glyph]) -> str:
    """A line of words."""
    text, right = "", None
    for one in sorted(glyphs, key=lambda one: one.x):
        gap = one.left - right if right is not None else 0.0
        text += " " * (gap > WORD_GAP * one.size or (one.spaced and gap > 0)) + one.text
        right = one.right
    return text


def _typed(glyphs: Sequence[Glyph]) -> str:
    """A line as it was typed, spaces by the width of its font."""
    ordered = sorted(glyphs, key=lambda one: one.x)
    steps = sorted(b.x - a.x for a, b in pairwise(ordered) if b.x > a.x)
    width = steps[0] if steps else 1.0
    text = ""
    for one in ordered:
        column = round((one.x - ordered[0].x) / width) if width > 0 else len(text)
        text += " " * min(200, max(0, column - len(text))) + one.text
    return text


def _latex(glyphs: Sequence[Glyph], rules: Sequence[Rule], depth: int) -> str:
    """The glyphs of a line, or of what is inside a bracket or fraction, as LaTeX."""
    if depth > MAX_INSIDE or not glyphs:
        return ""
    pieces: list[tuple[float, float, str | Glyph]] = []
    rest = list(glyphs)
    for fraction, inside in _fractions(rest, rules):
        rest = [one for one in rest if one not in inside]
        above = [one for one in inside if one.y > fraction.y]
        below = [one for one in inside if one.y <= fraction.y]
        others = [rule for rule in rules if rule is not fraction]
        text = rf"\frac{{{_latex(above, others, depth + 1)}}}{{{_latex(below, others, depth + 1)}}}"
        pieces.append((fraction.left, fraction.right, text))
    tall = brackets(rest)
    pairs = pairs_of(tall)
    for opening, closing in pairs:
        top, bottom = max(opening.top, closing.top), min(opening.bottom, closing.bottom)
        between = [one for one in rest if opening.x < one.x < closing.x]
        inside = [one for one in between if bottom < one.y + one.size / 4 < top]
        if len(inside) < len(between) and _is_piece(top - bottom, between):
            inside = between
        inside = [
            one for one in inside if not one.is_tall or (depth < MAX_INSIDE and _is_within(one, opening, closing))
        ]
        if not any(one in rest for one in inside):
            continue
        rest = [one for one in rest if one not in inside]
        pieces.append((opening.x, closing.x, _matrix(inside, opening.text, closing.text, rules, depth)))
    alone = [one for one in tall if not any(opening.x <= one.x <= closing.x for opening, closing in pairs)]
    pieces += [(one.x, one.x, one.text) for one in alone]
    rest = [one for one in rest if not one.is_tall]
    pieces += [(one.x, one.right, one) for one in rest]
    return in_a_row(sorted(pieces, key=lambda piece: piece[0]), rest)


def _is_piece(height: float, between: Sequence[Glyph]) -> bool:
    """Whether a bracket is too short for one that holds rows, which close rows stand beside: others of it are lost."""
    size = max(one.size for one in between)
    bases = _clusters([one.y for one in between if one.size > 0.8 * size], 0.8 * size)
    return height < PIECE * size and all(above - below < LEADING * size for above, below in pairwise(bases))


def _is_within(one: Glyph, opening: Bracket, closing: Bracket) -> bool:
    return opening.x + 0.5 < one.left and one.right < closing.x - 0.5


def _fractions(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> Iterator[tuple[Rule, list[Glyph]]]:
    """Rules with what stands above and below them, the widest first."""
    taken: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: rule.left - rule.right):
        if any(other.left <= rule.left and rule.right <= other.right for other in taken):
            continue
        near = [one for one in glyphs if rule.left - 1 <= one.x and one.right <= rule.right + 1 and not one.is_tall]
        near = [one for one in near if abs(one.y - rule.y) < 2.2 * one.size]
        if any(one.y > rule.y for one in near) and any(one.y <= rule.y for one in near):
            taken.append(rule)
            yield rule, near


def _matrix(glyphs: Sequence[Glyph], opening: str, closing: str, rules: Sequence[Rule], depth: int) -> str:
    """What stands between tall brackets: rows by their baselines, cells by the gaps in them."""
    flat = [one for one in glyphs if not one.is_tall]
    if not flat:
        return ""
    size = max(one.size for one in flat)
    bases = _clusters([one.y for one in flat if one.size > 0.8 * size], 0.8 * size)
    own_rules = [rule for rule in rules if any(rule.left <= one.x <= rule.right for one in flat)]
    if (len(bases) == 1 and len(_cells(flat)) == 1) or own_rules or len(flat) != len(glyphs):
        return f"{opening} {_latex(glyphs, own_rules, depth + 1)} {closing}"
    rows: list[list[Glyph]] = [[] for _ in bases]
    for one in flat:
        rows[min(range(len(bases)), key=lambda number: abs(bases[number] - one.y))].append(one)
    written = [" & ".join(_latex(cell, (), depth + 1) for cell in _cells(row)) for row in rows]
    return rf"\left{opening}\begin{{matrix}}" + r" \\ ".join(written) + rf"\end{{matrix}}\right{closing}"


def _cells(row: Sequence[Glyph]) -> list[list[Glyph]]:
    cells: list[list[Glyph]] = []
    right = 0.0
    for one in sorted(row, key=lambda one: one.x):
        if cells and one.left - right < CELL_GAP * one.size:
            cells[-1].append(one)
        else:
            cells.append([one])
        right = max(right, one.right) if len(cells[-1]) > 1 else one.right
    return cells
