"""What is read from a submission's write-ups: for every entry found its text, its place, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from checks.answers.answers import Statement
from checks.answers.names import Name
from checks.assignment.assignment import Assignment
from checks.assignment.parts import HandPart
from checks.judging.findings import Reading, Source, Trouble
from checks.writeups.asides import with_asides
from checks.writeups.claims import MAX_CLAIMS, Claim, claims, is_whole
from checks.writeups.confidence import ReadEntry, read_entries
from checks.writeups.conventions import conventions_of
from checks.writeups.document import Document
from checks.writeups.known import KnownPart, known_part
from checks.writeups.problems import claims_by_part
from checks.writeups.short_answers import short_answers
from checks.writeups.steps import in_steps


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """One entry as a document has it, at `start` to `end` of the document's text; `doubt` is "" where it is certain.

    `other` is where the document has another value, from where to where, if that is the doubt.
    """

    name: Name
    text: str
    source: Source
    start: int
    end: int
    doubt: str = ""
    other: tuple[int, int] | None = None

    @property
    def reading(self) -> Reading:
        """How sure it is."""
        return Reading.TO_CONFIRM if self.doubt else Reading.CERTAIN

    def statement(self) -> Statement:
        """The same as a statement, to be judged as any other."""
        at = self.source
        return Statement(
            self.name,
            self.text,
            at.file,
            at.line,
            at.column,
            reading=self.reading,
            doubt=self.doubt,
            part=at.part,
            part_name=at.part_name,
        )


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """A document, and what was read in it, in the order of the assignment."""

    document: Document
    answers: tuple[ReadAnswer, ...]


def read_document(document: Document, assignment: Assignment) -> DocumentReading:
    """The answers that one document gives."""
    stated = claims(document)
    all_read = is_whole(document, stated)
    stated = with_asides(document, stated[:MAX_CLAIMS])
    answers: list[ReadAnswer] = []
    if assignment.mnist is not None:
        for short in short_answers(document, stated, assignment.mnist):
            place = document.place(short.start)
            answers.append(ReadAnswer(short.name, short.text, place, short.start, short.end, short.doubt))
    for part, own, is_clear in claims_by_part(document, stated, assignment.hand_parts):
        told = {answer.name for answer in answers}
        found = _of_part(document, own, part, is_clear=is_clear)
        answers += [answer for answer in found if answer.name not in told]
    if not all_read:
        doubt = "the document is too long, and not all of it was read"
        answers = [replace(answer, doubt=doubt) for answer in answers]
    return DocumentReading(document, tuple(answers))


def _of_part(document: Document, stated: Sequence[Claim], part: HandPart, *, is_clear: bool) -> Iterable[ReadAnswer]:
    known = known_part(part)
    stated = in_steps(document, stated) if known.has_steps else stated
    for entry in read_entries(stated, known, conventions_of(stated, known)):
        if entry.place not in known.cells[entry.cell].places or (entry.doubt and not is_clear):
            continue
        doubt = entry.doubt if is_clear else "which problem it belongs to is not clear"
        if entry.other is not None:
            doubt = doubt.replace("{other}", str(document.place(entry.other[0])))
        place = document.place(entry.start)
        yield ReadAnswer(_name(entry, known, part), entry.text, place, entry.start, entry.end, doubt, entry.other)


def _name(entry: ReadEntry, known: KnownPart, part: HandPart) -> Name:
    cell = str(entry.cell)
    index = known.cells[entry.cell].index(entry.place)
    return Name(known.prefix, cell, index, shown=part.naming.entry(cell, entry.place))


def merged(readings: Iterable[DocumentReading]) -> tuple[ReadAnswer, ...]:
    """The answers of several documents; where two say different things of an entry it is to be confirmed."""
    found: dict[Name, ReadAnswer] = {}
    for reading in readings:
        for answer in reading.answers:
            earlier = found.get(answer.name)
            if earlier is None or (earlier.text == answer.text and earlier.doubt):
                found[answer.name] = answer
            elif earlier.text != answer.text:
                doubt = f"another value, {earlier.text}, stands at {earlier.source}"
                found[answer.name] = replace(answer, doubt=doubt, other=None)
    return tuple(found.values())


def statements(answers: Iterable[ReadAnswer]) -> tuple[Statement, ...]:
    """The answers as statements."""
    return tuple(answer.statement() for answer in answers)


def faults(readings: Iterable[DocumentReading]) -> tuple[Trouble, ...]:
    """What could not be read of the documents at all."""
    return tuple(
        Trouble(reading.document.file, None, None, reading.document.fault)
        for reading in readings
        if reading.document.fault
    )
