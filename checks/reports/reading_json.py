"""What was read, as JSON, schema `backcheck/reading/1`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from checks.marking.read_submission import FoundEntry, ReadSubmission

SCHEMA = "backcheck/reading/1"


def reading_json(readings: Iterable[ReadSubmission]) -> str:
    """The whole text."""
    return json.dumps({"schema": SCHEMA, "submissions": [_submission(one) for one in readings]}, indent=2) + "\n"


def _submission(reading: ReadSubmission) -> dict[str, Any]:
    about: dict[str, Any] = {
        "id": reading.id,
        "entries": [_entry(one) for one in reading.entries],
        "not_found": list(reading.not_found),
    }
    problems = [{"file": one.file, "message": one.message} for one in reading.troubles]
    if reading.failure:
        problems.append({"file": "", "message": reading.failure})
    return about | ({"problems": problems} if problems else {})


def _entry(one: FoundEntry) -> dict[str, Any]:
    source = one.source
    part = {source.part_name: source.part} if source.part is not None else {}
    return {
        "name": one.name,
        "value": one.value,
        "reading": one.reading.value,
        "file": source.file,
        "line": source.line,
        "column": source.column,
        **part,
        "reason": one.reason,
    }
