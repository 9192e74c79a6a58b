"""Judges what stands in the boxes, with the files beside it; says no more than the level of feedback tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from checks.answers.names import ANSWERS_JSON, ANSWERS_TXT
from checks.bounds import MAX_ANSWERS_BYTES, MAX_FILE_BYTES
from checks.display import printable
from checks.judging.findings import Trouble
from checks.marking.checking import check_material
from checks.reports.feedback import at_level
from checks.reports.report_json import submission_json
from checks.selfcheck.requests import BadRequest, before_in, boxes_in
from checks.selfcheck.sheet import Sheet
from checks.selfcheck.written import answers_text
from checks.submissions.contents import Material
from checks.submissions.file_names import KNOWN_FILES, MOST_DOCUMENTS, is_write_up, known_name

SCHEMA = "backcheck/selfcheck/1"

LONGEST_NAME = 100
"""Characters of a file's name that are kept."""


def check(sheet: Sheet, request: Mapping[str, Any], files: Mapping[str, bytes]) -> dict[str, Any]:
    """The report on the boxes of the request and on the files by their names: `submissions` of `check --json` has it.

    It is the one that the command gives for the answers.txt that the boxes make beside the same files. A request that
    is none gives `{"error": sentence}`; whatever is raised is a failure of ours.
    """
    try:
        boxes, lines = boxes_in(sheet, request), before_in(request)
    except BadRequest as error:
        return {"error": str(error)}
    material, troubles = _material(answers_text(sheet, boxes, lines) if boxes or lines else "", files)
    checked = check_material(material, sheet.reference)
    checked = replace(checked, troubles=(*troubles, *checked.troubles))
    level = sheet.settings.feedback
    report = submission_json(at_level(checked, level))
    return {"schema": SCHEMA, "level": level, "notice": sheet.notice, "report": report}


def _material(answers: str, files: Mapping[str, bytes]) -> tuple[Material, tuple[Trouble, ...]]:
    """What a submission would hold, and what is said of files that belong to none.

    An answers.txt among the files goes before `answers`, those of the boxes, so that what is typed counts.
    """
    known: dict[str, bytes | str] = {}
    documents: dict[str, bytes | str] = {}
    troubles = []
    for name, content in files.items():
        shown = printable(PurePosixPath(name.replace("\\", "/")).name)[:LONGEST_NAME]
        stands_for = known_name(shown)
        most = MAX_ANSWERS_BYTES if stands_for and stands_for.name in (ANSWERS_TXT, ANSWERS_JSON) else MAX_FILE_BYTES
        kept: bytes | str = content if len(content) <= most else f"{len(content)} bytes; at most {most} are read"
        if stands_for:
            known[stands_for.name] = kept
        elif is_write_up(shown) and len(documents) < MOST_DOCUMENTS:
            documents[shown] = kept
        else:
            troubles.append(Trouble(shown, None, None, "not read: neither result.json nor a write-up"))
    text = answers.encode("utf-8", "surrogatepass")
    before = known.get(ANSWERS_TXT, b"")
    if isinstance(before, str):
        troubles.append(Trouble(ANSWERS_TXT, None, None, before))
        before = b""
    if text or before:
        known[ANSWERS_TXT] = before + b"\n" * bool(before) + text
    held = [(name, known[name]) for name in KNOWN_FILES if name in known]
    return Material((*held, *sorted(documents.items()))), tuple(troubles)
