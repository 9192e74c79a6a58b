"""A name as it is written, and what the scripts beside its letter say: numbers, `new`, primes, a unit's letter."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from checks.writeups.tokens import Token

NEW = frozenset({"new", "updated", "neu", "next", "upd", "t+1", "+", "*"})
"""What says of a parameter that it is the updated one."""


class Form(Enum):
    """How a name is put together."""

    PLAIN = "plain"
    FUNCTION = "function"
    GRADIENT = "gradient"


@dataclass(frozen=True, slots=True)
class Script:
    """One number above or below a letter, and whether it stands in brackets."""

    number: int
    raised: bool
    bracketed: bool


@dataclass(frozen=True, slots=True)
class ReadName:
    """A name as it is written.

    `scripts` are the numbers beside the letter; `unit` the letter of a unit (`h` of net_{h1}); `index` an index in
    square brackets, as in W3_new[3,1]; `of` is the argument of a function, or what a gradient is taken in. `odd` are
    scripts that say nothing known. `text` is the name as it is written.
    """

    letter: str
    form: Form = Form.PLAIN
    primes: int = 0
    new: bool = False
    transposed: bool = False
    scripts: tuple[Script, ...] = ()
    unit: str = ""
    index: tuple[int, ...] = ()
    of: ReadName | None = None
    odd: tuple[str, ...] = ()
    start: int = field(default=0, compare=False)
    text: str = field(default="", compare=False)


def scripted(name: ReadName, inner: list[Token], *, raised: bool) -> ReadName:
    """The name with what one script says: numbers, `new`, a prime, `T`, a unit's letter; all else is odd."""
    bracketed = False
    for place, one in enumerate(inner):
        text = one.text
        following = inner[place + 1].text if place + 1 < len(inner) else ""
        if text in "([":
            bracketed = True
        elif text in ")],;{}":
            bracketed = bracketed and text not in ")]"
        elif text == "'":
            name = replace(name, primes=name.primes + 1)
        elif text.isdigit():
            name = replace(name, scripts=(*name.scripts, Script(int(text), raised, bracketed)))
        elif text == "T" and raised:
            name = replace(name, transposed=True)
        elif (text in NEW and (one.word or text in "+*")) or [t.text for t in inner[place : place + 3]] == [
            "n",
            "e",
            "w",
        ]:
            name = replace(name, new=True)
        elif text in "ew" and _spells_new(inner, place):
            continue
        elif text in ("h", "o", "i") and following.isdigit():
            name = replace(name, unit=text)
        else:
            name = replace(name, odd=(*name.odd, text))
    return name


def _spells_new(inner: list[Token], place: int) -> bool:
    """Whether the letter is one of `new`, written without the command for upright words."""
    texts = [one.text for one in inner]
    return any(texts[first : first + 3] == ["n", "e", "w"] for first in range(max(0, place - 2), place))
