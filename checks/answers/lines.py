"""What a line of an answers file is: the beginning of a statement, a name alone, or a text that names entries.

People write `s1 = [5, -5]`, but also `a3 ≈ [..]`, `delta2: [..]`, `delta1 -> ..`, `- W3_new = ..`, `**s1** = ..` and
`$s_1 = ..$`, or a name with its value below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checks.answers.names import Name, Vocabulary

_MARKER = re.compile(r"\s*(?:(?:[-*•+>–]|[0-9]{1,2}[.)]|\([a-z0-9]\)|\\item)\s+)?(?:#{1,6}\s+)?")
_SIGN = re.compile(r":=|==?>?|:|≈|≃|≅|~=|->|→|⇒|↦|\\approx(?![A-Za-z])|\\(?:right|Right)arrow(?![A-Za-z])")
_DECORATION = re.compile(r"\*\*|__(?=\w)|^`|`$|^\*|\*$|\\\(|\\\[")
_LIST_AFTER_NAME = re.compile(r"(\S{1,60})\s+(?=[\[{(]|\\begin\b|\\left\b|\||array\b|np\.)")
_LOOKS_LIKE_A_VALUE = re.compile(
    r"\s*(?:[\[({$|√≈=⟨.0-9+\-−–π½¼¾]|\\[A-Za-z(\[]|(?:array|np\.|torch\.|tensor|Matrix|exp|sqrt|ln|e\^|p_?[0-9])|`|\*\*)"
)
_TOKEN = re.compile(r"\\?[A-Za-zδΔ][A-Za-z0-9_{}^()'’′\\.]{0,40}(?:\[\s*[0-9]{1,4}\s*(?:,\s*[0-9]{1,4}\s*)?\])?")
_PAIRS = ("**", "__", "`", "$")


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of a statement: its name, and the column (from 0) from which its value may stand in the line.

    Where the line has a name and nothing else, there is no `sign` of equality, and the value stands below.
    """

    name: Name
    column: int
    sign: bool = True


def opening(line: str, vocabulary: Vocabulary) -> Opening | None:
    """How the line begins a statement; None where it does not, or not clearly."""
    marker = _MARKER.match(line)
    start = marker.end() if marker else 0
    for sign in _SIGN.finditer(line, start):
        if name := _name(line[start : sign.start()], vocabulary):
            return Opening(name, sign.end())
        if "=" in sign.group():
            break
    listed = _LIST_AFTER_NAME.match(line, start)
    if listed and "=" not in line and (name := _name(listed[1], vocabulary)):
        return Opening(name, listed.end())
    if name := _name(line[start:], vocabulary):
        return Opening(name, len(line), sign=False)
    return None


def unwrapped(text: str) -> tuple[str, int]:
    """A value without the half of a pair of marks that its statement left on it, and how much fell off its beginning.

    >>> unwrapped(" [5, -5]$"), unwrapped("** [5, -5]")
    (('[5, -5]', 1), ('[5, -5]', 3))
    """
    value = text.lstrip()
    for mark in _PAIRS:
        if value.count(mark) % 2 and value.startswith(mark):
            value = value[len(mark) :].lstrip()
        elif value.count(mark) % 2 and value.rstrip().endswith(mark):
            value = value.rstrip()[: -len(mark)]
    for begin, end in ((r"\(", r"\)"), (r"\[", r"\]")):
        if value.rstrip().endswith(end) and begin not in value:
            value = value.rstrip()[: -len(end)]
    return value.rstrip(), text.index(value) if value else len(text)


def looks_like_a_value(line: str) -> bool:
    """Whether a line without a name may be the value of the one above it."""
    return _LOOKS_LIKE_A_VALUE.match(line) is not None


def names_in(text: str, vocabulary: Vocabulary) -> Iterator[Name]:
    """The entries and cells that a text names, wherever. A single letter is too short a name to be sure."""
    for token in _TOKEN.finditer(text):
        name = vocabulary.read_name(token.group().rstrip(".(){}^_"))
        if name and not vocabulary.is_too_short(name):
            yield name


def _name(text: str, vocabulary: Vocabulary) -> Name | None:
    return vocabulary.read_name(_DECORATION.sub("", text.strip())) if len(text) <= 200 else None
