"""Where the HDF5 files are: --data, else BACKCHECK_DATA, else `data/`; the sample assignment has its own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from checks.assignment import SAMPLE_ID
from numeric import sample_folder
from numeric.hdf5_file import PARAMETERS_FILE, TEST_FILE

VARIABLE = "BACKCHECK_DATA"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The folder of the data files, or None where there is none; `sought` says where they were looked for."""

    path: Path | None
    sought: str


def find_data(option: str | None, assignment: str) -> DataFolder:
    """The folder to use: the one that the option names, whatever it holds, else the first that holds a file."""
    if option:
        return DataFolder(Path(option), "")
    if assignment == SAMPLE_ID:
        return DataFolder(sample_folder(), "")
    named = os.environ.get(VARIABLE)
    folders = [Path(folder) for folder in (named, "data") if folder]
    for folder in folders:
        if any((folder / name).exists() for name in (PARAMETERS_FILE, TEST_FILE)):
            return DataFolder(folder, "")
    places = " or ".join(str(folder.resolve()) for folder in folders)
    files = f"{PARAMETERS_FILE} and {TEST_FILE}"
    return DataFolder(None, f"needs {files}; not found in {places} (say --data DIR, or set {VARIABLE})")
