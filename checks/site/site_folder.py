"""Writes the site into a folder, so that a web space can be given the folder as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from checks.errors import CallError

MARK = "files.js"
"""A file that every site has: a folder with it holds an earlier one, which is replaced."""


def write_site(folder: Path, files: Mapping[str, bytes]) -> int:
    """Writes the files, by their paths in the folder; returns how many bytes. Raises `OSError`, `CallError`.

    What an earlier site left there is removed: nothing of another assignment stays. A folder that holds anything else
    is not touched.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise CallError(f"--out {folder}: there are other files in it; name a folder of its own for the page")
    for path in sorted(folder.rglob("*"), reverse=True) if folder.is_dir() else ():
        place = path.relative_to(folder).as_posix()
        if path.is_file() and place not in files and _is_ours(place):
            path.unlink()
    for name, content in files.items():
        path = folder / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return sum(map(len, files.values()))


def _is_ours(place: str) -> bool:
    """Whether a file of an earlier site can stand there: compressed parts, which have another name in each version."""
    return place.endswith(".data") and place.startswith(("pyodide/", "packages/"))
