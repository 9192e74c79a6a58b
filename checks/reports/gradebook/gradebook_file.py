"""Fills in a grade book's file: read at the beginning, written at the end, the original kept beside it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from checks.errors import CallError
from checks.marking.checked import Checked
from checks.reports.gradebook.marks import GradebookMarks
from checks.reports.gradebook.sheet import read_sheet
from checks.roster.csv_file import load_csv


class Gradebook:
    """A grade book that is being filled in; nothing is written before `finish`."""

    def __init__(self, path: Path, text: str, encoding: str, marks: GradebookMarks) -> None:
        self._path, self._text, self._encoding, self._marks = path, text, encoding, marks

    @classmethod
    def read(cls, path: Path, column: str | None, assignment_title: str, assignment_id: str) -> Gradebook:
        """The grade book in the file; `column` and the assignment's names choose the column, as in `read_sheet`.

        Raises `CallError` for a file that cannot be read or replaced, is no grade book, or has no such column.
        """
        text, encoding = load_csv(path)
        if not os.access(path, os.W_OK) or not os.access(path.resolve().parent, os.W_OK):
            raise CallError(f"{path}: cannot be written: no permission for it or its folder")
        sheet = read_sheet(text, str(path), column, (assignment_title, assignment_id))
        return cls(path, text, encoding, GradebookMarks(sheet))

    def add(self, checked: Checked) -> None:
        """Takes the score of a submission."""
        self._marks.add(checked)

    def finish(self) -> list[str]:
        """Writes the marks, and returns what the staff should know, a sentence each.

        The file is replaced as a whole or not at all. What it was stands beside it in FILE.bak, unless there is one
        already: that is older still. Raises `CallError` where the file cannot be written, or has changed meanwhile.
        """
        notices = [f"{self._path}: {notice}" for notice in self._marks.notices()]
        text = self._marks.text
        if text == self._text:
            return notices
        original = self._text.encode(self._encoding)
        path = self._path.resolve()  # a link stays a link
        backup = path.with_name(path.name + ".bak")
        try:
            if path.read_bytes() != original:
                raise CallError(f"{self._path}: was changed while submissions were checked; no mark was written to it")
            if backup.exists():
                notices.append(f"{backup}: was there already, and is left as it is")
            else:
                _replace(backup, original, path)
                notices.append(f"{backup}: the grade book as it was")
            _replace(path, text.encode(self._encoding), path)
        except OSError as error:
            raise CallError(f"{self._path}: cannot be written: {error.strerror}; is it open elsewhere?") from None
        return notices


def _replace(path: Path, data: bytes, like: Path) -> None:
    """Puts a file in place at once, with the permissions of another one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(like, new)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
