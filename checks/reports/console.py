"""What the terminal can show: its width, colour, and whether it can print marks such as ✗."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from dataclasses import dataclass
from typing import TextIO

from termcolor import can_colorize, colored

from checks.display import NO_BREAK, printable
from checks.judging.verdicts import MEANINGS, Verdict

_PLAIN = str.maketrans(
    {
        NO_BREAK: " ",
        "─": "-",
        "✓": "+",
        "≈": "~",
        "✗": "x",
        "–": "-",
        "−": "-",
        "→": ">",
        "·": ".",
        "×": "x",
        "…": "...",
    }
)


@dataclass(frozen=True, slots=True)
class Console:
    """How to write for one stream."""

    width: int
    colour: bool
    unicode: bool

    def text(self, line: str, indent: str = "", hanging: str | None = None) -> str:
        """The text wrapped to the width; further lines begin with `hanging`, by default the same indent."""
        wrapped = textwrap.wrap(
            printable(line.replace("\n", " ")),
            self.width,
            break_long_words=False,
            initial_indent=indent,
            subsequent_indent=indent if hanging is None else hanging,
            break_on_hyphens=False,
        )
        return self.plain("\n".join(wrapped) or indent.rstrip())

    def plain(self, text: str) -> str:
        """The text with what the stream cannot print, or what would move its cursor, replaced."""
        shown = "\n".join(map(printable, text.split("\n")))
        return shown if self.unicode else shown.translate(_PLAIN).encode("ascii", "replace").decode("ascii")

    def bold(self, text: str) -> str:
        """The text in bold, on a terminal with colour."""
        return colored(text, attrs=["bold"], force_color=True) if self.colour else text

    def verdict(self, verdict: Verdict, text: str) -> str:
        """The text in the verdict's colour."""
        return colored(text, MEANINGS[verdict].colour, force_color=True) if self.colour else text

    def mark(self, verdict: Verdict) -> str:
        """The verdict's mark, in its colour."""
        meaning = MEANINGS[verdict]
        return self.verdict(verdict, meaning.mark if self.unicode else meaning.ascii_mark)


def console_for(stream: TextIO) -> Console:
    """The console that a stream writes to. Obeys COLUMNS and, by termcolor, NO_COLOR, FORCE_COLOR and TERM=dumb."""
    width = min(100, max(40, shutil.get_terminal_size((80, 24)).columns))
    try:
        "✓≈✗–→".encode(stream.encoding or "ascii")
        unicode = True
    except (UnicodeEncodeError, LookupError):
        unicode = False
    colour = can_colorize() if stream is sys.stdout else (stream.isatty() and not os.environ.get("NO_COLOR"))
    return Console(width, colour, unicode)
