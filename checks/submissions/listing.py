"""What lies in a folder or a zip, as one flat list: the platforms' downloads are recognised by it."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from checks.bounds import MAX_DEPTH, MAX_ZIP_ENTRIES
from checks.errors import NotReadError
from checks.submissions.stored_file import LINK, DiskFile, Source

WHOLE = "."
"""The path of what is left aside in a folder that could not be looked through."""

MACOS, FROM_MACOS = "__MACOSX", "what macOS adds"

TOO_DEEP = f"more than {MAX_DEPTH} folders inside one another"


@dataclass(frozen=True, slots=True)
class File:
    """A file: its path within the folder or zip, and when it was last changed, in seconds.

    `rank` is what tells later from earlier where the platform counts its files.
    """

    path: PurePosixPath
    source: Source
    modified: float
    rank: int = 0

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was left aside, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """All files of a folder or zip, the paths of its folders, and what was left aside."""

    files: tuple[File, ...]
    folders: tuple[str, ...]
    skipped: tuple[Skipped, ...] = ()

    def top(self) -> tuple[File, ...]:
        """The files that lie in no folder."""
        return tuple(file for file in self.files if len(file.path.parts) == 1)

    def top_folders(self) -> tuple[str, ...]:
        """The folders that lie in no other."""
        return tuple(path for path in self.folders if "/" not in path)

    def wrappers(self) -> tuple[str, ...]:
        """The folders, one inside another, that each hold all there is."""
        files = Counter(len(file.path.parts) for file in self.files)
        folders = Counter(path.count("/") + 1 for path in self.folders)
        depth = 0
        while folders[depth + 1] == 1 and not files[depth + 1]:
            depth += 1
        return next((tuple(path.split("/")) for path in self.folders if depth and path.count("/") + 1 == depth), ())

    def unwrapped(self, depth: int) -> Listing:
        """What lies in so many of the wrappers."""
        wrapped = "".join(f"{name}/" for name in self.wrappers()[:depth])
        return Listing(
            tuple(replace(file, path=PurePosixPath(*file.path.parts[depth:])) for file in self.files),
            tuple(path.removeprefix(wrapped) for path in self.folders if path.count("/") >= depth),
            tuple(
                replace(one, path=f"{one.path}/".removeprefix(wrapped)[:-1] or WHOLE)
                for one in self.skipped
                if f"{one.path}/".startswith(wrapped)
            ),
        )

    def by_folder(self) -> dict[str, Listing]:
        """What each folder at the top holds, empty ones too."""
        files: dict[str, list[File]] = {name: [] for name in self.top_folders()}
        folders: dict[str, list[str]] = {name: [] for name in files}
        skipped: dict[str, list[Skipped]] = {name: [] for name in files}
        for file in self.files:
            if len(file.path.parts) > 1:
                files[file.path.parts[0]].append(replace(file, path=PurePosixPath(*file.path.parts[1:])))
        for path in self.folders:
            name, _, rest = path.partition("/")
            folders[name] += [rest] if rest else []
        for one in self.skipped:
            name, _, rest = one.path.partition("/")
            if name in skipped:
                skipped[name].append(replace(one, path=rest or WHOLE))
        return {
            name: Listing(tuple(inside), tuple(folders[name]), tuple(skipped[name]))
            for name, inside in sorted(files.items())
        }

    def skipped_at_top(self) -> tuple[Skipped, ...]:
        """What was left aside outside any folder that is listed."""
        tops = self.top_folders()
        return tuple(one for one in self.skipped if "/" not in one.path or one.path.partition("/")[0] not in tops)


def disk_listing(folder: Path, *, below: bool = True) -> Listing:
    """What lies in a folder on disk; without `below`, only at its top. Raises `NotReadError`.

    Links are left aside, and hidden files and folders without a word.
    """
    found = _Found(folder)
    try:
        tops = found.inside(folder)
    except OSError as error:
        raise NotReadError(f"cannot be read: {error.strerror}") from None
    for top in tops if below else ():
        found.all_below(top)
    return Listing(tuple(found.files), tuple(found.folders), tuple(found.skipped))


class _Found:
    """Collects what lies in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: list[File] = []
        self.folders: list[str] = []
        self.skipped: list[Skipped] = []

    def inside(self, folder: Path) -> list[Path]:
        """Notes the files in a folder; gives its subfolders."""
        folders = []
        here = self.relative(folder)
        is_too_deep = len(here.parts) >= MAX_DEPTH
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
        for entry in found:
            path = folder / entry.name
            if entry.is_symlink():
                self.skip(path, LINK)
            elif entry.name == MACOS:
                self.skip(path, FROM_MACOS)
            elif entry.name.startswith((".", "__")):
                continue
            elif is_too_deep:
                self.skip(path, TOO_DEEP)
            elif entry.is_dir(follow_symlinks=False):
                folders.append(path)
                self.folders.append(str(here / entry.name))
            else:
                modified = entry.stat(follow_symlinks=False).st_mtime
                self.files.append(File(here / entry.name, DiskFile(path), modified))
        return folders

    def all_below(self, top: Path) -> None:
        """Notes all files below a folder, up to a bound."""
        waiting, before = [top], len(self.files)
        while waiting:
            here = waiting.pop()
            try:
                waiting += self.inside(here)
            except OSError as error:
                self.skip(here, f"cannot be read: {error.strerror}")
            if len(self.files) - before + len(waiting) > MAX_ZIP_ENTRIES:
                self.skip(top, f"more than {MAX_ZIP_ENTRIES} files; the rest was not looked at")
                return

    def skip(self, path: Path, reason: str) -> None:
        """Leaves something aside."""
        self.skipped.append(Skipped(str(self.relative(path)), reason))

    def relative(self, path: Path) -> PurePosixPath:
        """The path within the folder."""
        return PurePosixPath(path.relative_to(self.folder).as_posix())
