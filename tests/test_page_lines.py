"""Characters of a page as lines: what is struck out, off its line or beside a bracket that is only a piece."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from checks.writeups.glyphs import Glyph, Rule
from checks.writeups.layout import lines
from checks.writeups.line_marks import STRUCK
from checks.writeups.values import Element
from checks.writeups.witness import agrees

SIZE = 10.0


def typed(text: str, left: float = 0.0, y: float = 0.0) -> list[Glyph]:
    """Letters of 5 by 8 points, 6 apart, on the baseline `y`; letters of the alphabet are italic."""
    return [
        Glyph(one, x, y, x, y, x + 5, y + 8, SIZE, italic=one.isalpha())
        for x, one in zip((left + 6 * place for place in range(len(text))), text, strict=True)
        if one != " "
    ]


def tall(text: str, left: float, bottom: float, top: float) -> Glyph:
    return Glyph(text, left, bottom, left, bottom, left + 4, top, SIZE)


def read(glyphs: Sequence[Glyph], rules: Sequence[Rule] = ()) -> list[str]:
    return ["".join(one.text.split()) for one in lines(glyphs, rules)]


def test_what_a_line_goes_through_is_not_read() -> None:
    assert read(typed("s=53")) == ["s=53"]
    assert read(typed("s=53"), [Rule(12.0, 17.0, 4.0)]) == [f"s={STRUCK}3"]
    assert read(typed("s=53"), [Rule(12.0, 23.0, 4.0)]) == [f"s={STRUCK}{STRUCK}"]
    for beside in (Rule(12.0, 17.0, 0.5), Rule(12.0, 14.0, 4.0)):
        assert STRUCK not in "".join(read(typed("s=53"), [beside]))


def test_what_lies_off_its_line_is_not_read() -> None:
    """A letter of full size nearly half a line too high: which row it is of is not known."""
    assert read([*typed("s=1"), *typed("2", left=18.0, y=4.8)]) == [f"s=1{STRUCK}"]
    assert read([*typed("s=1"), *typed("2", left=18.0, y=3.0)]) == ["s=12"]


@pytest.mark.parametrize(("height", "rows"), [(16.0, ["2", "1"]), (24.0, ["2", "1"])])
def test_rows_stand_beside_a_bracket_that_is_only_a_piece(height: float, rows: list[str]) -> None:
    """One of 16 points is too short for the two rows that it stands beside."""
    bottom = 5.0 if height == 16.0 else -3.0
    brackets = [tall(sign, left, bottom, bottom + height) for sign, left in (("[", 14.0), ("]", 28.0))]
    page = [*typed("s=", y=6.0), *brackets, *typed("1", left=20.0), *typed("2", left=20.0, y=12.0)]
    inside = r"\\".join(rows)
    assert read(page) == [rf"s=\left[\begin{{matrix}}{inside}\end{{matrix}}\right]"]


def test_the_room_of_a_last_digit_is_small_beside_its_terms() -> None:
    """0.010 is a rounding of what is near it, and not of 0.0108."""
    number = Element("0.010", Fraction(1, 100), Fraction(1, 1000), 2, Fraction(1, 100))
    for other, same in ((Fraction(101, 10_000), True), (Fraction(108, 10_000), False)):
        assert agrees(number, number.value, other, other, Fraction(0)) is same
