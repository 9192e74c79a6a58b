"""The names of files and entries, as students spell them: `a1'`, `s^{(1)}`, `δ3`, `W^{(3)}_{new}`, `w5_new[3,1]`.

name := [id "."] cell [ "[" row [ "," column ] "]" ]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checks.answers.spellings import Spellings
from exact.calculation.naming import Naming
from exact.calculation.quantity import index_of

ANSWERS_TXT, ANSWERS_JSON, RESULT_FILE = "answers.txt", "answers.json", "result.json"
"""The files of a submission."""

_LAYER = re.compile(r"\^\{?\[\s*([0-9]{1,3})\s*\]\}?")
_INDEX = re.compile(r"\[\s*([0-9]{1,4})\s*(?:,\s*([0-9]{1,4})\s*)?\]")
_SHORT_ANSWERS = re.compile(r"[wb][1-9][0-9]{0,2}\.shape|softmax|correct")
_SOFTMAX_OF = re.compile(r"softmax\(?\[?\s*0\s*,\s*1\s*,\s*2\s*\]?\)?")
MAX_LENGTH = 160

MOST_TOLD = 12
"""Names that a message lists."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a statement is about: a cell or one of its entries (index one-based), or a short answer by its name.

    `prefix` is the id of the hand problem, "" where there is one; `cell` is the canonical name. `shown` is how it is
    called in reports.
    """

    prefix: str
    cell: str
    index: tuple[int, ...] = ()
    short: str = ""
    shown: str = ""

    def __str__(self) -> str:
        before = f"{self.prefix}." if self.prefix else ""
        index = f"[{','.join(map(str, self.index))}]" if self.index else ""
        return f"{before}{self.shown or self.short or self.cell + index}"


class Vocabulary:
    """What the names in a submission may be: the hand problems' ids, each with what its quantities are called.

    `asked` are the names of the cells that are asked for, as messages tell them.
    """

    def __init__(self, namings: Mapping[str, Naming], asked: Sequence[str] = ()) -> None:
        self.spellings = {prefix: Spellings(naming) for prefix, naming in namings.items()}
        self.asked = asked

    @property
    def told(self) -> str:
        """The names of what is asked for, a dozen of them."""
        names = list(dict.fromkeys(self.asked))
        return " ".join([*names[:MOST_TOLD], *(["..."] if len(names) > MOST_TOLD else [])])

    @property
    def prefixes(self) -> Iterable[str]:
        """The ids."""
        return self.spellings.keys()

    def is_too_short(self, name: Name) -> bool:
        """Whether a name that stands in a text may be no name at all there: a single letter."""
        return len(name.shown) == 1

    def read_name(self, text: str) -> Name | None:
        """The name, or None where the text is none."""
        text = text.strip()
        if len(text) > MAX_LENGTH or not text:
            return None
        if _SOFTMAX_OF.fullmatch(text.lower()):
            text = "softmax"
        if _SHORT_ANSWERS.fullmatch(text.lower()):
            short = text.lower()
            return Name("", "", short=short.capitalize() if short.startswith("w") else short)
        prefix = next((p for p in self.spellings if p and text.startswith(p + ".")), "")
        spellings = self.spellings.get(prefix)
        if spellings is None:
            return None
        text = _LAYER.sub(r"\1", text[len(prefix) + 1 :] if prefix else text)
        whole = spellings.find(text)
        found = None if whole else next(iter(reversed(list(_INDEX.finditer(text)))), None)
        entry = whole or (spellings.find(text[: found.start()] + text[found.end() :]) if found else None)
        if entry is None:
            return None
        return _named(spellings.naming, prefix, entry, found)


def _named(naming: Naming, prefix: str, entry: tuple[str, int | None], found: re.Match[str] | None) -> Name:
    cell, place = entry
    shape = naming.calculation.shape_of(cell)
    if place is not None:
        index: tuple[int, ...] = index_of(shape, place)
        return Name(prefix, cell, index, shown=naming.entry(cell, place))
    index = tuple(int(number) - naming.first + 1 for number in found.groups() if number) if found else ()
    if not shape and index and f"{cell}_each" in naming.calculation.by_name:
        cell, shape = f"{cell}_each", naming.calculation.shape_of(f"{cell}_each")
    written = f"[{','.join(number for number in found.groups() if number)}]" if found else ""
    shown = naming.cell(cell).removesuffix("_each") + written
    if naming.is_bare(cell) and index in ((1,), (1, 1)):
        return Name(prefix, cell, index, shown=naming.entry(cell, 0))
    return Name(prefix, cell, index, shown=shown)
