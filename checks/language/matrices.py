r"""Vectors and matrices in answers: brackets, numpy's arrays and LaTeX's environments.

    matrix   := "[" rows "]" | "array(" matrix ")" | "\begin{bmatrix}" rows "\end{bmatrix}"
    group    := "(" sum ")" | "{" sum "}" | "(" row ")"          with a comma it is a vector
    rows     := row { ";" row }                                  in LaTeX: row { "\\" row }
    row      := chain { "," chain }                              without any comma: chain { space chain }

An element that cannot be read is that element's trouble alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from checks.bounds import MAX_ENTRY_CHARACTERS
from checks.language.rules import Rules
from checks.language.scanner import SIZED, SPACE, Scanner, end_of_item, first_separator
from checks.language.tree import AnswerError, Blank, Item, Matrix, Node, Unreadable, contains_matrix

ENDS = re.compile(r"\\\\|\\end(?![A-Za-z])|\\(?:right|[bB]igg?r?)(?![A-Za-z])|&")
_BRACKET = re.compile(r"\[")
_ARRAY = re.compile(r"(?:(?:np|numpy|torch)\.)?(?:array|tensor|matrix|Size)\s*(?=\()")
_DTYPE = re.compile(r",\s*dtype\s*=\s*[\w.]+\s*(?=\))")
_BEGIN = re.compile(r"\\begin\s*\{\s*([bp]?matrix|array|smallmatrix)\s*\}(?:\s*\{[lcr|\s]*\})?")
_ROW_BREAK = re.compile(r"\\\\(?:\s*\[[0-9.]+\s*[a-z]{2}\])?")
_BY_COMMA, _BY_SPACE, _BY_AMPERSAND = re.compile("[,;]"), re.compile(rf"{SPACE.pattern}|;"), re.compile(r"&|\\\\|\\end")
"""What ends an element, in the three ways to write a row."""
_HLINE = re.compile(r"\\hline(?![A-Za-z])\s*")


def begins(scanner: Scanner) -> bool:
    """Whether a matrix begins here."""
    return any(scanner.looking_at(pattern) for pattern in (_BRACKET, _ARRAY, _BEGIN))


def group(parser: Rules) -> Node:
    """group := "(" sum ")" | "{" sum "}" | "(" row ")"; the place is at the opening bracket."""
    scanner = parser.scanner
    start = scanner.place
    closing = ")" if scanner.text[start] == "(" else "}"
    scanner.place += 1
    if closing == ")" and first_separator(scanner.text, scanner.place):
        rows = _rows(parser, closing)
        return _assembled(start, rows)
    inner = parser.sum()
    _close(parser, closing)
    return inner


def matrix(parser: Rules) -> Node:
    r"""matrix := "[" rows "]" | "array(" matrix ")" | "\begin{bmatrix}" rows "\end{bmatrix}"."""
    scanner = parser.scanner
    start = scanner.place
    if scanner.take(_ARRAY):
        scanner.place += 1
        inner = parser.sum()
        scanner.take(_DTYPE)
        _close(parser, ")")
        return inner
    if begin := scanner.take(_BEGIN):
        return _environment(parser, start, begin.group(1))
    scanner.place += 1
    return _assembled(start, _rows(parser, "]"))


def _rows(parser: Rules, closing: str) -> list[list[Item]]:
    """rows := row { ";" row }, and the closing bracket."""
    scanner = parser.scanner
    rows: list[list[Item]] = []
    while True:
        by_space = closing == "]" and first_separator(scanner.text, scanner.place) != ","
        row = [_item(parser, _BY_SPACE if by_space else _BY_COMMA)]
        while True:
            spaced = scanner.skip_space()
            if scanner.text.startswith(",", scanner.place):
                scanner.place += 1
                row.append(_item(parser, _BY_COMMA))
            elif by_space and spaced and not scanner.at_end() and scanner.text[scanner.place] not in ";])":
                row.append(_item(parser, _BY_SPACE))
            else:
                break
        rows.append(row)
        scanner.skip_space()
        if not scanner.text.startswith(";", scanner.place):
            _close(parser, closing)
            return rows
        scanner.place += 1


def _environment(parser: Rules, start: int, name: str) -> Node:
    """The rows of a LaTeX environment, after its beginning."""
    scanner = parser.scanner
    end = re.compile(rf"\\end\s*\{{\s*{name}\s*\}}")
    rows: list[list[Item]] = [[]]
    while True:
        scanner.skip_space()
        scanner.take(_HLINE)
        if scanner.take(end):
            return Matrix(start, _equal_rows(start, rows if rows[-1] else rows[:-1]))
        rows[-1].append(_item(parser, _BY_AMPERSAND))
        scanner.skip_space()
        if scanner.text.startswith("&", scanner.place):
            scanner.place += 1
        elif scanner.take(_ROW_BREAK):
            rows.append([])
        elif not scanner.looking_at(end):
            raise scanner.error(f"expected & or \\\\ or \\end{{{name}}}, found {scanner.here()}")


def _item(parser: Rules, ends: re.Pattern[str]) -> Item:
    """One element; where it cannot be read, but its end can be seen, an `Unreadable` in its place."""
    scanner = parser.scanner
    scanner.skip_space()
    start = scanner.place
    if _at_end_of_item(scanner, ends):
        return Item(Blank(start), "")
    outside, parser.spaces_separate = parser.spaces_separate, ends is _BY_SPACE
    try:
        node = parser.chain()
        if not _at_end_of_item(scanner, ends):
            after = scanner.place
            scanner.skip_space()
            if not _at_end_of_item(scanner, ends):
                raise parser.unexpected("an operator or the next entry")
            scanner.place = after
    except AnswerError as error:
        end = end_of_item(scanner.text, start, ends)
        if end is None:
            raise
        scanner.place = end
        node = Unreadable(start, error)
    finally:
        parser.spaces_separate = outside
    text = scanner.text[start : scanner.place].strip()
    if len(text) > MAX_ENTRY_CHARACTERS and not contains_matrix(node):
        node = Unreadable(start, AnswerError(f"a number of more than {MAX_ENTRY_CHARACTERS} characters", start))
    return Item(node, text)


def _at_end_of_item(scanner: Scanner, ends: re.Pattern[str]) -> bool:
    return (
        scanner.at_end()
        or scanner.text[scanner.place] in "])"
        or scanner.looking_at(ends) is not None
        or scanner.looking_at(ENDS) is not None
    )


def _close(parser: Rules, closing: str) -> None:
    scanner = parser.scanner
    scanner.skip_space()
    scanner.take(SIZED)
    if not scanner.text.startswith(closing, scanner.place):
        raise parser.unexpected(f"'{closing}'")
    scanner.place += 1


def _assembled(start: int, rows: list[list[Item]]) -> Node:
    """The matrix that the rows of a bracket make: one row is a flat vector, unless its items are rows themselves."""
    items = [item for row in rows for item in row]
    vectors = [item.node for item in items if isinstance(item.node, Matrix)]
    if not vectors:
        if len(rows) == 1:
            return Matrix(start, tuple((item,) for item in rows[0]), flat=True)
        return Matrix(start, _equal_rows(start, rows))
    if len(items) == 1 and not vectors[0].flat:
        return vectors[0]
    if len(vectors) < len(items) or not all(vector.flat for vector in vectors):
        raise AnswerError("expected rows of numbers, such as [[1, 2], [3, 4]]", start)
    return Matrix(start, _equal_rows(start, [[row[0] for row in vector.rows] for vector in vectors]))


def _equal_rows(start: int, rows: list[list[Item]]) -> tuple[tuple[Item, ...], ...]:
    lengths = [len(row) for row in rows]
    if not rows or not all(lengths):
        raise AnswerError("a matrix without entries", start)
    if len(set(lengths)) > 1:
        raise AnswerError(f"rows of different lengths: {', '.join(map(str, lengths))}", start)
    return tuple(map(tuple, rows))


def nested_list(value: object, read: Callable[[str], Node]) -> Node:
    """The tree of nested lists of texts, each read by `read`; a text that cannot be read is its own entry's trouble."""
    if isinstance(value, str):
        return read(value)
    if not isinstance(value, list) or not value:
        raise AnswerError("a list without entries", 0)
    rows: list[list[Item]] = []
    is_matrix = any(isinstance(part, list) for part in value)
    for part in value:
        if isinstance(part, list) != is_matrix:
            raise AnswerError("expected rows of numbers, such as [[1, 2], [3, 4]]", 0)
        rows.append([_read_item(text, read) for text in (part if isinstance(part, list) else [part])])
    return Matrix(0, _equal_rows(0, rows), flat=not is_matrix)


def _read_item(text: object, read: Callable[[str], Node]) -> Item:
    if not isinstance(text, str):
        raise AnswerError("lists nested more than two deep", 0)
    try:
        node = read(text)
        if contains_matrix(node):
            raise AnswerError("a vector or matrix where a number is expected", 0)
    except AnswerError as error:
        node = Unreadable(0, error)
    return Item(node, text)
