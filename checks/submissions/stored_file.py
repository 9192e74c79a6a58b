"""The files of a submission, on disk or in a zip: measured before they are read, links never followed."""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Protocol

from checks.bounds import MAX_FILE_BYTES, MAX_ZIP_ENTRIES
from checks.errors import NotReadError

ZIP_FAULTS = (OSError, EOFError, RuntimeError, NotImplementedError, ValueError, zipfile.BadZipFile, zlib.error)
"""What zipfile raises for a zip that is damaged, encrypted or packed in a way it does not know."""


class Source(Protocol):
    """Something that can be read once it is known not to be too long."""

    def read(self, most: int) -> bytes:
        """The content, of at most so many bytes. Raises `NotReadError`."""


@dataclass(frozen=True, slots=True)
class DiskFile:
    """A regular file."""

    path: Path

    def read(self, most: int) -> bytes:
        """The content. Raises `NotReadError` for a link, a device, a folder, or a file that is too long."""
        try:
            status = os.lstat(self.path)
            if stat.S_ISLNK(status.st_mode):
                raise NotReadError("a link; links are not followed")
            if not stat.S_ISREG(status.st_mode):
                raise NotReadError("not a regular file")
            if status.st_size > most:
                raise NotReadError(f"{status.st_size} bytes; at most {most} are read")
            with self.path.open("rb") as file:
                return file.read(most)
        except OSError as error:
            raise NotReadError(f"cannot be read: {error.strerror}") from None


@dataclass(frozen=True, slots=True)
class ZipMember:
    """A file in a zip."""

    archive: Path
    name: str

    def read(self, most: int) -> bytes:
        """The content. Raises `NotReadError` for a member that is encrypted, damaged, a link, or too long."""
        try:
            with zipfile.ZipFile(self.archive) as archive:
                member = archive.getinfo(self.name)
                if stat.S_ISLNK(member.external_attr >> 16):
                    raise NotReadError("a link; links are not followed")
                if member.file_size > most:
                    raise NotReadError(f"{member.file_size} bytes; at most {most} are read")
                with archive.open(member) as file:
                    content = file.read(most + 1)
        except ZIP_FAULTS as error:
            raise NotReadError(f"cannot be read from the zip: {error}") from None
        if len(content) > most:
            raise NotReadError(f"more than {most} bytes when unpacked")
        return content


def zip_members(path: Path) -> dict[str, ZipMember]:
    """The files of a zip by their bare names, those nearer the top first. Raises `NotReadError`.

    Names that are absolute or lead out by `..`, and what macOS adds, are left aside.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise NotReadError(f"more than {MAX_FILE_BYTES} bytes")
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except ZIP_FAULTS as error:
        raise NotReadError(f"not a zip that can be read: {error}") from None
    if len(members) > MAX_ZIP_ENTRIES:
        raise NotReadError(f"{len(members)} entries; at most {MAX_ZIP_ENTRIES} are looked at")
    found: dict[str, ZipMember] = {}
    for member in sorted(members, key=lambda member: member.filename.count("/")):
        name = PurePosixPath(member.filename)
        if not member.is_dir() and not name.is_absolute() and not {"..", "__MACOSX"} & set(name.parts):
            found.setdefault(name.name.lower(), ZipMember(path, member.filename))
    return found
