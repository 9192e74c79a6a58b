"""What runs in the student's browser: one assignment's sheet, its calls and replies as JSON texts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from checks.assignment.assignment_file import AssignmentText
from checks.selfcheck.checking import check
from checks.selfcheck.reading import read
from checks.selfcheck.sheet import Settings, Sheet, open_sheet

ASSIGNMENT, SETTINGS = "assignment.toml", "settings.json"
"""The files beside our sources that say what this page is for."""

NO_DATA = "not judged on this page, which has not the course's data; it is when the work is marked"


class Dropped(Protocol):
    """A file as JavaScript hands it over: its name, and its bytes, which `to_bytes` copies."""

    name: str
    bytes: Any


def beside_sources(text: AssignmentText, settings: Settings) -> dict[str, bytes]:
    """The files that `opened` looks for."""
    told = {"feedback": settings.feedback, "cells": settings.cells, "path": Path(text.path).name}
    return {ASSIGNMENT: text.text.encode(), SETTINGS: json.dumps(told).encode()}


def opened(folder: str) -> Callable[[str, str, Iterable[Dropped]], str]:
    """What answers calls about the assignment in that folder: by a name, "read" or "check", a request, and files."""
    told = json.loads(Path(folder, SETTINGS).read_bytes())
    text = AssignmentText(told["path"], Path(folder, ASSIGNMENT).read_text(encoding="utf-8"))
    settings = Settings(feedback=told["feedback"], cells=tuple(told["cells"]))
    sheet = open_sheet(text, settings, None, NO_DATA)

    def call(name: str, request: str, files: Iterable[Dropped]) -> str:
        held = {str(file.name): bytes(file.bytes.to_bytes()) for file in files}
        return json.dumps(_answer(sheet, name, json.loads(request), held))

    return call


def _answer(sheet: Sheet, name: str, request: dict[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    """The reply; also where our own program fails, which must not end the student's session."""
    try:
        return read(sheet, request) if name == "read" else check(sheet, request, files)
    except Exception as error:  # the rim: a bug of ours
        return {"error": f"backcheck failed on this ({type(error).__name__}); nothing was judged"}
