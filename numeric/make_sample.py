"""Makes the bundled sample data: `make sample`. Needs scikit-learn, only for its copy of the digits.

The digits are the 1,797 real handwritten ones of the UCI repository's optdigits (E. Alpaydin, C. Kaynak, 1998, CC BY
4.0), 8x8 pixels with 17 grey levels, scaled here to 28x28. A 784-200-100-10 network is trained on the first 1,437 of
them; the last 360, by other writers, are the test set. Weights are rounded to few bits so that the file is small.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import h5py
import numpy as np

from numeric import PARAMETERS_FILE, TEST_FILE, sample_folder
from numeric.forward import relu, softmax
from numeric.network import Floats

SAMPLE = sample_folder()
NOTICE = "sample data, not the course's files"
CREDIT = "Optical Recognition of Handwritten Digits, E. Alpaydin and C. Kaynak, UCI, 1998, CC BY 4.0; scaled to 28x28"
SIZES = (784, 200, 100, 10)
TRAINED_ON = 1437
EPOCHS, BATCH, SEED = 60, 32, 541
RATE, MOMENTUM, DECAY = 0.05, 0.9, 1e-4
WEIGHT_STEP = 2.0**-7


def digits() -> tuple[Floats, Floats]:
    """All images, shape (1797, 784) float32 in multiples of 1/256 below 1, and their one-hot labels (1797, 10)."""
    from sklearn.datasets import load_digits

    small, labels = load_digits(return_X_y=True)
    return enlarged(small.reshape(-1, 8, 8)), np.eye(10)[labels]


def enlarged(small: Floats) -> Floats:
    """8x8 images with levels 0 to 16, linearly interpolated to 28x28 and flattened: shape (n, 784)."""
    position = (np.arange(28) + 0.5) * 8 / 28 - 0.5
    weights = np.clip(1 - np.abs(position[:, None] - np.arange(8)), 0, 1)
    large = np.einsum("ai,nij,bj->nab", weights, small, weights) / 16
    flat: Floats = (np.floor(large * 15.999) * 16 / 256).astype(np.float32)
    return flat.reshape(len(small), -1)


def trained(images: Floats, targets: Floats) -> tuple[list[Floats], list[Floats]]:
    """Weights and biases after stochastic gradient descent on the cross-entropy."""
    random = np.random.default_rng(SEED)
    weights: list[Floats] = [random.normal(0, np.sqrt(2 / n), (m, n)) for n, m in pairwise(SIZES)]
    biases: list[Floats] = [np.zeros(m) for m in SIZES[1:]]
    parameters = weights + biases
    speeds = [np.zeros_like(parameter) for parameter in parameters]
    for _ in range(EPOCHS):
        order = random.permutation(len(images))
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            steps = gradients(weights, biases, images[chosen].astype(np.float64), targets[chosen])
            for parameter, speed, step in zip(parameters, speeds, steps, strict=True):
                np.multiply(speed, MOMENTUM, out=speed)
                np.subtract(speed, RATE * (step + DECAY * parameter), out=speed)
                np.add(parameter, speed, out=parameter)
    return weights, biases


def gradients(weights: list[Floats], biases: list[Floats], x: Floats, y: Floats) -> list[Floats]:
    """The mean gradient of the cross-entropy with respect to all weights, then all biases."""
    activations = [x]
    for W, b in zip(weights[:-1], biases[:-1], strict=True):
        activations.append(relu(activations[-1] @ W.T + b))
    delta = (softmax(activations[-1] @ weights[-1].T + biases[-1]) - y) / len(x)
    by_weight: list[Floats] = []
    by_bias: list[Floats] = []
    for layer in range(len(weights) - 1, -1, -1):
        by_weight.insert(0, delta.T @ activations[layer])
        by_bias.insert(0, delta.sum(axis=0))
        delta = (delta @ weights[layer]) * (activations[layer] > 0)
    return by_weight + by_bias


def write(path: Path, arrays: dict[str, Floats]) -> None:
    """An HDF5 file with these keys, compressed, the same bytes every time."""
    with h5py.File(path, "w") as file:
        file.attrs["notice"], file.attrs["credit"] = np.bytes_(NOTICE.encode()), np.bytes_(CREDIT.encode())
        for key, array in arrays.items():
            file.create_dataset(
                key, data=array, compression="gzip", compression_opts=9, shuffle=True, track_times=False
            )


def main() -> None:
    """Writes both files to `numeric/sample`."""
    images, targets = digits()
    weights, biases = trained(images[:TRAINED_ON], targets[:TRAINED_ON])
    arrays = {}
    for layer, (W, b) in enumerate(zip(weights, biases, strict=True), start=1):
        arrays[f"W{layer}"] = (np.round(W / WEIGHT_STEP) * WEIGHT_STEP).astype(np.float32)
        arrays[f"b{layer}"] = b.astype(np.float32)
    SAMPLE.mkdir(exist_ok=True)
    write(SAMPLE / PARAMETERS_FILE, arrays)
    write(SAMPLE / TEST_FILE, {"xdata": images[TRAINED_ON:], "ydata": targets[TRAINED_ON:]})


if __name__ == "__main__":
    main()
