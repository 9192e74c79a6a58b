"""The report as JSON, schema `backcheck/report/1`."""

from __future__ import annotations

import json
from typing import Any

from checks.judging.findings import Checked, Finding, Trouble
from checks.mistakes.named_mistakes import named_mistakes

SCHEMA = "backcheck/report/1"


def report_json(assignment: str, checked: list[Checked], notices: list[str], *, explain: bool = False) -> str:
    """The whole report. `notices`, mostly none, are what every output on this data has to say."""
    report: dict[str, Any] = {"schema": SCHEMA, "assignment": assignment}
    if notices:
        report["notice"] = "; ".join(notices)
    report["submissions"] = [_submission(one, explain) for one in checked]
    return json.dumps(report, indent=2)


def _submission(checked: Checked, explain: bool) -> dict[str, Any]:
    return {
        "id": checked.id,
        "score": float(checked.score),
        "max_score": float(checked.max_score),
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
        }
        for one in named_mistakes(checked.findings, checked.level)
    ]


def _entry(finding: Finding, explain: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": finding.name,
        "given": finding.given,
        "expected": finding.expected,
        "decimal": finding.decimal,
        "verdict": finding.verdict.value,
        "mistakes": list(finding.mistakes),
        "note": finding.note,
        "points": float(finding.points),
        "max_points": float(finding.max_points),
    }
    return entry | {"evidence": finding.evidence} if explain else entry


def _problem(trouble: Trouble) -> dict[str, Any]:
    message = "\n    ".join([trouble.message, *(trouble.excerpt() or ())])
    return {"file": trouble.file, "line": trouble.line, "column": trouble.column, "message": message}
