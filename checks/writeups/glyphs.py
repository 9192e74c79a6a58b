"""Characters with their places on a page, and what they look like: all that a PDF says of its text."""

from __future__ import annotations

from dataclasses import dataclass

TALL = 1.49
"""A bracket or its piece is at least so many times as tall as its font is large."""

_PIECES = frozenset({*range(0x239B, 0x23A7), *range(0xF8EB, 0xF8FC)})
"""What tall brackets are put together from; a piece may be short."""

_LEFT = {0x00, 0x10, 0x12, 0x20, 0x30, 0xF8EB, 0xF8EC, 0xF8ED, 0x239B, 0x239C, 0x239D}
_RIGHT = {0x01, 0x11, 0x13, 0x21, 0x31, 0xF8F6, 0xF8F7, 0xF8F8, 0x239E, 0x239F, 0x23A0}
_LEFT_SQUARE = {0x02, 0x14, 0x22, 0x68, 0xF8EE, 0xF8EF, 0xF8F0, 0x23A1, 0x23A2, 0x23A3}
_RIGHT_SQUARE = {0x03, 0x15, 0x23, 0x69, 0xF8F9, 0xF8FA, 0xF8FB, 0x23A4, 0x23A5, 0x23A6}
"""Tall brackets and their pieces: the places of TeX's font of extensions, Adobe's private ones, Unicode's."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character: the baseline's point where it begins, the ink's box, the size of its font.

    `italic`, `mono` and `extension` are what its font is; the last holds brackets of every size and nothing else here.
    `spaced`: white space stands before it in the file.
    """

    text: str
    x: float
    y: float
    left: float
    bottom: float
    right: float
    top: float
    size: float
    italic: bool = False
    mono: bool = False
    extension: bool = False
    spaced: bool = False

    @property
    def is_tall(self) -> bool:
        """Whether it is a bracket around several rows, or a piece of one."""
        is_piece = len(self.text) == 1 and ord(self.text) in _PIECES
        return self.extension or is_piece or (self.top - self.bottom > TALL * self.size and not self.text.isalnum())

    @property
    def bracket(self) -> str:
        """Which bracket it is: `(`, `)`, `[`, `]`, or "" where its code does not tell."""
        code = ord(self.text)
        for codes, text in ((_LEFT, "("), (_RIGHT, ")"), (_LEFT_SQUARE, "["), (_RIGHT_SQUARE, "]")):
            if code in codes:
                return text
        return self.text if self.text in "()[]" else ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin horizontal line, such as a fraction has."""

    left: float
    right: float
    y: float
