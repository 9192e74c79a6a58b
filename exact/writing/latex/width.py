"""How wide a formula is on paper, estimated from its LaTeX: enough to decide where lines break.

Widths of Computer Modern in em; only what `exact.writing.notation` writes is known, and all else counts as a letter.
"""

from __future__ import annotations

import re

_SYMBOL = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_SCRIPT, _FRACTION = 0.72, 0.78
"""The size of sub- and superscripts, and of fractions within a line, beside that of the line."""

_WIDTHS = (
    dict.fromkeys(("\\displaystyle", "\\left", "\\right", "\\mathrm", "{", "}", "&"), 0.0)
    | dict.fromkeys("0123456789", 0.5)
    | dict.fromkeys(("+", "-", "=", "\\times", "\\approx", "\\odot", "\\cdot"), 1.25)
    | {".": 0.28, ",": 0.45, "(": 0.4, ")": 0.4, "\\ln": 1.0, "\\min": 1.8, "\\max": 1.9, "\\tanh": 2.2}
)
_LETTER = 0.6


def estimated_width(latex: str) -> float:
    r"""The width in em.

    >>> round(estimated_width("2 - 3 p_{1}"), 1), round(estimated_width(r"\frac{15}{2}"), 1)
    (3.2, 1.0)
    """
    symbols = [symbol for symbol in _SYMBOL.findall(latex) if not symbol.isspace()]
    fraction = 1.0 if "\\displaystyle" in symbols else _FRACTION
    return _width(symbols, 0, len(symbols), fraction)


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
