"""The key of random networks and graphs derived a second time: how many entries are confirmed, and what it costs."""

from __future__ import annotations

import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence

from exact.witness.confirmation import Confirmation
from tests import test_graph_witness, test_witness

NETWORKS = 100
GRAPHS = 50
LONGEST_GRAPH = 12


def main() -> None:
    """Prints the counts, and the times of a network and of a graph."""
    _print("networks", NETWORKS, lambda seed: [found for _, found in test_witness.random_confirmations(seed, 1)])
    _print("graphs", GRAPHS, _of_graph)


def _of_graph(seed: int) -> list[Sequence[Confirmation]]:
    found = test_graph_witness.random_confirmations(range(seed, seed + 1), LONGEST_GRAPH)
    return [confirmations for _, confirmations in found]


def _print(what: str, number: int, confirmed: Callable[[int], Sequence[Sequence[Confirmation]]]) -> None:
    counts, seconds = Counter[str](), []
    for seed in range(number):
        begin = time.perf_counter()
        for found in confirmed(seed):
            counts.update(one.how.value for one in found)
        seconds.append(time.perf_counter() - begin)
    told = ", ".join(f"{count} {how}" for how, count in counts.items())
    times = f"median {statistics.median(seconds):.2g} s, slowest {max(seconds):.2g} s"
    print(f"a second derivation of {number} {what}: {told}; {times}")


if __name__ == "__main__":
    main()
