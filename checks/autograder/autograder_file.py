"""Writes the zip of an autograder: the scripts, the program, the assignment, and staff's data files.

The same sources and files make the same zip, byte for byte.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import checks
import exact
import numeric
from checks.autograder.grade import not_graded
from numeric import PARAMETERS_FILE, TEST_FILE, sample_folder

HERE = Path(__file__).parent
SCRIPTS = ("setup.sh", "run_autograder")
"""What Gradescope runs: at the root of the zip, executable, and with the line ends of Unix."""

DATED = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a zip: the first that there is."""

KILLED = "The autograder itself was ended before it could say anything, perhaps for want of memory or time."


def write_autograder(path: Path, assignment: Path, data: Path | None) -> int:
    """Writes the zip; returns its size in bytes. `data` is the folder of the HDF5 files, None where none are needed."""
    files = {"assignment.toml": assignment.read_bytes(), **program()}
    files["not_graded.json"] = json.dumps(not_graded(KILLED), indent=2).encode("ascii")
    if data:
        files |= {f"data/{name}": (data / name).read_bytes() for name in (PARAMETERS_FILE, TEST_FILE)}
    scripts = {name: (HERE / name).read_bytes().replace(b"\r\n", b"\n") for name in SCRIPTS}
    content = _zipped(files, scripts)
    path.write_bytes(content)
    return len(content)


def program() -> dict[str, bytes]:
    """The files of the three packages, from wherever they are installed; without the sample data and the examples."""
    files = {}
    left = (sample_folder(), Path(checks.__path__[0]) / "examples")
    for package in (checks, exact, numeric):
        folder = Path(package.__path__[0])
        for path in folder.rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and not set(left) & set(path.parents):
                files[f"{package.__name__}/{path.relative_to(folder).as_posix()}"] = path.read_bytes()
    return files


def _zipped(files: Mapping[str, bytes], scripts: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted({**files, **scripts}.items()):
            member = zipfile.ZipInfo(name, DATED)
            member.create_system = 3  # Unix, on Windows too: the rights of the files are those below
            member.external_attr = (0o100755 if name in scripts else 0o100644) << 16
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
