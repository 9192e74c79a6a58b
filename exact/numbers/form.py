"""Numbers that are made alike: by the same operations, from equal leaves. That proves them equal, and costs little."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from exact.numbers.arithmetics import Operation

MOST_PAIRS = 2_000
"""Pairs of numbers that are compared."""

Made = Callable[[Any], tuple[Operation, tuple[Any, ...]]]
"""How a number is made: the operation, and its operands."""


def made_alike(left: Any, right: Any, made: Made) -> bool:
    """Whether two numbers are made by the same operations, from leaves that are equal; False says nothing."""
    waiting = [(left, right)]
    seen: set[tuple[int, int]] = set()
    while waiting:
        one, other = waiting.pop()
        if one is other or (id(one), id(other)) in seen:
            continue
        seen.add((id(one), id(other)))
        (operation, mine), (its, theirs) = made(one), made(other)
        if operation is not its or len(seen) > MOST_PAIRS:
            return False
        if operation is not Operation.LEAF:
            waiting += zip(mine, theirs, strict=True)
        elif not _equal_leaves(mine[0], theirs[0]):
            return False
    return True


def _equal_leaves(one: Any, other: Any) -> bool:
    return one is other or (isinstance(one, Fraction) and isinstance(other, Fraction) and one == other)
