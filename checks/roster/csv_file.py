"""Reads a CSV file of the staff's own: the text, and the encoding that it was in."""

from __future__ import annotations

from pathlib import Path

from checks.answers.text_encoding import exactly_decoded
from checks.bounds import MAX_TABLE_BYTES
from checks.errors import CallError, NotReadError

_ZIP = b"PK\x03\x04"
"""What a spreadsheet that is not CSV begins with."""


def load_csv(path: Path) -> tuple[str, str]:
    """The text of the file, with its byte order mark where there is one, and its encoding. Raises `CallError`."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_TABLE_BYTES + 1)
    except OSError as error:
        raise CallError(f"{path}: cannot be read: {error.strerror}") from None
    if len(data) > MAX_TABLE_BYTES:
        raise CallError(f"{path}: more than {MAX_TABLE_BYTES} bytes, which is the most that is read")
    if data.startswith(_ZIP):
        raise CallError(f"{path}: a spreadsheet or a zip; expected CSV (save the sheet as CSV)")
    try:
        return exactly_decoded(data)
    except NotReadError as error:
        raise CallError(f"{path}: {error}; expected CSV") from None
