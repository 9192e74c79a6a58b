"""The names of files and entries, as students spell them: `a1'`, `s^{(1)}`, `δ3`, `W^{(3)}_{new}`, `W3_new[3,1]`.

    name := [id "."] cell [ "[" row [ "," column ] "]" ]

A name is reduced to its letters, digits and primes; brackets, braces, carets, underscores and backslashes are only
typography.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from exact.networks.cells import COST, CellName, Kind

ANSWERS_TXT, ANSWERS_JSON, RESULT_FILE = "answers.txt", "answers.json", "result.json"
"""The files of a submission."""

_INDEX = re.compile(r"\[\s*([0-9]{1,4})\s*(?:,\s*([0-9]{1,4})\s*)?\]\s*$")
_TYPOGRAPHY = re.compile(r"\\(?:mathrm|text|mathbf|boldsymbol|left|right|,|;)|[\s\\{}()^_$]")
_PRIMES = re.compile(r"prime|[’′‘`]")
_CELLS = (
    (re.compile(r"s([1-9][0-9]{0,2})"), Kind.S),
    (re.compile(r"(?:da([1-9][0-9]{0,2})|a'([1-9][0-9]{0,2})|a([1-9][0-9]{0,2})')"), Kind.DA),
    (re.compile(r"a([1-9][0-9]{0,2})"), Kind.A),
    (re.compile(r"(?:delta|δ|d)([1-9][0-9]{0,2})"), Kind.DELTA),
    (re.compile(r"w(?:([1-9][0-9]{0,2})new|new([1-9][0-9]{0,2}))"), Kind.W_NEW),
    (re.compile(r"b(?:([1-9][0-9]{0,2})new|new([1-9][0-9]{0,2}))"), Kind.B_NEW),
)
_COST = re.compile(r"c(?:ost)?")
_SHORT_ANSWERS = re.compile(r"[wb][1-9][0-9]{0,2}\.shape|softmax|correct")


@dataclass(frozen=True, slots=True)
class Name:
    """What a statement is about: a cell or one of its entries (index one-based), or a short answer by its name.

    `prefix` is the id of the hand problem, "" where there is one.
    """

    prefix: str
    cell: CellName | None
    index: tuple[int, ...] = ()
    short: str = ""

    def __str__(self) -> str:
        before = f"{self.prefix}." if self.prefix else ""
        index = f"[{','.join(map(str, self.index))}]" if self.index else ""
        return f"{before}{self.short or self.cell}{index}"


def read_name(text: str, prefixes: tuple[str, ...] = ("",)) -> Name | None:
    r"""The name, or None where the text is none. `prefixes` are the ids that a name may begin with.

    >>> [str(read_name(text)) for text in ("a'(1)", r"\delta^{(3)}", "W_3^{new}[3, 1]", "w1.shape")]
    ['da1', 'delta3', 'W3_new[3,1]', 'W1.shape']
    """
    text = text.strip()
    if len(text) > 100:
        return None
    if _SHORT_ANSWERS.fullmatch(text.lower()):
        short = text.lower()
        return Name("", None, short=short.capitalize() if short.startswith("w") else short)
    prefix = next((p for p in prefixes if p and text.startswith(p + ".")), "")
    text = text[len(prefix) + 1 :] if prefix else text
    found = _INDEX.search(text)
    index = tuple(int(number) for number in found.groups() if number) if found else ()
    letters = _PRIMES.sub("'", _TYPOGRAPHY.sub("", text[: found.start()] if found else text).lower())
    if _COST.fullmatch(letters):
        return Name(prefix, COST, index)
    for pattern, kind in _CELLS:
        if match := pattern.fullmatch(letters):
            return Name(prefix, CellName(kind, int(next(filter(None, match.groups())))), index)
    return None
