"""What `backcheck check` prints: the report for reading, or the one for programs."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from checks.marking.checked import Checked
from checks.marking.class_notes import ClassNotes
from checks.reports.console import Console, console_for
from checks.reports.feedback import at_level
from checks.reports.report_json import JsonReport
from checks.reports.report_text import SummaryLine, report_text, summary_text


class TextOutput:
    """The report for reading, on stdout, and a summary where there are several submissions."""

    def __init__(self, title: str, level: str, *, explain: bool) -> None:
        self._console: Console = console_for(sys.stdout)
        self._level, self._explain = level, explain
        self._lines: list[SummaryLine] = []
        print(self._console.bold(self._console.text(title)))

    def add(self, checked: Checked) -> None:
        """Prints one report."""
        self._lines.append(SummaryLine.of(checked))
        print("\n" + report_text(at_level(checked, self._level), self._console, explain=self._explain))

    def finish(self, notes: ClassNotes) -> None:
        """Prints the summary."""
        print(end="\n" * bool(notes.identical))
        for one in notes.identical:
            told = f"The same {one.file}, byte for byte: {', '.join(one.submissions)}"
            print(self._console.text(told, "", "  "))
        if len(self._lines) > 1:
            print("\n" + summary_text(self._lines, self._console, notes.source))


class JsonOutput:
    """The report for programs, on stdout."""

    def __init__(
        self, assignment: str, notices: list[str], level: str, *, explain: bool, made_by: Mapping[str, Any]
    ) -> None:
        self._level = level
        told = made_by if level == "full" else None  # what is compared with later has to tell the key
        self._report = JsonReport(sys.stdout, assignment, notices, explain=explain, made_by=told)

    def add(self, checked: Checked) -> None:
        """Prints one submission."""
        self._report.add(at_level(checked, self._level))

    def finish(self, notes: ClassNotes) -> None:
        """Prints the end."""
        self._report.finish(notes)
