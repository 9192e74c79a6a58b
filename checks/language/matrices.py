r"""Vectors and matrices in answers: brackets, the arrays of programs, LaTeX's environments and Word's.

    matrix   := "[" rows "]" | array | "\begin{bmatrix}" rows "\end{bmatrix}" | "■(" rows ")"
    array    := ("array" | "tensor" | "Matrix" | "c" | ..) "(" sum { "," sum } { "," keyword "=" value } ")"
    group    := "(" sum ")" | "{" chain [ "\over" sum ] "}" | "(" row ")" | "{" rows "}"    with a comma it is a vector
    rows     := row { (";" | line break) row }            in LaTeX: row { "\\" row }, in Word: row { "@" row }
    row      := chain { "," chain }                       without any comma: chain { space chain }

An element that cannot be read is that element's trouble alone.
"""

from __future__ import annotations

import re

from checks.bounds import MAX_ENTRY_CHARACTERS
from checks.language.assembly import assembled, equal_rows
from checks.language.rules import Rules
from checks.language.scanner import Scanner, end_of_item, first_separator
from checks.language.spelling import FILL
from checks.language.tree import AnswerError, Blank, Item, Matrix, Node, Product, Unreadable, contains_matrix

ENDS = re.compile(r"\\\\|\\end(?![A-Za-z])|&|@")
ENDS_OF_FACTOR = re.compile(rf"{ENDS.pattern}|\\over(?![A-Za-z])")
"""What ends an element, and a factor."""

_ARRAY = re.compile(r"(array|asarray|tensor|matrix|Matrix|ImmutableMatrix|Size|c|rbind)\s*(?=\()")
_KEYWORD = re.compile(
    r""",\s*(?:dtype|grad_fn|requires_grad|device|copy)\s*=[\s\ue000]*(?:<[^<>]*>|'[^']*'|"[^"]*"|[\w.]+)\s*(?=[,)])"""
)
_WORD = re.compile(rf"[■█][\s{FILL}]*\(")
_BEGIN = re.compile(
    r"\\begin\s*\{\s*([bBp]?matrix\*?|array|smallmatrix)\s*\}(?:\s*\[[lcr]\])?(?:\s*\{(?:[lcr|\s]|@\{[^{}]*\})*\})?"
)
_BEGINNING = re.compile(rf"\[|{_ARRAY.pattern}|{_WORD.pattern}|\\begin")
_ROW_BREAK = re.compile(rf"\\\\(?:[\s{FILL}]*\[[0-9.]+\s*[a-z]{{2}}\])?")
_BY_COMMA, _BY_SPACE, _BY_AMPERSAND = re.compile("[,;]"), re.compile(r"\s|;"), re.compile(r"&|\\\\|\\end|@")
_BARE = re.compile(r"[,;$]|\\[)\]]")
"""What ends an element, in the ways to write a row."""
_OVER = re.compile(r"\\over(?![A-Za-z])")
_WORD_BREAK = re.compile("@")
_HLINE = re.compile(r"\\hline(?![A-Za-z])\s*")
_LIST_BEFORE = frozenset(("", "{", "[", "(", ",", ";", "=", "≈", "+", "-", "*", "$"))


def begins(scanner: Scanner) -> bool:
    """Whether a matrix begins here."""
    return scanner.looking_at(_BEGINNING) is not None


def group(parser: Rules) -> Node:
    r"""group := "(" sum ")" | "{" chain [ "\over" sum ] "}" | "(" row ")" | "{" rows "}"; from the opening bracket."""
    scanner = parser.scanner
    start = scanner.place
    closing = ")" if scanner.text[start] == "(" else "}"
    scanner.place += 1
    if (closing == ")" or scanner.before(start) in _LIST_BEFORE) and first_separator(scanner.text, scanner.place):
        return assembled(start, *_rows(parser, closing))
    inner = parser.sum() if closing == ")" else parser.chain()
    scanner.skip_space()
    if closing == "}" and scanner.take(_OVER):
        inner = Product(start, ((True, inner), (False, parser.sum())))
    _close(parser, closing)
    return inner


def matrix(parser: Rules) -> Node:
    r"""matrix := "[" rows "]" | array | "\begin{bmatrix}" rows "\end{bmatrix}" | "■(" rows ")"."""
    scanner = parser.scanner
    start = scanner.place
    if array := scanner.take(_ARRAY):
        return _array(parser, start, array.group(1))
    if begin := scanner.take(_BEGIN):
        return _delimited(
            parser, start, rf"\\end\s*\{{\s*{re.escape(begin.group(1))}\s*\}}", rf"\end{{{begin.group(1)}}}"
        )
    if scanner.take(_WORD):
        return _delimited(parser, start, r"\)", ")")
    scanner.place += 1
    return assembled(start, *_rows(parser, "]"))


