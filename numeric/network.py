"""A multilayer perceptron and a labelled test set, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]


class DataError(Exception):
    """Data that cannot be used: which file, and what was found and expected there."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path}: {message}")


@dataclass(frozen=True, slots=True)
class DataFile:
    """Where data came from: the file, its SHA-256, and a notice that it wants shown (of sample data), else ""."""

    path: Path
    sha256: str
    notice: str


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Weights W(l) of shape (units, inputs) and biases b(l) of shape (units,), l = 1 to L, as stored; all finite."""

    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]
    file: DataFile

    @property
    def sizes(self) -> tuple[int, ...]:
        """The widths from input to output, such as (784, 200, 100, 10)."""
        return (self.weights[0].shape[1], *(len(b) for b in self.biases))

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """The shape of each array by its key: W1, b1, W2, ..."""
        return {
            f"{letter}{layer}": array.shape
            for layer, pair in enumerate(zip(self.weights, self.biases, strict=True), start=1)
            for letter, array in zip("Wb", pair, strict=True)
        }


@dataclass(frozen=True, slots=True, eq=False)
class TestSet:
    """Images of shape (n, inputs), as stored and finite, and the label of each, shape (n,), from 0."""

    __test__ = False  # not a test class, whatever its name

    images: Floats
    labels: NDArray[np.intp]
    file: DataFile
