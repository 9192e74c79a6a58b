r"""Texts that a careful reader could read in two ways: each with both readings, and what to tell its writer.

The grammar looks here wherever a number begins, and where the other kinds of ambiguity begin. A text that has two
readings is refused, unless both have the same value (`5.004e^0`): none is ever read silently as one of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from checks.language.scanner import SUPERSCRIPTS
from checks.language.spelling import FILL


class Place(Enum):
    """Where the grammar looks for an ambiguity."""

    NUMBER = "a number begins"
    LISTED_NUMBER = "a number begins, and spaces separate the entries of the list it is in"
    GRAMMAR = "the grammar sees it by what it has read; the pattern shows how it looks"


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A kind of text with two readings.

    `pattern` is how it looks from its `places` on; its groups fill `readings`, two unambiguous texts in the answer
    language. `examples` are texts as people write them, a place in a list included.
    """

    name: str
    places: tuple[Place, ...]
    pattern: str
    readings: tuple[str, str]
    message: str
    examples: tuple[str, ...]


_GAP = rf"[\s{FILL}]*"
_CLOSE = f"{FILL}*"
_N = r"(?P<n>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+))"
_TIMES = r"[*×·xX]"
_ANYWHERE = (Place.NUMBER, Place.LISTED_NUMBER)

