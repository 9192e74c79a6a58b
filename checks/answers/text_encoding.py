"""Bytes of a text file to text, whatever editor wrote them."""

from __future__ import annotations

from checks.errors import NotReadError
from checks.judging.findings import Trouble

_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def decoded(data: bytes, file: str) -> tuple[str, list[Trouble]]:
    """The text and, where the encoding had to be guessed, a word on it. UTF-8, UTF-16 with or without mark, Latin-1."""
    encoding = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    if encoding is None and b"\0" in data[:2]:
        encoding = "utf-16-be" if data[0] == 0 else "utf-16-le"
    try:
        return data.decode(encoding or "utf-8"), []
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        if encoding and encoding != "utf-8-sig":
            return data.decode(encoding, "replace"), [Trouble(file, line, None, "damaged UTF-16 text")]
        message = "not UTF-8 text; read as Latin-1, so that special characters may be misread"
        return data.decode("latin-1"), [Trouble(file, line, None, message)]


def exactly_decoded(data: bytes) -> tuple[str, str]:
    """The text, and the encoding in which it is these bytes again, a byte order mark included.

    UTF-8 or UTF-16, else what spreadsheets on Windows write, else Latin-1. Raises `NotReadError` for what is no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        little = data.startswith(b"\xff\xfe") or (data[1:2] == b"\0" and not data.startswith(b"\xfe\xff"))
        encodings = ["utf-16-le" if little else "utf-16-be"]
    else:
        encodings = ["utf-8", "cp1252", "latin-1"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
    raise NotReadError("not a text file")
