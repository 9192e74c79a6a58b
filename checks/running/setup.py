"""What a process needs to check submissions by itself, and what its outcomes depend on besides the submission."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from checks.assignment.assignment_file import AssignmentText
from checks.program.data_folder import DataFolder

ROOMS = ("exact", "numeric", "checks")
"""The folders that hold the program."""

_DEPENDENCIES = ("numpy", "h5py", "python-flint", "mpmath", "msgspec", "pypdfium2")
"""The libraries that verdicts rest on."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one submission may take: seconds, and megabytes over what the process held before."""

    seconds: float = 60.0
    megabytes: int = 1024


@dataclass(frozen=True, slots=True)
class Setup:
    """The assignment as it is written, its data, and how to check; small, and the same in every process.

    `data` are the SHA-256 of the data files that were read, by name: all must have read the same.
    """

    assignment: AssignmentText
    folder: DataFolder
    data: tuple[tuple[str, str], ...]
    explain: bool = False
    limits: Limits = Limits()

    def made_by(self) -> dict[str, object]:
        """What a report says of what it was made by: digests of program, assignment and data."""
        return {"program": program_digest(), "assignment": self.assignment.digest, "data": dict(self.data)}

    def digest(self) -> str:
        """SHA-256 of all that an outcome depends on besides the submission: program, assignment, data, depth of proof.

        Where there is no data the outcome tells where it was looked for.
        """
        told = self.folder.sought if self.folder.path is None else ""
        return _sha256(repr((program_digest(), self.assignment.text, self.data, told, self.explain)))


@cache
def program_digest() -> str:
    """SHA-256 of the program: its sources and tables, and the versions of the libraries under it."""
    root = Path(__file__).parents[2]
    parts = [f"{name} {metadata.version(name)}" for name in _DEPENDENCIES]
    for room in ROOMS:
        paths = (path for path in sorted((root / room).rglob("*")) if path.suffix in (".py", ".toml"))
        parts += [
            f"{path.relative_to(root).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in paths
        ]
    return _sha256("\n".join(parts))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
