"""What the rules of the grammar need of the parser that calls them: its place in the text, and the other rules."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from checks.language.scanner import Scanner
from checks.language.tree import AnswerError, Node
from checks.language.vocabulary import Vocabulary


class Rules(Protocol):
    """The parser as the rules in `atoms` and `matrices` see it; `checks.language.grammar.Parser` is the one."""

    scanner: Scanner
    vocabulary: Vocabulary
    spaces_separate: bool
    in_exponent: bool
    depth: int
    entry_depth: int

    def chain(self) -> Node:
        """Reads a chain of equations, or a single sum."""

    def sum(self) -> Node:
        """Reads a sum."""

    def atom(self) -> Node:
        """Reads an atom."""

    def power(self) -> Node:
        """Reads a power."""

    def entry(self, *, by_space: bool, by_comma: bool) -> AbstractContextManager[None]:
        """One element of a list, whose elements are separated by spaces, or by commas."""

    def nested(self) -> AbstractContextManager[None]:
        """One level deeper."""

    def expect_one_reading(self, start: int) -> None:
        """Refuses a number that begins a text with two readings."""

    def unexpected(self, wanted: str = ...) -> AnswerError:
        """The error for what fits no rule here."""
