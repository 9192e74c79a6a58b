"""How text from elsewhere may be shown: nothing in it moves a cursor, and its width on a terminal is known."""

from __future__ import annotations

from unicodedata import combining, east_asian_width

NO_BREAK = "\N{NO-BREAK SPACE}"
"""Keeps two words on one line until the text is printed."""


def printable(text: str) -> str:
    """The text with every character that has no picture of its own (controls, bidirectional marks) as a square."""
    return "".join(c if c.isprintable() or c == NO_BREAK else "\N{WHITE SQUARE}" for c in text)


def columns(text: str) -> int:
    """How many columns the text takes on a terminal."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
