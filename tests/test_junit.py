"""The JUnit XML: read again it says what the findings say, at every level of feedback, whatever was typed."""

from __future__ import annotations

import io
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.display import printable
from checks.judging.findings import Finding, Section, Trouble
from checks.judging.verdicts import Verdict
from checks.marking.checked import Checked
from checks.mistakes.advice import SLIPS, advice
from checks.reports.feedback import at_level
from checks.reports.junit import OUTCOMES, JUnitFile
from checks.submissions.students import Student
from tests.hand_sheets import HOMEWORK, found_in
from tests.marked import marked

OF_OUTCOME = {"failure": "failures", "error": "errors", "skipped": "skipped"}


def junit(*checked: Checked) -> str:
    file = io.StringIO()
    writer = JUnitFile(file)
    for one in checked:
        writer.add(one)
    writer.finish()
    return file.getvalue()


def read(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text.encode())  # noqa: S314  # what we have written ourselves


def test_a_suite_for_each_submission_and_a_test_for_each_entry() -> None:
    suites = read(junit(marked("s1", *Verdict, students=[Student("007", "Jane")]), marked("s2", Verdict.EXACT)))
    first, second = suites
    assert {name: first.get(name) for name in ("name", "tests", "failures", "errors", "skipped")} == {
        "name": "s1",
        "tests": "8",
        "failures": "2",
        "errors": "1",
        "skipped": "1",
    }
    told = [(one.get("name"), one.get("value")) for one in first.iter("property")]
    assert told == [("score", "4"), ("max_score", "7"), ("student", "Jane (007)")]
    cases = first.findall("testcase")
    assert [(case.get("classname"), case.get("name")) for case in cases] == [("s1", f"s1[{i}]") for i in range(1, 9)]
    outcomes = [[child.tag for child in case] for case in cases]
    assert outcomes == [[], [], [], [], ["failure"], ["failure"], ["error"], ["skipped"]]
    assert (second.get("name"), second.get("tests"), second.get("failures")) == ("s2", "1", "0")


def test_of_no_submission_it_is_a_document_too() -> None:
    assert len(read(junit())) == 0


TEXTS = st.text(st.characters(codec=None), max_size=12)
FINDINGS = st.builds(
    Finding,
    TEXTS,
    st.fractions(0, 3, max_denominator=4),
    expected=st.none() | TEXTS,
    decimal=st.none() | TEXTS,
    given=st.none() | TEXTS,
    verdict=st.sampled_from(Verdict),
    note=TEXTS,
    hint=TEXTS,
    mistakes=st.lists(st.sampled_from(sorted(advice())), max_size=2).map(tuple),
    follow_through=st.just(Fraction(1, 2)),
    trouble=st.none() | st.builds(Trouble, TEXTS, st.just(3), st.just(2), TEXTS, TEXTS, st.integers(0, 20)),
)
CHECKED = st.builds(
    Checked,
    TEXTS,
    st.lists(st.builds(Section, TEXTS, st.lists(FINDINGS, max_size=4).map(tuple)), max_size=2).map(tuple),
    st.lists(st.builds(Trouble, TEXTS, st.none(), st.none(), TEXTS), max_size=2).map(tuple),
    students=st.lists(st.builds(Student, TEXTS, TEXTS, TEXTS), max_size=2).map(tuple),
)


@given(st.lists(CHECKED, max_size=3), st.sampled_from(["marks", "hint", "full"]))
def test_whatever_was_typed_it_is_xml_and_says_the_verdicts(submissions: list[Checked], level: str) -> None:
    told = [at_level(one, level) for one in submissions]
    suites = read(junit(*told))
    assert [suite.get("name") for suite in suites] == [printable(one.id) for one in told]
    for suite, checked in zip(suites, told, strict=True):
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases)) == str(len(checked.findings))
        for outcome, attribute in OF_OUTCOME.items():
            assert suite.get(attribute) == str(len(suite.findall(f"testcase/{outcome}")))
        for case, finding in zip(cases, checked.findings, strict=True):
            assert case.get("name") == printable(finding.name)
            (child,) = list(case) or [None]
            expected = OUTCOMES.get(finding.verdict, "system-out" if finding.note else None)
            assert (child.tag if child is not None else None) == expected
            if child is not None and expected in OF_OUTCOME:
                assert (child.get("message") or "").startswith(f"{finding.verdict}: {printable(finding.note)}")
        errors = suite.findall("system-err")
        assert len(errors) == bool(set(checked.troubles) - {finding.trouble for finding in checked.findings})


@pytest.mark.parametrize("level", ["marks", "hint"])
def test_below_full_it_does_not_give_the_key_away(level: str) -> None:
    findings = tuple(found_in("s1 = [4, 5]\ns2 = [15, -7]\na3 = [1, 2, 3]\n", HOMEWORK).values())
    checked = Checked("s", (Section("By hand", findings),), ())
    assert "expected: " in junit(checked)
    text = junit(at_level(checked, level))
    assert "expected: " not in text
    assert not [name for name in SLIPS if name in text]
    assert "differs from the key" not in text


def test_it_is_written_submission_by_submission() -> None:
    file = io.StringIO()
    writer = JUnitFile(file)
    for number in range(3):
        writer.add(marked(f"s{number}", Verdict.EXACT))
        assert file.getvalue().count("</testsuite>") == number + 1
