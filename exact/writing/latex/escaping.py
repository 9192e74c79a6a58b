"""Plain text for TeX to show as it is, whatever it holds: nothing of it is ever a command."""

from __future__ import annotations

import unicodedata

_SPECIAL = {character: rf"\{character}" for character in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\char34{}",
    "'": r"\char39{}",
    "`": r"\char18{}",
    "-": "{-}",
    ",": "{,}",
}
"""ASCII that TeX reads as something else, or draws together with its neighbour."""

_PUNCTUATION = {
    "\N{EN DASH}": "--",
    "\N{EM DASH}": "---",
    "\N{LEFT DOUBLE QUOTATION MARK}": "``",
    "\N{RIGHT DOUBLE QUOTATION MARK}": "''",
    "\N{LEFT SINGLE QUOTATION MARK}": "`",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{HORIZONTAL ELLIPSIS}": r"\dots{}",
}

_MATHEMATICS = {
    "\N{MINUS SIGN}": "-",
    "\N{MULTIPLICATION SIGN}": r"\times",
    "\N{MIDDLE DOT}": r"\cdot",
    "\N{DOT OPERATOR}": r"\cdot",
    "\N{ALMOST EQUAL TO}": r"\approx",
    "\N{RIGHTWARDS ARROW}": r"\rightarrow",
    "\N{SQUARE ROOT}": r"\surd",
    "\N{GREEK SMALL LETTER DELTA}": r"\delta",
    "\N{GREEK SMALL LETTER ETA}": r"\eta",
    "\N{GREEK SMALL LETTER PI}": r"\pi",
    "\N{GREEK SMALL LETTER SIGMA}": r"\sigma",
}

_LETTERS = {"ß": r"\ss{}", "ø": r"\o{}", "Ø": r"\O{}", "æ": r"\ae{}", "Æ": r"\AE{}", "ł": r"\l{}", "Ł": r"\L{}"}

_ACCENTS = {
    "\N{COMBINING GRAVE ACCENT}": "`",
    "\N{COMBINING ACUTE ACCENT}": "'",
    "\N{COMBINING CIRCUMFLEX ACCENT}": "^",
    "\N{COMBINING TILDE}": "~",
    "\N{COMBINING DIAERESIS}": '"',
    "\N{COMBINING RING ABOVE}": "r",
    "\N{COMBINING CARON}": "v",
    "\N{COMBINING CEDILLA}": "c",
}
"""TeX's accents, by the combining characters that letters are decomposed into."""


def escaped(text: str, *, breaks: bool = False) -> str:
    """The text as TeX that shows it, in any of its standard fonts; what they lack is shown by its number, U+1F600.

    With `breaks` a line may end behind any character.
    """
    return (r"\allowbreak{}" if breaks else "").join(map(_shown, text))


def _shown(character: str) -> str:
    if character in _SPECIAL:
        return _SPECIAL[character]
    if character.isascii():
        return character if character.isprintable() else " "
    for table in (_PUNCTUATION, _LETTERS):
        if character in table:
            return table[character]
    if character in _MATHEMATICS:
        return f"${_MATHEMATICS[character]}$"
    plain = unicodedata.normalize("NFKD", character)
    if len(plain) == 2 and plain[0].isascii() and plain[0].isalpha() and plain[1] in _ACCENTS:
        return rf"\{_ACCENTS[plain[1]]}{{{plain[0]}}}"
    raised = unicodedata.decomposition(character).startswith("<super>")
    if raised and plain.replace("\N{MINUS SIGN}", "-").isascii():
        return rf"$^{{{plain.replace(chr(0x2212), '-')}}}$"
    if character.isspace():
        return " "
    return rf"\fbox{{\tiny U+{ord(character):04X}}}\allowbreak{{}}"
