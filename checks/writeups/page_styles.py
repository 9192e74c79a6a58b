"""What the style sheets in a page hide: rules of elements, classes and ids, also of such that stand inside others.

No other style sheet is fetched. Rules that hold for a medium or a state alone, and what shows an element again, are not
followed up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

_HIDES = re.compile(
    r"(?:display:none|visibility:hidden|text-decoration(?:-line)?:[^;]*line-through|opacity:0(?:;|!|$)"
    r"|font-size:0(?:px|pt)?(?:;|!|$))"
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_PIECE = re.compile(r"[{}]|[^{}]+")
_COMPOUND = re.compile(r"(?P<tag>[a-z][a-z0-9-]*)?(?P<marks>(?:[.#][\w-]+)*)", re.IGNORECASE)
_SCREEN = frozenset({"", "all", "screen"})

MAX_RULES = 500
"""Rules that hide; more are not looked at."""


def hides(declarations: str) -> bool:
    """Whether what an element's style says makes it unseen, or goes through it with a line.

    >>> hides("color: red; Display: none"), hides("display: block")
    (True, False)
    """
    return bool(_HIDES.search("".join(declarations.lower().split())))


@dataclass(frozen=True, slots=True)
class Named:
    """An element by what rules know it by: its tag, and `.class` and `#id` for each that it has."""

    tag: str
    marks: frozenset[str]

    def is_a(self, other: Named) -> bool:
        """Whether it is one of those that a rule calls so."""
        return other.tag in ("", self.tag) and other.marks <= self.marks


def named(tag: str, classes: Sequence[str], own: str) -> Named:
    """The element as rules name it."""
    return Named(tag, frozenset([*(f".{one}" for one in classes), *([f"#{own}"] if own else [])]))


Selector = tuple[Named, ...]


def is_hidden(path: Sequence[Named], selectors: Sequence[Selector]) -> bool:
    """Whether a rule hides the last of these elements, each of which stands inside the one before it."""
    return any(path[-1].is_a(one[-1]) and _stand_in(path[:-1], one[:-1]) for one in selectors)


def _stand_in(path: Sequence[Named], outer: Sequence[Named]) -> bool:
    """Whether elements that a rule asks for stand there, in that order."""
    left = iter(path)
    return all(any(element.is_a(asked) for element in left) for asked in outer)


def hiding_selectors(page: str) -> tuple[Selector, ...]:
    """What the page's own style sheets hide."""
    sheets = _Sheets()
    sheets.feed(page)
    sheets.close()
    return tuple(_selectors(_COMMENT.sub(" ", "\n".join(sheets.found))))[:MAX_RULES]


class _Sheets(HTMLParser):
    """Collects the style sheets that are for screens."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.is_within = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        media = next((value or "" for name, value in attrs if name == "media"), "")
        self.is_within = tag == "style" and media.strip().lower() in _SCREEN

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self.is_within = False

    def handle_data(self, data: str) -> None:
        if self.is_within:
            self.found.append(data)


def _selectors(sheet: str) -> Iterator[Selector]:
    """Those of the rules that hide, rules inside others not looked at."""
    depth, asked, said = 0, "", ""
    for match in _PIECE.finditer(sheet):
        piece = match.group()
        if piece == "{":
            depth, asked = depth + 1, said.rpartition(";")[2] if depth == 0 else asked
        elif piece == "}":
            if depth == 1 and hides(said):
                yield from filter(None, map(_selector, asked.split(",")))
            depth, said = max(0, depth - 1), ""
        else:
            said = piece


def _selector(text: str) -> Selector:
    """The elements that a rule names, the outer ones first; () where it says more of them than what they are called."""
    found = []
    for part in text.replace(">", " ").split():
        match = _COMPOUND.fullmatch(part)
        if match is None:
            return ()
        found.append(Named((match["tag"] or "").lower(), frozenset(re.findall(r"[.#][\w-]+", match["marks"]))))
    return tuple(found)
