"""The rows of a result file as arrays, to be held against the evaluated test set."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checks.program.result_rows import Result


@dataclass(frozen=True, slots=True, eq=False)
class ResultRows:
    """activations have shape (n, m), NaN where a row has none that can be read; classes shape (n,), -1 likewise."""

    activations: NDArray[np.float64]
    classes: NDArray[np.int64]


def rows_of(result: Result, outputs: int) -> ResultRows:
    """The arrays of a result with so many outputs m; they share its memory."""
    activations = np.frombuffer(result.activations, dtype=np.float64).reshape(-1, outputs)
    return ResultRows(activations, np.frombuffer(result.classes, dtype=np.int64))
