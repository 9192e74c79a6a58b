"""What a student stated, before it is judged: names with the text of their values and where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from checks.answers.names import Name
from checks.judging.findings import Reading, Source, Trouble
from checks.language.reading import NestedText, Wanted, as_text, read
from checks.language.tree import AnswerError, Item


@dataclass(frozen=True, slots=True)
class Statement:
    """`name = value`. The value is text in the answer language, or (from JSON) nested lists of such text.

    `line` and `column`, from 1, are where the value's text begins, or None where the file format does not tell. A
    `fault` is why the file's value is no answer at all. A `mention` names an entry without stating it: it counts only
    where nothing else is said of that entry. What was read from a write-up tells how sure the `reading` is, and by
    `doubt` why it is not; `part` is its page or cell.
    """

    name: Name
    value: NestedText
    file: str
    line: int | None = None
    column: int | None = None
    fault: str = ""
    is_mention: bool = False
    reading: Reading = Reading.TYPED
    doubt: str = ""
    part: int | None = None
    part_name: str = ""

    @property
    def source(self) -> Source:
        """Where it stands."""
        return Source(self.file, self.line, self.column, self.part, self.part_name)

    def to_confirm(self) -> str:
        """What is said of a reading that is not certain: `read as 27 at writeup.md:379: confirm, since ...`."""
        return f"read as {self.shown()} at {self.source}: confirm, since {self.doubt}"

    def items(self, wanted: Wanted) -> tuple[Item, ...]:
        """The elements of the answer, row by row; none where it was left empty. Raises `AnswerError`."""
        if self.fault:
            raise AnswerError(self.fault, 0)
        return read(self.value, wanted)

    def shown(self) -> str:
        """The value as one line of text."""
        return as_text(self.value)

    def trouble(self, about: str, error: AnswerError) -> Trouble:
        """The error as the student is to see it: file, line, column, and the line it is in."""
        message = f"{about}: {error.message}"
        if not isinstance(self.value, str):
            return Trouble(self.file, None, None, message)
        before = self.value[: error.position]
        down, offset = before.count("\n"), len(before) - before.rfind("\n") - 1
        text = self.value.split("\n")[down]
        if self.line is None or self.column is None:
            return Trouble(self.file, None, None, message, text, offset)
        column = offset + (self.column if down == 0 else 1)
        return Trouble(self.file, self.line + down, column, message, text, offset)


@dataclass(frozen=True, slots=True)
class Answers:
    """All statements of a submission, in the order of the files, and what was wrong with the files.

    `unread` is why a whole file of answers could not be read, None where all could.
    """

    statements: tuple[Statement, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    unread: Trouble | None = None


def mention(name: Name, text: str, file: str, line: int | None) -> Statement:
    """What a text says of an entry that it names without a value."""
    fault = f"{name} is named here, but not as {name} = value"
    return Statement(name, text, file, line, fault=fault, is_mention=True)


def mentions_first(statements: Iterable[Statement]) -> list[Statement]:
    """The statements in the order in which later ones replace earlier ones."""
    return sorted(statements, key=lambda statement: not statement.is_mention)


def latest(statements: Iterable[Statement]) -> tuple[dict[str, Statement], list[Trouble]]:
    """The statement that counts for each name, the last that is not empty, and a trouble for each repeated one."""
    counting: dict[str, Statement] = {}
    troubles = []
    for statement in mentions_first(statements):
        name = str(statement.name)
        if not statement.shown().strip():
            continue
        if name in counting and counting[name].file == statement.file and not counting[name].is_mention:
            troubles.append(given_again(statement))
        counting[name] = statement
    return counting, troubles


def given_again(statement: Statement) -> Trouble:
    """What to say of a statement that replaces an earlier one of the same file."""
    return Trouble(statement.file, statement.line, None, f"{statement.name} is given again here; the last one counts")


def not_asked_for(statement: Statement) -> Trouble:
    """What to say of a statement that the assignment has no place for."""
    return Trouble(statement.file, statement.line, None, f"the assignment does not ask for {statement.name}")
