"""The evaluated test set: every image's logits, outputs and class, and how many classes are right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from numeric.forward import softmax
from numeric.network import DataError, Floats, Network, TestSet
from numeric.rounding import logits_with_bounds


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """A network on a test set of n images with m classes.

    logits and activations have shape (n, m), float64; `bounds`, shape (n,), are rigorous bounds on the error of each
    image's logits; classes and labels have shape (n,), from 0.
    """

    logits: Floats
    bounds: Floats
    activations: Floats
    classes: NDArray[np.intp]
    labels: NDArray[np.intp]

    @property
    def right(self) -> NDArray[np.bool_]:
        """Where the class is the label, shape (n,)."""
        right: NDArray[np.bool_] = self.classes == self.labels
        return right

    @property
    def correct(self) -> int:
        """The number of images whose largest output sits at the label."""
        return int(self.right.sum())

    def margins(self) -> Floats:
        """The lead of the largest computed logit over the second, shape (n,); infinite where there is one class."""
        if self.logits.shape[1] < 2:
            return np.full(len(self.logits), np.inf)
        top = np.partition(self.logits, -2, axis=1)[:, -2:]
        lead: Floats = top[:, 1] - top[:, 0]
        return lead

    def smallest_margin(self) -> tuple[int, float]:
        """The image with the smallest lead, the first one of equals, and that lead."""
        margins = self.margins()
        image = int(margins.argmin())
        return image, float(margins[image])

    def ties(self) -> int:
        """The number of images whose two largest computed logits are equal."""
        return int((self.margins() == 0).sum())

    def proved(self) -> NDArray[np.bool_]:
        """Where the lead exceeds both logits' error bounds: the class is that of the network in real arithmetic."""
        lead_error = 2 * self.bounds * (1 + 2.0**-30)
        result: NDArray[np.bool_] = self.margins() * (1 - 2.0**-30) > lead_error
        return result


def evaluate_network(network: Network, test_set: TestSet) -> Evaluation:
    """Runs the network over all images. The class is that of the largest logit, the lowest one on a computed tie.

    Raises `DataError` where a logit is beyond the range of float64.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        scores, bounds = logits_with_bounds(network, test_set.images)
    finite = np.isfinite(scores).all(axis=1)
    if not finite.all():
        image = int(np.argmin(finite))
        raise DataError(network.file.path, f"the logits of image {image} are beyond the range of float64")
    return Evaluation(scores, bounds, softmax(scores), scores.argmax(axis=1), test_set.labels)
