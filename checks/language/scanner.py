"""The text of an answer with a place in it, and the small patterns that the grammar looks for there."""

from __future__ import annotations

import re
import unicodedata

from checks.language.spelling import FILL, spelt
from checks.language.tree import AnswerError

MINUS = "-"
SPACE = re.compile(rf"[\s{FILL}]+")
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
CLOSING = {"(": ")", "[": "]", "{": "}"}


class Scanner:
    """A place in a text that only moves forward, except where `place` is set back to an earlier one.

    `written` is the text itself, `text` the same in the grammar's own characters (`checks.language.spelling`).
    """

    def __init__(self, text: str) -> None:
        self.written, self.text, self.place = text, spelt(text), 0

    def skip_space(self) -> str:
        """Moves past white space and returns it; "" where there was none, for what stands for nothing is no space."""
        text, place = self.text, self.place
        if place < len(text) and text[place] > " " and text[place] < "\x7f":
            return ""
        match = SPACE.match(text, place)
        if match is None:
            return ""
        self.place = match.end()
        return match.group().replace(FILL, "")

    def looking_at(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The pattern's match here, without moving."""
        return pattern.match(self.text, self.place)

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The pattern's match here, moving past it."""
        match = pattern.match(self.text, self.place)
        if match:
            self.place = match.end()
        return match

    def at_end(self) -> bool:
        """Whether nothing is left."""
        return self.place >= len(self.text)

    def before(self, place: int) -> str:
        """The last character before a place that is no white space; "" where there is none."""
        while place > 0 and (self.text[place - 1].isspace() or self.text[place - 1] == FILL):
            place -= 1
        return self.text[place - 1 : place]

    def here(self) -> str:
        """What stands here, as an error message names it."""
        if self.at_end():
            return "the end"
        command = re.compile(r"\\[A-Za-z]+|\w+").match(self.written, self.place)
        found = command.group()[:20] if command else self.written[self.place]
        if found.isprintable() and not unicodedata.combining(found[0]):
            return f"'{found}'"
        return f"the invisible character U+{ord(found):04X} ({unicodedata.name(found, 'unnamed')})"

    def error(self, message: str, position: int | None = None) -> AnswerError:
        """An error at a position, by default here."""
        return AnswerError(message, self.place if position is None else position)


_BRACKETS_AND_SEPARATORS = re.compile(r"[()\[\]{},;]")


def first_separator(text: str, start: int) -> str:
    """The comma or semicolon that comes first in the bracket whose content starts here; "" where there is none."""
    depth = 0
    for match in _BRACKETS_AND_SEPARATORS.finditer(text, start):
        character = match.group()
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
            if depth < 0:
                break
        elif depth == 0 and character in ",;":
            return character
    return ""


def end_of_item(text: str, start: int, ends: re.Pattern[str]) -> int | None:
    """Where the matrix element that starts here ends: at one of `ends`, or a closing bracket, of its own level.

    None where brackets do not match before that, so that nobody can tell.
    """
    open_brackets: list[str] = []
    for place in range(start, len(text)):
        character = text[place]
        if not open_brackets and ends.match(text, place):
            return place
        if character in CLOSING:
            open_brackets.append(CLOSING[character])
        elif character in ")]}":
            if not open_brackets:
                return place
            if open_brackets.pop() != character:
                return None
    return None
