"""The write-ups of one submission: read where files of answers leave something open, into statements like any other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checks.answers.answers import Statement
from checks.answers.names import ANSWERS_TXT, Name
from checks.assignment.assignment import Assignment
from checks.display import listed
from checks.judging.findings import Trouble


@dataclass(frozen=True, slots=True)
class WrittenAnswers:
    """What write-ups state; why an entry that was not found may stand in them all the same; what is to be said."""

    statements: tuple[Statement, ...]
    left_open: str
    troubles: tuple[Trouble, ...]


def read_write_ups(
    documents: Sequence[tuple[str, bytes | str]], stated: Sequence[Statement], assignment: Assignment
) -> WrittenAnswers:
    """Reads the documents; entries that `stated` gives are not looked for in them: files of answers win.

    The readers are loaded here, where there is something for them to read.
    """
    from checks.writeups.kinds import open_document
    from checks.writeups.reading import merged, read_document

    troubles = [Trouble(name, None, None, held) for name, held in documents if isinstance(held, str)]
    readings = [
        read_document(open_document(held, name), assignment) for name, held in documents if isinstance(held, bytes)
    ]
    readings = [one for one in readings if one.answers or one.document.file != ANSWERS_TXT]
    if not readings and not troubles:
        return WrittenAnswers((), "", ())
    answers = merged(readings)
    names = [*(one.document.file for one in readings), *(one.file for one in troubles)]
    taken = {statement.name for statement in stated}
    kept = [answer for answer in answers if not _is_given(answer.name, taken)]
    if len(kept) < len(answers):
        winners = listed(dict.fromkeys(statement.file for statement in stated))
        message = f"read only for what {winners} does not give"
        troubles += [Trouble(name, None, None, message) for name in names[:1]]
    where = listed(dict.fromkeys(names), most=3)
    troubles += [Trouble(one.document.file, None, None, one.document.fault) for one in readings if one.document.fault]
    unread = next((one.document.fault for one in readings if one.document.fault), "")
    left_open = f"not found in {where}{f' ({unread})' if unread else ''}; left to a person"
    return WrittenAnswers(tuple(answer.statement() for answer in kept), left_open, tuple(troubles))


def _is_given(name: Name, taken: set[Name]) -> bool:
    """Whether the entry, or its whole cell, is stated."""
    return name in taken or Name(name.prefix, name.cell, short=name.short) in taken
