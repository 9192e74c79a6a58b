"""What a submission's files hold: read once, as bytes that can be sent and compared, then parsed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from checks.answers.answers import Answers
from checks.answers.answers_json import read_answers_json
from checks.answers.answers_txt import read_answers_txt
from checks.answers.names import ANSWERS_JSON, ANSWERS_TXT, RESULT_FILE, Vocabulary
from checks.bounds import MAX_ANSWERS_BYTES, MAX_FILE_BYTES
from checks.errors import NotReadError
from checks.judging.findings import Trouble
from checks.submissions.file_names import KNOWN_FILES
from checks.submissions.submission import Submission

MAX_OTHERS = 100
"""Files of a submission, none of them known, that are looked at to tell it from another one."""

_READERS = ((ANSWERS_JSON, read_answers_json), (ANSWERS_TXT, read_answers_txt))


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a person said of one entry of a write-up, which is known by its SHA-256; None: there is no answer."""

    entry: str
    value: str | None
    document: str
    file: str


@dataclass(frozen=True, slots=True)
class Material:
    """The known files by their names, then the write-ups, each its bytes or why it could not be read.

    Nothing tells whose they are. `decisions` are a person's, on what was read in these write-ups.

    `unread` is why files could not even be found.
    """

    files: tuple[tuple[str, bytes | str], ...]
    unread: Trouble | None = None
    decisions: tuple[Confirmation, ...] = ()

    def digests(self) -> dict[str, str]:
        """SHA-256 of each file that could be read."""
        return {name: hashlib.sha256(held).hexdigest() for name, held in self.files if isinstance(held, bytes)}

    def digest(self, digests: Mapping[str, str] | None = None) -> str:
        """SHA-256 of all that a verdict can depend on; `digests` are those of the files, where they are known."""
        known = self.digests() if digests is None else digests
        held = [(name, held if isinstance(held, str) else known[name]) for name, held in self.files]
        return hashlib.sha256(repr((held, self.unread, self.decisions)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Contents:
    """What a submission's files say: statements; the result file, unparsed, or why it could not be read.

    `documents` are the write-ups, each its bytes or why it could not be read.
    """

    answers: Answers
    result: bytes | Trouble | None
    documents: tuple[tuple[str, bytes | str], ...] = ()


def read_material(submission: Submission) -> Material:
    """Reads a submission's files, each measured first; what cannot be read is told, never an exception."""
    held: list[tuple[str, bytes | str]] = []
    documents = [name for name in submission.files if name not in KNOWN_FILES]
    for name in (*KNOWN_FILES, *documents):
        if name in submission.files:
            most = MAX_ANSWERS_BYTES if name in (ANSWERS_TXT, ANSWERS_JSON) else MAX_FILE_BYTES
            try:
                held.append((name, submission.files[name].read(most)))
            except NotReadError as error:
                held.append((name, str(error)))
    return Material(tuple(held), submission.unread)


def other_digests(submission: Submission) -> dict[str, str]:
    """SHA-256 of the files that the answers may stand in, where they could not be read; why not, of what cannot be.

    The first `MAX_OTHERS` count.
    """
    digests = {}
    for path, source in sorted(submission.others.items())[:MAX_OTHERS]:
        try:
            digests[path] = hashlib.sha256(source.read(MAX_FILE_BYTES)).hexdigest()
        except NotReadError as error:
            digests[path] = str(error)
    return digests


def contents_of(material: Material, vocabulary: Vocabulary) -> Contents:
    """Parses what was read; `vocabulary` has the names that entries may have.

    A file of which no line is an answer, a document under another suffix, is one that could not be read.
    """
    files = dict(material.files)
    unread = material.unread
    troubles = [unread] if unread else []
    statements = []
    for name, reader in _READERS:
        held = files.get(name)
        if held is None:
            continue
        try:
            if isinstance(held, str):
                raise NotReadError(held)
            new, faults = reader(held, name, vocabulary)
            statements += new
            troubles += faults
            if faults and all(statement.is_mention for statement in new):
                unread = faults[0]
        except NotReadError as error:
            unread = Trouble(name, error.line, error.column, str(error), error.text, error.offset)
            troubles.append(unread)
    result = files.get(RESULT_FILE)
    told = Trouble(RESULT_FILE, None, None, result) if isinstance(result, str) else result
    documents = tuple((name, held) for name, held in material.files if name not in KNOWN_FILES)
    is_prose = unread is not None and unread.file == ANSWERS_TXT and all(one.is_mention for one in statements)
    if is_prose and isinstance(held := files.get(ANSWERS_TXT), bytes):
        documents = ((ANSWERS_TXT, held), *documents)  # perhaps a write-up under that name
    return Contents(Answers(tuple(statements), tuple(troubles), unread), told, documents)
