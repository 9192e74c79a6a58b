"""The findings as JUnit XML, which test dashboards read: a test suite for each submission, a test for each entry."""

from __future__ import annotations

from collections import Counter
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

from checks.display import printable
from checks.judging.findings import Finding, Reading
from checks.judging.verdicts import MEANINGS, Verdict
from checks.marking.checked import Checked
from checks.reports.awarded import awarded, points, reason, whole_awarded
from checks.reports.report_text import other_troubles

OUTCOMES = {
    Verdict.WRONG: "failure",
    Verdict.MISSING: "failure",
    Verdict.UNREADABLE: "error",
    Verdict.UNDECIDED: "skipped",
}
"""The verdicts that are no pass, and what JUnit calls them."""


class JUnitFile:
    """Writes the XML, submission by submission, at the level of feedback that each has.

    Totals stand in every suite, but not above them all: they are known last. Characters that XML or a terminal cannot
    show become squares.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file
        file.write('<?xml version="1.0" encoding="utf-8"?>\n<testsuites name="backcheck">\n')

    def add(self, checked: Checked) -> None:
        """Writes the suite of a submission."""
        counts = Counter(_kind(finding) or "passed" for finding in checked.findings)
        suite = _tag(
            "testsuite",
            name=checked.id,
            tests=str(len(checked.findings)),
            failures=str(counts["failure"]),
            errors=str(counts["error"]),
            skipped=str(counts["skipped"]),
            time=f"{checked.seconds:.3f}",
        )
        self._file.write(f"{suite}\n<properties>\n")
        told = [("score", points(checked.score)), ("max_score", points(checked.max_score))]
        if whole := whole_awarded(checked):
            told.append(("decided", whole))
        for name, value in [*told, *(("student", str(student)) for student in checked.students)]:
            self._file.write(_tag("property", name=name, value=value) + "</property>\n")
        self._file.write("</properties>\n")
        for finding in checked.findings:
            case = _tag("testcase", classname=checked.id, name=finding.name, time="0")
            self._file.write(f"{case}{_outcome(finding)}</testcase>\n")
        troubles = [f"{trouble.place}: {trouble.message}" for trouble in other_troubles(checked)]
        if troubles:
            self._file.write(f"<system-err>{_text(troubles)}</system-err>\n")
        self._file.write("</testsuite>\n")

    def finish(self) -> None:
        """Closes the document."""
        self._file.write("</testsuites>\n")


def _outcome(finding: Finding) -> str:
    """What stands within a test: nothing for a pass without a word on it."""
    outcome = _kind(finding)
    by_whom = ": ".join(filter(None, (awarded(finding), reason(finding.decision))))
    about = "; ".join(filter(None, (by_whom, finding.note)))
    if outcome is None:
        return f"<system-out>{_text([f'{finding.verdict}: {about}'])}</system-out>" if about else ""
    message = f"{finding.verdict}: {about or MEANINGS[finding.verdict].sentence}"
    if outcome == "skipped":  # of it the schema knows the message alone
        return f"{_tag(outcome, message=message)}</{outcome}>"
    return f"{_tag(outcome, type=finding.verdict.value, message=message)}{_text(_details(finding))}</{outcome}>"


def _kind(finding: Finding) -> str | None:
    """What JUnit calls an entry's outcome, None for a pass; what a person decided passes with all its points."""
    if finding.decision:
        return None if finding.is_right else "failure"
    return OUTCOMES.get(finding.verdict)


def _details(finding: Finding) -> list[str]:
    """What the report tells of an entry that is not right, a line each."""
    told = [("given", finding.given), ("expected", finding.expected), ("decimal", finding.decimal)]
    lines = [f"{label}: {text}" for label, text in told if text is not None]
    if finding.mistakes:
        lines.append(f"mistakes: {' '.join(finding.mistakes)}")
    if finding.reading is not Reading.TYPED:
        lines.append(f"read at: {finding.source}")
    if finding.trouble:
        lines += [f"at: {finding.trouble.place}", *(finding.trouble.excerpt() or ())]
    return lines


def _tag(element: str, **attributes: str) -> str:
    told = "".join(f" {name}={quoteattr(printable(value))}" for name, value in attributes.items())
    return f"<{element}{told}>"


def _text(lines: list[str]) -> str:
    return escape("\n".join(map(printable, lines)))
