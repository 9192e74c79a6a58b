r"""The names that a text may use besides e, pi and p_1, p_2, ..., and how each of them may be spelt.

A name is declared in plain letters, digits, underscores, primes and slashes: `w5`, `yhat`, `beta_1`, `dL/dw5`. It is
found as `w_5`, `w_{5}`, `w₅`; `\hat{y}`, `y_hat`, `ŷ`; `\beta_1`, `β₁`; `\frac{dL}{dw_5}`, `∂L/∂w5`. Where two names
begin alike the longer is read, and none is read out of the middle of a longer word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_NAMES_OF_LETTERS = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu
    nu xi pi rho sigma tau phi chi psi omega
"""
GREEK = dict(zip(_NAMES_OF_LETTERS.split(), "αβγδεζηθικλμνξπρστφχψω", strict=True))
"""LaTeX's names of Greek letters, and the letters."""

MOST_KEPT = 64
"""Texts whose patterns are kept."""

_PART = re.compile(r"[A-Za-z]+|[0-9]+|.")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_HATTED = re.compile(r"([A-Za-z])_?hat")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names known in a text: of values, and of functions, which are read with their arguments in round brackets.

    Names that are declared go before the built-in ones: with `e` among them, `e^2` is that e squared.
    """

    names: frozenset[str] = frozenset()
    functions: frozenset[str] = frozenset()
    _patterns: dict[str, tuple[re.Pattern[str], tuple[str, ...]]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __bool__(self) -> bool:
        return bool(self.names or self.functions)

    def known_at(self, text: str, place: int) -> tuple[str, int] | None:
        """The declared name that is spelt at a place, and where its spelling ends; None where there is none."""
        if not self:
            return None
        if text not in self._patterns:
            if len(self._patterns) >= MOST_KEPT:
                self._patterns.clear()
            self._patterns[text] = self._pattern(text)
        pattern, spelt = self._patterns[text]
        match = pattern.match(text, place)
        return (spelt[match.lastindex - 1], match.end()) if match and match.lastindex else None

    def _pattern(self, text: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
        """A pattern of the names that may be spelt in the text, with a group for each, and these names."""
        chosen = [*(name for name in self.names if _may_be_in(name, text)), *self.functions]
        spelt = tuple(sorted(set(chosen), key=lambda name: (-len(name), name)))
        return re.compile("|".join(f"({_spellings(name)})" for name in spelt) or "(?!)"), spelt


def _may_be_in(name: str, text: str) -> bool:
    """Whether the letters and digits of a name are in the text, so that it may be spelt there."""
    for half in name.split("/"):
        for part in _PART.findall(half[1:] if half.startswith("d") and "/" in name else half):
            if part.isdigit():
                if part not in text and part.translate(_SUBSCRIPTS) not in text:
                    return False
            elif part.isalpha() and "hat" not in part and part not in text and GREEK.get(part, part) not in text:
                return False
    return True


NONE = Vocabulary()
"""No names but the built-in ones."""


def _spellings(name: str) -> str:
    """A pattern of all the ways to write the name; it has no group of its own."""
    before, slash, after = name.partition("/")
    if slash:
        over, under = _differential(before), _differential(after)
        pattern = rf"(?:{over}\s*/\s*{under}|\\[dt]?frac\s*\{{\s*{over}\s*\}}\s*\{{\s*{under}\s*\}})"
    else:
        pattern = _without_slash(name)
    return rf"(?:{pattern})(?![A-Za-z0-9_'])"


def _differential(name: str) -> str:
    """The spellings of one half of a derivative such as dL/dw5."""
    rest = _without_slash(name[1:]) if name[:1] == "d" and name[1:] else ""
    return rf"(?:{_without_slash(name)}|(?:d|∂|\\partial|\\mathrm\{{d\}})\s*{rest})" if rest else _without_slash(name)


def _without_slash(name: str) -> str:
    if hatted := _HATTED.match(name):
        rest = _without_slash(name[hatted.end() :])
        letter = hatted[1]
        composed = {"y": "|ŷ", "a": "|â", "e": "|ê"}.get(letter, "")
        return (
            rf"(?:{letter}_?hat|{letter}_?\{{hat\}}|\\(?:wide)?hat\s*(?:\{{\s*{letter}\s*\}}|{letter}){composed}){rest}"
        )
    pieces, subscript = [], False
    for part in _PART.findall(name):
        if part == "_":
            subscript = True
            continue
        if part.isdigit():
            written = [rf"_?{part}", rf"_?\{{\s*{part}\s*\}}", part.translate(_SUBSCRIPTS)]
        elif part in GREEK:
            written = [rf"\\?{part}(?![A-Za-z])", GREEK[part]]
        else:
            written = [re.escape(part)]
        if subscript and not part.isdigit():
            written = [rf"_?(?:{'|'.join(written)})", rf"_?\{{\s*(?:{'|'.join(written)})\s*\}}"]
        pieces.append(f"(?:{'|'.join(written)})")
        subscript = False
    return r"\s*".join(pieces)
