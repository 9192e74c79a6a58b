"""The write-ups of one submission: read where files of answers leave something open, into statements like any other."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checks.answers.answers import Statement
from checks.answers.names import ANSWERS_TXT, Name, Vocabulary
from checks.assignment.assignment import Assignment
from checks.display import listed
from checks.judging.findings import LeftOpen, Source, Trouble
from checks.submissions.contents import Confirmation
from checks.writeups.reading import DocumentReading, ReadAnswer, merged


@dataclass(frozen=True, slots=True)
class WrittenAnswers:
    """What write-ups state; which entries may stand in them though they were not found; what is to be said."""

    statements: tuple[Statement, ...]
    left_open: LeftOpen
    troubles: tuple[Trouble, ...]


def readings_of(
    documents: Sequence[tuple[str, bytes | str]], assignment: Assignment
) -> tuple[list[DocumentReading], list[Trouble]]:
    """What is read in each document, and what of them could not be read at all.

    The readers of file kinds are loaded here, where there is something for them to read.
    """
    from checks.writeups.kinds import open_document
    from checks.writeups.reading import read_document

    troubles = [Trouble(name, None, None, held) for name, held in documents if isinstance(held, str)]
    readings = []
    for name, held in documents:
        if isinstance(held, bytes):
            document = replace(open_document(held, name), digest=hashlib.sha256(held).hexdigest())
            reading = read_document(document, assignment)
            if reading.answers or name != ANSWERS_TXT:
                readings.append(reading)
    troubles += [Trouble(one.document.file, None, None, one.document.fault) for one in readings if one.document.fault]
    return readings, troubles


def read_write_ups(
    documents: Sequence[tuple[str, bytes | str]],
    stated: Sequence[Statement],
    assignment: Assignment,
    decisions: Sequence[Confirmation] = (),
) -> WrittenAnswers:
    """Reads the documents; entries that `stated` gives are not looked for in them: files of answers win."""
    readings, troubles = readings_of(documents, assignment)
    if not readings and not troubles:
        return WrittenAnswers((), LeftOpen(), ())
    answers, refused = decided(merged(readings), decisions, Vocabulary(assignment.namings))
    taken = {_key(statement.name) for statement in stated if not statement.is_mention}
    kept = [answer for answer in answers if not _is_given(answer.name, taken)]
    names = list(dict.fromkeys([*(one.document.file for one in readings), *(one.file for one in troubles)]))
    if len(kept) < len(answers):
        winners = listed(dict.fromkeys(statement.file for statement in stated))
        troubles.append(Trouble(names[0], None, None, f"read only for what {winners} does not give"))
    unread = next((one.document.fault for one in readings if one.document.fault), "")
    reason = f"not found in {listed(names, most=3)}{f' ({unread})' if unread else ''}; left to a person"
    statements = tuple(answer.statement() for answer in kept)
    return WrittenAnswers(statements, LeftOpen(reason, refused), tuple(troubles))


def decided(
    answers: Iterable[ReadAnswer], decisions: Sequence[Confirmation], vocabulary: Vocabulary
) -> tuple[tuple[ReadAnswer, ...], frozenset[str]]:
    """The answers as a person decided on them, and the entries of which the person said that they have no answer."""
    found = {str(answer.name): answer for answer in answers}
    refused = set()
    for decision in decisions:
        name = vocabulary.read_name(decision.entry)
        if name is None:
            continue
        if decision.value is None:
            found.pop(str(name), None)
            refused.add(str(name))
        elif str(name) in found:
            found[str(name)] = replace(found[str(name)], text=decision.value, doubt="")
        else:
            found[str(name)] = ReadAnswer(name, decision.value, Source(decision.file), 0, 0)
    return tuple(found.values()), frozenset(refused)


def _is_given(name: Name, taken: set[tuple[object, ...]]) -> bool:
    """Whether the entry, or its whole cell, is stated."""
    return _key(name) in taken or (name.prefix, name.cell, (), name.short) in taken


def _key(name: Name) -> tuple[object, ...]:
    """What a name is about, whatever it is called."""
    return name.prefix, name.cell, name.index, name.short
