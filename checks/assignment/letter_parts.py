"""Reads what a part with letters says of them: what is assumed, and that its key can be written down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from checks.assignment.asked import Asked
from checks.assignment.letter_scope import Letters, LetterScope
from checks.assignment.letters import Lettered
from checks.language.tree import AnswerError
from exact.calculation.naming import Naming
from exact.letters.constants import NoNumber, number_of
from exact.letters.lettered import NoFormula
from exact.letters.linear import solved_for_a_letter
from exact.letters.solution import Unsettled
from exact.letters.symbolic import Letter, Symbolic, replaced, symbolic
from exact.letters.symbolic import letters as letters_in
from exact.letters.writing import latex_style, text_style, written
from exact.numbers.exponential_sums import TooLarge, Undecided

MAX_ASSUMED = 50
"""Assumptions of one part."""

EXAMPLE = 'assume = ["s1[1] > 0"]'

_COMPARISON = re.compile(r"[<>=]")


class AssumptionError(ValueError):
    """An assumption that cannot be read, or a key that needs one; `path` is its place below the part's table."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path, self.message = path, message


def named_by_letters(naming: Naming, found: Lettered) -> Naming:
    """The names, of what is given as a bare letter that letter, where that is free.

    An array of which one letter names something else already keeps its name and its indices throughout.
    """
    named: dict[str, list[tuple[str, int]]] = {}
    for name, values in naming.calculation.given.items():
        for place, number in enumerate(values):
            value = found.stands_for.get(number)
            if isinstance(value, Letter):
                named.setdefault(value.name, []).append((name, place))
    taken = {places[0][0] for letter, places in named.items() if letter in naming.spoken}
    cells, entries = dict(naming.cells), dict(naming.entries)
    for letter, places in named.items():
        name, place = places[0]
        is_array = bool(naming.calculation.given[name].shape)
        is_named = name in naming.cells and not (naming.is_own_throughout and is_array)
        if len(places) > 1 or is_named or naming.own_entry(name, place) or name in taken:
            continue
        if is_array:
            entries[name, place] = letter
        else:
            cells[name] = letter
    return replace(naming, cells=cells, entries=entries)


def typeset_letters(naming: Naming, found: Lettered) -> dict[Fraction, str]:
    """How the expressions are typeset that numbers stand for."""
    style = latex_style(naming.typeset)
    return {number: written(value, style) for number, value in found.stands_for.items()}


def assumed(
    value: object, naming: Naming, found: Lettered, distributions: Iterable[Sequence[Fraction]] = ()
) -> Letters:
    """The letters with what is assumed of them, one assumption after another; equations first.

    Each of the distributions adds up to 1. Raises `AssumptionError`.
    """
    letters = Letters(found.letters, found.stands_for)
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value) or len(value) > MAX_ASSUMED:
        raise AssumptionError("assume", f"expected a list of at most {MAX_ASSUMED} texts, such as {EXAMPLE}")
    for shares in distributions:
        letters = _with_distribution(letters, [found.stands_for.get(share) or symbolic(share) for share in shares])
    for number, text in sorted(enumerate(value), key=lambda numbered: "=" not in numbered[1]):
        path = f"assume[{number}]"
        sides = _COMPARISON.split(text)
        if len(sides) != 2:
            raise AssumptionError(path, f"expected one >, < or =, as in s1[1] > 0, not {text[:40]!r}")
        scope = LetterScope(naming, letters)
        try:
            left, right = map(scope.read, sides)
        except AnswerError as error:
            raise AssumptionError(path, f"{text[:40]!r}: {error.message}") from None
        difference = right - left if "<" in text else left - right
        if "=" not in text:
            letters = replace(letters, positive=(*letters.positive, difference))
        elif solved := solved_for_a_letter(difference):
            letters = _with_equal(letters, *solved)
        else:
            raise AssumptionError(path, f"expected a sum of letters and numbers, as in t1 + t2 = 1, not {text[:40]!r}")
    return letters


def _with_distribution(letters: Letters, shares: Sequence[Symbolic]) -> Letters:
    """The last of several letters is what the others leave of 1, as far as it is no part of them."""
    alone = [share for share in shares if isinstance(share, Letter)]
    if len(alone) < 2:
        return letters
    last = alone[-1].name
    rest = symbolic(1)
    for share in shares:
        rest = rest if share is alone[-1] else rest - share
    return letters if last in letters_in(rest) else _with_equal(letters, last, rest)


def _with_equal(letters: Letters, name: str, value: Symbolic) -> Letters:
    """The letters, one of them another expression from now on."""
    made = replaced(value, letters.equal)
    known = {one: replaced(expression, {name: made}) for one, expression in letters.equal.items()}
    return replace(letters, equal={**known, name: made})


def faults_of(naming: Naming, letters: Letters, cells: Sequence[Asked]) -> Iterator[tuple[str, str]]:
    """What stands in the way of a key in letters: path and message."""
    scope = LetterScope(naming, letters)
    for cell in cells:
        try:
            for value in scope.solution.values(cell.quantity.name):
                if not letters_in(value):
                    number_of(value)
        except NoNumber:
            yield "cells", f"{naming.cell(cell.quantity.name)} has no value"
        except Unsettled as unsettled:
            texts = dict.fromkeys(written(one, text_style()) for one in unsettled.questions)
            listed = ", ".join(f'"{text} > 0"' for text in texts)
            yield "assume", f"on which side of 0 {', '.join(texts)} lies is not known; say so: assume = [{listed}]"
            return
        except NoFormula as error:
            yield "cells", f"{naming.cell(cell.quantity.name)} has no formula with letters ({error})"
        except (TooLarge, Undecided) as error:
            yield "cells", f"{naming.cell(cell.quantity.name)}: {error}"
