"""An attacker of the marks: wrong sheets, changed at random, of which those are kept that score more."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from tests.float_students import Manner, Student, as_answers, names, pasted, random_manner, significant
from tests.mark_oracle import Oracle
from tests.marks_study import Marked

POOL = ("0", "1", "-1", "0.5", "2", "1.00e3", "1e3", "-1.00e2", "1.00", "10", "0.001", "1e-9", "1e-30", "0.33", "99.9")
SPREAD = (0.0, 1e-7, 1e-4, 0.002, 0.01, 0.05, 0.1, 0.3)

Sheet = dict[str, list[str]]


def attack(marked: Marked, rounds: int, chance: random.Random) -> Iterator[tuple[Sheet, str]]:
    """Sheets tried, each with the names of entries that were credited and must not be; "" where none was.

    Every attack begins with one wrong entry, or with a cell of them, in a right sheet or in nonsense.
    """
    sheet = begin(marked, chance)
    best = Fraction(-1)
    for number in range(rounds):
        if number % 40 == 0:
            sheet, best = begin(marked, chance), Fraction(-1)
        tried = changed(marked.oracle, sheet, chance)
        found, allowed = marked.findings(tried), marked.oracle.credited(tried)
        beyond = [
            finding.name
            for cell, findings in found.items()
            for place, finding in enumerate(findings)
            if finding.points and not allowed[cell][place]
        ]
        yield tried, ", ".join(beyond)
        score = sum((finding.points for findings in found.values() for finding in findings), Fraction(0))
        if score >= best:
            sheet, best = tried, score


def begin(marked: Marked, chance: random.Random) -> Sheet:
    """A right sheet as somebody writes it, or the old weights beside anything, with a cell of nonsense in it."""
    _, manner = random_manner(chance)
    right = Student(marked.table, manner).texts
    sheet = {name: list(texts) for name, texts in right.items()}
    if chance.random() < 0.5:
        old = Student({**marked.table, "eta": 0}, Manner(np.float64, pasted)).texts
        for name, texts in sheet.items():
            sheet[name] = old[name] if name.endswith("_new") else [chance.choice(POOL) for _ in texts]
    for name, texts in sheet.items():  # no logarithm of 0
        sheet[name] = [text if math.isfinite(float(text)) else chance.choice(POOL) for text in texts]
    name = chance.choice(list(sheet))
    sheet[name] = [chance.choice(POOL) for _ in sheet[name]]
    return sheet


def changed(oracle: Oracle, sheet: Sheet, chance: random.Random) -> Sheet:
    """The sheet with an entry, or a cell, written anew: nonsense, or nearly what its own step gives."""
    sheet = {name: list(texts) for name, texts in sheet.items()}
    for _ in range(chance.randint(1, 3)):
        name = chance.choice([one for one in names(oracle.depth) if one in sheet])
        own = oracle.from_entries(name, sheet)
        places = range(len(sheet[name])) if chance.random() < 0.5 else [chance.randrange(len(sheet[name]))]
        for place in places:
            value = own[place]
            if value is None or abs(value) > 1e9 or chance.random() < 0.2:
                sheet[name][place] = chance.choice(POOL)
                continue
            near = value * (1 + chance.choice(SPREAD) * chance.uniform(-1, 1)) * chance.choice((1, 1, 1, -1))
            write = chance.choice((pasted, significant(1), significant(2), significant(3), significant(4)))
            sheet[name][place] = write(near)
    return sheet


def told(marked: Marked, sheet: Sheet) -> str:
    """The sheet as it is handed in."""
    return as_answers(marked.table, sheet)
