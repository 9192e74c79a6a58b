"""The feed-forward pass with its error bounds, beside a plain one."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from numeric import sample_folder
from numeric.evaluation import evaluate_network
from numeric.hdf5_file import PARAMETERS_FILE, TEST_FILE, read_network, read_test_set
from numeric.network import Floats, Network
from tests.bench.stopwatch import side_by_side


def plain_pass(network: Network, images: Floats) -> Floats:
    """The classes in float64 and nothing else."""
    a = images.astype(np.float64)
    for layer, (W, b) in enumerate(zip(network.weights, network.biases, strict=True)):
        a = a @ W.T.astype(np.float64) + b
        if layer < len(network.weights) - 1:
            a = np.maximum(a, 0)
    return a.argmax(axis=1)


def main() -> None:
    """Prints the figures, on the course's files where they are, else on the sample."""
    folder = Path(os.environ.get("BACKCHECK_DATA", sample_folder()))
    network = read_network(folder / PARAMETERS_FILE)
    test_set = read_test_set(folder / TEST_FILE, network.sizes[0], network.sizes[-1])
    side_by_side(
        f"evaluate {len(test_set.images)} images, with bounds and softmax",
        lambda: evaluate_network(network, test_set),
        lambda: plain_pass(network, test_set.images),
        "a plain float64 pass",
    )
