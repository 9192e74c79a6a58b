"""What the structure of a problem settles whatever its numbers are, and which small change would mend the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from random import Random

from exact.calculation.inputs import worked_out_once
from exact.calculation.quantity import Calculation, Given, Quantity
from exact.inspection.pieces import pieces
from exact.inspection.redrawing import unit_changes, wholly_redrawn
from exact.inspection.showing import Pair, Showing, Shown, Wanted, showing

DRAWS = 12
"""Sets of numbers by which it is judged whether the structure settles something."""

MOST_CHANGES = 400
"""Changes that are tried."""


@dataclass(frozen=True, slots=True)
class Structure:
    """What some numbers can do: the mistakes that show with some, and the pairs that some part."""

    shown: frozenset[Shown]
    parted: frozenset[Pair]


def structure_of(calculation: Calculation, wanted: Wanted, seed: int = 0) -> Structure:
    """What some of a dozen sets of numbers, drawn at random, do."""
    random = Random(seed)  # noqa: S311  not for secrets
    shown, parted = set[Shown](), set[Pair]()
    for _ in range(DRAWS):
        drawn = wholly_redrawn(calculation, random)
        found = showing(drawn, wanted, worked_out_once(drawn, {}))
        shown |= found.shown
        parted |= found.parted
    return Structure(frozenset(shown), frozenset(parted))


@dataclass(frozen=True, slots=True)
class Open:
    """What a change is looked for: mistakes to show, pairs to part, and quantities whose masks are all alike."""

    hidden: frozenset[Shown]
    alike: frozenset[Pair]
    unmasked: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.hidden or self.alike or self.unmasked)

    def without(self, hidden: Collection[Shown], alike: Collection[Pair], unmasked: Collection[str]) -> Open:
        """The rest."""
        return Open(self.hidden - set(hidden), self.alike - set(alike), self.unmasked - set(unmasked))


Change = tuple[str, int, object]


def mending_changes(
    calculation: Calculation, wanted: Wanted, questions: Open, found: Showing, bent: Collection[Quantity]
) -> Iterator[tuple[Open, Change]]:
    """The first small change of a given number that settles each question: what it settles, and the change.

    Changes that lead to a kink are left out; `bent` are the quantities that have one.
    """
    for tried, (name, place, value) in enumerate(unit_changes(calculation)):
        if not questions or tried == MOST_CHANGES:
            return
        changed = calculation.with_given(name, place, value)
        worked = worked_out_once(changed, {})
        if any(piece.kinks for piece in pieces(changed, bent, worked)):
            continue
        cells = {cell for called in questions.hidden for cell in found.hidden[called]}
        now = showing(changed, wanted, worked, cells | {cell for cell, _, _ in questions.alike})
        masked = _masked(changed, questions.unmasked, worked)
        settled = Open(questions.hidden & now.shown, questions.alike & now.parted, questions.unmasked & masked)
        if settled:
            questions = questions.without(settled.hidden, settled.alike, settled.unmasked)
            yield settled, (name, place, value)


def _masked(calculation: Calculation, names: Collection[str], value: Given) -> set[str]:
    """Those of the quantities in which something is masked, and something not."""
    quantities = [calculation.by_name[name] for name in names]
    return {
        piece.quantity.name
        for piece in pieces(calculation, quantities, value)
        if not piece.is_open and not piece.is_shut and not piece.kinks
    }
