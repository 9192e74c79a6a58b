"""How wide a formula is on paper, estimated from its LaTeX: enough to decide where lines break.

Widths of Computer Modern in em; what is not known counts as a letter.
"""

from __future__ import annotations

import re

_ARRAY = re.compile(r"\\begin\{array\}\{[^}]*\}(.*?)\\end\{array\}", re.DOTALL)
_ROW_BREAK = re.compile(r"\\\\(?:\[[^\]]*\])?")
_SYMBOL = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_SCRIPT, _FRACTION = 0.72, 0.78
"""The size of sub- and superscripts, and of fractions within a line, beside that of the line."""

_WIDTHS = (
    dict.fromkeys(
        ("\\displaystyle", "\\left", "\\right", "\\bigl", "\\bigr", "\\mathrm", "\\mathsf", "{", "}", "&"), 0.0
    )
    | dict.fromkeys("0123456789", 0.5)
    | dict.fromkeys(("+", "-", "=", "\\times", "\\approx", "\\cdot"), 1.25)
    | {
        ".": 0.28,
        ",": 0.45,
        "\\,": 0.2,
        "'": 0.4,
        "W": 0.95,
        "\\odot": 3.0,
        "(": 0.4,
        ")": 0.4,
        "\\ln": 1.0,
        "\\min": 1.8,
        "\\max": 1.9,
        "\\tanh": 2.2,
    }
)
_LETTER = 0.6


def estimated_width(latex: str) -> float:
    r"""The width in em.

    >>> round(estimated_width("2 - 3 p_{1}"), 1), round(estimated_width(r"\frac{15}{2}"), 1)
    (3.2, 1.0)
    """
    arrays = sum(map(_array_width, _ARRAY.findall(latex)))
    if arrays:
        return arrays + estimated_width(_ARRAY.sub("", latex))
    symbols = [symbol for symbol in _SYMBOL.findall(latex) if not symbol.isspace()]
    fraction = 1.0 if "\\displaystyle" in symbols else _FRACTION
    return _width(symbols, 0, len(symbols), fraction)


def estimated_height(latex: str) -> int:
    r"""The rows of the tallest array in it, 1 where there is none.

    >>> estimated_height(r"\left[\begin{array}{c} a \\ b \end{array}\right]")
    2
    """
    return max((1 + len(_ROW_BREAK.findall(body)) for body in _ARRAY.findall(latex)), default=1)


def _array_width(body: str) -> float:
    rows = [[estimated_width(entry) for entry in row.split("&")] for row in _ROW_BREAK.split(body)]
    columns = max(map(len, rows))
    return sum(max(row[j] for row in rows if j < len(row)) + 1.0 for j in range(columns)) + 1.0


def _width(symbols: list[str], start: int, end: int, fraction: float) -> float:
    total, place = 0.0, start
    while place < end:
        symbol = symbols[place]
        place += 1
        if symbol == "\\frac":
            middle = _group_end(symbols, place)
            last = _group_end(symbols, middle)
            parts = (_width(symbols, place, middle, fraction), _width(symbols, middle, last, fraction))
            total += fraction * max(parts) + 0.25
            place = last
        elif symbol in {"_", "^"}:
            last = _group_end(symbols, place)
            total += _SCRIPT * _width(symbols, place, last, fraction)
            place = last
        else:
            total += _WIDTHS.get(symbol, _LETTER)
    return total


def _group_end(symbols: list[str], start: int) -> int:
    """The place behind the group, or the single symbol, that begins there."""
    depth = 0
    for place in range(start, len(symbols)):
        depth += (symbols[place] == "{") - (symbols[place] == "}")
        if depth == 0:
            return place + 1
    return len(symbols)
