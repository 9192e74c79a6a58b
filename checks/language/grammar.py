"""The grammar of answers: one function for each rule, the rule in its docstring. Reads; evaluates nothing.

    answer   := ["=" | "≈"] ["$"] (chain | bare list) ["." | ";" | ","] ["$"]
    chain    := sum { ("=" | "≈") sum } [ "(" restated ")" ]
    sum      := [sign] product { sign product }
    product  := power { ["*" | "/"] power }            from left to right; `1/2p_1` is half of p_1
    power    := atom [ "%" ] { "^" [sign] power | superscripts | "^T" | "'" }

What a power is made of is in `checks.language.atoms`, `functions`, `matrices` and `numerals`, spellings in `spelling`,
texts with two readings in `ambiguities`. White space means nothing, except in a row without a comma, where it separates
the entries.
"""

from __future__ import annotations

import re

from checks.bounds import MAX_CHAIN, MAX_ENTRY_CHARACTERS, MAX_VALUE_CHARACTERS
from checks.language import matrices
from checks.language.evaluate import constant
from checks.language.expressions import DIMENSION, ENDINGS, TRAILING, Expressions
from checks.language.spelling import FILL
from checks.language.tree import (
    AnswerError,
    Blank,
    Chain,
    Matrix,
    Node,
    Sized,
    contains_matrix,
)
from checks.language.vocabulary import NONE, Vocabulary

_GAP = rf"[\s{FILL}]*"
_LEADING = re.compile(rf"{_GAP}(?:==?|≈)")
_OPENING = re.compile(r"\$\$?|\\\(|\\\[")
_BARE_COMMA = re.compile(rf",(?=[\s{FILL}]|-|\+)(?!{_GAP}$)")
_EQUALS = re.compile(r"==?|≈")


def parse(text: str, vocabulary: Vocabulary = NONE) -> Node:
    """The tree of one answer; `Blank` where there is nothing. Raises `AnswerError`.

    Names of the vocabulary are read as `Named`, its functions as `Applied`.
    """
    if len(text) > MAX_VALUE_CHARACTERS:
        raise AnswerError(f"a value of more than {MAX_VALUE_CHARACTERS} characters", 0)
    return Parser(text, vocabulary).answer()


class Parser(Expressions):
    """A recursive-descent parser; `scanner` is its place in the text."""

    def answer(self) -> Node:
        """answer := ["=" | "≈"] ["$"] (chain | bare list) ["." | ";" | ","] ["$"], and then the end."""
        scanner = self.scanner
        scanner.skip_space()
        if scanner.at_end():
            return Blank(scanner.place)
        scanner.take(_LEADING)
        scanner.skip_space()
        opening = scanner.take(_OPENING)
        scanner.take(_LEADING)
        node = self.chain()
        scanner.skip_space()
        if scanner.looking_at(_BARE_COMMA) and not isinstance(node, Matrix):
            node = matrices.bare_list(self, node)
        scanner.take(TRAILING)
        scanner.skip_space()
        if opening and not scanner.take(ENDINGS[opening.group()]):
            raise scanner.error(
                f"expected the end of the formula that {opening.group()} begins, found {scanner.here()}"
            )
        scanner.take(TRAILING)
        scanner.skip_space()
        if not scanner.at_end():
            raise self.unexpected("an operator or the end")
        if not isinstance(node, Matrix) and len(scanner.text) > MAX_ENTRY_CHARACTERS and not contains_matrix(node):
            raise scanner.error(f"a number of more than {MAX_ENTRY_CHARACTERS} characters", node.position)
        return node

    def chain(self) -> Node:
        """chain := sum { ("=" | "≈") sum } [ "(" restated ")" ]"""
        scanner = self.scanner
        members = [self.sum()]
        while True:
            start = scanner.place
            scanner.skip_space()
            if scanner.at_end() or not scanner.take(_EQUALS):
                scanner.place = start
                break
            if len(members) == MAX_CHAIN:
                raise scanner.error(f"a chain of more than {MAX_CHAIN} members")
            members.append(self.sum())
        restated = False
        if self.restatement_begins():
            scanner.skip_space()
            size = scanner.looking_at(DIMENSION)
            if size and contains_matrix(members[-1]):
                scanner.place = size.end()
                members[-1] = Sized(members[-1].position, members[-1], int(size[1]), int(size[2]))
            else:
                scanner.place += 1
                scanner.take(_LEADING)
                members.append(self.sum())
                scanner.skip_space()
                scanner.place += 1
                restated = True
        return members[0] if len(members) == 1 else Chain(members[0].position, tuple(members), restated)

    def value_of(self, reading: str) -> object:
        """The value of one of two readings, None where it has none."""
        try:
            return constant(Unambiguous(reading).answer())
        except AnswerError:
            return None


class Unambiguous(Parser):
    """Reads one of two readings, which has no other."""

    def expect_one_reading(self, start: int) -> None:
        """Everything has."""
