"""Images of the test set as they stand on a page: PNGs within the page itself."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt

import numpy as np
from PIL import Image

from checks.program.reference import MnistReference
from numeric.network import Floats

MOST_KEPT = 1000
"""Images that are kept drawn: wrong rows repeat from one submission to the next."""


@dataclass(frozen=True, slots=True)
class Digit:
    """One image: its number, from 0, its label where that is told, and a `data:` address."""

    image: int
    label: int | None
    source: str

    @property
    def words(self) -> str:
        """What stands for the image where it is not seen."""
        return f"image {self.image}" if self.label is None else f"image {self.image}, label {self.label}"


class DigitImages:
    """The images of a test set; none where there is no data, or where they are not square."""

    def __init__(self, reference: MnistReference | None) -> None:
        images = None if reference is None else reference.images
        if images is not None and isqrt(images.shape[1]) ** 2 != images.shape[1]:
            images = None
        self._images = images
        self._labels = reference.evaluation.labels if reference and reference.evaluation else None
        self._drawn = lru_cache(MOST_KEPT)(self._draw)

    def of(self, rows: Iterable[int], *, with_labels: bool) -> tuple[Digit, ...]:
        """The images of these rows of a result file, row n about image n."""
        if self._images is None:
            return ()
        labels = self._labels if with_labels else None
        chosen = [row for row in rows if row < len(self._images)]
        return tuple(Digit(row, None if labels is None else int(labels[row]), self._drawn(row)) for row in chosen)

    def _draw(self, row: int) -> str:
        assert self._images is not None  # noqa: S101  `of` has seen to it
        return data_uri(self._images[row])


def data_uri(image: Floats) -> str:
    """The address of a square image, black on white, its own darkest pixel black."""
    side = isqrt(len(image))
    low, high = float(image.min()), float(image.max())
    ink = (image - low) / ((high - low) or 1.0)
    pixels = np.rint(255 * (1 - ink)).astype(np.uint8).reshape(side, side)
    stored = io.BytesIO()
    Image.fromarray(pixels).save(stored, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(stored.getvalue()).decode('ascii')}"
