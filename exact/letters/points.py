"""The points at which expressions with letters are compared: small numbers first, so that they are pleasant to show."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction

FIRST = (
    ("2", "3", "5", "4", "7", "6"),
    ("1/2", "2", "1/4", "3", "3/4", "5/2"),
    ("-1", "2", "3", "-2", "1/2", "-3"),
    ("1/4", "1/2", "3/4", "-1/2", "1/8", "-1/4"),
    ("-2", "-1/2", "-3", "-1", "-3/2", "-1/4"),
)
"""Values for the first letters, in turn; dyadic, so that balls hold them exactly."""

LARGEST = 10_000
"""The numerator or denominator of a number that is pleasant to show."""

_SMALL = tuple(Fraction(n, d) for d in (1, 2, 4) for n in range(-12, 13) if n)


def points(names: tuple[str, ...], numbers: tuple[Fraction, ...], count: int) -> Iterator[dict[str, Fraction]]:
    """`count` points; the same ones whenever it is asked.

    After the first come small numbers, numbers of any size from 2^-8 to 2^12, and numbers near those that stand in the
    expressions, in turn.
    """
    for values in FIRST[:count]:
        yield {name: Fraction(values[i % len(values)]) + i // len(values) for i, name in enumerate(names)}
    chance = random.Random(541)  # noqa: S311  points to look at; nothing depends on their being hard to guess
    short = [number for number in numbers if number and max(abs(number.numerator), number.denominator) <= LARGEST][:8]
    near = tuple(sign * number * factor for number in short for sign in (1, -1) for factor in (1, 2))
    for place in range(count - len(FIRST)):
        pool = near if place % 3 == 1 and near else _SMALL
        yield {name: _of_any_size(chance) if place % 3 == 2 else _value(chance, pool) for name in names}


def _value(chance: random.Random, pool: tuple[Fraction, ...]) -> Fraction:
    return chance.choice(pool) + (chance.choice(_SMALL) if chance.random() < 0.5 else 0)


def _of_any_size(chance: random.Random) -> Fraction:
    size = Fraction(chance.randint(1, 32), 32) * Fraction(2) ** chance.randint(-8, 12)
    return size if chance.random() < 0.5 else -size
