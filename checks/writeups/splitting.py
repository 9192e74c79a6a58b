"""Tokens cut into the rows of a display, and into what stands between marks that are in no bracket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from checks.writeups.tokens import MATRICES, Token

RELATIONS = frozenset({"=", ":=", ":", r"\approx", r"\equiv", r"\leftarrow", "≔"})
"""What stands between the members of a chain; a colon is often an equals sign that was read badly."""

_OPENS, _CLOSES = frozenset({"(", "[", "{", r"\begin", r"\langle"}), frozenset({")", "]", "}", r"\end", r"\rangle"})


def rows(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    r"""The rows of a display: what stands between the `\\` that are in no matrix.

    A gap is where a box begins or ends and at an `&` that stands between two equations: not beside a relation, which
    it aligns, unless two are there.
    """
    row: list[Token] = []
    inside: list[str] = []
    is_apart, before, column = False, "", 0
    for one in tokens:
        if one.text == r"\begin" and one.environment in MATRICES:
            inside.append(one.environment)
        elif one.text == r"\end" and one.environment in MATRICES:
            if inside:
                inside.pop()
        elif one.environment:
            is_apart = True
            continue
        if not inside and one.text == r"\\":
            if row:
                yield row
            row, is_apart, before, column = [], False, "", 0
        elif not inside and one.text == "&":
            is_apart = is_apart or one.wide or before == "&"
            before, column = "&", column + 1
        else:
            is_between = before == "&" and row and one.text not in RELATIONS and row[-1].text not in RELATIONS
            is_apart = bool(is_apart or is_between)
            if is_apart or (column and not inside and one.text in RELATIONS):
                row.append(replace(one, wide=is_apart, column=column))
            else:
                row.append(one)
            is_apart, before = False, one.text
    if row:
        yield row


def depths(tokens: Iterable[Token]) -> Iterator[tuple[Token, int]]:
    """Each token with how many brackets are open around it; a bracket is outside itself."""
    depth = 0
    for one in tokens:
        if one.text in _CLOSES:
            depth = max(0, depth - 1)
        yield one, depth
        if one.text in _OPENS:
            depth += 1


def split(tokens: Sequence[Token], marks: frozenset[str]) -> list[tuple[str, list[Token]]]:
    """The parts between marks that stand in no bracket, each with the mark before it."""
    parts: list[tuple[str, list[Token]]] = [("", [])]
    for one, depth in depths(tokens):
        if depth == 0 and one.text in marks:
            parts.append((one.text, []))
        else:
            parts[-1][1].append(one)
    return parts
