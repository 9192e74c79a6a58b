"""Names the mistake behind wrong activations: known mistaken programs are run, and held against the student's rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from checks.activations import decimals_of, half_unit
from checks.reference import MnistReference
from numeric.mistaken_passes import MistakenPass, mistaken_passes
from numeric.network import Floats

FIRST_LOOK, ROWS = 8, 200
"""Rows, spread over the file, that a program has to give to be tried further, and to be named."""

RELATIVE = 1e-3
"""How near a program's activations have to be: other precisions and roundings of the same program pass."""

SHARE = 0.99
"""The share of rows that a program has to give; in another precision some come out otherwise."""


def explaining(reference: MnistReference, given: Floats) -> list[MistakenPass]:
    """The mistaken programs that give the activations, shape (n, m), NaN where a row has none; mostly none or one."""
    answered = np.flatnonzero(np.isfinite(given).all(axis=1))
    if reference.network is None or reference.images is None or not len(answered):
        return []
    decimals = decimals_of(given)
    rounding = 0.0 if decimals is None else half_unit(decimals)
    looks = [
        answered[np.linspace(0, len(answered) - 1, min(rows, len(answered))).astype(int)] for rows in (FIRST_LOOK, ROWS)
    ]
    with np.errstate(all="ignore"):
        return [
            program
            for program in mistaken_passes(reference.network)
            if all(_gives(program, reference, given[rows], rows, rounding) for rows in looks)
        ]


def _spread(rows: NDArray[np.intp], number: int) -> NDArray[np.intp]:
    """So many of the rows, evenly."""
    chosen: NDArray[np.intp] = rows[np.linspace(0, len(rows) - 1, min(number, len(rows))).astype(int)]
    return chosen


def _gives(
    program: MistakenPass, reference: MnistReference, given: Floats, rows: NDArray[np.intp], rounding: float
) -> bool:
    """Whether the program gives these rows, but for a few."""
    evaluation, network, images = reference.evaluation, reference.network, reference.images
    if evaluation is None or network is None or images is None:
        return False
    if program.logits is None:
        made = program.outputs(evaluation.logits)[rows]
    else:
        made = program.outputs(program.logits(network, images[rows]))
    near = np.abs(given - made) <= RELATIVE * np.abs(made) + rounding + np.finfo(np.float32).tiny
    return bool(near.all(axis=1).mean() >= SHARE)
