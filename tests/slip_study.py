"""What becomes of sheets with slips alone, in problems of small whole numbers: none of them is a misconception."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from tests.hand_sheets import reference_of
from tests.sheet_study import SLIPS, check, random_place
from tests.students import at, sheet

WHOLE = (-3, -2, -1, 1, 2, 3)


@dataclass
class Studied:
    """Sheets, and what was named on them other than slips."""

    sheets: int = 0
    misnamed: int = 0
    names: Counter[str] = field(default_factory=Counter)

    def line(self) -> str:
        """The counts as a share."""
        return (
            f"{self.sheets} sheets with a slip, misnamed {100 * self.misnamed / self.sheets:.2f} % {dict(self.names)}"
        )


def whole_table(chance: random.Random) -> dict[str, object]:
    """A problem of 2 or 3 layers, all numbers whole and small."""
    while True:
        widths = [chance.randint(2, 3) for _ in range(chance.randint(3, 4))]
        layers = [
            {"W": [chance.choices(WHOLE, k=n) for _ in range(m)], "b": chance.choices(WHOLE, k=m)}
            for n, m in pairwise(widths)
        ]
        y = [int(i == 0) for i in range(widths[-1])]
        table: dict[str, object] = {"x": chance.choices(WHOLE, k=widths[0]), "y": y, "eta": "1/2", "layers": layers}
        cells = sheet(table)
        last = cells[f"s{len(layers)}"]
        if all(cells[f"a{l}"].any() for l in range(1, len(layers))) and np.ptp(last) < 9:
            return table


def _other_digit(x: float, chance: random.Random) -> float:
    """The number with one of its digits another one, as it is written."""
    text = f"{x:.4g}"
    place = chance.choice([place for place, character in enumerate(text) if character.isdigit()])
    return float(text[:place] + chance.choice("0123456789".replace(text[place], "")) + text[place + 1 :])


def study(sheets: int, seed: int) -> Studied:
    """So many sheets, each with one entry that is off by two, has another sign or another digit."""
    chance, studied = random.Random(seed), Studied()
    changes = (lambda x: -x, lambda x: x + 2, lambda x: x - 2, lambda x: 10 * x, lambda x: _other_digit(x, chance))
    while studied.sheets < sheets:
        table = whole_table(chance)
        reference, right = reference_of(table), sheet(table)
        for _ in range(8):
            name = chance.choice([name for name in right if not name.startswith("da")])
            place, change = random_place(right[name], chance), chance.choice(changes)
            cells = sheet(table, {name: at(place, change)}) if chance.random() < 0.7 else dict(right)
            if cells[name] is right[name]:
                cells[name] = at(place, change)(right[name].copy())
            named = {one for finding in check(reference, cells) for one in finding.mistakes} - set(SLIPS)
            studied.sheets += 1
            studied.misnamed += bool(named)
            studied.names.update(named)
    return studied
