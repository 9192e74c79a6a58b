"""What lies in a zip, as one flat list; what leads out of it, links and hidden files are left aside."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from pathlib import Path, PurePosixPath

from checks.bounds import MAX_CLASS_ENTRIES, MAX_DEPTH, MAX_ZIP_ENTRIES
from checks.submissions.listing import FROM_MACOS, MACOS, TOO_DEEP, File, Listing, Skipped
from checks.submissions.stored_file import (
    LINK,
    Archive,
    DiskArchive,
    NestedArchive,
    Source,
    ZipMember,
    is_link,
    zip_infos,
)

LONGEST_TOLD = 200
"""Characters of a path that is left aside."""

_DRIVE = re.compile(r"[A-Za-z]:")


def zip_listing(path: Path) -> Listing:
    """What lies in a zip on disk, a student's or a whole class's. Raises `NotReadError`."""
    return _listing(DiskArchive(path), MAX_CLASS_ENTRIES)


def nested_listing(source: Source) -> Listing:
    """What lies in a student's zip. Raises `NotReadError`."""
    return _listing(NestedArchive(source), MAX_ZIP_ENTRIES)


def _listing(archive: Archive, most: int) -> Listing:
    files: list[File] = []
    folders: set[str] = set()
    skipped: list[Skipped] = []
    for info in zip_infos(archive, most):
        name = info.filename.replace("\\", "/")
        path = PurePosixPath(name)
        if reason := _unwanted(name, path, info):
            skipped += [Skipped(_short(name), reason)] if reason != "hidden" else []
            continue
        if info.is_dir() or name.endswith("/"):
            folders |= {str(path), *map(str, path.parents)}
            continue
        folders |= set(map(str, path.parents))
        files.append(File(path, ZipMember(archive, info), _seconds(info)))
    return Listing(tuple(files), tuple(sorted(folders - {"."})), tuple(skipped))


def _unwanted(name: str, path: PurePosixPath, info: zipfile.ZipInfo) -> str:
    """Why a member is left aside, "" where it is not."""
    if len(path.parts) > MAX_DEPTH:
        return TOO_DEEP
    if path.is_absolute() or _DRIVE.match(name):
        return "an absolute path"
    if ".." in path.parts:
        return "a path that leads out by .."
    if MACOS in path.parts:
        return FROM_MACOS
    if is_link(info):
        return LINK
    return "hidden" if not path.parts or any(part.startswith((".", "__")) for part in path.parts) else ""


def _short(name: str) -> str:
    """A path as it is told, its folder and its name; a zip's may have 65,535 characters."""
    return name if len(name) <= LONGEST_TOLD else f"{name[: LONGEST_TOLD // 2]}...{name[-LONGEST_TOLD // 2 :]}"


def _seconds(info: zipfile.ZipInfo) -> float:
    try:
        return datetime(*info.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0
