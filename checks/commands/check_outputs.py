"""What `backcheck check` writes: every output takes the same findings, one submission after another."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TextIO

from checks.commands.printed_reports import JsonOutput, TextOutput
from checks.commands.telling import tell, writing_to
from checks.errors import CallError
from checks.marking.checked import Checked
from checks.marking.class_notes import ClassNotes
from checks.reports.feedback import at_level
from checks.running.class_run import ClassRun

if TYPE_CHECKING:
    from checks.reports.gradebook.gradebook_file import Gradebook


class Output(Protocol):
    """Something that is written while the submissions go by."""

    def add(self, checked: Checked) -> None:
        """Takes the findings on one submission, all that is known of them."""

    def finish(self, notes: ClassNotes) -> None:
        """Takes what is to be said of the whole class, and ends."""


class Writer(Protocol):
    """What writes a table or report into an open file."""

    def add(self, checked: Checked) -> None:
        """Takes the findings on one submission."""

    def finish(self) -> None:
        """Writes the end."""


class Outputs:
    """All outputs; one that cannot be written any more costs none of the others (a full disk, a reader who went)."""

    def __init__(self, outputs: list[Output]) -> None:
        self._outputs = outputs
        self._faults: list[CallError | BrokenPipeError] = []

    def add(self, checked: Checked) -> None:
        """Gives each the findings on one submission."""
        self._each(lambda output: output.add(checked))

    def finish(self, notes: ClassNotes) -> None:
        """Ends each. Raises the fault of the last that could not be written; what befell the others is told."""
        self._each(lambda output: output.finish(notes))
        self._faults.sort(key=lambda fault: isinstance(fault, CallError))
        for fault in self._faults[:-1]:
            if isinstance(fault, CallError):
                tell(str(fault))
        if self._faults:
            raise self._faults[-1]

    def _each(self, act: Callable[[Output], None]) -> None:
        for output in tuple(self._outputs):
            try:
                act(output)
            except (CallError, BrokenPipeError) as fault:
                self._outputs.remove(output)
                self._faults.append(fault)


class FileOutput:
    """A table or report in a file of its own; it is for staff and tells all, unless it is given a level.

    Whether it can be written is seen at once, but what an earlier run wrote there stays until there is more to write.
    """

    def __init__(self, path: Path, make: Callable[[TextIO], Writer], level: str = "full") -> None:
        self._path, self._make, self._level = path, make, level
        self._begun: tuple[TextIO, Writer] | None = None
        if path.is_file() or not path.exists():
            with writing_to(path):
                path.open("ab").close()

    def add(self, checked: Checked) -> None:
        """Writes one submission."""
        with writing_to(self._path):
            self._opened()[1].add(at_level(checked, self._level))

    def finish(self, notes: ClassNotes) -> None:  # noqa: ARG002 - a table has no place for them
        """Ends the file."""
        with writing_to(self._path):
            file, writer = self._opened()
            writer.finish()
            file.close()

    def _opened(self) -> tuple[TextIO, Writer]:
        if self._begun is None:
            # Names of files need not be text: half a character of one is written as its code.
            file = self._path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
            self._begun = file, self._make(file)
        return self._begun


class GradebookOutput:
    """The grade book, filled in at the end."""

    def __init__(self, book: Gradebook) -> None:
        self._book = book

    def add(self, checked: Checked) -> None:
        """Takes one submission's score."""
        self._book.add(checked)

    def finish(self, notes: ClassNotes) -> None:  # noqa: ARG002 - it has no place for them
        """Writes the file, and tells what staff should know of it."""
        for notice in self._book.finish():
            tell(notice)


