r"""Brings a text to the few characters that the grammar knows, each of them staying at its place.

What people type has many spellings of one thing: `−`, `–` and `－` for a minus, `\cdot` and `•` for a product, `\left[`
for a bracket, 𝑒 for e. Here they become one, with `FILL` where a spelling was longer, so that places in the text that
is read are places in the student's own. What is not known here stays as it is: the grammar refuses it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

FILL = "\ue000"
"""Stands where nothing is to be read, not even a space."""

_CHARACTERS: dict[int, str] = {ord(FILL): "\ufffd", ord("~"): " "}
for _letters, _spelling in (
    ("−‐‑‒–—―﹣－⁻", "-"),
    ("⋅∙•∗⁎✕✖⨯⨉\u2062·", "*"),
    ("÷∕⁄", "/"),
    ("≃≅≐≒", "≈"),
    ("⟨〈⟦", "["),
    ("⟩〉⟧", "]"),
    ("〖", "{"),
    ("〗", "}"),
    ("\u200b\u200c\u200d\u2060\u2061\ufeff\ufe0e\ufe0f", FILL),
    ("、", ","),
    ("ᴇ", "E"),
    ("’′ʹ＇", "'"),
):
    _CHARACTERS |= dict.fromkeys(map(ord, _letters), _spelling)
del (
    _CHARACTERS[ord("⁻")],
    _CHARACTERS[ord("·")],
)  # superscripts, and a dot that may be a decimal point, are the grammar's
_STYLES = ("<font>", "<wide>", "<small>")
"""The kinds of character that are others in another style: 𝑒, ８, ﹪."""


class _Translation(dict[int, str]):
    """The table of characters; what is another character in some style is found when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = unicodedata.normalize("NFKC", character)
        if not unicodedata.decomposition(character).startswith(_STYLES) or len(plain) != 1:
            plain = character
        self[code] = _CHARACTERS.get(ord(plain), plain)
        return self[code]


_TRANSLATION = _Translation(_CHARACTERS)

_STYLE = (
    r"mathrm|mathbf|mathit|mathsf|mathnormal|boldsymbol|bm|text|textbf|textit|textrm|textnormal|mbox|operatorname\*?"
    r"|boxed|fbox|num|ensuremath|rm|bf|it|displaystyle|textstyle|limits|left|right|mleft|mright|[bB]igg?[lrm]?"
)
_COMMANDS: dict[str, str] = {
    **dict.fromkeys(("cdot", "ast", "bullet", "cdotp"), "*"),
    **dict.fromkeys(("approx", "simeq", "cong", "doteq"), "≈"),
    **dict.fromkeys(("lbrack", "langle"), "["),
    **dict.fromkeys(("rbrack", "rangle"), "]"),
    **dict.fromkeys(("quad", "qquad", "thinspace", "enspace", "space"), " "),
    **dict.fromkeys(("cr", "newline", "tabularnewline"), r"\\"),
    "times": "×",
    "div": "/",
    "lbrace": "{",
    "rbrace": "}",
    "lparen": "(",
    "rparen": ")",
}
_LATEX = re.compile(
    r"(?P<null>\\(?:left|right)\s*\.)"
    r"|\\(?P<name>[A-Za-z]+\*?)"
    r"|(?P<row>\\\\(?:\\\\)?)"
    r"|\\(?P<sign>[,;:! _*{}])"
)
_WITH_TEXT = re.compile(r"\\[hv]?phantom\s*\{[^{}]*\}|\\[hv]space\*?\s*\{[^{}]*\}|\\textcolor\s*\{\w*\}")
_WORD_IN_STYLE = re.compile(
    r"\\(?:mathrm|mathit|mathbf|text|operatorname|rm)\s*(?:\{\s*(exp|ln|log|tanh|sigmoid|[eEpTd])\s*\}|([eEpTd])(?![A-Za-z]))"
)
_DOUBLED = re.compile(r"(?<!\\)\\\\(?:begin|end|frac|left|right|cdot|times|mathrm)(?![A-Za-z])")
_MODULE = re.compile(r"(?<![\w.])(?:np|numpy|math|cmath|torch|jnp|sp|sympy|scipy|mp|mpmath|tf|fractions)\.(?=[A-Za-z])")
_TAGS = {"<sup>": "^{", "</sup>": "}", "<sub>": "_{", "</sub>": "}"}
_TAG = re.compile("|".join(_TAGS))
_TABLE = re.compile(r"\s*\|[^|\n]*\|[^\n]*\|\s*(?:\n\s*\|[^\n]*\|\s*)*")
_RULE = re.compile(r"[ \t]*\|[ \t:|-]*-[ \t:|-]*\|[ \t]*")
_PLAIN = re.compile(r"[^\\~`|<\ue000]*")
_STYLE_NAME = re.compile(_STYLE)
_EMPHASIS = re.compile(r"\s*(\*\*|__|`{1,3}|\*|_)(?=\S)(.*\S)\1\s*", re.DOTALL)


