"""Finds submissions and reads what they hold.

A folder that holds one of the known files is one submission; otherwise each of its subfolders and zips is one. A file
alone is one.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from checks.bounds import MAX_ANSWERS_BYTES, MAX_FILE_BYTES
from checks.errors import CallError, NotReadError
from checks.judging.findings import Trouble
from checks.submissions.answers import Answers
from checks.submissions.answers_json import read_answers_json
from checks.submissions.answers_txt import read_answers_txt
from checks.submissions.names import ANSWERS_JSON, ANSWERS_TXT, RESULT_FILE
from checks.submissions.stored_file import DiskFile, Source, zip_members

KNOWN_FILES = (ANSWERS_TXT, ANSWERS_JSON, RESULT_FILE)


@dataclass(frozen=True, slots=True)
class Submission:
    """One student's files by their known names, not yet read; `troubles` is why some could not even be found."""

    id: str
    files: Mapping[str, Source]
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What a submission's files say: statements, and the result file, unparsed, or why it could not be read."""

    answers: Answers
    result: bytes | Trouble | None


def find_submissions(paths: Iterable[Path]) -> list[Submission]:
    """All submissions at the paths, in order of id. Raises `CallError` for a missing path or an id that comes twice."""
    found: dict[str, Submission] = {}
    for path in paths:
        for submission in _at(path):
            if submission.id in found:
                raise CallError(f"{path}: the submission '{submission.id}' is named twice")
            found[submission.id] = submission
    return [found[id_] for id_ in sorted(found)]


def _at(path: Path) -> list[Submission]:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISDIR(mode):
            return [_single_file(path)]
        if files := _known_files(path):
            return [Submission(path.resolve().name, files)]
        inside = sorted(path.iterdir())
    except FileNotFoundError:
        raise CallError(f"{path}: no such file or folder; expected a submission, or a folder of them") from None
    except OSError as error:
        raise CallError(f"{path}: cannot be read: {error.strerror}") from None
    submissions = [_of_student(one) for one in inside if not one.name.startswith((".", "__")) and _is_student(one)]
    if not submissions:
        known = ", ".join(KNOWN_FILES)
        raise CallError(f"{path}: no submission here; expected {known}, or a folder or zip for each student")
    return submissions


def _is_student(path: Path) -> bool:
    return path.suffix.lower() == ".zip" or path.is_dir()


def _of_student(path: Path) -> Submission:
    """The submission in a subfolder or zip; one that cannot be looked into is empty, with the trouble it has."""
    if path.is_symlink():
        return _unread(path.name, "a link; links are not followed")
    if not path.is_dir():
        return _zipped(path)
    try:
        return _with_files(path.name, _known_files(path), [one.name + "/" * one.is_dir() for one in path.iterdir()])
    except OSError as error:
        return _unread(path.name, f"cannot be read: {error.strerror}")


def _known_files(folder: Path) -> dict[str, DiskFile]:
    """The known files in a folder, also with capitals in their names; of two the one spelled as expected."""
    paths = sorted(
        (path for path in folder.iterdir() if path.name.lower() in KNOWN_FILES), key=lambda p: p.name.islower()
    )
    present = {path.name.lower(): path for path in paths if not stat.S_ISDIR(path.lstat().st_mode)}
    return {name: DiskFile(present[name]) for name in KNOWN_FILES if name in present}


def _single_file(path: Path) -> Submission:
    suffix = path.suffix.lower()
    if suffix == ".zip":
        return _zipped(path)
    known = {".txt": ANSWERS_TXT, ".json": RESULT_FILE if path.name.lower().startswith("result") else ANSWERS_JSON}
    if suffix not in known:
        raise CallError(f"{path}: expected a folder, a zip, or a file such as {', '.join(KNOWN_FILES)}")
    return Submission(path.stem, {known[suffix]: DiskFile(path)})


def _zipped(path: Path) -> Submission:
    try:
        members = zip_members(path)
    except NotReadError as error:
        return _unread(path.stem, str(error), path.name)
    return _with_files(path.stem, {name: members[name] for name in KNOWN_FILES if name in members}, list(members))


def _with_files(name: str, files: Mapping[str, Source], found: list[str]) -> Submission:
    """The submission with its known files, or a word on what there was instead of any."""
    if files or not found:
        return Submission(name, files)
    shown = ", ".join(sorted(found)[:5]) + (", ..." if len(found) > 5 else "")
    return _unread(name, f"expected {', '.join(KNOWN_FILES)}, found {shown}")


def _unread(name: str, why: str, file: str = "") -> Submission:
    return Submission(name, {}, (Trouble(file or name, None, None, why),))


def read_contents(submission: Submission, prefixes: tuple[str, ...]) -> Contents:
    """Reads a submission's files; what cannot be read is a trouble, never an exception."""
    troubles = list(submission.troubles)
    unread = next(iter(troubles), None)
    statements = []
    for name, reader in ((ANSWERS_JSON, read_answers_json), (ANSWERS_TXT, read_answers_txt)):
        if name not in submission.files:
            continue
        try:
            new, faults = reader(submission.files[name].read(MAX_ANSWERS_BYTES), name, prefixes)
            statements += new
            troubles += faults
        except NotReadError as error:
            unread = Trouble(name, error.line, error.column, str(error), error.text, error.offset)
            troubles.append(unread)
    return Contents(Answers(tuple(statements), tuple(troubles), unread), _result(submission))


def _result(submission: Submission) -> bytes | Trouble | None:
    source = submission.files.get(RESULT_FILE)
    try:
        return source.read(MAX_FILE_BYTES) if source else None
    except NotReadError as error:
        return Trouble(RESULT_FILE, None, None, str(error))
