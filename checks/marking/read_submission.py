"""What `backcheck read` finds in a submission: the entries of its write-ups, with their places, and the texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import msgspec

from checks.answers.names import Vocabulary
from checks.assignment.assignment import Assignment
from checks.judging.findings import Reading, Source, Trouble, cell_of
from checks.marking.write_ups import readings_of
from checks.submissions.contents import Material, contents_of
from checks.writeups.reading import ReadAnswer, merged

MOST_SHOWN = 400_000
"""Characters of a document that are shown beside its entries."""


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry as it was read, from `start` to `end` of the text of a document, counted from 0.

    `reason` is why it is to be confirmed; `other` is where another value of it stands in that text, if that is why.
    """

    name: str
    value: str
    reading: Reading
    source: Source
    reason: str
    document: int
    start: int
    end: int
    other: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """A document's name, its SHA-256 and its text, as far as it is shown; `fault` is why there is none."""

    file: str
    digest: str
    text: str
    fault: str


@dataclass(frozen=True, slots=True)
class ReadSubmission:
    """What a submission's write-ups say, in the order of the assignment; `failure` is why nothing could be told."""

    id: str = ""
    entries: tuple[FoundEntry, ...] = ()
    not_found: tuple[str, ...] = ()
    documents: tuple[SeenDocument, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    failure: str = ""


def read_submission(material: Material, assignment: Assignment) -> ReadSubmission:
    """Reads the write-ups; what files of answers state is not looked for."""
    contents = contents_of(material, Vocabulary(assignment.namings))
    readings, troubles = readings_of(contents.documents, assignment)
    documents = [one.document for one in readings]
    seen = tuple(SeenDocument(one.file, one.digest, one.text[:MOST_SHOWN], one.fault) for one in documents)
    by_file = {one.file: number for number, one in enumerate(documents)}
    found = {str(one.name): _entry(one, by_file[one.source.file]) for one in merged(readings)}
    stated = {str(one.name) for one in contents.answers.statements if not one.is_mention}
    expected = [name for name in entry_names(assignment) if not {name, cell_of(name)} & stated]
    entries = tuple(found[name] for name in expected if name in found)
    not_found = tuple(name for name in expected if name not in found)
    return ReadSubmission("", entries, not_found, seen, tuple(troubles))


def entry_names(assignment: Assignment) -> Iterator[str]:
    """The names of all entries that a write-up may answer, in the order of reports."""
    if assignment.mnist is not None:
        for layer, _ in enumerate(pairwise(assignment.mnist.layers), start=1):
            yield from (f"{letter}{layer}.shape" for letter in "Wb")
        yield from ("softmax", "correct")
    for part in assignment.hand_parts:
        for asked in part.cells:
            yield from (part.entry_name(asked.quantity.name, place) for place in asked.places)


def _entry(answer: ReadAnswer, document: int) -> FoundEntry:
    return FoundEntry(
        str(answer.name),
        answer.text,
        answer.reading,
        answer.source,
        answer.doubt,
        document,
        answer.start,
        answer.end,
        answer.other,
    )


def encoded_reading(reading: ReadSubmission) -> bytes:
    """The reading as JSON, to be sent from process to process."""
    return json.dumps(msgspec.to_builtins(reading)).encode("ascii")


def decoded_reading(data: bytes) -> ReadSubmission:
    """What `encoded_reading` was given."""
    return msgspec.convert(json.loads(data), ReadSubmission)
