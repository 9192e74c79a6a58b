"""The numpy side: the course's HDF5 files, the feed-forward pass over them, and the count of right classes.

Independent of `exact`: neither room imports the other, so that each can be held against the other.
"""

from __future__ import annotations

from pathlib import Path

PARAMETERS_FILE = "mnist_network_params.hdf5"
TEST_FILE = "mnist_testdata.hdf5"
"""The names of the course's files."""


def sample_folder() -> Path:
    """The folder of the bundled sample data."""
    return Path(__file__).parent / "sample"