def spelt(text: str) -> str:
    """The text in the grammar's own characters, as long as it was, each at the place of what it stands for."""
    if not text.isascii():
        text = text.translate(_TRANSLATION)
    if "." in text and _MODULE.search(text):
        text = _MODULE.sub(_filled(""), text)
    if text[:1] in "*_` " and (match := _EMPHASIS.fullmatch(text)) and match[1] not in match[2]:
        text = (
            text[: match.start(2)].replace(match[1], FILL * len(match[1])) + match[2] + FILL * len(text[match.end(2) :])
        )
    if _PLAIN.fullmatch(text):
        return text
    if "~" in text:
        text = text.replace("~", " ")
    if "<" in text:
        text = _TAG.sub(lambda match: _TAGS[match.group()].ljust(len(match.group()), FILL), text)
    if "\\" in text:
        text = _without_latex(text)
    return _listed(text) if "|" in text and _TABLE.fullmatch(text) else text


def _filled(spelling: str) -> Callable[[re.Match[str]], str]:
    return lambda match: spelling.ljust(len(match.group()), FILL)


def _without_latex(text: str) -> str:
    if _DOUBLED.search(text):  # copied from a string of a program
        text = re.sub(r"\\\\(\\\\)?", lambda match: FILL * 2 + r"\\" if match[1] else FILL + "\\", text)
    text = _WITH_TEXT.sub(_filled(""), text)
    text = _WORD_IN_STYLE.sub(lambda match: (match[1] or match[2]).ljust(len(match.group()), FILL), text)
    return _LATEX.sub(_command, text)


def _command(match: re.Match[str]) -> str:
    written = match.group()
    if match["null"]:
        return FILL * len(written)
    if match["row"]:
        return "\\\\".ljust(len(written), FILL)
    if sign := match["sign"]:
        return (FILL if sign == "!" else FILL + sign if sign in "_*{}" else " ").ljust(len(written), FILL)
    name = match["name"]
    if name in _COMMANDS:
        return _COMMANDS[name].ljust(len(written), FILL)
    return FILL * len(written) if _STYLE_NAME.fullmatch(name) else written


def _listed(text: str) -> str:
    """A Markdown table as rows in brackets; the rule below a head of empty cells goes with it."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if _RULE.fullmatch(line):
            lines[number] = FILL * len(line)
            if number == 1 and not lines[0].replace("|", "").strip():
                lines[0] = FILL * len(lines[0])
    rows = [number for number, line in enumerate(lines) if "|" in line]
    for number in rows:
        line = lines[number]
        first, last = line.index("|"), line.rindex("|")
        opening = "[" if number == rows[0] else FILL
        closing = "]" if number == rows[-1] else ";"
        inner = line[first + 1 : last].replace("|", ",")
        lines[number] = f"{line[:first]}{opening}{inner}{closing}{line[last + 1 :]}"
    return "\n".join(lines)
