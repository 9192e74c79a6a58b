"""Times two ways of doing one thing in turn, A B A B ..., and prints the ratio of their medians."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

ROUNDS = 7


def side_by_side(title: str, ours: Callable[[], object], baseline: Callable[[], object], against: str) -> None:
    """Prints both medians and their ratio; a first, uncounted run of each warms up."""
    ours()
    baseline()
    ratios, seconds = [], []
    for _ in range(ROUNDS):
        a, b = _seconds(ours), _seconds(baseline)
        ratios.append(b / a)
        seconds.append(a)
    ratio = statistics.median(ratios)
    told = f"{ratio:.3g} times faster than" if ratio >= 1 else f"{1 / ratio:.3g} times the time of"
    print(f"{title}: {1e3 * statistics.median(seconds):.3g} ms, {told} {against}")


def median_seconds(work: Callable[[], object]) -> float:
    """The median of a few runs, after one that warms up."""
    work()
    return statistics.median(_seconds(work) for _ in range(3))


def _seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
