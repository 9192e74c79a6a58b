"""Which rows of submitted activations are right: those that a correct program can have written.

A correct float32 program differs from the true activations by up to 2.4e-5 of their size, a half-precision one by up to
5e-4; the bound lies between. A file may also be rounded, to three decimals or more, the same number throughout.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RELATIVE = 1e-4
FLOAT32_TINY = 1.2e-38
"""Below this float32 has no full precision; such an activation may be written as 0."""

LEAST_DECIMALS, MOST_DECIMALS = 3, 15


def right_rows(given: NDArray[np.floating], true: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Whether each row of `given` (shape (n, m), NaN where there is none) agrees with `true`; shape (n,)."""
    with np.errstate(over="ignore"):
        distance = np.abs(given - true)
    right = (distance <= RELATIVE * true) | ((given == 0) & (true < FLOAT32_TINY))
    decimals = _decimals(given)
    if decimals is not None:
        right |= distance <= 0.5 * 10.0**-decimals * (1 + 1e-6)
    rows: NDArray[np.bool_] = right.all(axis=1)
    return rows


def _decimals(given: NDArray[np.floating]) -> int | None:
    """The least number of decimals, from three, that all of the file's activations are rounded to; None if none is."""
    numbers = given[np.isfinite(given)]
    if len(numbers) and np.abs(numbers).max() > 1:
        return None
    for decimals in range(LEAST_DECIMALS, MOST_DECIMALS + 1):
        if (np.abs(numbers - numbers.round(decimals)) <= 1e-16).all():
            return decimals
    return None
