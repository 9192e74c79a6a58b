"""Problem 1's short answers in a write-up: the shapes, Softmax([0, 1, 2]) and the count.

They have no steps. A shape is borne out by the shapes beside it that the student states too; softmax by what is given;
the count by a second number that says the same, the share of all images or the count once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from checks.answers.names import Name
from checks.assignment.mnist_part import MnistPart
from checks.writeups.claims import Claim
from checks.writeups.document import Document

_GAP = r"[\s$\\*_`(){}|]{0,12}"
_NUMBERS = r"[\[(]\s*(?P<numbers>\d[\d\s,.×x]*|\d[\d\s,]*\\times[\d\s]*)[\])]"
_SHAPE = re.compile(
    rf"(?<![A-Za-z_])(?P<letter>[Wb])_?\{{?\^?\(?(?P<layer>\d)\)?\}}?{_GAP}"
    rf"(?:\.shape|(?:has )?(?:the )?shape(?: is| of)?|:|=|is|\|){_GAP}(?:=|:|is)?{_GAP}{_NUMBERS}"
)
_SOFTMAX = re.compile(
    rf"(?<![A-Za-z])[Ss]oftmax{_GAP}\(?{_GAP}\[?\(?\s*0\s*,\s*1\s*,\s*2\s*\)?\]?{_GAP}\)?{_GAP}"
    r"(?:=|≈|\\approx|is|:|\|)\s*(?P<values>[\[(]\s*[-\d.]+\s*,\s*[-\d.]+\s*,\s*[-\d.]+\s*[\])])"
)
_COUNT = re.compile(
    r"(?<![\w.])correct(?:ly classified(?: images)?)?\s*(?:=|:|is)\s*\**(?P<said>\d[\d,]{0,9})(?![\d.])"
    r"|(?<![\w.,])(?P<first>\d[\d,]{0,9})\s*(?:/|of|out of)\s*(?:the\s*)?(?P<of>\d[\d,]{0,9})"
    r"|(?<![\w.,])\**(?P<plain>\d[\d,]{0,9})\**\s+(?:images?\s+)?(?:are\s+|were\s+)?(?:classified\s+)?correct(?:ly)?",
    re.IGNORECASE,
)
_SHARE = re.compile(r"(?<![\w.])(\d{1,3}(?:\.\d{1,4})?)\s*\\?%|(?<![\w.])(0\.\d{2,6})(?![\d%])")

_ABOUT = ("shape", "dimension", "size")
NEAR = 200
"""Within so many characters before a pair of numbers it must be said that shapes are told."""

UNBORNE = "no other number in the write-up bears it out"


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """A short answer as it stands, and why it is not certain."""

    name: Name
    text: str
    start: int
    end: int
    doubt: str = ""


def short_answers(document: Document, stated: Sequence[Claim], part: MnistPart) -> Iterator[ShortAnswer]:  # noqa: ARG001
    """The short answers of a document, in order of their names; the last of each, to be confirmed where two differ."""
    text = document.text
    yield from _shapes(text, part)
    yield from _settled([*_softmax(text)])
    yield from _settled([*_counts(text, part)])


def _shapes(text: str, part: MnistPart) -> Iterator[ShortAnswer]:
    found: dict[str, list[tuple[tuple[int, ...], ShortAnswer]]] = {}
    for match in _SHAPE.finditer(text):
        name = f"{match['letter']}{match['layer']}.shape"
        about = text[max(0, match.start() - NEAR) : match.end()].lower()
        if not 1 <= int(match["layer"]) < len(part.layers) or not any(word in about for word in _ABOUT):
            continue
        numbers = tuple(map(int, re.findall(r"\d+", match["numbers"])))
        shown = f"({', '.join(map(str, numbers))}{',' if len(numbers) == 1 else ''})"
        answer = ShortAnswer(Name("", "", short=name), shown, match.start("numbers") - 1, match.end())
        found.setdefault(name, []).append((numbers, answer))
    last = {name: said[-1][0] for name, said in found.items()}
    for name in sorted(found, key=lambda name: (name[1], name[0])):
        shapes = {numbers for numbers, _ in found[name]}
        _, answer = found[name][-1]
        doubt = "another shape stands elsewhere" if len(shapes) > 1 else "" if _fits(name, last, part) else UNBORNE
        yield ShortAnswer(answer.name, answer.text, answer.start, answer.end, doubt)


def _fits(name: str, last: dict[str, tuple[int, ...]], part: MnistPart) -> bool:
    """Whether a shape goes with one stated beside it: W's rows are b's entries, its columns the rows before."""
    letter, layer, shape = name[0], int(name[1]), last[name]
    other = last.get(f"{'b' if letter == 'W' else 'W'}{layer}.shape", ())
    if not shape or not other or shape[0] != other[0] or len(shape) != (2 if letter == "W" else 1):
        return False
    if letter == "b":
        return len(other) == 2
    before = last.get(f"W{layer - 1}.shape", ())[:1] if layer > 1 else (part.layers[0],)
    return shape[1:] == before


def _softmax(text: str) -> Iterator[ShortAnswer]:
    name = Name("", "", short="softmax")
    for match in _SOFTMAX.finditer(text):
        values = [Fraction(number) for number in re.findall(r"-?\d+(?:\.\d+)?|-?\.\d+", match["values"])]
        is_sound = len(values) == 3 and abs(sum(values, Fraction(-1))) <= Fraction(2, 100) and values == sorted(values)
        shown = "[" + match["values"].strip("[]() ") + "]"
        yield ShortAnswer(name, shown, match.start("values"), match.end("values"), "" if is_sound else UNBORNE)


def _counts(text: str, part: MnistPart) -> Iterator[ShortAnswer]:
    name = Name("", "", short="correct")
    shares = [Fraction(m[1]) / 100 if m[1] else Fraction(m[2]) for m in _SHARE.finditer(text)]
    found = []
    for match in _COUNT.finditer(text):
        group = next(key for key in ("said", "first", "plain") if match[key])
        number = int(match[group].replace(",", ""))
        if (match["of"] and int(match["of"].replace(",", "")) != part.images) or number > part.images:
            continue
        found.append((number, match.start(group), match.end(group)))
    for number, start, end in found:
        share = Fraction(number, part.images)
        is_told = any(abs(share - other) < Fraction(1, 10_000) for other in shares)
        is_again = sum(other == number for other, _, _ in found) > 1
        yield ShortAnswer(name, str(number), start, end, "" if is_told or is_again else UNBORNE)


def _settled(found: list[ShortAnswer]) -> Iterator[ShortAnswer]:
    """The last of several that say the same; where they differ it is to be confirmed."""
    if found:
        last = found[-1]
        differs = len({one.text for one in found}) > 1
        certain = any(not one.doubt for one in found)
        doubt = "another value stands elsewhere" if differs else "" if certain else last.doubt
        yield ShortAnswer(last.name, last.text, last.start, last.end, doubt)