TABLE: tuple[Ambiguity, ...] = (
    Ambiguity(
        "lost superscript",
        _ANYWHERE,
        rf"{_N}{_CLOSE}{_GAP}{_TIMES}{_GAP}10{_CLOSE}(?P<m>-{_CLOSE}[0-9]+)(?![0-9]*\.[0-9])",
        ("{n}*10^({m})", "{n}*10 - (-({m}))"),
        "write {n}*10^{m} (or {n}e{m}) for a power of ten, {n}*10 - ... with spaces for a difference",
        ("1.979*10-32", "1.979·10-32", r"1.979\cdot10-32", r"4.14 \times 10-8", "5×10−3", "2 x 10-4"),
    ),
    Ambiguity(
        "lost superscript without a sign",
        _ANYWHERE,
        rf"(?P<n>[1-9]\.[0-9]+){_GAP}×{_GAP}10(?P<m>[1-9][0-9]?)(?![0-9.])",
        ("{n}*10^{m}", "{n}*(10{m})"),
        "write {n}*10^{m} (or {n}e{m}) for a power of ten, {n}*(10{m}) for a product",
        ("1.979×1032", r"4.14 \times 105"),
    ),
    Ambiguity(
        "a dot that could be a times sign",
        _ANYWHERE,
        rf"(?P<n>[0-9]+)\.10{_GAP}(?=\^|\*\*|[⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹])(?:\^|\*\*)?{_GAP}[{{(]?{_GAP}(?P<m>-?{_CLOSE}[0-9]+|[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)",
        ("{n}*10^({m})", "({n}.10)^({m})"),
        "write {n}*10^{m} (or {n}e{m}) for a power of ten, ({n}.10)^{m} for a power of {n}.10",
        ("2.10^-32", "2.10^{-3}", "4.10**-8", "2.10⁻³"),
    ),
    Ambiguity(
        "an x after a nought",
        _ANYWHERE,
        r"0[xX](?P<m>[0-9]+)(?![0-9.])",
        ("{m}", "0*{m}"),
        "write 0*{m} for a product; only decimal digits are read",
        ("0x5", "0X12"),
    ),
    Ambiguity(
        "a dot between digits that could be a point",
        _ANYWHERE,
        rf"0{_CLOSE}·{_CLOSE}(?P<m>[0-9]+)(?![0-9.])",
        ("0.{m}", "0*{m}"),
        "write 0.{m} for a decimal, 0*{m} for a product",
        ("0·5", "0·25"),
    ),
    Ambiguity(
        "a calculator's e with a caret",
        _ANYWHERE,
        rf"(?P<n>[0-9]*\.[0-9]+|[0-9]+\.){_CLOSE}[eE]{_CLOSE}(?:\^|\*\*){_GAP}[{{(]?{_GAP}(?P<m>[+-]?{_CLOSE}[0-9]+){_GAP}[)}}]?(?!\s*[.0-9/])",
        ("{n}*e^({m})", "{n}*10^({m})"),
        "write {n}e{m} for a power of ten, {n}*e^({m}) for one of e",
        ("1.979e^-32", "4.14e^{-8}", r"4.14\mathrm{e}^{-8}", "1.5e^(2)", "2.5E^3"),
    ),
    Ambiguity(
        "a calculator's e after a times sign, in brackets or in upright letters",
        _ANYWHERE,
        rf"{_N}(?:{_CLOSE}{_GAP}{_TIMES}{_GAP}[eE]{_CLOSE}(?P<m>-{_CLOSE}[0-9]+)"
        rf"|(?:{_CLOSE}{_GAP}{_TIMES}{_GAP}|{FILL}*)[eE]{_CLOSE}(?P<m2>[{{(]{_GAP}[+-]?{_CLOSE}[0-9]+{_GAP}[)}}])"
        rf"|{_CLOSE}[eE]{FILL}+(?P<m3>[+-]?{_CLOSE}[0-9]+))(?!\.[0-9])",
        ("{n}*10^({m})", "{n}*e*({m})"),
        "write {n}e{m} for a power of ten, {n}*e^({m}) for one of e, {n}*e - ... with spaces for a difference",
        ("4.14*e-8", r"4.14\mathrm{e}-8", "1.979e{-32}", r"1.979\mathrm{e}{-32}", "2e(3)", "4.14 x e-8"),
    ),
    Ambiguity(
        "a space in the exponent",
        _ANYWHERE,
        rf"{_N}(?:\s+[eE](?P<m>[+-]?[0-9]+)|\s*[eE]\s+(?P<m2>[+-][0-9]+))",
        ("{n}*10^({m})", "{n}*e^({m})"),
        "a space in the exponent: write {n}e{m} for a power of ten, {n}*e^({m}) for one of e",
        ("1.979 e-32", "5.979e -32", "4.14 e -8"),
    ),
    Ambiguity(
        "entries, or an e with spaces",
        (Place.LISTED_NUMBER,),
        rf"{_N}\s+[eE]\s+(?P<m>[0-9]+)",
        ("{n}*10^({m})", "{n}*e*({m})"),
        "write {n}e{m} for a power of ten, or commas between the entries",
        ("[1.23 e 2]",),
    ),
    Ambiguity(
        "two powers of ten",
        _ANYWHERE,
        rf"{_N}{_GAP}{_TIMES}{_GAP}10[eE](?P<m>[+-]?[0-9]+)",
        ("{n}*10^({m})", "{n}*10^({m} + 1)"),
        "write {n}e{m} or {n}*10^{m}; 10e{m} is ten times 1e{m}",
        ("1.979*10e-32", "4.14 x 10e-8"),
    ),
    Ambiguity(
        "digits in brackets after decimals",
        _ANYWHERE,
        rf"(?P<n>[0-9]*\.[0-9]*){_CLOSE}\((?P<m>[0-9]{{1,9}})\)",
        ("{n}{m}", "({n})*{m}"),
        "write {n}*({m}) for a product; repeating digits and uncertainties are not read: write a fraction or a decimal",
        ("1.(3)", "0.(3)", "4.14(1)e-8", "1.979(3)×10^-32", "0.5(4)"),
    ),
    Ambiguity(
        "a mixed number",
        _ANYWHERE,
        r"(?P<n>[0-9]+)\s+(?P<a>[0-9]+)/(?P<b>[0-9]+)(?![0-9.])",
        ("{n} + {a}/{b}", "{n}*{a}/{b}"),
        "write ({n} + {a}/{b}) for a mixed number, {n}*{a}/{b} for a product, commas between entries",
        ("8 1/2", "7 1/3", "[8 1/2 9]"),
    ),
    Ambiguity(
        "a number before a fraction",
        (Place.GRAMMAR,),
        rf"(?P<n>[0-9]+){_GAP}\\[tdc]?frac{_GAP}(?:\{{\s*(?P<a>[0-9]+)\s*\}}|(?P<a2>[0-9])){_GAP}(?:\{{\s*(?P<b>[0-9]+)\s*\}}|(?P<b2>[0-9]))",
        ("{n} + {a}/{b}", "{n}*{a}/{b}"),
        "write ({n} + {a}/{b}) for a mixed number, {n}*{a}/{b} for a product, commas between entries",
        (r"8\frac{15}{2}", r"2 \frac{3}{2}", r"[8 \frac12]", r"e^8\frac12"),
    ),
    Ambiguity(
        "a function without brackets before a sign",
        (Place.GRAMMAR,),
        r"(?P<f>\\?[a-z]+) (?P<n>[0-9]+)(?P<m>[*/][0-9]+)",
        ("{f}({n}{m})", "({f}({n})){m}"),
        "put brackets around what {f} applies to, such as {f}(2)",
        ("ln 1/2", r"\ln 3/4", "ln 2*3", "exp 1/2", "log 5/2"),
    ),
    Ambiguity(
        "two vectors side by side",
        (Place.GRAMMAR,),
        r"(?P<n>\[[^\[\]]*\])\s*(?P<m>\[[^\[\]]*\])",
        ("[{n}, {m}]", "{n}*{m}"),
        "two vectors side by side: write [[1, 2], [3, 4]] for the rows of a matrix, * for a product",
        ("[1,2] [3,4]", "[1,2]\n[3,4]", "[5, -5][1, 1]"),
    ),
    Ambiguity(
        "a product in a denominator",
        (Place.GRAMMAR,),
        rf"(?P<k>[0-9.]+)\s*/\s*{_N}{_GAP}{_TIMES}{_GAP}10\^(?P<m>-?[0-9]+)",
        ("{k}/({n}*10^({m}))", "({k}/{n})*10^({m})"),
        "a product in a denominator; write it as 7.9e-8, or in brackets",
        ("3/7.9 x 10^-8", "1/2*10^3"),
    ),
    Ambiguity(
        "a sign after a space in a row",
        (Place.GRAMMAR,),
        r"\[(?P<k>[^,]+), (?P<n>[0-9.]+)\s+(?P<m>-[0-9.]+)\]",
        ("[{k}, {n}, {m}]", "[{k}, {n} + ({m})]"),
        "a space before a sign, and none after it: put a comma between two entries, a space on both sides for a sum",
        ("[5, 3 -5]", "[1, 2 -3]", "[1, 2\n-3]"),
    ),
    Ambiguity(
        "a value beside another in brackets",
        (Place.GRAMMAR,),
        r"(?P<n>[0-9./]+) \((?P<m>[0-9.]+%?)\)",
        ("{n}", "{n}*({m})"),
        "a value and another one in brackets: write the value alone, or * for a product",
        ("338 (33.8%)", "2 (3)", "1/3 (0.5)"),
    ),
)

