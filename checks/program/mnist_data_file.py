"""Loads the course's data for the MNIST problem of an assignment."""

from __future__ import annotations

from pathlib import Path

from checks.assignment.mnist_part import MnistPart
from numeric import PARAMETERS_FILE, TEST_FILE
from numeric.hdf5_file import read_network, read_test_set
from numeric.network import Network, TestSet


def load_mnist_data(folder: Path, part: MnistPart) -> tuple[Network, TestSet]:
    """The network and the test set in the folder, of the sizes that the assignment promises.

    Raises `numeric.network.DataError`.
    """
    network = read_network(folder / PARAMETERS_FILE, part.layers)
    return network, read_test_set(folder / TEST_FILE, part.layers[0], part.layers[-1], part.images)
