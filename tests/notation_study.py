"""Random values written in every notation and read back: how many are read as the value, refused, or misread."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

from checks.judging.comparison import compare
from tests.written_values import WRITERS, random_value


@dataclass
class Outcome:
    """Counts by (system, kind of value); `misread` and `refused` keep the first texts of each."""

    read: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    misread: list[tuple[str, str, str, str]] = field(default_factory=list)
    examples: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)


def study(count: int, seed: int = 541) -> Outcome:
    """`count` values, each in one notation, all notations in turn."""
    chance = random.Random(seed)
    outcome = Outcome()
    systems = list(WRITERS)
    for number in range(count):
        system, value = systems[number % len(systems)], random_value(chance)
        text = WRITERS[system](value, chance)
        found = compare(value.plain, text)
        place = (system, value.kind)
        if found.verdict == "exact":
            outcome.read[place] += 1
        elif found.verdict == "unreadable":
            outcome.refused[place] += 1
            outcome.examples.setdefault(place, (text, found.note))
        else:
            outcome.misread.append((system, value.plain, text, f"{found.verdict}: {found.note}"))
    return outcome
