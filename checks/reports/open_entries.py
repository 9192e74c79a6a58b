"""What is left to a person, as a file of overrides to fill in, TOML or CSV.

An entry is a row or a table; a submission of which nothing could be marked is one as a whole. Whoever fills it in adds
points or a verdict, and a reason; what stays blank stays open.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TextIO

from checks.judging.verdicts import Verdict
from checks.marking.checked import Checked
from checks.overrides.override import DECIDABLE, INFORMATION, KEYS
from checks.overrides.tie import digest_of_entry, digest_of_files, spelled
from checks.reports.marks_csv import as_text
from checks.reports.values import MOST_SHOWN

_LIKE_A_NUMBER = re.compile(r"[0-9][0-9.eE]*")


@dataclass(frozen=True, slots=True)
class Open:
    """One thing to decide: an entry, or with "" for it a whole submission.

    `found` is what the program says of it, `place` where it stands, `worth` its points.
    """

    student: str
    entry: str
    given: str
    digest: str
    found: str
    place: str
    worth: str


def open_entries(checked: Checked) -> Iterator[Open]:
    """What a person has to decide of a submission, at the level `full`; nothing of what one has decided."""
    waiting = [finding for finding in checked.findings if finding.needs_person]
    if checked.decision or not waiting:
        return
    student = spelled(checked.id)
    answered = [finding for finding in checked.findings if finding.verdict is not Verdict.MISSING]
    whole = digest_of_files(checked.files)
    if len(waiting) == len(answered) and all(digest_of_entry(one, checked.files) == whole for one in waiting):
        yield Open(student, "", "", whole, waiting[0].note, "", str(checked.worth))
        return
    for finding in waiting:
        digest = digest_of_entry(finding, checked.files)
        place = finding.trouble.place if finding.trouble else ""
        found = f"{finding.verdict}: {finding.note}" if finding.note else finding.verdict.value
        given = spelled(finding.given or "")
        given = given if len(given) <= MOST_SHOWN else given[:MOST_SHOWN] + " ..."
        yield Open(student, finding.name, given, digest, found, place, str(finding.max_points))


class OpenRows:
    """Writes the file as CSV."""

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file, lineterminator="\n")
        self._writer.writerow([*KEYS, *INFORMATION])

    def add(self, checked: Checked) -> None:
        """Writes the rows of a submission."""
        for one in open_entries(checked):
            # A formula keeps a spreadsheet from making 7 of 007.
            student = f'="{one.student}"' if _LIKE_A_NUMBER.fullmatch(one.student) else as_text(one.student)
            about = (one.entry, as_text(one.given), one.digest, "", "", "")
            self._writer.writerow([student, *about, as_text(one.found), as_text(one.place), one.worth])

    def finish(self) -> None:
        """There is no end to write."""


class OpenTables:
    """Writes the file as TOML."""

    def __init__(self, file: TextIO, assignment: str) -> None:
        self._file = file
        file.write(
            "# To be decided by a person: give each one points or a verdict, and a reason, and hand the file to\n"
            f"# check --overrides. Verdicts: {', '.join(DECIDABLE)}. What stays as it is stays open.\n\n"
            f"assignment = {_quoted(assignment)}\n"
        )

    def add(self, checked: Checked) -> None:
        """Writes the tables of a submission."""
        for one in open_entries(checked):
            place = f", at {one.place}" if one.place else ""
            lines = [f"# {spelled(f'{one.found}{place}; worth {one.worth}')}", "[[override]]"]
            lines += [f"student = {_quoted(one.student)}"]
            lines += [f"entry = {_quoted(one.entry)}"] if one.entry else []
            lines += [f"given = {_quoted(one.given)}"] if one.given else []
            lines += [f"digest = {_quoted(one.digest)}", "# points = ", '# verdict = ""', 'reason = ""']
            self._file.write("\n" + "\n".join(lines) + "\n")

    def finish(self) -> None:
        """There is no end to write."""


class OpenFile(Protocol):
    """Writes what is open into a file."""

    def add(self, checked: Checked) -> None:
        """Writes what is open of a submission."""

    def finish(self) -> None:
        """Writes the end."""


def open_file(file: TextIO, suffix: str, assignment: str) -> OpenFile:
    """The writer for a suffix, `.csv` or another one for TOML."""
    return OpenRows(file) if suffix.lower() == ".csv" else OpenTables(file, assignment)


def _quoted(text: str) -> str:
    """A basic string of TOML; the text holds nothing without a picture of its own."""
    return json.dumps(text, ensure_ascii=False)