class PagesOutput:
    """The page of the class, and one for each student."""

    def __init__(self, folder: Path, run: ClassRun, level: str) -> None:
        from checks.reports.pages.pages_folder import PagesFolder

        self._folder = folder
        with writing_to(folder):
            self._pages = PagesFolder(folder, run.reference, level, run.reference_of)

    def add(self, checked: Checked) -> None:
        """Writes one student's page."""
        with writing_to(self._folder):
            self._pages.add(checked)

    def finish(self, notes: ClassNotes) -> None:
        """Writes the page of the class."""
        with writing_to(self._folder):
            tell(f"wrote {self._pages.finish(notes)}")
            if left := self._pages.left_over():
                tell(f"{self._folder}: pages of an earlier run are there too ({left}); nothing links to them")


class GradescopeOutput:
    """Gradescope's results.json of the one submission."""

    def __init__(self, path: Path, notice: str) -> None:
        self._path, self._notice = path, notice

    def add(self, checked: Checked) -> None:
        """Writes the file."""
        from checks.reports.gradescope_results import gradescope_results

        with writing_to(self._path):
            self._path.write_text(gradescope_results(checked, notice=self._notice), encoding="utf-8")

    def finish(self, notes: ClassNotes) -> None:
        """Nothing is left to do."""


class SheetOutput:
    """The one submission's marked sheet, LaTeX and PDF."""

    def __init__(self, path: Path, run: ClassRun, level: str) -> None:
        self._path, self._run, self._level = path, run, level

    def add(self, checked: Checked) -> None:
        """Writes the sheet, and its PDF where a TeX engine is found; names them on stderr."""
        from checks.reports.marked_sheet import marked_sheet
        from exact.writing.latex.tex_file import NO_ENGINE, TexError, compile_tex, write_tex

        try:
            with writing_to(self._path):
                source = write_tex(
                    self._path, marked_sheet(at_level(checked, self._level), self._run.reference_of(checked.id))
                )
                pdf = compile_tex(source)
        except TexError as error:
            raise CallError(str(error)) from None
        tell(f"wrote {source} and {pdf}" if pdf else f"wrote {source}; {NO_ENGINE}")

    def finish(self, notes: ClassNotes) -> None:
        """Nothing is left to do."""


def outputs(
    options: argparse.Namespace, run: ClassRun, notices: list[str], made_by: Callable[[], Mapping[str, Any]]
) -> list[Output]:
    """All outputs that are asked for, the one on stdout first. Raises `CallError` for a file that cannot be written.

    What writes each is loaded here, where it is asked for.
    """
    reference = run.reference
    assignment, level = reference.assignment, options.feedback
    made: list[Output] = []
    if options.against:
        from checks.commands.moves_output import MovesOutput

        as_json, folder = options.json, options.html
        told_by = made_by()
        made.append(
            MovesOutput(options.against, assignment.id, assignment.title, told_by, as_json=as_json, folder=folder)
        )
    elif options.json:
        made.append(JsonOutput(assignment.id, notices, level, explain=options.explain, made_by=made_by()))
    else:
        shown = f" ({reference.notice})" if reference.notice else ""
        made.append(TextOutput(assignment.title + shown, level, explain=options.explain))
    if options.csv:
        from checks.reports.marks_csv import MarksTable

        made.append(FileOutput(options.csv, MarksTable))
    if options.open:
        from checks.reports.open_entries import open_file

        made.append(FileOutput(options.open, partial(open_file, suffix=options.open.suffix, assignment=assignment.id)))
    if options.junit:
        from checks.reports.junit import JUnitFile

        made.append(FileOutput(options.junit, JUnitFile, level))
    if options.gradebook:
        from checks.reports.gradebook.gradebook_file import Gradebook

        book = Gradebook.read(options.gradebook, options.gradebook_column, assignment.title, assignment.id)
        made.append(GradebookOutput(book))
    if options.html:
        made.append(PagesOutput(options.html, run, level))
    if options.gradescope:
        made.append(GradescopeOutput(options.gradescope, reference.notice))
    if options.tex:
        made.append(SheetOutput(options.tex, run, level))
    return made
