"""Tall brackets on a page: which open and close, and such as are drawn of pieces that are no characters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from checks.writeups.brackets import Bracket, brackets, is_whole, lengthened, pairs_of
from checks.writeups.glyphs import Glyph
from tests.hands.desk import Desk
from tests.hands.habits import HABITS
from tests.hands.makers import MAKERS
from tests.hands.problems import PROBLEMS
from tests.hands.study import assignment_of, of_pdf


def paired(signs: str) -> list[tuple[int, int]]:
    pairs = pairs_of([Bracket(sign, float(place), 0.0, 30.0) for place, sign in enumerate(signs)])
    return [(round(opening.x), round(closing.x)) for opening, closing in pairs]


@pytest.mark.parametrize(
    ("signs", "pairs"),
    [
        ("[][]", [(0, 1), (2, 3)]),
        ("([])", [(0, 3)]),
        ("([][]", [(1, 2), (3, 4)]),
        ("[])", [(0, 1)]),
        ("[)]", [(0, 2)]),
        ("[(]", [(0, 2)]),
        ("([)]", [(0, 2)]),
        (")[", []),
    ],
)
def test_brackets_pair_with_their_own_kind(signs: str, pairs: list[tuple[int, int]]) -> None:
    assert paired(signs) == pairs


WHOLE = Glyph("]", 100.0, 40.0, 100.0, 40.0, 104.0, 58.0, 10.0)
PIECES = [(103.3, 29.0, 104.0, 41.0), (100.0, 12.0, 104.0, 30.0)]


def test_a_bracket_is_as_long_as_its_pieces() -> None:
    found = list(lengthened([WHOLE], [*PIECES, (100.0, 40.0, 104.0, 58.0)]))
    assert [(one.bottom, one.top) for one in found] == [(29.0, 41.0), (12.0, 30.0)]
    bracket, *others = brackets([WHOLE, *found])
    assert not others
    assert (bracket.text, bracket.bottom, bracket.top) == ("]", 12.0, 58.0)


def test_what_is_no_piece_of_it_leaves_a_bracket_as_it_is() -> None:
    apart = (100.0, 12.0, 104.0, 30.0)
    beside, wide = (106.0, 29.0, 110.0, 41.0), (100.0, 29.0, 130.0, 41.0)
    assert list(lengthened([WHOLE], [apart, beside, wide])) == []
    other = replace(WHOLE, text="5", bottom=29.0, top=41.0)
    assert list(lengthened([WHOLE, other], [(100.0, 29.0, 104.0, 41.0)])) == []
    assert not is_whole(replace(WHOLE, top=50.0))
    assert not is_whole(replace(WHOLE, extension=True))


@pytest.mark.skipif("Chromium, MathML" not in MAKERS, reason="no Chromium")
def test_a_page_printed_by_a_browser_is_read() -> None:
    """Its tall brackets are drawn of pieces, and one in a product stands alone."""
    write_up = HABITS["one display"](Desk(PROBLEMS["homework"]))
    data = MAKERS["Chromium, MathML"](write_up)
    assert data is not None
    tally = of_pdf(data, write_up, assignment_of("homework"))
    assert tally.misread == []
    assert tally.counts["certain right"] == tally.counts["all"] == 48
