"""The report as JSON, schema `backcheck/report/2`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from textwrap import indent
from typing import Any, TextIO

from checks.judging.findings import Finding, Source, Trouble
from checks.marking.checked import Checked
from checks.marking.class_notes import ClassNotes
from checks.mistakes.named_mistakes import named_mistakes
from checks.overrides.tie import digest_of_files

SCHEMA = "backcheck/report/2"


class JsonReport:
    """Writes the report piece by piece, so that no class is too large for the memory.

    `notices`, mostly none, are what every output on this data has to say; `made_by` are digests of what it was made by.
    """

    def __init__(
        self,
        file: TextIO,
        assignment: str,
        notices: Sequence[str],
        *,
        explain: bool = False,
        made_by: Mapping[str, Any] | None = None,
    ) -> None:
        self._file, self._explain, self._separator = file, explain, ""
        head: dict[str, Any] = {"schema": SCHEMA, "assignment": assignment}
        head |= ({"made_by": made_by} if made_by else {}) | ({"notice": "; ".join(notices)} if notices else {})
        file.write(json.dumps(head, indent=2).removesuffix("\n}") + ',\n  "submissions": [')

    def add(self, checked: Checked) -> None:
        """Writes one submission."""
        text = json.dumps(submission_json(checked, explain=self._explain), indent=2)
        self._file.write(f"{self._separator}\n{indent(text, '    ')}")
        self._separator = ","

    def finish(self, notes: ClassNotes) -> None:
        """Writes what is to be said of the class, and the end."""
        about: dict[str, Any] = {"source": notes.source} if notes.source else {}
        if notes.identical:
            about["identical"] = [{"file": one.file, "submissions": list(one.submissions)} for one in notes.identical]
        if notes.overrides:
            about["overrides"] = {
                "applied": notes.overrides.applied,
                "undecided": notes.overrides.undecided,
                "not_applied": list(notes.overrides.unfit),
            }
        rest = "".join(f",\n{indent(json.dumps({key: value}, indent=2)[2:-2], '')}" for key, value in about.items())
        self._file.write(("\n  ]" if self._separator else "]") + rest + "\n}\n")


def submission_json(checked: Checked, *, explain: bool = False) -> dict[str, Any]:
    """The item of one submission; with `explain` its entries carry their evidence."""
    students = [{"id": one.id, "name": one.name, "email": one.email} for one in checked.students]
    return {
        "id": checked.id,
        **({"students": students} if students else {}),
        "score": float(checked.score),
        "max_score": float(checked.max_score),
        **({"decided": {"reason": checked.decision.reason}} if checked.decision else {}),
        **({"digest": digest_of_files(checked.files)} if checked.level == "full" else {}),
        "entries": [_entry(finding, explain) for finding in checked.findings],
        "mistakes": _mistakes(checked),
        "problems": [_problem(trouble) for trouble in checked.troubles],
    }


def _mistakes(checked: Checked) -> list[dict[str, Any]]:
    """One item for each mistake and layer, with the entries that show it."""
    return [
        {
            "id": one.id,
            "layer": one.layer,
            "entries": list(one.entries),
            "alternatives": list(one.alternatives),
            "note": one.note,
            "detail": dict(one.detail) or None,
        }
        for one in named_mistakes(checked.findings, checked.level)
    ]


def _entry(finding: Finding, explain: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": finding.name,
        "cell": finding.cell or finding.name,
        "given": finding.given,
        "source": _source(finding.source),
        "reading": finding.reading.value if finding.given is not None else None,
        "expected": finding.expected,
        "decimal": finding.decimal,
        "verdict": finding.verdict.value,
        "mistakes": list(finding.mistakes),
        "note": finding.note,
        "points": float(finding.points),
        "max_points": float(finding.max_points),
    }
    if finding.credit is not None:
        entry["credit_for"] = finding.credit_for
    if finding.decision:
        entry["decided"] = {"found": finding.decision.found, "reason": finding.decision.reason}
    return entry | {"evidence": finding.evidence} if explain else entry


def _source(source: Source | None) -> dict[str, Any] | None:
    if source is None:
        return None
    part = {source.part_name: source.part} if source.part is not None else {}
    return {"file": source.file, "line": source.line, "column": source.column} | part


def _problem(trouble: Trouble) -> dict[str, Any]:
    message = "\n    ".join([trouble.message, *(trouble.excerpt() or ())])
    return {"file": trouble.file, "line": trouble.line, "column": trouble.column, "message": message}
