r"""Markdown and LaTeX text to blocks: formulas between `$`, `$$`, `\( \)`, `\[ \]` or in environments; printouts.

Nothing is interpreted beyond that; a formula whose end is missing goes on to the end of its paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from checks.writeups.document import Block, BlockKind, Document
from checks.writeups.withdrawn import without_withdrawn

SECTION = r"\\(?:(?P<sub>(?:sub)*)section|(?:sub)?paragraph)"
"""A heading of LaTeX, as a pattern."""

TITLED = SECTION + r"\*?\s*(?:\[[^\]]*\]\s*)?\{"
"""The same up to its title; a shorter one may stand before that."""

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_ITEM = re.compile(rf"\n(?=[ \t]*(?:(?:[-*+•]|\d{{1,2}}[.)])[ \t]|\\item(?![A-Za-z])|#|{SECTION}))")
_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})([^\n`]*)\n(.*?)(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_VERBATIM = re.compile(r"\\begin\{(verbatim|lstlisting|minted)\}(?:\[[^\]\n]*\])?(.*?)(?:\\end\{\1\}|\Z)", re.DOTALL)
_DISPLAYED = "equation|align|gather|multline|eqnarray|displaymath|flalign|alignat"
_DISPLAY = re.compile(
    rf"\$\$(?P<dollars>.*?)(?:\$\$|(?=\n[ \t]*\n\s*#)|\Z)"
    rf"|\\\[(?P<brackets>.*?)(?:\\\]|\Z)"
    rf"|(?P<environment>\\begin\s*\{{\s*(?P<name>(?:{_DISPLAYED})\*?)\s*\}}.*?(?:\\end\s*\{{\s*(?P=name)\s*\}}|\Z))",
    re.DOTALL,
)
_INLINE = re.compile(r"(?<!\\)\$(?P<dollar>[^$\n](?:[^$]|(?<=\\)\$)*?)(?<!\\)\$|\\\((?P<round>.*?)\\\)", re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_DOCUMENT = re.compile(r"\\begin\{document\}(.*?)(?:\\end\{document\}|\Z)", re.DOTALL)

LANGUAGES = frozenset({"python", "py", "python3", "ipython", "julia", "matlab", "r", "javascript", "java", "c", "cpp"})
"""What a fence calls a program, which states nothing."""


def read_markdown(text: str, file: str, *, is_tex: bool = False) -> Document:
    """The document that such a text is, without what is crossed out or hidden, and what a LaTeX file has before it."""
    shown = text if is_tex else without_withdrawn(text, is_tex=False)
    start, end = 0, len(text)
    if is_tex:
        shown = without_withdrawn(_COMMENT.sub(lambda match: " " * len(match.group()), text), is_tex=True)
        if body := _DOCUMENT.search(shown):
            start, end = body.span(1)
    return Document(file, shown, tuple(blocks_of(shown, start, end, is_tex=is_tex)))


def blocks_of(text: str, start: int, end: int, first: int = 0, *, is_tex: bool = False) -> Iterator[Block]:
    """The blocks of a part of the text, their paragraphs numbered from `first` on."""
    paragraph = first
    place = start
    pattern = _VERBATIM if is_tex else _FENCE
    for match in pattern.finditer(text, start, end):
        for block in _prose(text, place, match.start(), paragraph):
            paragraph = block.paragraph
            yield block
        paragraph += 1
        place = match.end()
        if is_tex or match.group(2).strip().lower().strip("{.}") not in LANGUAGES:
            group = 2 if is_tex else 3
            yield Block(BlockKind.PRINTED, match.start(group), match.end(group), paragraph)
    yield from _prose(text, place, end, paragraph + 1)


def _prose(text: str, start: int, end: int, paragraph: int) -> Iterator[Block]:
    """Displays, and the paragraphs between them."""
    place = start
    for match in _DISPLAY.finditer(text, start, end):
        for block in _paragraphs(text, place, match.start(), paragraph):
            paragraph = block.paragraph
            yield block
        paragraph += 1
        place = match.end()
        group = next(name for name in ("dollars", "brackets", "environment") if match[name] is not None)
        yield Block(BlockKind.DISPLAY, match.start(group), match.end(group), paragraph)
    yield from _paragraphs(text, place, end, paragraph + 1)


def _paragraphs(text: str, start: int, end: int, paragraph: int) -> Iterator[Block]:
    """The words and inline formulas of paragraphs, list items and headings."""
    for first, last in _cut(text, start, end):
        paragraph += 1
        place = first
        for match in _INLINE.finditer(text, first, last):
            if match.start() > place:
                yield Block(BlockKind.TEXT, place, match.start(), paragraph)
            group = "dollar" if match["dollar"] is not None else "round"
            yield Block(BlockKind.INLINE, match.start(group), match.end(group), paragraph)
            place = match.end()
        if place < last:
            yield Block(BlockKind.TEXT, place, last, paragraph)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where paragraphs, list items and headings begin and end; what is blank is left out."""
    cuts = {start, end}
    for pattern in (_PARAGRAPH, _ITEM):
        cuts |= {match.end() for match in pattern.finditer(text, start, end)}
    ordered = sorted(cuts)
    for first, last in pairwise(ordered):
        if text[first:last].strip():
            yield first, last
