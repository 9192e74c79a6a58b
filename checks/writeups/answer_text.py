"""Tokens of a formula as text in the answer language: environments become `[a, b; c, d]`."""

from __future__ import annotations

from collections.abc import Sequence

from checks.writeups.tokens import MATRICES, Token


def answer_text(tokens: Sequence[Token]) -> str:
    """The tokens as text in the answer language, environments as `[a, b; c, d]`."""
    ends = _ends(tokens)
    own = {place for begin, end in ends.items() for place in _own_brackets(tokens, begin, end)}
    parts: list[str] = []
    inside = 0
    for place, one in enumerate(tokens):
        text = one.text
        if place in own:
            text = ""
        elif text == r"\begin" and one.environment in MATRICES:
            inside += 1
            text = "["
        elif text == r"\end" and one.environment in MATRICES:
            inside = max(0, inside - 1)
            text = "]"
        elif text == r"\\" and inside:
            text = "" if _ends_matrix(tokens, place) else "; "
        elif text == "&" and inside:
            text = ", "
        parts.append((" " if one.spaced and text else "") + text + (" " if text[:1] == "\\" else ""))
    return "".join(parts).strip()


def _ends(tokens: Sequence[Token]) -> dict[int, int]:
    """Where each environment of a matrix begins and ends."""
    found: dict[int, int] = {}
    open_ones: list[int] = []
    for place, one in enumerate(tokens):
        if one.environment in MATRICES and one.text == r"\begin":
            open_ones.append(place)
        elif one.environment in MATRICES and open_ones:
            found[open_ones.pop()] = place
    return found


def _own_brackets(tokens: Sequence[Token], begin: int, end: int) -> tuple[int, ...]:
    """The brackets that stand directly around an environment, and so are its own."""
    before, after = begin - 1, end + 1
    around = before >= 0 and after < len(tokens) and tokens[before].text in "([" and tokens[after].text in ")]"
    return (before, after) if around else ()


def _ends_matrix(tokens: Sequence[Token], place: int) -> bool:
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    return following is None or (following.text == r"\end" and following.environment in MATRICES)
