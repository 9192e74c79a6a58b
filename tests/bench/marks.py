"""A study of the marks: simulated students of every manner on random networks, and an attacker, against an oracle."""

from __future__ import annotations

import random
import time

from tests.float_students import random_table
from tests.mark_attack import attack
from tests.marks_study import Marked, Study, homework, study
from tests.work_students import MarkedWork
from tests.works import KINDS

NETWORKS, SHEETS = 30, 20_000
"""Random networks beside the homework, and sheets over all of them."""

WORKS, SHEETS_OF_WORKS = 20, 4_000
"""Calculations of each kind beyond one step on one sample, and sheets over all of them."""

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
    _print(f"{SHEETS} sheets of {len(tables)} problems", found, begun)
    for make in KINDS:
        chance, found, begun = random.Random(541), Study(), time.perf_counter()
        for _ in range(WORKS):
            study(MarkedWork(make(chance)), SHEETS_OF_WORKS // (WORKS * len(KINDS)), chance, found)
        _print(f"{make.__name__}, {SHEETS_OF_WORKS // len(KINDS)} sheets of {WORKS} calculations", found, begun)
    begun, beyond = time.perf_counter(), []
    for number in range(ATTACKED):
        table = random_table(chance) if number % 4 else homework()
        marked = Marked({**table, "charge_repeats": True})
        beyond += [names for _, names in attack(marked, ATTACKS // ATTACKED, chance) if names]
    told = f"{len(beyond)} with entries credited beyond the bounds"
    print(f"attacks, {ATTACKS} wrong sheets of {ATTACKED} problems: {told} ({time.perf_counter() - begun:.0f} s)")
    for names in beyond[:SHOWN]:
        print(f"  {names}")


def _print(title: str, found: Study, begun: float) -> None:
    print(f"marks, {title} ({time.perf_counter() - begun:.0f} s)")
    print(found)
    kinds = {"charged": found.charged, "beside a slip": found.followers_charged, "credited": found.credited}
    for kind, lines in kinds.items():
        for line in lines[:SHOWN]:
            print(f"  {kind}: {line}")


if __name__ == "__main__":
    main()
