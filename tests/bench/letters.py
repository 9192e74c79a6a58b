"""The study of expressions with letters: 1,000 equal and 1,000 nearly equal pairs, and what deciding them costs."""

from __future__ import annotations

import random
import statistics
import time
from collections import Counter

from exact.letters.decide import decide
from tests.letter_pairs import different_pair, equal_pair, in_symbols

PAIRS = 1_000


def main() -> None:
    """Prints how the pairs were decided, and the times."""
    for title, pair in (("equal", equal_pair), ("nearly equal", different_pair)):
        chance = random.Random(17)
        counts, seconds = Counter[str](), []
        for _ in range(PAIRS):
            key, answer = map(in_symbols, pair(chance))
            begin = time.perf_counter()
            counts[type(decide(key, answer)).__name__.lower()] += 1
            seconds.append(time.perf_counter() - begin)
        told = ", ".join(f"{name} {count}" for name, count in counts.items())
        times = f"median {1e3 * statistics.median(seconds):.3g} ms, slowest {1e3 * max(seconds):.3g} ms"
        print(f"letters, {PAIRS} pairs that are {title}: {told}; {times}")


if __name__ == "__main__":
    main()
