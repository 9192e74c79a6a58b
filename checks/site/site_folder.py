"""Writes the site into a folder, so that a web space can be given the folder as it is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from checks.errors import CallError

MARK = "site.js"
"""A file that every site has: a folder with it holds an earlier one, which is replaced."""

LAST = (MARK, "index.html")


def expect_free(folder: Path) -> None:
    """Raises `CallError` where the folder holds anything but an earlier site, or is no folder."""
    if folder.exists() and not folder.is_dir():
        raise CallError(f"--out {folder}: expected a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise CallError(f"--out {folder}: there are other files in it; name a folder of its own for the page")


def write_site(folder: Path, files: Mapping[str, bytes]) -> int:
    """Writes the files, by their paths in the folder; returns how many bytes. Raises `OSError`.

    The page itself comes last, and only then goes what an earlier site left there: a folder that is published is whole
    at any time.
    """
    left = {path.relative_to(folder).as_posix() for path in folder.glob("*/*") if path.is_file()} - files.keys()
    for name in sorted(files, key=lambda name: (name in LAST, name)):
        path = folder / PurePosixPath(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files[name])
    for place in filter(_is_ours, left):
        (folder / place).unlink()
    return sum(map(len, files.values()))


def _is_ours(place: str) -> bool:
    """Whether a file of an earlier site can stand there: compressed parts, which have another name in each version."""
    return place.endswith(".data") and place.startswith(("pyodide/", "packages/"))
