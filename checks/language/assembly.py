"""Puts the elements of a bracket, or of nested lists, together to vectors and matrices."""

from __future__ import annotations

from collections.abc import Callable

from checks.language.tree import AnswerError, Blank, Item, Matrix, Node, Unreadable, contains_matrix


def assembled(start: int, rows: list[list[Item]], lines: bool) -> Node:
    """The matrix that the rows of a bracket make: one row is a flat vector, unless its items are rows themselves.

    `lines`: rows end at line breaks; then lines of one number, or of different lengths, are one long vector.
    """
    if len(rows) > 1 and len(rows[-1]) == 1 and isinstance(rows[-1][0].node, Blank):
        rows = rows[:-1]  # a semicolon after the last row
    items = [item for row in rows for item in row]
    vectors = [item.node for item in items if isinstance(item.node, Matrix)]
    if vectors and isinstance(items[-1].node, Blank):
        items = items[:-1]  # a comma after the last row
    lengths = {len(row) for row in rows}
    if not vectors:
        if len(rows) == 1 or (lines and (len(lengths) > 1 or lengths == {1})):
            return Matrix(start, tuple((item,) for item in items), flat=True)
        return Matrix(start, equal_rows(start, rows), lines=lines)
    if len(items) == 1 and not vectors[0].flat:
        return vectors[0]
    if len(vectors) < len(items) or not all(vector.flat for vector in vectors):
        raise AnswerError("expected rows of numbers, such as [[1, 2], [3, 4]]", start)
    return Matrix(start, equal_rows(start, [[row[0] for row in vector.rows] for vector in vectors]))


def equal_rows(start: int, rows: list[list[Item]]) -> tuple[tuple[Item, ...], ...]:
    """The rows of a matrix. Raises `AnswerError` where they differ in length, or there is nothing in them."""
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
    return Matrix(0, equal_rows(0, rows), flat=not is_matrix)


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
