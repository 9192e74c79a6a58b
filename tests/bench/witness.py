"""The key of random networks derived a second time: how many entries are confirmed, and what it costs."""

from __future__ import annotations

import statistics
import time
from collections import Counter

from tests.test_witness import random_confirmations

NETWORKS = 100


def main() -> None:
    """Prints the counts, and the times of a network."""
    counts, seconds = Counter[str](), []
    for seed in range(NETWORKS):
        begin = time.perf_counter()
        for _, found in random_confirmations(seed, 1):
            counts.update(one.how.value for one in found)
        seconds.append(time.perf_counter() - begin)
    told = ", ".join(f"{count} {how}" for how, count in counts.items())
    times = f"median {statistics.median(seconds):.2g} s, slowest {max(seconds):.2g} s"
    print(f"a second derivation of {NETWORKS} networks: {told}; {times}")


if __name__ == "__main__":
    main()
