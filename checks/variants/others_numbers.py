"""Finds sheets that answer the numbers of another student than the one whose they are.

What is found is told and not judged: whoever was handed the wrong worksheet has done nothing wrong, and a mark by the
wrong numbers is none. Chance is kept out: it takes several different numbers, none of which is 0 or 1, that are wrong
by one's own numbers and hold by another's, and more entries that do than the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from checks.judging.verdicts import Verdict
from checks.marking.checked import Checked
from checks.variants.variant import Variant, Variants
from exact.calculation.inputs import worked_out_once
from exact.inspection.paper import about
from exact.numbers.unknown import is_known

LEAST_NUMBERS, WORTH_A_LOOK = 5, 2
"""Different numbers that have to be another's, and from how many on the whole sheet is checked by another's key."""

RIGHT_BY_ITSELF = frozenset({Verdict.EXACT, Verdict.ROUNDED, Verdict.CLOSE})
"""Verdicts of what is right by the key, not from something before it."""

MOST_SUSPECTS = 3

HOLDS = RIGHT_BY_ITSELF | {Verdict.FOLLOW_THROUGH}
"""Verdicts of what holds by the numbers, from what stands before it."""

NEAR = 2e-3
"""How near, relatively, a number has to be to another's key to be looked at closely."""

_NUMBER = re.compile(r"\s*([-\u2212]?)\s*([0-9]{1,12}(?:\.[0-9]{1,20})?|[0-9]{1,9}/[1-9][0-9]{0,8})\s*", re.ASCII)


@dataclass(frozen=True)
class OthersNumbers:
    """Compares sheets with everybody's keys, which are worked out once, and only if a sheet is to be compared."""

    variants: Variants

    def suspects(self, checked: Checked, own: Variant) -> tuple[Variant, ...]:
        """The few students whose numbers the wrong entries of a sheet seem to answer, the likeliest first."""
        off = (one for one in checked.findings if one.verdict in (Verdict.WRONG, Verdict.FOLLOW_THROUGH))
        given = {one.cell: value for one in off if (value := _number(one.given)) is not None}
        if not given:
            return ()
        mine, found = self._keys[own.folder], []
        for other in self.variants.variants:
            keys = self._keys[other.folder]
            hits = _telling(
                value
                for name, value in given.items()
                if name in keys and _are_near(value, keys[name]) and not _are_near(keys[name], mine[name])
            )
            if other.assignment.text != own.assignment.text and len(hits) >= WORTH_A_LOOK:
                found.append((len(hits), other))
        found.sort(key=lambda one: -one[0])
        return tuple(other for _, other in found[:MOST_SUSPECTS])

    @cached_property
    def _keys(self) -> Mapping[str, Mapping[str, float]]:
        """The keys of everybody, about, by folder and entry."""
        return {one.folder: dict(_key(one)) for one in self.variants.variants}


def _key(variant: Variant) -> Iterator[tuple[str, float]]:
    for part in variant.assignment.parsed().hand_parts:
        value = worked_out_once(part.naming.calculation, {})
        for asked in part.cells:
            values = value(asked.quantity.name)
            for place in asked.places:
                if is_known(values[place]):
                    yield part.name(asked.quantity.entry(place)), about(values[place])


def answers_another(own: Checked, other: Checked) -> bool:
    """Whether a sheet, checked by its student's key and by another's, is proved to answer the other's numbers."""
    mine, theirs = ({one.name for one in checked.findings if one.verdict in HOLDS} for checked in (own, other))
    only_theirs = [one for one in other.findings if one.name in theirs - mine]
    numbers = _telling(value for one in only_theirs if (value := _number(one.given)) is not None)
    return len(numbers) >= LEAST_NUMBERS and len(only_theirs) > len(mine - theirs)


def right_entries(checked: Checked) -> int:
    """How many entries are right by the key itself."""
    return sum(one.verdict in RIGHT_BY_ITSELF for one in checked.findings)


def _number(given: str | None) -> float | None:
    """A plain number, about; None for anything else, which is not looked at."""
    match = _NUMBER.fullmatch(given or "")
    return float(Fraction(match[2])) * (-1 if match[1] else 1) if match else None


def _telling(values: Iterable[float]) -> set[float]:
    """The different sizes among the numbers, without 0 and 1, which stand everywhere."""
    return {round(abs(value), 3) for value in values} - {0.0, 1.0}


def _are_near(one: float, other: float) -> bool:
    return abs(one - other) <= NEAR * max(abs(one), abs(other))
