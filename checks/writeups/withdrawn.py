r"""What a text holds and does not say: comments, what is crossed out, what is switched off, words for pictures.

It becomes white space, so that every place in the text stays what it was.
"""

from __future__ import annotations

import re

_MARKDOWN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|(?<!~)~~(?![~\s])(?:(?!\n[ \t]*\n).)*?(?<![~\s])~~(?!~)"
    r"|<(?P<tag>del|s|strike)(?:\s[^<>]*)?>.*?(?:</(?P=tag)\s*>|\Z)"
    r"|!\[[^\]\n]*\](?=\()",
    re.DOTALL | re.IGNORECASE,
)
_LATEX = re.compile(
    r"\\if(?:false|0)(?![A-Za-z0-9]).*?(?:\\fi(?![A-Za-z])|\Z)"
    r"|\\begin\s*\{comment\}.*?(?:\\end\s*\{comment\}|\Z)",
    re.DOTALL,
)
_STRUCK = re.compile(r"\\(?:sout|xout|st|hide|phantom|hphantom|vphantom)\s*\{")
_DISPLAY_IN_TILDES = re.compile(r"(?<!~)~~\s*\$\$[^$]*\$\$\s*~~(?!~)")

MAX_STRUCK = 20_000
"""Characters of a command that crosses out; of a longer one all that follows counts as crossed out."""


def without_withdrawn(text: str, *, is_tex: bool) -> str:
    r"""The text with white space for what it does not say.

    >>> without_withdrawn("s2 = ~~15~~ 16 <!-- a1 = 3 -->", is_tex=False)
    's2 =        16                '
    >>> without_withdrawn(r"s2 = \sout{15} 16", is_tex=True)
    's2 =           16'
    """
    text = (_LATEX if is_tex else _MARKDOWN).sub(_blank, text)
    return _without_struck(text if is_tex else _DISPLAY_IN_TILDES.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    return _blanks(match.group())


def _blanks(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _without_struck(text: str) -> str:
    """The text without what a command crosses out or makes invisible."""
    parts: list[str] = []
    place = 0
    while match := _STRUCK.search(text, place):
        depth, end = 1, match.end()
        while depth and end < min(len(text), match.end() + MAX_STRUCK):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        end = end if depth == 0 else len(text)
        parts += [text[place : match.start()], _blanks(text[match.start() : end])]
        place = end
    return "".join([*parts, text[place:]])