def bare_list(parser: Rules, first: Node) -> Node:
    """first { "," chain }: a vector without brackets; the place is at the first comma."""
    scanner = parser.scanner
    items = [Item(first, scanner.written[first.position : scanner.place].strip())]
    while scanner.text.startswith(",", scanner.place):
        scanner.place += 1
        items.append(_item(parser, _BARE))
        scanner.skip_space()
    return Matrix(first.position, tuple((item,) for item in items), flat=True, bare=True)


def _array(parser: Rules, start: int, name: str) -> Node:
    """What follows the name of a program's array: one list, or several rows, or R's numbers; then its keywords."""
    scanner = parser.scanner
    scanner.place += 1
    items = [_item(parser, _BY_COMMA)]
    while not scanner.take(_KEYWORD) and scanner.text.startswith(",", scanner.place):
        scanner.place += 1
        items.append(_item(parser, _BY_COMMA))
        scanner.skip_space()
    while scanner.take(_KEYWORD):
        pass
    _close(parser, ")")
    if len(items) == 1:
        if isinstance(items[0].node, Unreadable):
            raise items[0].node.error
        return items[0].node
    if name == "c" or all(isinstance(item.node, Matrix) for item in items):
        return assembled(start, [items], lines=False)
    raise scanner.error(f"expected one list of rows in {name}(...), such as [[1, 2], [3, 4]]", start)


def _rows(parser: Rules, closing: str) -> tuple[list[list[Item]], bool]:
    """rows := row { (";" | line break) row }, and the closing bracket; whether rows end at line breaks."""
    scanner = parser.scanner
    rows: list[list[Item]] = []
    lines = False
    while True:
        by_space = closing == "]" and first_separator(scanner.text, scanner.place) != ","
        row = [_item(parser, _BY_SPACE if by_space else _BY_COMMA)]
        while True:
            spaced = scanner.skip_space()
            if scanner.text.startswith(",", scanner.place):
                scanner.place += 1
                row.append(_item(parser, _BY_COMMA))
            elif spaced and not scanner.at_end() and scanner.text[scanner.place] not in ";])}":
                if "\n" in spaced:
                    rows.append(row)
                    row, lines = [], True
                elif not by_space:
                    break
                row.append(_item(parser, _BY_SPACE if by_space else _BY_COMMA))
            else:
                break
        rows.append(row)
        scanner.skip_space()
        if not scanner.text.startswith(";", scanner.place):
            _close(parser, closing)
            return rows, lines
        scanner.place += 1


def _delimited(parser: Rules, start: int, end: str, told: str) -> Node:
    """The rows of a LaTeX environment or of Word's matrix, after its beginning."""
    scanner = parser.scanner
    ending = re.compile(end)
    rows: list[list[Item]] = [[]]
    while True:
        scanner.skip_space()
        scanner.take(_HLINE)
        if scanner.take(ending):
            return Matrix(start, equal_rows(start, rows if rows[-1] else rows[:-1]))
        rows[-1].append(_item(parser, _BY_AMPERSAND))
        scanner.skip_space()
        if scanner.text.startswith("&", scanner.place):
            scanner.place += 1
        elif scanner.take(_ROW_BREAK) or scanner.take(_WORD_BREAK):
            rows.append([])
        elif not scanner.looking_at(ending):
            raise scanner.error(f"expected & or \\\\ or {told}, found {scanner.here()}")


def _item(parser: Rules, ends: re.Pattern[str]) -> Item:
    """One element; where it cannot be read, but its end can be seen, an `Unreadable` in its place."""
    scanner = parser.scanner
    scanner.skip_space()
    start = scanner.place
    if _at_end_of_item(scanner, ends):
        return Item(Blank(start), "")
    try:
        with parser.entry(by_space=ends is _BY_SPACE, by_comma=ends is _BY_COMMA or ends is _BARE):
            node = parser.chain()
        if not _at_end_of_item(scanner, ends):
            after = scanner.place
            spaced = scanner.skip_space()
            if not _at_end_of_item(scanner, ends) and "\n" not in spaced:
                raise parser.unexpected("an operator or the next entry")
            scanner.place = after
    except AnswerError as error:
        end = end_of_item(scanner.text, start, ends)
        if end is None:
            raise
        scanner.place = end
        node = Unreadable(start, error)
    text = scanner.written[start : scanner.place].strip()
    if len(text) > MAX_ENTRY_CHARACTERS and not contains_matrix(node):
        node = Unreadable(start, AnswerError(f"a number of more than {MAX_ENTRY_CHARACTERS} characters", start))
    return Item(node, text)


def _at_end_of_item(scanner: Scanner, ends: re.Pattern[str]) -> bool:
    return (
        scanner.at_end()
        or scanner.text[scanner.place] in "])}"
        or scanner.looking_at(ends) is not None
        or scanner.looking_at(ENDS) is not None
    )


def _close(parser: Rules, closing: str) -> None:
    scanner = parser.scanner
    scanner.skip_space()
    if not scanner.text.startswith(closing, scanner.place):
        raise parser.unexpected(f"'{closing}'")
    scanner.place += 1
