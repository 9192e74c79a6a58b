r"""Formulas as tokens: LaTeX or Unicode, with what is only typography taken away and many spellings made one.

A token knows where it stands in the document. `\left`, `\mathbf{..}`, thin spaces and the like are gone; δ is `\delta`,
`−` is `-`, `′` and `\prime` are `'`, `x²` is `x ^ { 2 }`; words in `\text{..}` are one token.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

_PIECE = re.compile(
    r"(?P<begin>\\(?:begin|end)\s*\{\s*(?P<environment>[A-Za-z]+\*?)\s*\})"
    r"|(?P<command>\\[A-Za-z]+)|(?P<escape>\\.)|(?P<number>\d+(?:\.\d*)?|\.\d+)"
    r"|(?P<script>[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾]+|[₀₁₂₃₄₅₆₇₈₉₊₋₍₎]+)|(?P<space>[\s\u00a0\u2000-\u200a~]+)|(?P<other>.)",
    re.DOTALL,
)
_COLUMNS = re.compile(r"\s*(?:\[[a-z]\])?\s*\{[\slcr|@{}.]*\}")
_ROW_GAP = re.compile(r"\s*\[\s*-?[0-9.]+\s*[a-z]{2}\s*\]")

_NOTHING = frozenset({
    r"\left", r"\right", r"\big", r"\Big", r"\bigg", r"\Bigg", r"\bigl", r"\bigr", r"\Bigl", r"\Bigr", r"\biggl",
    r"\biggr", r"\displaystyle", r"\textstyle", r"\scriptstyle", r"\limits", r"\nonumber", r"\notag", r"\hline",
    r"\mleft", r"\mright", r"\!", r"\centering", r"\allowbreak", r"\relax",
})  # fmt: skip
_SPACES = frozenset({r"\,", r"\;", r"\:", r"\>", r"\ ", r"\quad", r"\qquad", r"\enspace", r"\thinspace", r"\hspace"})
_WIDE = frozenset({r"\quad", r"\qquad", r"\hspace", r"\enspace"})
_UNWRAPPED = frozenset({
    r"\mathbf", r"\boldsymbol", r"\bm", r"\mathit", r"\boxed", r"\mathsf", r"\mathcal", r"\vec", r"\underline",
    r"\mathbb", r"\pmb", r"\fbox", r"\symbf", r"\underbrace", r"\overbrace",
})  # fmt: skip
_WORDS = frozenset({r"\mathrm", r"\text", r"\operatorname", r"\textbf", r"\textrm", r"\mathtt", r"\texttt", r"\mbox"})
_DROPPED = frozenset({r"\label", r"\tag", r"\color", r"\vspace", r"\hspace"})

_CHARACTERS = {
    "−": "-", "–": "-", "－": "-", "﹣": "-", "‐": "-", "‑": "-", "′": "'", "’": "'", "‘": "'", "·": r"\cdot",
    "⋅": r"\cdot", "∙": r"\cdot", "×": r"\times", "⊙": r"\odot", "∘": r"\odot", "◦": r"\odot", "≈": r"\approx",
    "≃": r"\approx", "≅": r"\approx", "≡": r"\equiv", "←": r"\leftarrow", "⟵": r"\leftarrow", "→": r"\to",
    "⇒": r"\Rightarrow", "δ": r"\delta", "Δ": r"\Delta", "∆": r"\Delta", "η": r"\eta", "α": r"\alpha", "γ": r"\gamma",
    "σ": r"\sigma", "φ": r"\varphi", "ϕ": r"\phi", "ψ": r"\psi", "θ": r"\theta", "Θ": r"\Theta", "∂": r"\partial",
    "∇": r"\nabla", "ε": r"\epsilon", "λ": r"\lambda", "μ": r"\mu", "ŷ": r"\hat{y}", "⊤": "T", "ᵀ": "^T", "，": ",",
    "（": "(", "）": ")", "［": "[", "］": "]", "：": ":", "＝": "=", "＋": "+", "∗": "*", "⁡": "", "\u200b": "",
}  # fmt: skip
_COMMANDS = {
    r"\prime": "'", r"\circ": r"\odot", r"\ast": "*", r"\simeq": r"\approx", r"\cong": r"\approx", r"\sim": r"\approx",
    r"\gets": r"\leftarrow", r"\longleftarrow": r"\leftarrow", r"\coloneqq": ":=", r"\lbrack": "[", r"\rbrack": "]",
    r"\lparen": "(", r"\rparen": ")", r"\implies": r"\Rightarrow", r"\phi": r"\varphi", r"\top": "T", r"\intercal": "T",
    r"\hspace*": " ", r"\cr": r"\\", r"\newline": r"\\", r"\tfrac": r"\frac", r"\dfrac": r"\frac", r"\cfrac": r"\frac",
    r"\bullet": r"\cdot", r"\otimes": r"\otimes", r"\hadamard": r"\odot", r"\leftarrow": r"\leftarrow",
}  # fmt: skip
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾", "0123456789+-()")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉₊₋₍₎", "0123456789+-()")
_RAISED_RUN, _LOWERED_RUN = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾", "₀₁₂₃₄₅₆₇₈₉₊₋₍₎"

MATRICES = frozenset({"matrix", "bmatrix", "pmatrix", "array", "smallmatrix", "vmatrix", "Bmatrix"})
"""The environments that hold a vector or matrix."""


@dataclass(frozen=True, slots=True)
class Token:
    r"""One piece of a formula: its text as it is written everywhere here, and where it begins and ends.

    `spaced`: white space stands before it, `wide`: as wide as between formulas. `word`: it is of upright words.
    `environment` is the name of one that begins (text `\\begin`) or ends here; `column` how many `&` of its row stand
    before a relation.
    """

    text: str
    start: int
    end: int
    spaced: bool = False
    word: bool = False
    environment: str = ""
    wide: bool = False
    column: int = 0

    @property
    def is_number(self) -> bool:
        """Whether it is digits, perhaps with a point."""
        return self.text[0].isdigit() or (self.text[0] == "." and len(self.text) > 1)


def tokens_of(text: str, offset: int) -> tuple[Token, ...]:
    """The tokens of a formula that stands at that offset in its document."""
    return tuple(_joined(_unwrapped(_pieces(text, offset))))


def _pieces(text: str, offset: int) -> list[Token]:
    found: list[Token] = []
    spaced, wide, place = False, False, 0
    while place < len(text) and (match := _PIECE.match(text, place)):
        start, place, before = offset + match.start(), match.end(), len(found)
        here = match.group()
        if match["space"] or here in _SPACES:
            spaced, wide = True, wide or here in _WIDE
            continue
        if match["begin"]:
            name = match["environment"].rstrip("*")
            is_begin = here.startswith(r"\begin")
            columns = _COLUMNS.match(text, place) if is_begin and name in ("array", "alignat") else None
            place = columns.end() if columns else place
            mark = r"\begin" if is_begin else r"\end"
            found.append(Token(mark, start, offset + place, spaced, environment=name))
        elif here in (r"\\", r"\cr"):
            gap = _ROW_GAP.match(text, place)
            place = gap.end() if gap else place
            found.append(Token(r"\\", start, offset + place, spaced))
        elif here in _NOTHING:
            if text.startswith(".", place) and here in (r"\left", r"\right"):
                place += 1
            continue
        else:
            found += _spelled(here, start, offset + place, spaced)
        if wide and len(found) > before:
            found[before] = replace(found[before], wide=True)
        spaced = wide = False
    return found


def _spelled(here: str, start: int, end: int, spaced: bool) -> list[Token]:
    """One piece as tokens, in the spelling that is used everywhere here."""
    one = Token(here, start, end, spaced)
    if here[0] in _RAISED_RUN or here[0] in _LOWERED_RUN:
        mark, plain = ("^", here.translate(_RAISED)) if here[0] in _RAISED_RUN else ("_", here.translate(_LOWERED))
        return [replace(one, text=text) for text in (mark, "{", *re.findall(r"\d+|.", plain), "}")]
    text = _COMMANDS.get(here, _CHARACTERS.get(here, here))
    if text == "^T":
        return [replace(one, text="^"), replace(one, text="T")]
    if text == r"\hat{y}":
        return [replace(one, text=part) for part in (r"\hat", "{", "y", "}")]
    if len(text) == 1 and not text.isascii():
        text = unicodedata.normalize("NFKC", text) or text
    if text.startswith("\\") and len(text) == 2 and text[1] in "{}_%#&$|":
        text = {"{": "(", "}": ")"}.get(text[1], text[1])
    return [replace(one, text=text)] if text.strip() else []


def _unwrapped(pieces: list[Token]) -> list[Token]:
    """Without commands that only change the look of their argument; upright words as one token."""
    found: list[Token] = []
    dropped: list[int] = []  # how many braces are open where a style's own brace closes
    depth, place = 0, 0
    while place < len(pieces):
        one = pieces[place]
        place += 1
        if one.text in _DROPPED:
            place = _after_group(pieces, place)
        elif one.text in _WORDS and place < len(pieces) and pieces[place].text == "{":
            end = _after_group(pieces, place)
            inside = pieces[place + 1 : end - 1]
            word = "".join(" " * (part.spaced and i > 0) + part.text for i, part in enumerate(inside))
            if inside and re.fullmatch(r"\(?\s*[A-Za-z][A-Za-z .,:;]*\)?", word):
                at = one.start, pieces[end - 1].end
                found.append(Token(word.strip("() "), *at, one.spaced, word=True, wide=one.wide))
                place = end
            else:
                dropped.append(depth)
                depth, place = depth + 1, place + 1
                _widen(pieces, place, wide=one.wide)
        elif one.text in _UNWRAPPED:
            if place < len(pieces) and pieces[place].text == "{":
                dropped.append(depth)
                depth, place = depth + 1, place + 1
            _widen(pieces, place, wide=one.wide)
        elif one.text == "}" and dropped and depth - 1 == dropped[-1]:
            dropped.pop()
            depth -= 1
        else:
            depth += {"{": 1, "}": -1}.get(one.text, 0)
            found.append(one)
    return found


def _widen(pieces: list[Token], place: int, *, wide: bool) -> None:
    """The space before a command that is taken away stands before what it held."""
    if wide and place < len(pieces):
        pieces[place] = replace(pieces[place], wide=True)


def _after_group(pieces: list[Token], place: int) -> int:
    """The place after the braces that open here, or after one token."""
    if place >= len(pieces) or pieces[place].text != "{":
        return place
    depth = 0
    for here in range(place, len(pieces)):
        depth += {"{": 1, "}": -1}.get(pieces[here].text, 0)
        if depth == 0:
            return here + 1
    return len(pieces)


def _joined(pieces: list[Token]) -> list[Token]:
    """`:` and `=` as one, `^{'}` as a prime; digits that a tool has spaced out as one number."""
    spread = _is_spread(pieces)
    found: list[Token] = []
    for one in pieces:
        last = found[-1] if found else None
        if last and last.text == r"\not" and one.text == "=":
            found[-1] = Token(r"\neq", last.start, one.end, last.spaced)
        elif last and last.text == ":" and one.text == "=" and not (one.spaced and not spread):
            found[-1] = Token(":=", last.start, one.end, last.spaced)
        elif last and spread and _continues(last, one):
            found[-1] = replace(last, text=last.text + one.text, end=one.end)
        else:
            found.append(one)
    return found


def _is_spread(pieces: list[Token]) -> bool:
    """Whether every character stands by itself, as some tools that read scans write formulas."""
    inner = [one for one in pieces[1:] if one.text[0] not in "\\"]
    return len(inner) > 5 and all(one.spaced and (len(one.text) == 1 or one.word) for one in inner)


def _continues(last: Token, one: Token) -> bool:
    """Whether the token goes on with the number before it."""
    digits = last.text[0].isdigit() or last.text == "."
    return digits and (one.text.isdigit() or (one.text == "." and "." not in last.text))
