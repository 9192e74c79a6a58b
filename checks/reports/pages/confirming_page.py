"""The page on which a person confirms what is doubtful: the write-up beside its entries, and no verdict and no key.

Everything that a student wrote is in one block of data, read by the page's own script, which puts it into text nodes
alone.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from checks.assignment.assignment import Assignment
from checks.display import printable
from checks.marking.read_submission import FoundEntry, ReadSubmission
from checks.reports.pages.page_template import FOLDER, filled_in
from checks.submissions.decisions_file import SCHEMA


def confirming_page(assignment: Assignment, readings: Sequence[ReadSubmission]) -> str:
    """The page's HTML."""
    script = (FOLDER / "confirming.js").read_text(encoding="utf-8")
    style = (FOLDER / "confirming.css").read_text(encoding="utf-8")
    data = {
        "schema": SCHEMA,
        "assignment": assignment.id,
        "submissions": [_submission(one) for one in readings],
    }
    return filled_in(
        "confirming_page.html.jinja",
        title=assignment.title,
        count=len(readings),
        data=Markup(_json(data)),  # noqa: S704  no < > or & is left in it
        script=Markup(script),  # noqa: S704  our own file
        own_style=Markup(style),  # noqa: S704  our own file
        script_hash=_hash(script),
    )


def _hash(script: str) -> str:
    """What the page's policy lets run: this script alone."""
    return f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}"


def _json(data: object) -> str:
    """JSON that cannot end the element it stands in."""
    text = json.dumps(data, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _submission(reading: ReadSubmission) -> dict[str, Any]:
    return {
        "id": printable(reading.id),
        "key": reading.id,
        "documents": [
            {"file": printable(one.file), "digest": one.digest, "text": _shown(one.text), "fault": printable(one.fault)}
            for one in reading.documents
        ],
        "entries": [_entry(one, reading.documents[one.document].text) for one in reading.entries],
        "missing": list(reading.not_found),
        "notes": [printable(f"{one.file}: {one.message}") for one in reading.troubles]
        + ([printable(reading.failure)] if reading.failure else []),
    }


def _shown(text: str) -> str:
    """A document's text; what would move other text stands as a square, so that all places stay."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{WHITE SQUARE}" for c in text)


def _units(text: str, place: int) -> int:
    """The same place counted as scripts count, in UTF-16."""
    return place + sum(ord(c) > 0xFFFF for c in text[:place])


def _entry(one: FoundEntry, text: str) -> dict[str, Any]:
    return {
        "name": one.name,
        "value": printable(one.value),
        "reason": printable(one.reason),
        "place": printable(str(one.source)),
        "document": one.document,
        "start": _units(text, one.start),
        "end": _units(text, one.end),
        "other": [_units(text, place) for place in one.other or ()],
    }
