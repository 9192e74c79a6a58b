"""Names the mistake behind wrong activations: known mistaken programs are run, and held against the student's rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from checks.program.activations import Writing, writing_of
from checks.program.reference import MnistReference
from numeric.mistaken_passes import MistakenPass, mistaken_passes
from numeric.network import Floats, Network

FIRST_LOOK, ROWS = 8, 200
"""Rows, spread over the file, that a program has to give to be tried further, and to be named."""

RELATIVE = 1e-3
"""How near a program's activations have to be: other precisions and roundings of the same program pass."""

SHARE = 0.99
"""The share of rows that a program has to give; in another precision some come out otherwise."""

Places = NDArray[np.intp]
Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Named:
    """What explains the activations: ids, all at once; others that explain them as well; the layer, if it is one's."""

    ids: tuple[str, ...]
    alternatives: tuple[str, ...] = ()
    layer: int | None = None


def diagnosed(reference: MnistReference, given: Floats, right: Rows) -> Named | None:
    """What explains the activations, shape (n, m), NaN where a row has none; None where nothing known does.

    `right` are the rows that need no explanation. One mistaken program; else one with another mistake in its output
    layer; else one row for all images, or the right rows for other ones.
    """
    answered = np.flatnonzero(np.isfinite(given).all(axis=1))
    if reference.evaluation is None or reference.network is None or reference.images is None or not len(answered):
        return None
    rows = given[answered]
    writing = writing_of(given)
    if writing.decimals == 0:  # whole numbers are no rounding of anything else
        writing = Writing()
    tried = reference.tried if len(rows) == len(given) else {}  # else the images are others
    trial = _Trial(reference.network, reference.images, reference.evaluation.logits, answered, rows, writing, tried)
    with np.errstate(all="ignore"):
        found = list(trial.single()) or list(trial.double())
    if not found:
        if len(rows) > 1 and (rows == rows[0]).all():
            return Named(("one-record-repeated",))
        wrong = answered[~right[answered]]
        is_shuffled = _is_shuffled(given, wrong, reference.evaluation.activations, writing)
        return Named(("rows-shuffled",)) if is_shuffled else None
    first, *others = found
    ids = tuple(program.id for program in first)
    alternatives = dict.fromkeys(program.id for programs in others for program in programs if program.id not in ids)
    layer = next((program.layer for program in first if program.layer is not None), None)
    return Named(ids, tuple(alternatives), layer)


def _is_shuffled(given: Floats, wrong: Places, true: Floats, writing: Writing) -> bool:
    """Whether the wrong rows, a sample of them, are right for other images, not their own; a few prove nothing."""
    if len(wrong) < FIRST_LOOK:
        return False
    by_first = true[np.argsort(true[:, 0])]
    found = 0
    sample = wrong[_spread(len(wrong), ROWS)]
    own = _near(given[sample], true[sample], writing)
    for row in given[sample[~own]]:
        reach = RELATIVE * row[0] + writing.unit(row)[0]
        low, high = np.searchsorted(by_first[:, 0], (row[0] - reach, row[0] + reach))
        others = by_first[low:high]
        found += bool(_near(np.broadcast_to(row, others.shape), others, writing).any())
    return found >= SHARE * len(sample)


def _near(given: Floats, made: Floats, writing: Writing) -> Rows:
    """Whether each row of `given`, shape (n, m), is that of `made`, written so; shape (n,)."""
    allowed = RELATIVE * np.abs(made) + np.finfo(np.float32).tiny
    near: Rows = (np.abs(given - made) <= allowed).all(axis=1) | writing.rows_near(given, made, allowed)
    return near


def _spread(number: int, most: int) -> Places:
    """So many places of a number of rows, evenly."""
    places: Places = np.linspace(0, number - 1, min(most, number)).astype(int)
    return places


@dataclass(frozen=True, slots=True)
class _Trial:
    """Rows that were answered, at these images, on which programs are tried; `logits` are the right ones of all.

    `tried` holds mistaken logits of the images that programs are tried on, by program and the number of images.
    """

    network: Network
    images: Floats
    logits: Floats
    answered: Places
    given: Floats
    writing: Writing
    tried: dict[tuple[str, int | None, int], Floats]

    def single(self) -> Iterator[tuple[MistakenPass, ...]]:
        """The programs that give the rows."""
        for program in mistaken_passes(self.network):
            if program.needs_all:
                fits = any(self._gives(made) for made in self._outputs(program))
            else:
                fits = all(self._passes(program, [program], most) for most in (FIRST_LOOK, ROWS))
            if fits:
                yield (program,)

    def double(self) -> Iterator[tuple[MistakenPass, ...]]:
        """Two mistakes: one on the way to the logits, the other in the output layer."""
        programs = list(mistaken_passes(self.network))
        last = [program for program in programs if program.logits is None and not program.needs_all]
        for first in (program for program in programs if program.logits is not None):
            likely = self._passes(first, last, FIRST_LOOK)
            yield from ((first, outputs) for outputs in likely and self._passes(first, likely, ROWS))

    def _outputs(self, program: MistakenPass) -> Iterator[Floats]:
        """What the program makes of the right logits: of all images, and of those alone that were answered."""
        yield program.outputs(self.logits)[self.answered]
        if len(self.answered) < len(self.logits):
            yield program.outputs(self.logits[self.answered])

    def _passes(self, first: MistakenPass, last: list[MistakenPass], most: int) -> list[MistakenPass]:
        """Those of the output layers that make so many of the rows of the first program's logits."""
        places = _spread(len(self.given), most)
        logits = self._logits(first, self.answered[places])
        return [one for one in last if self._fits(self.given[places], one.outputs(logits))]

    def _logits(self, program: MistakenPass, images: Places) -> Floats:
        """The program's logits of these images, as many as are looked at."""
        if program.logits is None:
            return self.logits[images]
        asked = program.id, program.layer, len(images)
        if asked not in self.tried:
            self.tried[asked] = program.logits(self.network, self.images[images])
        return self.tried[asked]

    def _gives(self, made: Floats) -> bool:
        """Whether these are the rows, for a sample of them."""
        return all(
            self._fits(self.given[some], made[some])
            for some in (_spread(len(made), most) for most in (FIRST_LOOK, ROWS))
        )

    def _fits(self, given: Floats, made: Floats) -> bool:
        return bool(_near(given, made, self.writing).mean() >= SHARE)
