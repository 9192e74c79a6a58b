"""Reads what somebody stated for an entry, a vector or a matrix: the one way from a text to the scalar trees in it.

Whether the text can be read is told before whether it has the right shape, and a shape is told to be wrong only where
there is no doubt about it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial

from checks.language.assembly import nested_list
from checks.language.grammar import parse
from checks.language.matrix_arithmetic import expand
from checks.language.spelling import spelt
from checks.language.tree import AnswerError, Blank, Item, Matrix, Node, Numeral, Product, Unreadable, walk
from checks.language.vocabulary import NONE, Vocabulary

NestedText = str | list["NestedText"]
"""A text in the answer language, or (from JSON) nested lists of such texts."""


class ShapeError(AnswerError):
    """The text was read, without a doubt, and has another shape than the one asked for.

    `entries` is how many there are in its list; None where it is a single number.
    """

    def __init__(self, message: str, position: int, entries: int | None = None) -> None:
        super().__init__(message, position)
        self.entries = entries


LONGEST_HELD = 200
"""Characters of a text that is remembered when it has been read."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an answer is to be: one number, where `shape` is None, or rows and columns of them.

    In a vector (`is_matrix` false) a row may stand for a column. `flat_fits`: a plain list may stand for a matrix of
    one row or column. Where a whole number of four digits or more is asked for (`may_have_thousands`), its digits may
    be in groups; a `count` is no fraction and no percentage. `vocabulary` has the names that it may use.
    """

    shape: tuple[int, int] | None = None
    is_matrix: bool = False
    flat_fits: bool = True
    may_have_thousands: bool = False
    count: bool = False
    vocabulary: Vocabulary = NONE

    def __str__(self) -> str:
        if self.shape is None or (self.shape == (1, 1) and not self.is_matrix):
            return "a single number"
        rows, columns = self.shape
        return f"{rows} x {columns} entries" if self.is_matrix else f"a vector of {rows * columns}"


_IN_GROUPS = re.compile(r"\s*[1-9][0-9]{0,2}(?:(?:,|\{,\}|[\s\ue000]+|')[0-9]{3})+[\s.;]*")
_WITH_POINTS = re.compile(r"\s*[1-9][0-9]{0,2}(?:\.[0-9]{3})+\s*")
_NO_DIGIT = re.compile(r"[^0-9]")
_GLUED_COMMA = re.compile(r"(?<=[0-9]),(?=[0-9])")
_SIGN_AFTER_SPACE = re.compile(r"[^\s,;\[(+*/-]\s+[+-](?=[^\s])")
_SPACED_SIGN = re.compile(r"[^\s,;\[(]\s+[+-]\s")
_SPACED_THOUSANDS = re.compile(r"(?<![0-9.])[0-9]{1,3}(?:\s[0-9]{3})+(?![0-9.])")


def read(value: NestedText, wanted: Wanted) -> tuple[Item, ...]:
    """The elements row by row, `Blank` for each left empty; none at all where nothing was stated.

    An element that cannot be read is an `Unreadable` in its place. Raises `AnswerError` where the whole cannot be read,
    `ShapeError` where it can and has another shape.
    """
    if isinstance(value, str) and len(value) <= LONGEST_HELD:
        return _read_before(value, wanted)
    return _read(value, wanted)


def _read(value: NestedText, wanted: Wanted) -> tuple[Item, ...]:
    tree = read_tree(value, wanted)
    shown = as_text(value)
    if isinstance(tree, Blank) or (isinstance(tree, Matrix) and all(isinstance(i.node, Blank) for i in tree.items)):
        return ()
    if not isinstance(tree, Matrix):
        if wanted.shape not in (None, (1, 1)):
            if isinstance(value, str) and _SIGN_AFTER_SPACE.search(spelt(value)):
                raise AnswerError(f"a single number; expected {wanted}; put brackets around it, commas between", 0)
            raise ShapeError(f"a single number; expected {wanted}", tree.position)
        return (Item(tree, shown),)
    return fitted(tree, wanted, spelt(shown) if isinstance(value, str) else "")


@lru_cache(maxsize=2_000)
def _read_before(value: str, wanted: Wanted) -> tuple[Item, ...]:
    """The elements of a short text, remembered: a class writes the same few again and again."""
    return _read(value, wanted)


def read_tree(value: NestedText, wanted: Wanted) -> Node:
    """The tree of the whole, its matrix arithmetic worked out. Raises `AnswerError`."""
    if not isinstance(value, str):
        return nested_list(value, partial(parse, vocabulary=wanted.vocabulary))
    if wanted.may_have_thousands:
        value = without_thousands(value)
    tree = expand(parse(value, wanted.vocabulary), as_text(value))
    if wanted.count:
        expect_a_count(tree)
    return tree


def as_text(value: NestedText) -> str:
    """The value as one line of text."""
    return " ".join(value.split()) if isinstance(value, str) else _listed(value)


def _listed(value: NestedText) -> str:
    return value if isinstance(value, str) else f"[{', '.join(map(_listed, value))}]"


def without_thousands(text: str) -> str:
    """The text, the digits of a whole number brought together: 9,790 is 9790. Raises `AnswerError` for 9.790."""
    if _WITH_POINTS.fullmatch(text):
        digits = _NO_DIGIT.sub("", text)
        raise AnswerError(f"write {digits} for a whole number, {text.strip()}0 for a decimal", 0)
    return _NO_DIGIT.sub("", spelt(text)) if _IN_GROUPS.fullmatch(spelt(text)) else text


def expect_a_count(tree: Node) -> None:
    """Refuses shares where a count is asked for: 338/1000, 97.9%."""
    for node in walk(tree):
        divided = isinstance(node, Product) and not all(multiplied for multiplied, _ in node.factors)
        if divided or (isinstance(node, Numeral) and node.value.denominator != 1):
            raise AnswerError("expected a whole number, such as 9790, and nothing else", node.position)


def fitted(tree: Matrix, wanted: Wanted, text: str) -> tuple[Item, ...]:
    """The matrix's elements in the order asked for. Raises `ShapeError`; `AnswerError` where the shape is in doubt."""
    items = tree.items
    rows, columns = wanted.shape or (1, 1)
    count = rows * columns
    if tree.flat and len(items) == count + 1 and isinstance(items[-1].node, Blank):
        items = items[:-1]  # a comma after the last entry
    as_vector = not wanted.is_matrix and (tree.shape == (columns, rows) or tree.lines)
    as_list = tree.flat and 1 in (rows, columns) and (wanted.flat_fits or not wanted.is_matrix)
    if wanted.shape and (tree.shape == (rows, columns) or ((as_vector or as_list) and len(items) == count)):
        return items
    for item in items:
        if isinstance(item.node, Unreadable):
            raise item.node.error
    if tree.bare and wanted.shape is None:
        raise AnswerError("several numbers where one is expected; is a comma a decimal point? write 0.5", tree.position)
    one = 1 in tree.shape
    found = f"{len(items)} entr{'y' if len(items) == 1 else 'ies'}" if one else "{} x {} entries".format(*tree.shape)
    if wanted.shape is None:
        raise ShapeError(f"a vector or matrix; expected {wanted}", tree.position, len(items))
    message = f"{found}, expected {wanted}"
    if doubt := _doubt(tree, count, text):
        raise AnswerError(f"{message}; {doubt}", tree.position)
    hint = "; separate the rows with ;" if wanted.is_matrix and text and ";" not in text and one else ""
    raise ShapeError(message + hint, tree.position, len(items))


def _doubt(tree: Matrix, count: int, text: str) -> str:
    """Why a matrix that does not fit may be another one than was read; "" where there is no doubt."""
    items = len(tree.items)
    if items > count and items - len(_GLUED_COMMA.findall(text)) == count:
        return "is a comma a decimal point? write 0.5"
    if tree.lines:
        return "line breaks were read as the ends of rows; put ; between rows"
    if items > count and _SIGN_AFTER_SPACE.search(text):
        return "a space before a sign was read as the end of an entry; put commas between entries"
    if items < count and "," not in text and _SPACED_SIGN.search(text):
        return "a sign with spaces around it was read as a difference; put commas between entries"
    if items > count and _SPACED_THOUSANDS.search(text):
        return "spaces were read as the ends of entries; put commas between entries"
    return ""
