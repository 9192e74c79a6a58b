"""Whether the quantities of a calculation have values, told before anybody's work is held against them."""

from __future__ import annotations

from collections.abc import Iterable

from exact.calculation.solution import Solution
from exact.numbers.exponential_sums import TooLarge, Undecided


def first_without_value(solution: Solution, names: Iterable[str]) -> tuple[str, str] | None:
    """The first of these quantities that has no value, and why; None where all have."""
    for name in names:
        try:
            solution.values(name)
        except ZeroDivisionError:
            return name, "has no value: a division by 0, or a root or logarithm that is none"
        except TooLarge as error:
            return name, f"grows too large: {error}"
        except Undecided:
            return name, "has no value that shows: a number so close to 0 that nothing tells its sign"
    return None
