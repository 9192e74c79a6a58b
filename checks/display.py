"""How text from elsewhere may be shown: nothing in it moves a cursor, and its width on a terminal is known."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from unicodedata import combining, east_asian_width

NO_BREAK = "\N{NO-BREAK SPACE}"
"""Keeps two words on one line until the text is printed."""


def printable(text: str) -> str:
    """The text with every character that has no picture of its own (controls, bidirectional marks) as a square."""
    if text.isprintable():  # nearly always, and far faster than looking at every character
        return text
    return "".join(c if c.isprintable() or c == NO_BREAK else "\N{WHITE SQUARE}" for c in text)


def columns(text: str) -> int:
    """How many columns the text takes on a terminal."""
    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)


def listed(items: Iterable[str], most: int = 10, width: int = 80) -> str:
    """The first few in a row, each cut to a width, and how many there are besides.

    >>> listed(["s001", "s002", "s003", "s004"], most=2)
    's001, s002 and 2 more'
    """
    rest = iter(items)
    told = [printable(item if len(item) <= width else item[: width - 3] + "...") for item in islice(rest, most)]
    more = sum(1 for _ in rest)
    return ", ".join(told) + (f" and {more} more" if more else "")
