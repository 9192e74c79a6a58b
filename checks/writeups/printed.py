"""What programs print, and what stands in words: `z1 = [[4.3 5.3]]`, over several lines, with or without commas."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from checks.writeups.values import ReadValue, value_of

_NAME = re.compile(
    r"(?<![\w.\\^{}()\[\]'/])(?:(?P<prefix>[A-Za-z_]\w{0,30})\.)?(?P<name>[A-Za-zδΔ](?:[A-Za-z]{0,9}\d{0,2}|_?\w{0,9})'?(?:_?new)?(?:@\d{1,2})?(?:\[\s*\d+\s*(?:,\s*\d+\s*)?\])?)"
    r"(?P<mark>\*{0,2}\s*(?::=|=(?!=)|≈|:)[ \t]*\n?[ \t]*\*{0,2}|[ \t]*\n[ \t]*(?=\[))"
)
_WRAPPER = re.compile(r"(?:np\.|numpy\.|torch\.)?(?:array|tensor|matrix)\s*\(\s*")
_NUMBER = re.compile(r"[-+−]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?:/\d+)?")
_BETWEEN_ROWS = re.compile(r"\]\s*,?\s*\[")
_GAP = re.compile(r"(?<=[\d.])\s+(?=[-+−.\d])")

_NAMELESS = re.compile(r"[\[(]\s*[-+−]?[\d.]+\s*[,;\s]\s*[-+−]?[\d.]")
_ENDED = re.compile(r"\*{0,2}[ \t]{0,20}(?:[.,;]?[ \t]{0,20}(?:\n|\Z)|[.,;]\s)")

MAX_PRINTED, MAX_NAMES, MAX_REST = 6_000, 4_000, 120
"""The characters of one printed value, names in one piece of text that may have one, characters behind a value."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A value behind a name: where the name begins, where the value begins and ends.

    `loose`: another value, that has no name, stands behind it in its line. `prefix` stands before it with a point.
    """

    name: str
    value: ReadValue
    start: int
    value_start: int
    value_end: int
    loose: bool = False
    prefix: str = ""


def printed_values(text: str, *, is_printed: bool) -> Iterator[Printed]:
    """All values behind a name; in words only those in brackets or at the end of a line or clause."""
    for match in islice(_NAME.finditer(text), MAX_NAMES):
        if (not is_printed and not match["mark"].strip("* \t\n")) or (is_printed and match["prefix"]):
            continue
        start = match.end()
        wrapper = _WRAPPER.match(text, start)
        begin = wrapper.end() if wrapper else start
        if text.startswith("[", begin):
            end = _closing(text, begin)
            value = None if end is None else value_of(listed(text[begin:end]))
        else:
            number = _NUMBER.match(text, begin)
            end = number.end() if number else None
            ended = number is not None and _ENDED.match(text, number.end())
            value = value_of(number.group().replace("−", "-")) if number and ended else None
        if value is not None and end is not None and value.plain:
            at = match.start("name")
            yield Printed(match["name"], value, at, begin, end, _is_followed(text, end), match["prefix"] or "")


def _is_followed(text: str, end: int) -> bool:
    rest = text[end : end + MAX_REST].partition("\n")[0]
    following = _NAME.search(rest)
    return bool(_NAMELESS.search(rest[: following.start()] if following else rest))


def listed(text: str) -> str:
    r"""A printed array as a list with commas.

    >>> listed("[[ 5. -5.] [1.e-03 2. ]]")
    '[[ 5., -5.], [1.e-03, 2. ]]'
    """
    text = _BETWEEN_ROWS.sub("], [", " ".join(text.split()))
    if not re.search(r"\d\s*,\s*[-+\d.]", text):
        text = _GAP.sub(", ", text)
    return text


def _closing(text: str, begin: int) -> int | None:
    """Where the bracket ends that opens there."""
    depth = 0
    for place in range(begin, min(len(text), begin + MAX_PRINTED)):
        depth += {"[": 1, "]": -1}.get(text[place], 0)
        if depth == 0:
            return place + 1
    return None