_BY_NAME = {ambiguity.name: ambiguity for ambiguity in TABLE}
_LOOKED_FOR = {
    listed: [
        (one, re.compile(one.pattern))
        for one in TABLE
        if (Place.LISTED_NUMBER if listed else Place.NUMBER) in one.places
    ]
    for listed in (False, True)
}
_SUSPICIOUS = re.compile(
    rf"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:\(|{_GAP}[*×·xX]|(?<=\.10){_GAP}[\^⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹]"
    rf"|{FILL}*[eE](?![+-]?[0-9])|[\s{FILL}]+[eE]|\s+[0-9]+/)"
)
"""What every number looks like that one of the patterns could match."""

_PADDING = re.compile(rf"[\s{FILL}{{}}()]+")


def in_number(text: str, place: int, value: Callable[[str], object], *, listed: bool) -> str | None:
    """What to tell of the ambiguity that begins with the number at a place; None where there is none.

    `listed`: spaces separate the entries there. `value` is that of a text in the answer language; None for none.
    """
    if not _SUSPICIOUS.match(text, place):
        return None
    for ambiguity, pattern in _LOOKED_FOR[listed]:
        if match := pattern.match(text, place):
            parts = _parts(match)
            if listed and "b" in parts and int(parts["a"]) >= int(parts["b"]):
                continue  # no proper fraction: two entries
            one, other = (value(reading.format(**parts)) for reading in ambiguity.readings)
            if one is None or one != other:
                return ambiguity.message.format(**parts)
    return None


def told(name: str, **parts: str) -> str:
    """The message of an ambiguity that the grammar has met."""
    return _BY_NAME[name].message.format(**parts)


def _parts(match: re.Match[str]) -> dict[str, str]:
    """The groups of a match as the readings name them; m2 and m3 are m in another place."""
    return {name[0]: _PADDING.sub("", text).translate(SUPERSCRIPTS) for name, text in match.groupdict().items() if text}
