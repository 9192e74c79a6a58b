"""Glyphs side by side as LaTeX: what stands above or below the line is a script of what is before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from checks.writeups.columns import GUTTER
from checks.writeups.glyphs import Glyph
from checks.writeups.line_marks import STRUCK

OFF_LINE = 0.45
"""So far from the line, as a share of the font's size, nothing of full size belongs to it: its order is not known."""

WORD_GAP = 0.3
"""The gap between words, as a share of the font's size."""


def in_a_row(pieces: Sequence[tuple[float, float, str | Glyph]], plain: Sequence[Glyph]) -> str:
    """Pieces from left to right, what stands above and below the line as scripts of what is before it."""
    largest = max((one.size for one in plain), default=0.0)
    full = [one.y for one in plain if one.size > 0.85 * largest]
    base = max(set(full), key=full.count) if full else 0.0
    row = _Row(largest)
    for left, end, piece in pieces:
        if isinstance(piece, str):
            row.put(f" {piece} ", left, end, "")
        elif piece.size > 0.85 * largest and piece.text.isalnum() and abs(piece.y - base) > OFF_LINE * largest:
            row.put(STRUCK, left, end, "")
        else:
            row.put(
                piece.text, left, end, _level(piece, base, largest), is_roman=not piece.italic, after_space=piece.spaced
            )
    return row.finished()


class _Row:
    """A line as it is written from left to right; scripts wait until the line goes on."""

    def __init__(self, size: float) -> None:
        self.size, self.text, self.word = size, "", ""
        self.scripts = {"^": "", "_": ""}
        self.ends: dict[str, float] = {}

    def put(
        self, text: str, left: float, end: float, level: str, *, is_roman: bool = False, after_space: bool = False
    ) -> None:
        """Adds a piece that lies from `left` to `end`."""
        gap = left - self.ends[level] if level in self.ends else 0.0
        spaced = gap > WORD_GAP * self.size or (after_space and gap > 0)
        is_letter = is_roman and len(text) == 1 and text.isalpha() and text.isascii()
        if level:
            self.end_word()
            self.scripts[level] += " " * spaced + text
        else:
            is_apart = bool(self.ends) and left - max(self.ends.values()) > GUTTER * self.size
            spaced = spaced and not any(self.scripts.values())
            self.end_scripts()
            if not is_letter or spaced or is_apart:
                self.end_word()
            self.text += r" \quad " if is_apart else " " * spaced
            self.word += text if is_letter else ""
            self.text += "" if is_letter else text
            self.ends = {}
        self.ends[level] = end

    def end_word(self) -> None:
        """Upright letters side by side are a word."""
        self.text += rf"\mathrm{{{self.word}}}" if len(self.word) > 1 else self.word
        self.word = ""

    def end_scripts(self) -> None:
        """Writes the scripts that wait."""
        for mark, script in self.scripts.items():
            if script:
                self.text += f"{mark}{{{_upright(script)}}}"
        self.scripts = {"^": "", "_": ""}

    def finished(self) -> str:
        """All of it."""
        self.end_word()
        self.end_scripts()
        return self.text


def _upright(script: str) -> str:
    return re.sub(r"(?<![\\A-Za-z])[A-Za-z]{3,}(?![A-Za-z])", lambda match: rf"\mathrm{{{match.group()}}}", script)


def _level(one: Glyph, base: float, largest: float) -> str:
    """`^` above the line, `_` below it, "" on it."""
    if one.size > 0.85 * largest:
        return ""
    rise = one.y - base
    return "^" if rise > 0.15 * largest else "_" if rise < -0.08 * largest else ""
