"""Where the HDF5 files are: --data, else BACKCHECK_DATA, else `data/`; the sample assignment has its own."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from checks.assignment.bundled import SAMPLE_ID
from checks.errors import CallError
from numeric import PARAMETERS_FILE, TEST_FILE, sample_folder

VARIABLE = "BACKCHECK_DATA"


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The folder of the data files, or None where there is none; `sought` says where they were looked for."""

    path: Path | None
    sought: str


def find_data(option: str | None, assignment: str) -> DataFolder:
    """The folder to use: the one that the option or else the variable names, else `data/` if it holds a file.

    Raises `CallError` where the variable names a folder without them.
    """
    if option:
        return DataFolder(Path(option), "")
    if assignment == SAMPLE_ID:
        return DataFolder(sample_folder(), "")
    named = os.environ.get(VARIABLE)
    folder = Path(named or "data")
    if any((folder / name).exists() for name in (PARAMETERS_FILE, TEST_FILE)):
        return DataFolder(folder, "")
    files = f"{PARAMETERS_FILE} and {TEST_FILE}"
    if named:
        raise CallError(f"{VARIABLE} names {folder}, which holds neither of {files}")
    return DataFolder(None, f"needs {files}; not found in {folder.resolve()} (say --data DIR, or set {VARIABLE})")
