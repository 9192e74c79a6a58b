"""Single damages to the text of a document, by chance; what stands in the damaged text is still known."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from fractions import Fraction

from tests.hands.files import Typed
from tests.hands.formulas import Span

ALPHABET = "0123456789-+=.,;:'^_{}()[]&\\ $#sahzdWbxyTn\n"

_NUMBER = re.compile(r"([-+]?)\s*(\d+(?:\.\d*)?|\.\d+)(?:\s*\\times\s*10\^\{(-?\d+)\}|e(-?\d+))?")


def number(text: str) -> Fraction | None:
    """The number that a text is, None where it is none.

    >>> number(r"-1.5 \\times 10^{-2}"), number("5a")
    (Fraction(-3, 200), None)
    """
    match = _NUMBER.fullmatch(text.strip().strip("$ ").rstrip(",;"))
    if match is None:
        return None
    size = Fraction(match[2].rstrip(".")) * Fraction(10) ** int(match[3] or match[4] or 0)
    return -size if match[1] == "-" else size


def standing(typed: Typed) -> dict[str, set[Fraction]]:
    """The values that stand in the text for every entry; none where what stands there is no number."""
    found: dict[str, set[Fraction]] = {}
    for span in typed.spans:
        value = number(typed.text[span.start : span.end])
        found.setdefault(span.name, set()).update({value} if value is not None else ())
    return found


def edited(typed: Typed, start: int, end: int, new: str) -> Typed:
    """The text with a part of it replaced. What stands at the edge of an answer becomes a part of it."""
    shift = len(new) - (end - start)
    spans = []
    for span in typed.spans:
        if span.end < start:
            spans.append(span)
        elif span.start > end:
            spans.append(Span(span.name, span.start + shift, span.end + shift))
        elif not (start <= span.start and span.end <= end and end > start and not new):
            first = min(span.start, start)
            spans.append(Span(span.name, first, max(span.end, end) + shift))
    return Typed(typed.text[:start] + new + typed.text[end:], tuple(spans))


def displays(typed: Typed) -> list[tuple[int, int]]:
    """Where paragraphs begin and end."""
    places, start = [], 0
    for match in re.finditer(r"\n\n", typed.text):
        places.append((start, match.start()))
        start = match.end()
    return places


def _character(typed: Typed, chance: random.Random) -> Typed:
    place = chance.randrange(len(typed.text))
    kind = chance.choice(("delete", "insert", "replace"))
    new = "" if kind == "delete" else chance.choice(ALPHABET)
    return edited(typed, place, place + (kind != "insert"), new)


def _matched(pattern: str, change: Callable[[re.Match[str], random.Random], str]) -> Damage:
    def damage(typed: Typed, chance: random.Random) -> Typed:
        found = list(re.finditer(pattern, typed.text))
        if not found:
            return typed
        match = chance.choice(found)
        return edited(typed, match.start(), match.end(), change(match, chance))

    return damage


def _line(typed: Typed, chance: random.Random) -> Typed:
    lines = list(re.finditer(r"[^\n]*\n", typed.text))
    match = chance.choice(lines)
    inside = [span for span in typed.spans if span.end <= match.start() or span.start >= match.end()]
    return edited(Typed(typed.text, tuple(inside)), match.start(), match.end(), "")


def _row(typed: Typed, chance: random.Random) -> Typed:
    """A row of a matrix is lost, with what it holds."""
    found = list(re.finditer(r"(?<=\})[^{}\\]+\\\\|\\\\[^\\\n]+(?=\\end)|\], \[[^\]]+(?=\])", typed.text))
    if not found:
        return typed
    match = chance.choice(found)
    kept = [span for span in typed.spans if span.end <= match.start() or span.start >= match.end()]
    return edited(Typed(typed.text, tuple(kept)), match.start(), match.end(), "")


def _doubled(typed: Typed, chance: random.Random) -> Typed:
    start, end = chance.choice(displays(typed))
    return _moved(typed, [(0, end), (start - 2 if start else 0, end), (end, len(typed.text))])


def _swapped(typed: Typed, chance: random.Random) -> Typed:
    places = displays(typed)
    number_ = chance.randrange(len(places) - 1)
    (a, b), (c, d) = places[number_], places[number_ + 1]
    return _moved(typed, [(0, a), (c, d), (b, c), (a, b), (d, len(typed.text))])


def _moved(typed: Typed, parts: list[tuple[int, int]]) -> Typed:
    """The parts one after another, with the answers in them."""
    text, spans = "", []
    for start, end in parts:
        spans += [
            Span(s.name, s.start - start + len(text), s.end - start + len(text))
            for s in typed.spans
            if start <= s.start and s.end <= end
        ]
        text += typed.text[start:end]
    return Typed(text, tuple(spans))


def _other_digit(match: re.Match[str], chance: random.Random) -> str:
    return chance.choice([digit for digit in "0123456789" if digit != match.group()])


def _other_label(match: re.Match[str], chance: random.Random) -> str:
    return chance.choice([label for label in ("s", "a", "z", "h", "d", "W", "b", "x") if label != match.group()])


Damage = Callable[[Typed, random.Random], Typed]

DAMAGES: dict[str, Damage] = {
    "a character": _character,
    "a sign lost": _matched(r"-", lambda match, chance: ""),  # noqa: ARG005
    "a sign added": _matched(r"(?<![\d.\w])(?=\d)", lambda match, chance: "-"),  # noqa: ARG005
    "a digit": _matched(r"\d", _other_digit),
    "a label": _matched(r"(?<![A-Za-z\\{])[sazhdWb](?=[_^'\d])", _other_label),
    "a relation": _matched(r"=|\\approx", lambda match, chance: chance.choice((":", "-", "", "+", "= ="))),  # noqa: ARG005
    "a row": _row,
    "a line": _line,
    "a doubled display": _doubled,
    "swapped displays": _swapped,
}
"""What may happen to a text, once."""
