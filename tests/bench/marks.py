"""A study of the marks: simulated students of every manner on random networks, and an attacker, against an oracle."""

from __future__ import annotations

import random
import time

from tests.float_students import random_table
from tests.mark_attack import attack
from tests.marks_study import Marked, Study, homework, study

NETWORKS, SHEETS = 30, 20_000
"""Random networks beside the homework, and sheets over all of them."""

ATTACKED, ATTACKS = 20, 10_000
"""Problems that are attacked, and wrong sheets tried over all of them."""

SHOWN = 10
"""Entries shown of each kind that was marked otherwise than the oracle would, or than an honest student deserves."""


def main() -> None:
    """Prints the figures, and the first entries behind them."""
    chance, found, begun = random.Random(541), Study(), time.perf_counter()
    tables = [homework(), *(random_table(chance) for _ in range(NETWORKS))]
    for number, table in enumerate(tables):
        study(Marked(table), (SHEETS + number) // len(tables), chance, found)
    print(f"marks, {SHEETS} sheets of {len(tables)} problems ({time.perf_counter() - begun:.0f} s)")
    print(found)
    kinds = {"charged": found.charged, "beside a slip": found.followers_charged, "credited": found.credited}
    for kind, lines in kinds.items():
        for line in lines[:SHOWN]:
            print(f"  {kind}: {line}")
    begun, beyond = time.perf_counter(), []
    for number in range(ATTACKED):
        table = random_table(chance) if number % 4 else homework()
        marked = Marked({**table, "charge_repeats": True})
        beyond += [names for _, names in attack(marked, ATTACKS // ATTACKED, chance) if names]
    told = f"{len(beyond)} with entries credited beyond the bounds"
    print(f"attacks, {ATTACKS} wrong sheets of {ATTACKED} problems: {told} ({time.perf_counter() - begun:.0f} s)")
    for names in beyond[:SHOWN]:
        print(f"  {names}")


if __name__ == "__main__":
    main()
