"""Tokens cut into the rows of a display, and into what stands between marks that are in no bracket."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from checks.writeups.tokens import MATRICES, Token

_OPENS, _CLOSES = frozenset({"(", "[", "{", r"\begin", r"\langle"}), frozenset({")", "]", "}", r"\end", r"\rangle"})


def rows(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    r"""The rows of a display: what stands between the `\\` that are in no matrix."""
    row: list[Token] = []
    inside: list[str] = []
    for one in tokens:
        if one.text == r"\begin" and one.environment in MATRICES:
            inside.append(one.environment)
        elif one.text == r"\end" and one.environment in MATRICES:
            if inside:
                inside.pop()
        elif one.environment:
            continue
        if not inside and one.text == r"\\":
            if row:
                yield row
            row = []
        elif not inside and one.text == "&":
            continue
        else:
            row.append(one)
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
