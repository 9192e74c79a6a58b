"""The network and test set that a call means, for the commands that are about the data alone."""

from __future__ import annotations

import sys

from checks.assignment import SAMPLE_ID, MnistPart
from checks.assignment_file import load_assignment
from checks.data_folder import find_data
from checks.errors import CallError
from numeric.hdf5_file import PARAMETERS_FILE, TEST_FILE, read_network, read_test_set
from numeric.network import Network, TestSet


def load_test_data(assignment_name: str, option: str | None) -> tuple[MnistPart, Network, TestSet]:
    """The MNIST problem with its data; where no data is found, those of the sample, and a notice on stderr.

    Raises `CallError`, `checks.assignment.InvalidAssignment` and `numeric.network.DataError`.
    """
    assignment = load_assignment(assignment_name)
    data = find_data(option, assignment.id)
    if data.path is None:
        print(f"backcheck: {assignment.id} {data.sought}; going on with the sample", file=sys.stderr)
        assignment = load_assignment(SAMPLE_ID)
        data = find_data(None, SAMPLE_ID)
    part = assignment.mnist
    if part is None or data.path is None:
        raise CallError(f"the assignment {assignment.id} has no [mnist] problem")
    network = read_network(data.path / PARAMETERS_FILE, part.layers)
    test_set = read_test_set(data.path / TEST_FILE, part.layers[0], part.layers[-1], part.images)
    return part, network, test_set
