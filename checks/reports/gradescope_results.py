"""The report as Gradescope's results.json: hints for the student, and all the rest in tests that staff alone see.

The format is documented at https://gradescope-autograders.readthedocs.io/en/latest/specs/. All of it is plain text:
nothing that a student wrote is taken for markup.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from checks.autograder.grade import FORMATS, not_graded
from checks.judging.findings import Finding, Section, cell_of
from checks.judging.verdicts import RIGHT
from checks.marking.checked import Checked
from checks.reports.awarded import points, whole_awarded
from checks.reports.console import Console
from checks.reports.feedback import at_level
from checks.reports.read_places import read_places
from checks.reports.report_text import findings_text, for_a_person, other_troubles, report_text, troubles_text

CONSOLE = Console(width=88, colour=False, unicode=True)
LEFT = "not counted: staff will look"


def gradescope_results(checked: Checked, *, seconds: float | None = None, notice: str = "") -> str:
    """The content of results.json for one submission, checked at the level `full`.

    `seconds` is what grading took, `notice` what every output on this data has to say. A submission of which nothing
    could be decided gets no score at all.
    """
    is_decided = checked.decision is not None or any(map(_is_decided, checked.findings))
    results = _graded(checked, notice) if is_decided else not_graded(_everything(checked))
    took = checked.seconds if seconds is None else seconds
    return json.dumps({**results, "execution_time": took} if took else results, indent=2)


def _graded(checked: Checked, notice: str) -> dict[str, Any]:
    told = at_level(checked, "hint")
    tests = [
        _test(f"{number}.{place}", name, replace(section, findings=tuple(map(_left_to_staff, findings))))
        for number, section in enumerate(told.sections, start=1)
        for place, (name, findings) in enumerate(_cells(section), start=1)
    ]
    hidden = [_for_staff(section) for section in checked.sections]
    # The total stands at the top too: it overrides the sum of the tests, which rounding may leave a hair off.
    return {
        "score": float(checked.score),
        "output": "\n".join(_summary(told, notice)),
        **FORMATS,
        "tests": tests + hidden,
    }


def _cells(section: Section) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """The entries of each cell, with its name; the items of the first problem are one each."""
    for name, findings in itertools.groupby(section.findings, key=lambda finding: cell_of(finding.name)):
        yield name, tuple(findings)


def _test(number: str, name: str, cell: Section) -> dict[str, Any]:
    """One line of the list that the student sees, with all that is to be said of the cell behind it."""
    test: dict[str, Any] = {"number": number, "name": name, "visibility": "visible"}
    if any(map(_is_decided, cell.findings)):
        test |= {"score": float(cell.score)}
        test |= {"max_score": float(cell.max_score)}
    if any(finding.points < finding.counted for finding in cell.findings):
        test["status"] = "failed"
    elif all(map(_is_decided, cell.findings)):
        test["status"] = "passed"
    told = any(finding.verdict not in RIGHT or finding.note or finding.decision for finding in cell.findings)
    if told or read_places(cell.findings):
        test["output"] = "\n".join(findings_text(cell, "hint", CONSOLE))
    return test


def _for_staff(section: Section) -> dict[str, Any]:
    """All that is known of a section. It carries no score: one that students cannot see would still count."""
    lines = findings_text(section, "full", CONSOLE, explain=True)
    return {"name": f"Staff: {section.title}", "output": "\n".join(lines), "visibility": "hidden"}


def _summary(told: Checked, notice: str) -> Iterator[str]:
    """What stands above the list; the score too, for Gradescope shows no total where there are hidden tests."""
    yield f"Score: {points(told.score)} of {points(told.max_score)}"
    if whole := whole_awarded(told):
        yield CONSOLE.text(whole[0].upper() + whole[1:], "  ")
    for number, section in enumerate(told.sections, start=1):
        reached, most = section.score, section.max_score
        yield CONSOLE.text(f"{number}. {section.title}: {points(reached)} of {points(most)}", "  ")
    left = [name for section in told.sections for name in for_a_person(section)]
    if left and not told.decision:
        yield CONSOLE.text(f"Staff will look at these, with what they are worth: {', '.join(left)}", "", "  ")
    if notice:
        yield CONSOLE.text(f"Note: {notice}", "", "  ")
    if troubles := other_troubles(told):
        yield "In the files"
        yield from troubles_text(troubles, CONSOLE)


def _left_to_staff(finding: Finding) -> Finding:
    """What could not be decided is told without the reason, which may be a matter of the program or its data."""
    return finding if _is_decided(finding) else replace(finding, note=LEFT, trouble=None)


def _everything(checked: Checked) -> str:
    return report_text(checked, CONSOLE, explain=True)


def _is_decided(finding: Finding) -> bool:
    return finding.is_counted
