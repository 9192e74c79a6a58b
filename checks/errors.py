"""Faults that are told, each in a sentence: of the call, of an assignment, and of a file that could not be read."""


class CallError(Exception):
    """The command was called with something that cannot be done; the message says what was expected."""


class InvalidAssignment(Exception):
    """An assignment that cannot be used; one line for each fault, with its path."""


class NotReadError(Exception):
    """A file that could not be read; the message says why, the rest where that was seen, as far as it is known.

    `line` and `column` count from 1; `text` is the line, `offset` the place in it from 0.
    """

    def __init__(
        self, message: str, line: int | None = None, column: int | None = None, text: str = "", offset: int = 0
    ) -> None:
        super().__init__(message)
        self.line, self.column, self.text, self.offset = line, column, text, offset
