"""The evaluated test set: every image's logits, outputs and class, each class proved, and how many are right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numeric.exact_logits import exact_logits
from numeric.forward import softmax
from numeric.network import DataError, Floats, Network, TestSet
from numeric.rounding import UNIT_ROUNDOFF, logits_with_bounds

MARGIN_ROUNDING = 2.0**-30
"""Far more than the roundings of a difference of two logits, relative to it."""

SOFTMAX_ROUNDING = 2.0**-40
"""Far more than the roundings of softmax in float64, relative to an output: 745 * 2^-52 + (3 m + 4) * 2^-53."""


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """A network on a test set of n images with m classes.

    logits and activations have shape (n, m), float64; `bounds`, shape (n,), are rigorous bounds on the error of each
    image's logits. Classes and labels have shape (n,), from 0. Every class is that of the largest output of the
    network as stored, in real arithmetic, the lowest one where several are the largest (`tied`, shape (n,)).
    `exactly`, shape (n,), tells where that was settled in exact arithmetic; elsewhere the lead exceeds the bounds.
    """

    logits: Floats
    bounds: Floats
    activations: Floats
    classes: NDArray[np.intp]
    labels: NDArray[np.intp]
    exactly: NDArray[np.bool_]
    tied: NDArray[np.bool_]

    @property
    def right(self) -> NDArray[np.bool_]:
        """Where the class is the label, shape (n,)."""
        right: NDArray[np.bool_] = self.classes == self.labels
        return right

    @property
    def correct(self) -> int:
        """The number of images whose largest output sits at the label."""
        return int(self.right.sum())

    def smallest_margin(self) -> tuple[int, float]:
        """The image with the smallest lead, the first one of equals, and that lead."""
        lead = margins(self.logits)
        image = int(lead.argmin())
        return image, float(lead[image])

    def activation_errors(self) -> Floats:
        """For each image a bound on the error of its activations, relative to each of them; shape (n,).

        Logits off by at most e move every softmax output by a factor between exp(-2 e) and exp(2 e).
        """
        with np.errstate(over="ignore"):
            errors: Floats = np.expm1(2 * self.bounds) * (1 + MARGIN_ROUNDING) + SOFTMAX_ROUNDING
        return errors


def margins(logits: Floats) -> Floats:
    """The lead of the largest logit over the second, shape (n,); infinite where there is one class."""
    if logits.shape[1] < 2:
        return np.full(len(logits), np.inf)
    top = np.partition(logits, -2, axis=1)[:, -2:]
    lead: Floats = top[:, 1] - top[:, 0]
    return lead


def proved_by_lead(logits: Floats, bounds: Floats) -> NDArray[np.bool_]:
    """Where the lead exceeds the error bounds of both logits: the class is that of real arithmetic; shape (n,)."""
    proved: NDArray[np.bool_] = margins(logits) * (1 - MARGIN_ROUNDING) > 2 * bounds * (1 + MARGIN_ROUNDING)
    return proved


def evaluate_network(network: Network, test_set: TestSet) -> Evaluation:
    """Runs the network over all images in float64; what its error bounds leave open goes to exact arithmetic.

    Raises `DataError` where a logit is beyond the range of float64.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        scores, bounds = logits_with_bounds(network, test_set.images)
    _expect_finite(network, scores)
    classes, tied = scores.argmax(axis=1), np.zeros(len(scores), dtype=bool)
    is_open = ~proved_by_lead(scores, bounds)
    if is_open.any():
        exact = exact_logits(network, test_set.images[is_open])
        classes[is_open], tied[is_open] = exact.classes_and_ties()
    return Evaluation(scores, bounds, softmax(scores), classes, test_set.labels, is_open, tied)


def evaluate_exactly(network: Network, test_set: TestSet) -> Evaluation:
    """The same with every logit worked out exactly, and only then rounded to float64."""
    exact = exact_logits(network, test_set.images)
    scores = exact.nearest()
    _expect_finite(network, scores)
    classes, tied = exact.classes_and_ties()
    bounds = 8 * UNIT_ROUNDOFF * np.abs(scores).max(axis=1)
    everywhere = np.ones(len(scores), dtype=bool)
    return Evaluation(scores, bounds, softmax(scores), classes, test_set.labels, everywhere, tied)


def _expect_finite(network: Network, scores: Floats) -> None:
    finite = np.isfinite(scores).all(axis=1)
    if not finite.all():
        image = int(np.argmin(finite))
        raise DataError(network.file.path, f"the logits of image {image} are beyond the range of float64")
