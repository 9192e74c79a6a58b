"""Reads an answers.txt into statements. Whatever a line holds, the other lines are read.

    answers.txt := { [ statement | text ] [ "#" comment ] newline }
    statement   := name "=" value            in the forms of `checks.answers.lines`

A value goes on over lines while a bracket or a LaTeX environment is open in it, in a Markdown table, and where a line
in square brackets has another below it that is no statement. A text that names
entries says something of them, though nobody can tell what: they are not missing.
"""

from __future__ import annotations

import re

from checks.answers.answers import Statement, mention
from checks.answers.lines import Opening, looks_like_a_value, names_in, opening, unwrapped
from checks.answers.names import Vocabulary
from checks.answers.text_encoding import decoded
from checks.bounds import MAX_VALUE_CHARACTERS
from checks.judging.findings import Trouble

_OPENS = re.compile(r"[(\[{]|\\begin\b")
_CLOSES = re.compile(r"[)\]}]|\\end\b")
_LINE_END = re.compile(r"\r\n|\r|\n")
_HEADING = re.compile(r"\s*#{1,6}\s+\S{1,60}\s*:?\s*")


def read_answers_txt(data: bytes, file: str, vocabulary: Vocabulary) -> tuple[list[Statement], list[Trouble]]:
    """The statements of an answers.txt, in order, and what could not be read in it."""
    text, troubles = decoded(data, file)
    reader = _Reader(_LINE_END.split(text), file, vocabulary)
    reader.read()
    return reader.statements, troubles + reader.troubles


class _Reader:
    """A place in the lines of a file; `statements` and `troubles` are what was found up to it."""

    def __init__(self, lines: list[str], file: str, vocabulary: Vocabulary) -> None:
        self.written, self.file, self.vocabulary = lines, file, vocabulary
        self.lines = [line.split("#", 1)[0].rstrip() for line in lines]
        self.number = 0
        self.statements: list[Statement] = []
        self.troubles: list[Trouble] = []

    def read(self) -> None:
        """Reads all lines."""
        while self.number < len(self.lines):
            line, start = self.lines[self.number], self.number
            self.number += 1
            begun = self.opening(start)
            if begun is None or (not begun.sign and not self.value_below()):
                if line.strip():
                    self.troubles.append(self.not_a_statement(start))
                    self.mentioned(line, start)
                continue
            self.statement(begun, start)

    def opening(self, number: int) -> Opening | None:
        """How a line begins a statement; a name in a heading begins one too, where its value is below."""
        line = self.lines[number]
        if line.strip():
            return opening(line, self.vocabulary)
        heading = self.written[number]
        return opening(heading.rstrip(" :"), self.vocabulary) if _HEADING.fullmatch(heading) else None

    def value_below(self) -> bool:
        """Whether the next line that is not empty is a value without a name; moves there."""
        number = self.number
        while number < len(self.lines) and not self.lines[number].strip() and self.opening(number) is None:
            number += 1
        if number == len(self.lines) or self.opening(number) or not looks_like_a_value(self.lines[number]):
            return False
        self.number = number
        return True

    def statement(self, begun: Opening, start: int) -> None:
        """Reads the value of a statement, which may go on over lines."""
        text = self.lines[start][begun.column :] if begun.sign else ""
        column = begun.column
        if not text.strip() and (not begun.sign or self.value_below()):
            start, column = self.number, 0
            text = self.lines[start]
            self.number += 1
        value, skipped = unwrapped(text)
        parts, depth, length = [value], _depth(value), len(value)
        while self.number < len(self.lines) and length <= MAX_VALUE_CHARACTERS:
            line = self.lines[self.number]
            rows = any(value.startswith(mark) and line.lstrip().startswith(mark) for mark in "|[")
            if (depth <= 0 and not rows) or (line.strip() and opening(line, self.vocabulary)):
                break  # a bracket that is never closed takes no other statement with it
            parts.append(line)
            depth += _depth(line)
            length += len(line) + 1
            self.number += 1
        whole = "\n".join(parts).rstrip()
        below = self.lines[self.number] if self.number < len(self.lines) else ""
        if not whole and below.strip() and self.opening(self.number) is None:
            self.statements.append(mention(begun.name, below, self.file, start + 1))
        self.statements.append(Statement(begun.name, whole, self.file, start + 1, column + skipped + 1))
        self.mentioned(whole, start)

    def mentioned(self, text: str, number: int) -> None:
        """Notes what a text names, for the case that nothing else is said of it."""
        for name in names_in(text, self.vocabulary):
            self.statements.append(mention(name, text, self.file, number + 1))

    def not_a_statement(self, number: int) -> Trouble:
        """What to say of a line that is no statement."""
        line = self.lines[number]
        column = len(line) - len(line.lstrip())
        before, equals, _ = line.partition("=")
        message = "expected name = value, such as s1 = [5, -5]"
        if equals:
            told = before.strip()[:40]
            message = f"the name '{told}' is not known; there are {self.vocabulary.told}"
        return Trouble(self.file, number + 1, column + 1, message, line, column)


def _depth(text: str) -> int:
    return len(_OPENS.findall(text)) - len(_CLOSES.findall(text))
