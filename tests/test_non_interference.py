"""Below full feedback nothing is told of the key but the verdicts and the named mistakes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from io import StringIO

import pytest

from checks.answers.answers_txt import read_answers_txt
from checks.assignment.assignment import read_assignment
from checks.hand.check_backprop import check_backprop
from checks.hand.key import hand_reference
from checks.judging.findings import Finding, Section
from checks.judging.verdicts import Verdict
from checks.marking.checked import Checked
from checks.marking.reference import Reference
from checks.reports.console import Console
from checks.reports.feedback import at_level
from checks.reports.gradescope_results import gradescope_results
from checks.reports.junit import JUnitFile
from checks.reports.marked_sheet import marked_sheet
from checks.reports.pages.student_page import StudentPages
from checks.reports.report_json import JsonReport
from checks.reports.report_text import report_text
from tests.students import answers, sheet
from tests.worked_cases import TABLES

OTHER = {**TABLES["homework"], "x": [2, -1, 3], "eta": "1/3"}
"""A problem with another key throughout."""

RIGHT = answers(sheet(TABLES["homework"]), digits=9)

SHEETS = {
    "nonsense": "s1 = [70, 80]\na2 = [-7, 99.5]\ns3 = [1.5, 2.5, 3.5]\nW3_new = [7, 7.5; 8, 8.5; 9, 9.5]",
    "alone": "s2 = [61, 62]\ndelta2[1] = 0.7\ndelta1 = [9]\nb1_new = [p_2 + 7, 5 +]\nW2_new[1,1] = 30",
}
"""Sheets that both keys find wrong, entry by entry."""


def as_told(table: Mapping[str, object], text: str, level: str) -> dict[str, str]:
    """Everything that is written for the student, by its kind."""
    assignment = read_assignment({"id": "test", "title": "Test", "backprop": dict(table)})
    reference = Reference(assignment, None, (hand_reference(assignment.hand_parts[0]),))
    statements = tuple(read_answers_txt(text.encode(), "answers.txt", reference.vocabulary)[0])
    section, troubles = check_backprop(reference.hand_parts[0], statements, explain=True)
    full = Checked("s001", (section,), troubles)
    checked = at_level(full, level)
    report = JsonReport(written := StringIO(), "test", (), explain=True)
    junit = JUnitFile(suites := StringIO())
    junit.add(checked)
    report.add(checked)
    gradescope = json.loads(gradescope_results(full))
    gradescope["tests"] = [test for test in gradescope["tests"] if test["visibility"] == "visible"]
    return {
        "text": report_text(checked, Console(88, colour=False, unicode=True), explain=True),
        "json": written.getvalue(),
        "junit": suites.getvalue(),
        "tex": marked_sheet(checked, reference),
        "page": StudentPages(reference).page(checked),
        "gradescope": json.dumps(gradescope) if level == "hint" else "",
    }


@pytest.mark.parametrize("sheet_name", SHEETS)
@pytest.mark.parametrize("level", ["hint", "marks"])
def test_two_keys_that_judge_a_sheet_alike_tell_the_same(level: str, sheet_name: str) -> None:
    """Byte for byte, whatever is written: nothing is told of the key but the verdicts and the mistakes."""
    one, other = (as_told(table, SHEETS[sheet_name], level) for table in (TABLES["homework"], OTHER))
    assert one == other
    assert '"verdict": "wrong"' in one["json"]
    assert as_told(TABLES["homework"], SHEETS[sheet_name], "full") != as_told(OTHER, SHEETS[sheet_name], "full")


def test_the_hint_of_a_wrong_entry_does_not_depend_on_how_near_it_is() -> None:
    """-5.4999998 is the key: -5 is that, rounded too far; 5.50 has the wrong sign, -5.40 and -54.9 other digits."""
    for alike in (("-5", "-6", "-4", "-7"), ("+5.50", "-5.40", "-54.9", "-5.45", "77.71")):
        told = []
        for given in alike:
            outputs = as_told(TABLES["homework"], f"{RIGHT}\nW3_new[1,2] = {given}", "hint")
            (submission,) = json.loads(outputs["json"] + "]}")["submissions"]
            (entry,) = (entry for entry in submission["entries"] if entry["name"] == "W3_new[1,2]")
            assert entry.pop("given") == given
            told.append((submission, re.findall(r"W3_new\[1,2\](?!.*given).*", outputs["text"])))
        assert all(one == told[0] for one in told[1:])
        assert told[0][1]


def test_what_is_undecided_for_p_looks_wrong() -> None:
    finding = Finding("delta2[1]", Fraction(1), given="p_2 + 0*ln(2)", verdict=Verdict.UNDECIDED, in_outputs=True)
    section = Section("By hand", (finding, replace(finding, in_outputs=False, given="ln(2)")))
    for level, verdicts in (
        ("full", ["undecided"] * 2),
        ("hint", ["wrong", "undecided"]),
        ("marks", ["wrong", "undecided"]),
    ):
        assert [one.verdict for one in at_level(Checked("s001", (section,), ()), level).findings] == verdicts
