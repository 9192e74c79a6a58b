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
    _pattern: re.Pattern[str] | None = field(init=False, repr=False, compare=False)
    _spelt: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        spelt = sorted(self.names | self.functions, key=lambda name: (-len(name), name))
        object.__setattr__(self, "_spelt", tuple(spelt))
        pattern = re.compile("|".join(f"({_spellings(name)})" for name in spelt)) if spelt else None
        object.__setattr__(self, "_pattern", pattern)

    def __bool__(self) -> bool:
        return self._pattern is not None

    def known_at(self, text: str, place: int) -> tuple[str, int] | None:
        """The declared name that is spelt at a place, and where its spelling ends; None where there is none."""
        match = self._pattern.match(text, place) if self._pattern else None
        return (self._spelt[match.lastindex - 1], match.end()) if match and match.lastindex else None


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
