"""Where a parser is: its place in the text, how deep, and what separates the entries of the list that it is in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from checks.bounds import MAX_NESTING
from checks.language import ambiguities
from checks.language.hints import unexpected
from checks.language.scanner import Scanner
from checks.language.tree import AnswerError, Node
from checks.language.vocabulary import NONE, Vocabulary


class Context:
    """The state of a parser, and the rules about it that all others rely on.

    In a list `spaces_separate` its entries, or `commas_separate` them, and in both `lines_separate` rows; inside
    brackets within an entry nothing separates. `entry_depth` is how deep the entry itself is.
    """

    def __init__(self, text: str, vocabulary: Vocabulary = NONE) -> None:
        self.scanner, self.vocabulary = Scanner(text), vocabulary
        self.depth = self.entry_depth = 0
        self.spaces_separate = self.commas_separate = self.lines_separate = self.in_exponent = False

    @contextmanager
    def nested(self) -> Iterator[None]:
        """One level deeper, where white space means nothing again; refused past the bound."""
        if self.depth >= MAX_NESTING:
            raise self.scanner.error(f"brackets and powers more than {MAX_NESTING} deep")
        outside = self.spaces_separate, self.commas_separate, self.lines_separate, self.in_exponent
        self.depth += 1
        self.spaces_separate = self.commas_separate = self.lines_separate = self.in_exponent = False
        try:
            yield
        finally:
            self.depth -= 1
            self.spaces_separate, self.commas_separate, self.lines_separate, self.in_exponent = outside

    @contextmanager
    def entry(self, *, by_space: bool, by_comma: bool) -> Iterator[None]:
        """One element of a list, whose elements are separated by spaces, or by commas; line breaks end rows in both."""
        outside = self.spaces_separate, self.commas_separate, self.lines_separate, self.entry_depth
        self.spaces_separate, self.commas_separate, self.lines_separate = by_space, by_comma, by_space or by_comma
        self.entry_depth = self.depth
        try:
            yield
        finally:
            self.spaces_separate, self.commas_separate, self.lines_separate, self.entry_depth = outside

    def expect_one_reading(self, start: int) -> None:
        """Refuses a number that begins a text with two readings of different values."""
        message = ambiguities.in_number(self.scanner.text, start, self.value_of, listed=self.spaces_separate)
        if message:
            raise self.scanner.error(message, start)

    def chain(self) -> Node:
        """Reads a chain of equations, or a single sum."""
        raise NotImplementedError

    def value_of(self, reading: str) -> object:
        """The value of one of two readings, None where it has none."""
        raise NotImplementedError

    def at_name(self) -> bool:
        """Whether a name of the vocabulary stands here: an x may be one, and no sign of multiplication."""
        return bool(self.vocabulary) and self.vocabulary.known_at(self.scanner.text, self.scanner.place) is not None

    def unexpected(self, wanted: str = "a number") -> AnswerError:
        """The error for something that fits no rule here, with a hint where we know what was meant."""
        return unexpected(self.scanner, wanted)
