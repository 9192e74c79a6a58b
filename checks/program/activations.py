"""Which rows of submitted activations are right: those that a correct program can have written.

A correct float32 program differs from the true activations by up to 2.4e-5 of their size, a half-precision one by up to
5e-4; the bound lies between. (An a-priori bound for float32 would be useless: the logits of the course's network could
be off by 0.33.) A file may also be rounded, to three decimals or more, the same number throughout.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RELATIVE = 1e-4
FLOAT32_TINY = 1.2e-38
"""Below this float32 has no full precision; such an activation may be written as 0, or as a multiple of the next."""

FLOAT32_SMALLEST = 1.5e-45

LEAST_DECIMALS, MOST_DECIMALS = 3, 15
FLOAT32_DECIMALS = 5
"""Places up to which a float32 rounded to them is told from one that is not."""

FLOAT64_ROUNDING, FLOAT32_ROUNDING = 1.2e-16, 6e-8
"""How far a float may be from the decimal that it was rounded to, relative to it."""

Floats = NDArray[np.floating]
Rows = NDArray[np.bool_]


def right_rows(given: Floats, true: Floats, errors: Floats | float = 0.0) -> Rows:
    """Whether each row of `given` (shape (n, m), NaN where there is none) agrees with the truth; shape (n,).

    The truth is `true`, shape (n, m), up to `errors`, relative, shape (n,).
    """
    with np.errstate(over="ignore"):
        distance = np.abs(given - true)
    allowed = (RELATIVE + np.broadcast_to(errors, len(true))[:, np.newaxis]) * true
    underflow = (true < FLOAT32_TINY) & ((given == 0) | (distance <= FLOAT32_SMALLEST))
    near = (distance <= allowed) | underflow
    if not near.all() and (decimals := decimals_of(given)) is not None:
        near |= distance <= half_unit(max(decimals, LEAST_DECIMALS)) + allowed
    rows: Rows = near.all(axis=1)
    return rows


def is_rounded_too_far(given: Floats, true: Floats) -> int | None:
    """The number of decimals where all rows are right, but for being rounded to fewer than `LEAST_DECIMALS`."""
    decimals = decimals_of(given)
    if decimals is None or decimals >= LEAST_DECIMALS or np.isnan(given).any():
        return None
    return decimals if (np.abs(given - true) <= half_unit(decimals) + RELATIVE * true).all() else None


def decimals_of(given: Floats) -> int | None:
    """The least number of decimals that all of the file's activations are rounded to; None if none is."""
    numbers = given[np.isfinite(given)]
    if len(numbers) and np.abs(numbers).max() > 1:
        return None
    for decimals in range(MOST_DECIMALS + 1):
        if all(_are_decimals(some, decimals) for some in (numbers[:100], numbers)):
            return decimals
    return None


def _are_decimals(numbers: Floats, decimals: int) -> bool:
    """Whether all numbers are decimals of so many places, as floats of one precision or the other hold them."""
    nearest = numbers.round(decimals)
    precision = FLOAT32_ROUNDING if decimals <= FLOAT32_DECIMALS else FLOAT64_ROUNDING
    return bool((np.abs(numbers - nearest) <= precision * np.abs(nearest)).all())


def half_unit(decimals: int) -> float:
    """The largest error of rounding to so many decimals, and a little for its own rounding."""
    return 0.5 * 10.0**-decimals * (1 + 1e-6)
