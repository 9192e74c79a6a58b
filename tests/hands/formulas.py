"""Formulas as trees, and their LaTeX, in which the place of every answer is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Sym:
    """A letter, a sign or a command, in LaTeX."""

    tex: str


@dataclass(frozen=True)
class Num:
    """A number as it is written: `-5.5`, `1.98e-32`; the latter shown as a power of ten."""

    text: str


@dataclass(frozen=True)
class Text:
    """Upright words."""

    text: str


@dataclass(frozen=True)
class Row:
    """One thing after another."""

    items: tuple[Tree, ...]


@dataclass(frozen=True)
class Script:
    """A base with what stands below and above it."""

    base: Tree
    sub: Tree | None = None
    sup: Tree | None = None


@dataclass(frozen=True)
class Frac:
    over: Tree
    under: Tree


@dataclass(frozen=True)
class Mat:
    """A vector or matrix; the style is an environment, or `list`, `nested`, `semicolons`."""

    rows: tuple[tuple[Tree, ...], ...]
    style: str = "bmatrix"


@dataclass(frozen=True)
class Entry:
    """The answer for an entry, as it stands here."""

    name: str
    value: Tree


Tree = Sym | Num | Text | Row | Script | Frac | Mat | Entry

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|[0-9]+(?:\.[0-9]+)?|\s+|.", re.DOTALL)
_WORDS = {r"\mathrm", r"\text", r"\operatorname", r"\mathbf"}


def tex(source: str, *parts: Tree) -> Row:
    """The tree of a little LaTeX; each `@` in it is the next of the parts."""
    tokens = [token for token in _TOKEN.findall(source) if token.strip()]
    rest = list(parts)
    items, end = _items(tokens, 0, rest)
    assert end == len(tokens), source
    assert not rest, source
    return Row(tuple(items))


def _items(pieces: list[str], at: int, parts: list[Tree]) -> tuple[list[Tree], int]:
    items: list[Tree] = []
    while at < len(pieces) and pieces[at] != "}":
        piece = pieces[at]
        if piece in "^_":
            inner, at = _argument(pieces, at + 1, parts)
            base = items.pop()
            base = base if isinstance(base, Script) else Script(base)
            if piece == "^" and base.sup is not None:
                inner = Row((base.sup, inner))
            items.append(replace(base, **{"sup" if piece == "^" else "sub": inner}))
        elif piece == "'":
            base = items.pop()
            base = base if isinstance(base, Script) else Script(base)
            old = (base.sup,) if base.sup else ()
            items.append(replace(base, sup=Row((Sym("'"), *old))))
            at += 1
        else:
            item, at = _argument(pieces, at, parts)
            items.append(item)
    return items, at


def _argument(pieces: list[str], at: int, parts: list[Tree]) -> tuple[Tree, int]:
    piece = pieces[at]
    if piece == "{":
        items, end = _items(pieces, at + 1, parts)
        return (items[0] if len(items) == 1 else Row(tuple(items))), end + 1
    if piece == "@":
        return parts.pop(0), at + 1
    if piece in _WORDS:
        items, end = _items(pieces, at + 2, parts)
        word = "".join(item.tex if isinstance(item, Sym) else item.text for item in items)  # type: ignore[union-attr]
        return (Sym(rf"\mathbf{{{word}}}") if piece == r"\mathbf" else Text(word)), end + 1
    if piece == r"\frac":
        over, at = _argument(pieces, at + 1, parts)
        under, at = _argument(pieces, at, parts)
        return Frac(over, under), at
    return (Num(piece) if piece[0].isdigit() else Sym(piece)), at + 1


@dataclass(frozen=True)
class Span:
    """Where the answer for an entry stands in a text."""

    name: str
    start: int
    end: int


class Latex:
    """Writes trees, and notes where the answers stand. `before` is what stands in the text already."""

    def __init__(self, before: int = 0) -> None:
        self.parts: list[str] = []
        self.length = before
        self.spans: list[Span] = []

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def write(self, tree: Tree) -> None:
        match tree:
            case Entry(name, value):
                start = self.length
                self.write(value)
                self.spans.append(Span(name, start, self.length))
            case Sym(text):
                self.put(text)
            case Text(text):
                self.put(rf"\mathrm{{{text}}}")
            case Num(text):
                self.put(latex_number(text))
            case Row(items):
                for place, item in enumerate(items):
                    if place and needs_space(items[place - 1], item):
                        self.put(" ")
                    self.write(item)
            case Script(base, sub, sup):
                self.write(base)
                for mark, script in (("_", sub), ("^", sup)):
                    if script is not None:
                        self.put(mark + "{")
                        self.write(script)
                        self.put("}")
            case Frac(over, under):
                self.put(r"\frac{")
                self.write(over)
                self.put("}{")
                self.write(under)
                self.put("}")
            case Mat(rows, style):
                self.matrix(rows, style)

    def matrix(self, rows: tuple[tuple[Tree, ...], ...], style: str) -> None:
        opening, row_break, cell_break, closing = marks(rows, style)
        self.put(opening)
        for i, row in enumerate(rows):
            self.put(row_break if i else "")
            for j, cell in enumerate(row):
                self.put(cell_break if j else "")
                self.write(cell)
        self.put(closing)


def marks(rows: tuple[tuple[Tree, ...], ...], style: str) -> tuple[str, str, str, str]:
    """What opens a matrix, stands between its rows and between its cells, and closes it."""
    if style == "list":
        return "[", ", ", ", ", "]"
    if style == "nested":
        return "[[", "], [", ", ", "]]"
    if style == "array":
        return r"\left[\begin{array}{" + "r" * len(rows[0]) + "}", r" \\ ", " & ", r"\end{array}\right]"
    return rf"\begin{{{style}}}", r" \\ ", " & ", rf"\end{{{style}}}"


def needs_space(before: Tree, after: Tree) -> bool:
    """Whether two neighbours would run together, or look as nobody writes them."""
    relations = {"=", "+", "-", r"\approx", r"\leftarrow", r"\equiv", ":=", r"\odot"}
    if isinstance(before, Sym) and before.tex in {"(", "["}:
        return False
    if isinstance(after, Sym) and after.tex in {")", "]", ",", ";", ":"}:
        return False
    if isinstance(before, Num) and isinstance(after, Num):
        return True
    is_command = isinstance(before, Sym) and before.tex.startswith("\\") and before.tex[-1].isalpha()
    near = [one.tex for one in (before, after) if isinstance(one, Sym)]
    return is_command or any(one in relations for one in near)


def latex_number(text: str) -> str:
    """
    >>> latex_number("1.98e-32")
    '1.98 \\\\times 10^{-32}'
    """
    mantissa, _, power = text.partition("e")
    return rf"{mantissa} \times 10^{{{int(power)}}}" if power else text


def latex(tree: Tree) -> str:
    writer = Latex()
    writer.write(tree)
    return "".join(writer.parts)


def number_of(tree: Tree) -> str:
    """The answer of an entry as plain text: `-5.5`, `1.98e-32`, `1/2`."""
    match tree:
        case Num(text):
            return text
        case Frac(Num(over), Num(under)):
            return f"{over}/{under}"
        case Row((Sym("-"), rest)):
            return f"-{number_of(rest)}"
        case _:
            raise AssertionError(tree)


def walk(tree: Tree) -> Iterator[Tree]:
    """The tree and all within it, in the order of reading."""
    yield tree
    match tree:
        case Entry(_, value):
            yield from walk(value)
        case Row(items):
            for item in items:
                yield from walk(item)
        case Script(base, sub, sup):
            for part in (base, sub, sup):
                if part is not None:
                    yield from walk(part)
        case Frac(over, under):
            yield from walk(over)
            yield from walk(under)
        case Mat(rows, _):
            for row in rows:
                for cell in row:
                    yield from walk(cell)
