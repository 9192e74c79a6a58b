"""Which rows of submitted activations are right: those that a correct program can have written.

A correct float32 program differs from the true activations by up to 2.4e-5 of their size, a half-precision one by up to
5e-4; the bound lies between. (An a-priori bound for float32 would be useless: the logits of the course's network could
be off by 0.33.) A file may also be rounded or cut off, to three decimals or three significant digits or more, in one
way throughout.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RELATIVE = 1e-4
FLOAT32_TINY = 1.2e-38
"""Below this float32 has no full precision; such an activation may be written as 0, or as a multiple of the next."""

FLOAT32_SMALLEST = 1.5e-45

LEAST_DIGITS = 3
"""Decimals, or significant digits, that a file has to have."""

MOST_DECIMALS = 20
MOST_DIGITS = 5
"""Significant digits up to which a rounding is more than `RELATIVE` allows."""

FLOAT64_ROUNDING, FLOAT32_ROUNDING = 4e-16, 6e-8
"""How far a float may be from the decimal that it was rounded to, relative to it."""

FIRST_LOOK = 100

Floats = NDArray[np.floating]
Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Writing:
    """How many digits a file writes: the least decimals, and significant digits, that hold all its numbers, or None."""

    decimals: int | None = None
    digits: int | None = None

    @property
    def is_too_short(self) -> bool:
        """Whether there are fewer digits than a file has to have; whole numbers alone are no rounding."""
        return self.decimals != 0 and (self._is_short(self.decimals) or self._is_short(self.digits))

    def unit(self, numbers: Floats) -> Floats:
        """The unit of the last place of each number, the larger where two ways of writing may be meant; 0 for none."""
        units = np.zeros_like(numbers, dtype=float)
        for own in self._units(numbers):
            units = np.maximum(units, own)
        return units

    def rows_near(self, given: Floats, true: Floats, allowed: Floats) -> Rows:
        """Whether each row of `given`, shape (n, m), is that of `true`, rounded or cut off so; shape (n,).

        `allowed` is what each number, shape (n, m), may be off by before that. A number is cut off towards 0.
        """
        rows = np.zeros(len(given), dtype=bool)
        beyond = (given - true) * np.where(true < 0, -1, 1)
        for unit in self._units(true):
            low, high = unit * (1 + 1e-6) + allowed, unit * (0.5 + 1e-6) + allowed
            rows |= ((-low <= beyond) & (beyond <= high)).all(axis=1)
        return rows

    def told(self) -> str:
        """The number of digits, of a file that has too few.

        >>> Writing(decimals=2, digits=2).told(), Writing(digits=1).told()
        ('2 decimals', '1 significant digit')
        """
        is_decimals = self._is_short(self.decimals)
        number, what = (self.decimals, "decimal") if is_decimals else (self.digits, "significant digit")
        return f"{number} {what}{'' if number == 1 else 's'}"

    def _units(self, true: Floats) -> list[Floats]:
        """The unit of the last place of each number, in the ways of writing that may be meant."""
        units = []
        if self.decimals is not None:
            units.append(np.full_like(true, 10.0**-self.decimals, dtype=float))
        if self.digits is not None:
            units.append(_unit(true, self.digits))
        return units

    @staticmethod
    def _is_short(number: int | None) -> bool:
        return number is not None and number < LEAST_DIGITS


def right_rows(given: Floats, true: Floats, errors: Floats | float = 0.0) -> Rows:
    """Whether each row of `given` (shape (n, m), NaN where there is none) agrees with the truth; shape (n,).

    The truth is `true`, shape (n, m), up to `errors`, relative, shape (n,).
    """
    with np.errstate(over="ignore", invalid="ignore"):
        distance = np.abs(given - true)
    allowed = (RELATIVE + np.broadcast_to(errors, len(true))[:, np.newaxis]) * true
    underflow = (true < FLOAT32_TINY) & ((given == 0) | (distance <= FLOAT32_SMALLEST))
    near = (distance <= allowed) | underflow
    rows: Rows = near.all(axis=1)
    if not rows.all():
        rows = rows | _long_enough(writing_of(given)).rows_near(given, true, allowed)
    return rows


def is_written_too_short(given: Floats, true: Floats) -> Writing | None:
    """The way of writing where all rows are right, but for having fewer than `LEAST_DIGITS` digits."""
    writing = writing_of(given)
    if not writing.is_too_short or np.isnan(given).any():
        return None
    return writing if writing.rows_near(given, true, RELATIVE * true).all() else None


def _long_enough(writing: Writing) -> Writing:
    """The writing with as many digits as it has to have: whatever has fewer may happen to be short."""

    def at_least(number: int | None) -> int | None:
        return None if number is None else max(number, LEAST_DIGITS)

    return Writing(at_least(writing.decimals), at_least(writing.digits))


def writing_of(given: Floats) -> Writing:
    """The way in which all of the file's activations are written, as floats of one precision or the other hold it."""
    numbers = given[np.isfinite(given)].astype(float)
    if len(numbers) and np.abs(numbers).max() > 1:
        return Writing()
    with np.errstate(over="ignore", under="ignore"):
        is_float32 = bool((numbers.astype(np.float32).astype(float) == numbers).all())
    precision = FLOAT32_ROUNDING if is_float32 else FLOAT64_ROUNDING
    looks = (numbers[:FIRST_LOOK], numbers)
    decimals = (n for n in range(MOST_DECIMALS + 1) if all(_are_decimals(some, n, precision) for some in looks))
    digits = (n for n in range(1, MOST_DIGITS + 1) if all(_are_digits(some, n, precision) for some in looks))
    return Writing(next(decimals, None), next(digits, None))


def _are_decimals(numbers: Floats, decimals: int, precision: float) -> bool:
    """Whether all numbers are decimals of so many places."""
    nearest = numbers.round(decimals)
    return bool((np.abs(numbers - nearest) <= precision * np.abs(nearest)).all())


def _are_digits(numbers: Floats, digits: int, precision: float) -> bool:
    """Whether all numbers have so many significant digits; those too small for float32 may have lost theirs."""
    sizes = np.abs(numbers)
    sizes = sizes[sizes >= FLOAT32_TINY]
    in_units = sizes / _unit(sizes, digits)
    return bool((np.abs(in_units - in_units.round()) <= max(precision, 1e-14) * in_units).all())


def _unit(numbers: Floats, digits: int) -> Floats:
    """The unit of the last of so many significant digits; 0 for 0."""
    with np.errstate(divide="ignore", under="ignore"):
        exponents = np.floor(np.log10(np.abs(numbers)))
        units: Floats = np.where(numbers == 0, 0.0, 10.0 ** (exponents - digits + 1))
    return units
