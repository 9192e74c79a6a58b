"""The key's entries as formulas of a page, in MathML; each is converted once, however many pages show it."""

from __future__ import annotations

from functools import cache

from latex2mathml.converter import convert
from markupsafe import Markup

from checks.hand.key import HandReference, KeyCell
from checks.hand.letter_key import LetterKey
from checks.marking.reference import Reference
from checks.reports.titled import titled
from exact.writing.latex.formula import ABOUT, Formula, total
from exact.writing.latex.grids import Grids

DIGITS = 8
"""Significant digits of the decimals."""

WIDEST = 20.0
"""The width, in em, up to which a number is shown as a formula; text, unlike a formula, breaks anywhere."""


class KeyFormulas:
    """The formulas of all hand problems of an assignment."""

    def __init__(self, reference: Reference) -> None:
        self._cells: dict[str, tuple[HandReference, KeyCell]] = {}
        for hand in reference.hand_parts:
            for cell in hand.cells:
                self._cells |= {entry.name: (hand, cell) for entry in cell.entries}
        self._formulas: dict[str, Markup] = {}

    def of(self, name: str) -> Markup:
        """An entry by its name in reports, such as `p2.W3_new[3,1]`: exact, and in decimals where they say more.

        "" for what is no entry of a hand problem, and for what is too wide.
        """
        if name in self._cells and name not in self._formulas:
            hand, asked = self._cells[name]
            if hand.letters is not None:
                self._formulas |= _in_letters(hand.letters, asked)
                return self._formulas[name]
            one = titled(hand)
            grids, cell = Grids(one.solution, DIGITS, one.in_decimals), one.solution.cell(asked.quantity.name)
            shown = (grids.exact(cell), grids.decimals(cell))
            exact, decimals = ([total(terms) for row in grid for terms in row] for grid in shown)
            for entry in asked.entries:
                first, second = exact[entry.place], decimals[entry.place]
                fraction = entry.key.value.as_fraction()
                says_more = not (first.is_rounded or one.in_decimals) and (
                    fraction is None or fraction.denominator != 1
                )
                formula = _sides(first, second if says_more else None) if first.width <= WIDEST else Markup()
                self._formulas[entry.name] = formula
        return self._formulas.get(name, Markup())


def _in_letters(letters: LetterKey, asked: KeyCell) -> dict[str, Markup]:
    """The entries of a cell as formulas in letters, but for those that are too wide."""
    found = letters.written(asked.quantity, range(len(asked.every)))
    return {one.name: mathml(one.latex) if len(one.text) <= 2 * WIDEST else Markup() for one in found}


def _sides(exact: Formula, decimal: Formula | None) -> Markup:
    """The exact number and the decimal: formulas of their own, so that a line may break between them."""
    parts = [_behind(ABOUT, exact) if exact.is_rounded else exact.latex]
    if decimal is not None:
        parts.append(_behind(decimal.sign, decimal))
    return Markup(" ").join(map(mathml, parts))


def _behind(sign: Formula, number: Formula) -> str:
    """The number behind the sign, in braces: its minus subtracts nothing."""
    return f"{sign.latex} {{{number.latex}}}"


@cache
def mathml(latex: str) -> Markup:
    """LaTeX of ours or of a teacher's names, never of a student's, as MathML; as it is where the converter gives up."""
    try:
        return Markup(convert(latex))  # noqa: S704  made from the key alone
    except Exception:
        return Markup("<code>{}</code>").format(latex)
