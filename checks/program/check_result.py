"""Judges a submitted `result.json`: its format, then its rows where there are data to hold them against."""

from __future__ import annotations

from dataclasses import replace

from checks.answers.names import RESULT_FILE
from checks.judging.findings import Finding, Trouble
from checks.judging.verdicts import Verdict
from checks.program.reference import MnistReference
from checks.program.result_json import read_result
from checks.program.result_records import SHAPE, UnreadableResult
from checks.program.result_rows import Result


def check_result(reference: MnistReference, data: bytes | Trouble | None) -> list[Finding]:
    """The findings on the four items of a result file: its format, activations, classes and their count.

    `data` is the content of result.json, why it could not be read, or None where there is none.
    """
    part = reference.part
    format_key = f"{part.images} records with index, activations ({part.layers[-1]}) and classification"
    points = part.points
    blank = [
        Finding(f"result.{item}", worth, key)
        for item, key, worth in (
            ("format", format_key, points["format"]),
            ("activations", None, points["activations"]),
            ("classification", None, points["classification"]),
            ("count", None, points["count"] / 2),
        )
    ]
    if data is None:
        return blank
    if isinstance(data, Trouble):
        return _unreadable(blank, data)
    try:
        result = read_result(data, part.images, part.layers[-1])
    except UnreadableResult as error:
        return _unreadable(blank, Trouble(RESULT_FILE, error.line, error.column, error.message))
    form, activations, classification, count = blank
    judged = [_format(result, form)]
    if (evaluation := reference.evaluation) is None:
        given, note = f"{result.records} records", reference.no_data
        without_data = (activations, classification, count)
        return judged + [replace(one, given=given, verdict=Verdict.UNDECIDED, note=note) for one in without_data]
    from checks.program.check_rows import check_rows  # numpy, which a browser has not, is loaded where there are data

    return [*judged, *check_rows(result, evaluation, reference, (activations, classification, count))]


def _unreadable(findings: list[Finding], trouble: Trouble) -> list[Finding]:
    unread = {"given": "", "verdict": Verdict.UNREADABLE, "note": trouble.message, "trouble": trouble}
    return [replace(finding, mistakes=(SHAPE,), **unread) for finding in findings]  # type: ignore[arg-type]


def _format(result: Result, finding: Finding) -> Finding:
    given = f"{result.records} records"
    if not result.faults:
        return replace(finding, given=given, verdict=Verdict.EXACT)
    more = f" (and {len(result.faults) - 1} more)" if len(result.faults) > 1 else ""
    told = result.faults[0].message + more
    mistakes = tuple(dict.fromkeys(fault.id for fault in result.faults))
    return replace(finding, given=given, verdict=Verdict.WRONG, note=told, hint=told, mistakes=mistakes)
