r"""What lies about the letters of a line: marks of lists, hats, brackets of another size, lines through them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from checks.writeups.glyphs import TALL, Glyph, Rule

FAR, MAX_NUMBER = 2.0, 9
"""The least gap before an equation's number, as a share of the font's size, and the characters of one."""

STRUCK = "⊘"
"""Stands for what a line goes through; no number and no name has it."""


def without_bullet(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """The line without the mark of a list's item, which stands apart from what follows."""
    ordered = _accented(sorted(glyphs, key=lambda one: one.x))
    is_mark = len(ordered) > 1 and not ordered[0].is_tall
    is_mark = is_mark and (ordered[0].text in "•◦▪∙·–*" or not ordered[0].text.isprintable())
    return ordered[1:] if is_mark else ordered


def _accented(ordered: list[Glyph]) -> list[Glyph]:
    r"""The glyphs with a hat that stands over a letter made one with it: `\hat{y}`."""
    hats = [one for one in ordered if one.text in "ˆ^̂"]
    for hat in hats:
        middle = (hat.left + hat.right) / 2
        under = [one for one in ordered if one.text.isalpha() and one.left <= middle <= one.right + 0.2 * one.size]
        if under:
            letter = under[0]
            ordered = [one for one in ordered if one is not hat]
            place = ordered.index(letter)
            ordered[place] = replace(letter, text=rf"\hat{{{letter.text}}}", italic=True)
    return ordered


def without_number(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """A line without the number of its equation, `(3)`, which stands far behind the equation."""
    ordered = sorted(glyphs, key=lambda one: one.x)
    for place in range(len(ordered) - 1, max(0, len(ordered) - MAX_NUMBER), -1):
        one, before = ordered[place], ordered[place - 1]
        if one.left - before.right > FAR * one.size:
            text = "".join(part.text for part in ordered[place:])
            is_number = re.fullmatch(r"\(\d{1,3}(?:\.\d{1,2})?[a-z]?\)", text)
            return ordered[:place] if is_number and before.text not in "=≈≡←+-−·×:" else list(glyphs)
    return list(glyphs)


def measured(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """A line whose tall brackets are as large as its letters: some programs write them in a larger font."""
    sizes = [one.size for one in glyphs if one.text.isalnum()]
    if not sizes:
        return list(glyphs)
    largest = max(sizes)
    return [replace(one, size=largest) if one.bracket and one.size > largest * TALL else one for one in glyphs]


def marked(glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> list[Glyph]:
    """The glyphs, those that a line goes through unreadable."""
    return [replace(one, text=STRUCK) if any(_goes_through(rule, one) for rule in rules) else one for one in glyphs]


def _goes_through(rule: Rule, one: Glyph) -> bool:
    """Whether a line lies in the middle of a letter or digit, and is longer than it."""
    height = one.top - one.bottom
    return (
        one.text.isalnum()
        and rule.left <= one.left + 0.1 * one.size
        and one.right - 0.1 * one.size <= rule.right
        and one.bottom + height / 5 < rule.y < one.top - height / 5
    )
