"""What is said of a text that fits no rule, with a hint where one knows what was meant."""

from __future__ import annotations

import re

from checks.language.scanner import Scanner
from checks.language.tree import AnswerError

_COMMA, _DECIMAL_COMMA, _WORD = re.compile(r","), re.compile(r",[0-9]"), re.compile(r"\\?[^\W\d_]+")


def unexpected(scanner: Scanner, wanted: str) -> AnswerError:
    """The error for what stands here; `wanted` is what was expected."""
    if scanner.at_end():
        return scanner.error(f"expected {wanted} before the end")
    if scanner.looking_at(_DECIMAL_COMMA) and scanner.before(scanner.place).isdigit():
        return scanner.error("a comma inside a number; write a decimal point (0.5), or brackets around a vector")
    if scanner.looking_at(_COMMA):
        return scanner.error("several numbers need brackets around them, such as [5, -5]")
    word = scanner.looking_at(_WORD)
    if word is None:
        return scanner.error(f"expected {wanted}, found {scanner.here()}")
    name = word.group()
    if name == "p":
        return scanner.error("p needs an index, such as p_1")
    if name.lower() in ("nan", "inf", "infinity", "\\infty"):
        return scanner.error(f"'{name}' is not a real number")
    return scanner.error(f"the name '{name[:20]}' is not known; expected a number, e, exp(...), p_1 or the like")
