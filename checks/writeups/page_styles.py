"""What style sheets in a page say of its elements: which are hidden, which stand beside one another.

Rules of elements, classes and ids are followed, also of such that stand inside others. No other style sheet is fetched.
Rules that hold for a medium or a state alone, and what shows an element again, are not followed up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from html.parser import HTMLParser

from checks.errors import NotReadError


class Look(Enum):
    """What a style does with an element, as far as it tells what is read, and with what it goes on."""

    HIDDEN = "unseen, or with a line through it"
    BESIDE = "beside others, or anywhere on the page"
    IN_COLUMNS = "its parts are beside one another"


_LOOKS = {
    Look.HIDDEN: re.compile(
        r"display:none|visibility:hidden|text-decoration(?:-line)?:[^;]{0,60}line-through|opacity:0(?:;|!|$)"
        r"|font-size:0(?:px|pt)?(?:;|!|$)"
    ),
    Look.BESIDE: re.compile(r"float:(?:left|right|inline)|display:(?:inline-|table-cell)|position:(?:absolute|fixed)"),
    Look.IN_COLUMNS: re.compile(r"display:(?:inline-)?(?:flex|grid)"),
}
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)|<!--|-->", re.DOTALL)
_PIECE = re.compile(r"[{}]|[^{}]+")
_COMPOUND = re.compile(r"(?P<tag>[a-z][a-z0-9-]*)?(?P<marks>(?:[.#][\w-]+)*)", re.IGNORECASE)
_SCREEN = frozenset({"", "all", "screen"})

MAX_RULES, MAX_STEPS = 2_000, 5_000_000
"""Rules that say something of this, and steps that following them may take; a page that has more is not read."""

MAX_DEPTH = 300
"""Elements inside one another; what lies deeper is not read."""

TOO_MANY = "its style sheets have too many rules that hide or place something"


def looks(declarations: str) -> frozenset[Look]:
    """What an element's style says.

    >>> sorted(look.name for look in looks("color: red; Display: none")), looks("display: block")
    (['HIDDEN'], frozenset())
    """
    said = "".join(declarations.lower().split())
    return frozenset(look for look, pattern in _LOOKS.items() if pattern.search(said)) if said else frozenset()


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


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule says of the elements that are `last` and stand inside the `outer` ones, the outermost first."""

    outer: tuple[Named, ...]
    last: Named
    looks: frozenset[Look]


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules, each by a class, an id or the tag that the last of its elements must have, "" for any."""

    by_mark: Mapping[str, Sequence[Rule]]

    def steps(self, path: Sequence[Named]) -> int:
        """How many steps it may take to follow them for the last of these elements."""
        last = path[-1]
        return sum(len(self.by_mark.get(mark, ())) for mark in ("", last.tag, *last.marks)) * len(path)

    def looks(self, path: Sequence[Named]) -> frozenset[Look]:
        """What they say of the last of these elements, each of which stands inside the one before it."""
        *outer, last = path
        about = [rule for mark in ("", last.tag, *last.marks) for rule in self.by_mark.get(mark, ())]
        return frozenset().union(
            *(rule.looks for rule in about if last.is_a(rule.last) and _stand_in(outer, rule.outer))
        )


def _stand_in(path: Sequence[Named], outer: Sequence[Named]) -> bool:
    """Whether elements that a rule asks for stand there, in that order."""
    left = iter(path)
    return all(any(element.is_a(asked) for element in left) for asked in outer)


def rules_of(page: str) -> Rules:
    """What the page's own style sheets say. Raises `NotReadError` where they are too many."""
    sheets = _Sheets()
    sheets.feed(page)
    sheets.close()
    found: dict[str, list[Rule]] = {}
    for count, rule in enumerate(_rules(_COMMENT.sub(" ", "\n".join(sheets.found)))):
        if count == MAX_RULES:
            raise NotReadError(TOO_MANY)
        found.setdefault(min(rule.last.marks, default=rule.last.tag), []).append(rule)
    return Rules(found)


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


def _rules(sheet: str) -> Iterator[Rule]:
    """The rules that say something, those inside others not looked at."""
    depth, asked, said = 0, "", ""
    for match in _PIECE.finditer(sheet):
        piece = match.group()
        if piece == "{":
            depth, asked = depth + 1, said.rpartition(";")[2] if depth == 0 else asked
        elif piece == "}":
            if depth == 1 and (found := looks(said)):
                for *outer, last in filter(None, map(_selector, asked.split(","))):
                    yield Rule(tuple(outer), last, found)
            depth, said = max(0, depth - 1), ""
        else:
            said = piece


def _selector(text: str) -> tuple[Named, ...]:
    """The elements that a rule names, the outer ones first; () where it says more of them than what they are called.

    So it is where they are more than there are elements inside one another.
    """
    found = []
    parts = text.replace(">", " ").split()
    for part in parts if len(parts) <= MAX_DEPTH else ():
        match = _COMPOUND.fullmatch(part)
        if match is None:
            return ()
        found.append(Named((match["tag"] or "").lower(), frozenset(re.findall(r"[.#][\w-]+", match["marks"]))))
    return tuple(found)
