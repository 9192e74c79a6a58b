"""Names the mistake behind wrong classes: what stands there in the place of the largest activation's digit."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from checks.program.result_arrays import ResultRows
from numeric.evaluation import Evaluation

LEAST = 5
"""Rows that have to be wrong for their classes to be anything but slips."""

SHARE = 0.99
"""The share of all rows with a class that a mistake has to give."""

Classes = NDArray[np.int64]


def mistaken_classes(rows: ResultRows, evaluation: Evaluation) -> str | None:
    """The id of what explains the file's classes, some of them wrong; None where they go with its own activations.

    Classes from 1 leave the last digit without one that can be read: a digit beyond the outputs is none.
    """
    given, true = rows.classes, evaluation.classes
    answered = given >= 0
    own = np.isfinite(rows.activations).all(axis=1) & answered
    inconsistent = "class-inconsistent" if differing(rows).any() else None
    if (answered & (given != true)).sum() < LEAST:
        return inconsistent
    for name, made in MISTAKES.items():
        if (made(evaluation)[answered] == given[answered]).mean() >= SHARE:
            return name
    if own.any() and (rows.activations[own].argmin(axis=1) == given[own]).mean() >= SHARE:
        return "class-is-argmin"
    return inconsistent


def differing(rows: ResultRows) -> NDArray[np.bool_]:
    """Where a row has a class, and not one with the row's own largest activation; shape (n,)."""
    has_both = np.isfinite(rows.activations).all(axis=1) & (rows.classes >= 0)
    at_class = np.take_along_axis(rows.activations, np.maximum(rows.classes, 0)[:, np.newaxis], axis=1)[:, 0]
    differs: NDArray[np.bool_] = has_both & (at_class != rows.activations.max(axis=1))
    return differs


MISTAKES: dict[str, Callable[[Evaluation], Classes]] = {
    "class-is-label": lambda evaluation: evaluation.labels.astype(np.int64),
    "class-from-one": lambda evaluation: evaluation.classes + 1,
    "class-is-argmin": lambda evaluation: evaluation.logits.argmin(axis=1),
}
"""What stands for the class in the file, from the right evaluation."""
