"""What the way in which a number is made proves of it, at little cost: equality, that it is 0 or more, or algebraic."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from exact.numbers.arithmetics import Operation

MOST_PAIRS = 2_000
"""Pairs of numbers that are compared, and numbers that are looked at."""

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


def never_negative(number: Any, made: Made) -> bool:
    """Whether a number is a square, a size, a power of e or a root, or such by + * / alone; False says nothing."""
    waiting, looked_at = [number], 0
    while waiting:
        operation, operands = made(waiting.pop())
        looked_at += 1
        if operation in _FROM_ZERO or (operation is Operation.MULTIPLY and made_alike(operands[0], operands[1], made)):
            continue
        if operation in _KEEPING and looked_at <= MOST_PAIRS:
            waiting += operands
        elif not (operation is Operation.LEAF and isinstance(operands[0], Fraction | int) and operands[0] >= 0):
            return False
    return True


def is_algebraic(number: Any, made: Made) -> bool:
    """Whether a number is made of rational ones by + - * /, roots and sizes alone; False says nothing."""
    waiting, seen = [number], set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        operation, operands = made(one)
        if operation is Operation.LEAF:
            if not isinstance(operands[0], Fraction | int):
                return False
        elif operation not in _ALGEBRAIC:
            return False
        else:
            waiting += operands
    return True


_FROM_ZERO = (Operation.ABSOLUTE, Operation.EXP, Operation.SQRT, Operation.FROM_ZERO)
_KEEPING = (Operation.ADD, Operation.MULTIPLY, Operation.DIVIDE)
_ALGEBRAIC = (*_KEEPING, Operation.SUBTRACT, Operation.ABSOLUTE, Operation.SQRT, Operation.FROM_ZERO)
