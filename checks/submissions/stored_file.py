"""The files of a submission, on disk or in a zip: measured before they are read, links never followed."""

from __future__ import annotations

import io
import lzma
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from checks.bounds import MAX_DIRECTORY_BYTES, MAX_FILE_BYTES
from checks.errors import NotReadError

ZIP_FAULTS = (
    OSError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    ValueError,
    MemoryError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
)
"""What zipfile raises for a zip that is damaged, or packed in a way it does not know or has no memory for."""

PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How members may be packed. Of the others zipfile unpacks all that a member holds, whatever length is asked for."""

LINK = "a link; links are not followed"

ENCRYPTED = 0x1
"""The flag of a zip's member that takes a password."""


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
                raise NotReadError(LINK)
            if not stat.S_ISREG(status.st_mode):
                raise NotReadError("not a regular file")
            if status.st_size > most:
                raise NotReadError(f"{status.st_size} bytes; at most {most} are read")
            with self.path.open("rb") as file:
                return file.read(most)
        except OSError as error:
            raise NotReadError(f"cannot be read: {error.strerror}") from None


class Archive(Protocol):
    """A zip whose members can be read."""

    def opened(self) -> AbstractContextManager[zipfile.ZipFile]:
        """The zip, open."""


class DiskArchive:
    """A zip on disk; it stays open, for a class's zip has thousands of members."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._zip: zipfile.ZipFile | None = None

    @contextmanager
    def opened(self) -> Iterator[zipfile.ZipFile]:
        """The zip, open."""
        self._zip = self._zip or zipfile.ZipFile(self.path)
        yield self._zip


@dataclass(frozen=True, slots=True)
class NestedArchive:
    """A zip within a zip or on disk, read anew each time, so that none stays in memory."""

    source: Source

    @contextmanager
    def opened(self) -> Iterator[zipfile.ZipFile]:
        """The zip, open. Raises `NotReadError` for one whose list of contents alone is too long."""
        content = self.source.read(MAX_FILE_BYTES)
        _measure_directory(content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield archive


@dataclass(frozen=True, slots=True)
class ZipMember:
    """A file in a zip."""

    archive: Archive
    info: zipfile.ZipInfo

    def read(self, most: int) -> bytes:
        """The content. Raises `NotReadError` for a member that is encrypted, damaged, a link, or too long."""
        if is_link(self.info):
            raise NotReadError(LINK)
        if self.info.compress_type not in PACKINGS:
            raise NotReadError("cannot be read from the zip: packed in another way than the usual one (deflate)")
        if self.info.flag_bits & ENCRYPTED:
            raise NotReadError("encrypted in the zip; it cannot be read without its password")
        if self.info.file_size > most:
            raise NotReadError(f"{self.info.file_size} bytes; at most {most} are read")
        try:
            with self.archive.opened() as archive, archive.open(self.info) as file:
                content = file.read(most + 1)
        except ZIP_FAULTS as error:
            raise NotReadError(f"cannot be read from the zip: {error}") from None
        if len(content) > most:
            raise NotReadError(f"more than {most} bytes when unpacked")
        return content


def _measure_directory(content: bytes) -> None:
    """Refuses a zip with more entries than are looked at, before zipfile makes an object of each.

    Source: APPNOTE.TXT of the ZIP format, 4.3.16: the end of the central directory holds its size.
    """
    end = content.rfind(b"PK\x05\x06")
    if end >= 0 and len(content) >= end + 16:
        (size,) = struct.unpack_from("<L", content, end + 12)
        if size > MAX_DIRECTORY_BYTES:
            raise NotReadError(f"a list of contents of {size} bytes; at most {MAX_DIRECTORY_BYTES} are looked at")


def zip_infos(archive: Archive, most: int) -> list[zipfile.ZipInfo]:
    """What is in the zip, at most so many entries. Raises `NotReadError`."""
    try:
        with archive.opened() as opened:
            infos = opened.infolist()
    except ZIP_FAULTS as error:
        raise NotReadError(f"not a zip that can be read: {error}") from None
    if len(infos) > most:
        raise NotReadError(f"{len(infos)} entries; at most {most} are looked at")
    return infos


def is_link(info: zipfile.ZipInfo) -> bool:
    """Whether a member of a zip is a symbolic link, as Unix zips mark them."""
    return stat.S_ISLNK(info.external_attr >> 16)
