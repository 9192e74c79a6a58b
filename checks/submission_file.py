"""Finds submissions and reads their files. Links are never followed out of a submission.

A folder that holds one of the known files is one submission; otherwise each of its subfolders is one. A file alone
is one.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from checks.answers import Answers
from checks.answers_file import read_answers_json, read_answers_txt
from checks.bounds import MAX_ANSWERS_BYTES, MAX_FILE_BYTES
from checks.errors import CallError
from checks.findings import Trouble
from checks.mnist import RESULT_FILE

ANSWERS_TXT, ANSWERS_JSON = "answers.txt", "answers.json"
KNOWN_FILES = (ANSWERS_TXT, ANSWERS_JSON, RESULT_FILE)


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's files by their known names, not yet read."""

    id: str
    files: dict[str, Path]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a submission's files say: statements and, unparsed, the result file."""

    answers: Answers
    result: bytes | None


def find_submissions(paths: Iterable[Path]) -> list[Submission]:
    """All submissions at the paths, in order of id. Raises `CallError` for a missing path or an id that comes twice."""
    found: dict[str, Submission] = {}
    for path in paths:
        if not path.exists():
            raise CallError(f"{path}: no such file or folder; expected a submission, or a folder of them")
        for submission in _in_folder(path) if path.is_dir() else [_single_file(path)]:
            if submission.id in found:
                raise CallError(f"{path}: the submission '{submission.id}' is named twice")
            found[submission.id] = submission
    return [found[id_] for id_ in sorted(found)]


def _in_folder(folder: Path) -> list[Submission]:
    files = _known_files(folder)
    if files:
        return [Submission(folder.resolve().name, files)]
    subfolders = sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith((".", "__")))
    if not subfolders:
        raise CallError(
            f"{folder}: no submission here; expected {', '.join(KNOWN_FILES)}, or a folder for each student"
        )
    return [Submission(path.name, _known_files(path)) for path in subfolders]


def _known_files(folder: Path) -> dict[str, Path]:
    return {name: folder / name for name in KNOWN_FILES if (folder / name).is_file() or (folder / name).is_symlink()}


def _single_file(path: Path) -> Submission:
    known = {".txt": ANSWERS_TXT, ".json": RESULT_FILE if path.name.startswith("result") else ANSWERS_JSON}
    if path.suffix not in known:
        raise CallError(f"{path}: expected a folder, or a file such as {', '.join(KNOWN_FILES)}")
    return Submission(path.stem, {known[path.suffix]: path})


def read_contents(submission: Submission, prefixes: tuple[str, ...]) -> Contents:
    """Reads a submission's files; what cannot be read is a trouble, never an exception."""
    troubles: list[Trouble] = []
    contents: dict[str, bytes] = {}
    for name, path in submission.files.items():
        try:
            contents[name] = _read(path, MAX_FILE_BYTES if name == RESULT_FILE else MAX_ANSWERS_BYTES)
        except _NotRead as error:
            troubles.append(Trouble(name, None, None, str(error)))
            if name == RESULT_FILE:
                contents[name] = b""
    statements = []
    for name, read in ((ANSWERS_JSON, read_answers_json), (ANSWERS_TXT, read_answers_txt)):
        if name in contents:
            new, faults = read(contents[name], name, prefixes)
            statements += new
            troubles += faults
    return Contents(Answers(tuple(statements), tuple(troubles)), contents.get(RESULT_FILE))


class _NotRead(Exception):
    pass


def _read(path: Path, most: int) -> bytes:
    if path.is_symlink():
        raise _NotRead("a link; links are not followed")
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _NotRead("not a regular file")
        if status.st_size > most:
            raise _NotRead(f"{status.st_size} bytes; at most {most} are read")
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise _NotRead(f"cannot be read: {error.strerror}") from None
