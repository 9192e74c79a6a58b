"""Which file of a submission is which, whatever the student, the browser or the platform made of its name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from checks.answers.names import ANSWERS_JSON, ANSWERS_TXT, RESULT_FILE
from checks.display import listed
from checks.judging.findings import Trouble
from checks.submissions.listing import File
from checks.writeups.kinds import SUFFIXES

KNOWN_FILES = (ANSWERS_TXT, ANSWERS_JSON, RESULT_FILE)

DOCUMENTS = frozenset({
    ".rtf", ".doc", ".odt", ".pages", ".jpg", ".jpeg", ".heic", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz",
})  # fmt: skip
"""What answers are handed in as, and what is not read."""

MOST_DOCUMENTS = 10
"""Write-ups of one submission that are read."""

_NO_ANSWERS = frozenset({"readme", "requirements", "license"})

_NAME = re.compile(
    r"(?:copy of )?(?P<stem>answer|result)s?"
    r"(?P<copy>[ _-]*\((?P<bracketed>\d{1,4})\)|[ _-](?P<plain>\d{1,3})|[ _-]+copy(?: \(?(?P<again>\d{1,3})\)?)?)?"
    r"\.(?P<suffix>txt|json)(?:\.txt|\.json)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class KnownName:
    """A known file's name and, where the name found is that of a copy, its number; 0 for the first."""

    name: str
    copy: int


def known_name(name: str) -> KnownName | None:
    """The known file that a name stands for, None for any other.

    >>> known_name("result(1).json")
    KnownName(name='result.json', copy=1)
    >>> [known_name(name).name for name in ("Answers.TXT", "results.json", "answer-2.txt.txt")]
    ['answers.txt', 'result.json', 'answers.txt']
    >>> known_name("my answers.txt")
    """
    if not (match := _NAME.fullmatch(name)):
        return None
    suffix = match["suffix"].lower()
    if match["stem"].lower() == "result":
        known = RESULT_FILE if suffix == "json" else None
    else:
        known = ANSWERS_TXT if suffix == "txt" else ANSWERS_JSON
    number = match["bracketed"] or match["plain"] or match["again"]
    copy = int(number) if number else int(match["copy"] is not None)
    return KnownName(known, copy) if known else None


def chosen(files: Iterable[File]) -> tuple[Mapping[str, File], list[Trouble]]:
    """Of the candidates for each known file those nearest the top, of these the newest; a word where that matters.

    Newest is what the platform counts as the latest, then what was changed last, then the copy with the highest
    number, then the name as it is expected.
    """
    candidates: dict[str, list[File]] = {}
    for file in files:
        if known := known_name(file.name):
            candidates.setdefault(known.name, []).append(file)
    taken, notices = {}, []
    for name in KNOWN_FILES:
        if not (several := candidates.get(name)):
            continue
        nearest = min(len(file.path.parts) for file in several)
        near = sorted((file for file in several if len(file.path.parts) == nearest), key=_newness)
        taken[name] = near[-1]
        if len(near) > 1:
            others = listed(reversed([str(file.path) for file in near[:-1]]), most=5)
            notices.append(
                Trouble(str(near[-1].path), None, None, f"read as {name}, the newest of several; not {others}")
            )
        elif near[-1].name.lower() != name:
            notices.append(Trouble(str(near[-1].path), None, None, f"read as {name}"))
    return taken, notices


def write_ups(files: Iterable[File]) -> Mapping[str, File]:
    """The documents that answers are read from, by their paths, those nearest the top alone."""
    documents = [file for file in files if is_write_up(file.name)]
    nearest = min((len(file.path.parts) for file in documents), default=0)
    near = sorted((file for file in documents if len(file.path.parts) == nearest), key=lambda file: str(file.path))
    return {str(file.path): file for file in near[:MOST_DOCUMENTS]}


def is_write_up(name: str) -> bool:
    """Whether a file of that name is read as a write-up.

    >>> [is_write_up(name) for name in ("hw3.pdf", "Answers.txt", "readme.md", "notes.txt", "code.py")]
    [True, False, False, True, False]
    """
    path = PurePosixPath(name)
    known = known_name(name) is not None or path.stem.lower() in _NO_ANSWERS
    return path.suffix.lower() in SUFFIXES and not known


def overlooked(files: Iterable[File], taken: Mapping[str, File]) -> list[str]:
    """What may hold the answers, by its name, where no file of answers was found; programs and figures do not."""
    if ANSWERS_TXT in taken or ANSWERS_JSON in taken:
        return []
    others = (file for file in files if not known_name(file.name) and not is_write_up(file.name))
    return sorted({str(file.path) for file in others if _may_hold_answers(file)})


def _may_hold_answers(file: File) -> bool:
    stem, suffix = file.path.stem.lower(), file.path.suffix.lower()
    return "answer" in stem or (suffix in DOCUMENTS and stem not in _NO_ANSWERS)


def _newness(file: File) -> tuple[int, float, int, bool, str]:
    known = known_name(file.name)
    return file.rank, file.modified, known.copy if known else 0, file.name in KNOWN_FILES, str(file.path)
