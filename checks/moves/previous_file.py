"""Reads an earlier report of `check --json`, as far as marks are compared with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from checks.errors import CallError

SCHEMA = "backcheck/report/"
"""How the schema of every report begins."""

MAX_BYTES = 512 * 2**20

EXPECTED = "a report of check --json"


class MadeBy(msgspec.Struct, frozen=True):
    """What a report was made by: digests of the program, of the assignment's text, and of the data files."""

    program: str = ""
    assignment: str = ""
    data: dict[str, str] = {}


class Decided(msgspec.Struct, frozen=True):
    """That a person decided, and why."""

    reason: str = ""


class Entry(msgspec.Struct, frozen=True):
    """One entry as it was."""

    name: str
    verdict: str
    points: float
    max_points: float
    given: str | None = None
    expected: str | None = None
    decimal: str | None = None
    decided: Decided | None = None


class Previous(msgspec.Struct, frozen=True):
    """One submission as it was; `digest` is that of its files, "" where the report does not tell it."""

    id: str
    score: float
    max_score: float
    entries: tuple[Entry, ...]
    digest: str = ""
    decided: Decided | None = None


class PreviousReport(msgspec.Struct, frozen=True):
    """An earlier report; `made_by` is None where it does not tell."""

    schema: str
    assignment: str
    submissions: tuple[Previous, ...]
    made_by: MadeBy | None = None


def load_previous(path: Path, assignment: str) -> PreviousReport:
    """The report in the file, of the assignment with that id.

    Raises `CallError` for a file that cannot be read, is no report, or one that does not tell the key.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CallError(f"{path}: more than {MAX_BYTES} bytes, which is the most that is read")
        report = msgspec.json.decode(path.read_bytes(), type=PreviousReport)
    except OSError as error:
        raise CallError(f"{path}: cannot be read: {error.strerror}") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise CallError(f"{path}: {error}; expected {EXPECTED}") from None
    if fault := _fault(report, assignment):
        raise CallError(f"{path}: {fault}")
    return report


def _fault(report: PreviousReport, assignment: str) -> str:
    if not report.schema.startswith(SCHEMA):
        return f"its schema is '{report.schema[:40]}'; expected {EXPECTED}"
    if report.assignment != assignment:
        return f"a report on '{report.assignment[:40]}'; expected one on '{assignment}'"
    seen: set[str] = set()
    for one in report.submissions:
        if one.id in seen:
            return f"the submission '{one.id[:40]}' stands in it twice"
        seen.add(one.id)
    entries: list[Any] = [entry for one in report.submissions for entry in one.entries]
    if entries and all(entry.expected is None for entry in entries):
        return "it does not tell the key; expected a report made with --feedback full"
    return ""
