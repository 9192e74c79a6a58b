"""Gradescope's results.json: valid, its sums those of the report, the key and our own faults for staff alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from checks.answers.names import Vocabulary
from checks.assignment.assignment_file import load_assignment
from checks.judging.findings import Finding, Section, Trouble
from checks.judging.verdicts import RIGHT, Verdict
from checks.marking import checking
from checks.marking.checked import Checked
from checks.marking.checking import check_submission, make_reference
from checks.marking.reference import Reference
from checks.program.data_folder import find_data
from checks.reports.gradescope_results import gradescope_results
from checks.submissions.contents import Contents, Material
from checks.submissions.submission_file import find_submissions
from tests.conftest import Outcome
from tests.gradescope import hidden, is_graded, read_results, seen, visible, words
from tests.submissions import EXAMPLES, submission
from tests.test_feedback import submissions as erring_submissions

Backcheck = Callable[..., Outcome]
SAMPLE = load_assignment("sample")


@cache
def reference() -> Reference:
    return make_reference(SAMPLE, find_data(None, SAMPLE.id).path, "")


def checked_in(folder: Path) -> list[Checked]:
    return [check_submission(one, reference(), explain=True) for one in find_submissions([folder]).submissions]


def results_of(folder: Path) -> dict[str, Any]:
    (checked,) = checked_in(folder)
    return read_results(gradescope_results(checked))


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> list[Checked]:
    return checked_in(EXAMPLES) + checked_in(erring_submissions(tmp_path_factory.mktemp("sheets")))


def test_points_add_up_to_those_of_the_report(several: list[Checked]) -> None:
    assert len(several) >= 9
    for checked in several:
        results = read_results(gradescope_results(checked, notice="sample data"))
        assert is_graded(results)
        assert results["score"] == float(checked.score)
        assert sum(test.get("score", 0) for test in results["tests"]) == pytest.approx(float(checked.score), abs=1e-9)
        most = sum(test.get("max_score", 0) for test in results["tests"])
        assert most == pytest.approx(float(checked.max_score), abs=1e-9)
        assert not any("score" in test for test in results["tests"] if test["visibility"] == "hidden")
        for test in seen(results):
            assert test["status"] == ("passed" if test["score"] == test["max_score"] else "failed")
        assert "sample data" in results["output"]


def test_no_key_is_seen_by_a_student(several: list[Checked]) -> None:
    compared = 0
    for checked in several:
        results = read_results(gradescope_results(checked))
        everything = visible(results)
        cells = {test["name"]: "\n".join(words(test)) for test in seen(results)}
        for finding in checked.findings:
            if finding.verdict in RIGHT or finding.verdict is Verdict.FOLLOW_THROUGH or finding.expected is None:
                continue
            compared += 1
            secrets = {finding.expected, finding.decimal or ""}
            assert not any(secret in everything for secret in secrets if len(secret) >= 6), finding
            if finding.verdict is not Verdict.WRONG:
                continue
            cell = cells[finding.name.partition("[")[0]]
            told = re.sub(r"given .*|\w+\[[\d,]+\]( = .*)?|read .*", "", cell)  # the student's own values, and names
            for secret in filter(None, {*secrets, (finding.decimal or "")[:6]}):
                assert not re.search(rf"(?<![\w.]){re.escape(secret)}(?![\w.])", told), (finding, told)
        for word in ("expected  ", "proof  ", "differs from the key", "sign-slip", "digit-slip"):
            assert word not in everything
    assert compared > 60


def test_staff_see_the_key_and_the_reasons() -> None:
    (slipped,) = checked_in(EXAMPLES / "arithmetic-slip")
    told = hidden(read_results(gradescope_results(slipped)))
    assert "expected  5 - 3*p_3 ≈ 4.9999999" in told
    assert "proof     differs: |x - key| = 1.00" in told


def test_a_cell_is_one_test_with_a_line_for_what_is_not_right() -> None:
    (slipped,) = checked_in(EXAMPLES / "arithmetic-slip")
    results = read_results(gradescope_results(slipped, seconds=1.5))
    assert results["execution_time"] == 1.5
    assert "2. Backpropagation by hand: 47 of 48" in results["output"]
    tests = {test["name"]: test for test in seen(results)}
    assert (tests["W3_new"]["number"], tests["W3_new"]["score"], tests["W3_new"]["max_score"]) == ("2.12", 5, 6)
    assert "✗ W3_new[3,1]: wrong\n    given     6\n    why       work out this step again" in tests["W3_new"]["output"]
    assert tests["s1"] == {"number": "2.1", "name": "s1", "score": 2, "max_score": 2, "status": "passed"} | {
        "visibility": "visible"
    }


def test_what_needs_data_that_is_not_here_is_not_counted() -> None:
    without = make_reference(SAMPLE, None, "needs a file; not found in /home/staff")
    (one,) = find_submissions([EXAMPLES / "all-right"]).submissions
    results = read_results(gradescope_results(check_submission(one, without)))
    assert is_graded(results)
    test = next(test for test in seen(results) if test["name"] == "result.activations")
    assert not {"score", "max_score", "status"} & set(test)
    assert "not counted: staff will look" in test["output"]
    assert "result.activations (10)" in results["output"]
    assert "/home/staff" not in visible(results)
    assert "/home/staff" in hidden(results)


def one_cell(*verdicts: Verdict, share: Fraction = Fraction(1)) -> dict[str, Any]:
    findings = (
        Finding(f"s1[{i}]", Fraction(1), "7", "7", "5", verdict, "a reason", follow_through=share)
        for i, verdict in enumerate(verdicts, start=1)
    )
    checked = Checked("kim", (Section("By hand", tuple(findings)),), (Trouble("kim", None, None, "a fault"),))
    return read_results(gradescope_results(checked))


@pytest.mark.parametrize(
    ("verdicts", "score", "most", "status"),
    [
        ((Verdict.EXACT, Verdict.UNDECIDED), 1, 1, None),
        ((Verdict.WRONG, Verdict.UNDECIDED), 0, 1, "failed"),
        ((Verdict.FOLLOW_THROUGH, Verdict.EXACT), 1.5, 2, "failed"),
        ((Verdict.ROUNDED, Verdict.CLOSE), 2, 2, "passed"),
        ((Verdict.UNREADABLE, Verdict.EXACT), 1, 2, "failed"),
    ],
)
def test_what_an_entry_adds(verdicts: tuple[Verdict, ...], score: float, most: float, status: str | None) -> None:
    results = one_cell(*verdicts, share=Fraction(1, 2))
    (test,) = seen(results)
    assert (test["score"], test["max_score"], test.get("status")) == (score, most, status)
    assert results["score"] == score


def test_where_nothing_could_be_decided_there_is_no_score() -> None:
    results = one_cell(Verdict.UNDECIDED, Verdict.UNDECIDED)
    assert not is_graded(results)
    assert "a reason" not in visible(results)
    assert "a fault" not in visible(results)
    assert "a reason" in hidden(results)


def test_a_fault_of_the_program_gives_no_score(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = checking.contents_of

    def broken(material: Material, vocabulary: Vocabulary) -> Contents:
        if material.files:
            raise ZeroDivisionError("key = 4.2")
        return honest(material, vocabulary)

    monkeypatch.setattr(checking, "contents_of", broken)
    results = results_of(EXAMPLES / "all-right")
    assert not is_graded(results)
    assert "4.2" not in visible(results)
    assert "ZeroDivisionError: key = 4.2" in hidden(results)


def test_nothing_that_a_student_wrote_is_markup_or_moves_a_cursor(tmp_path: Path) -> None:
    hostile = [
        "s1 = <script>alert(1)</script>",
        "s2 = </pre><img src=x onerror=alert(1)>",
        "a1 = [\x1b[31m5\x1b[0m, 0]",
        "da1 = **bold** [link](javascript:alert(1))",
        "a2 = \u202e5\u2066",
        "# a comment",
        "\x00\x07 a line of nothing \u2028",
        '{"score": 100}',
    ]
    results = results_of(submission(tmp_path / "kim", "\n".join(hostile)))
    assert results["score"] == 0
    for text in (visible(results), hidden(results)):
        assert all(character == "\n" or character.isprintable() for character in text)
    assert "<script>" in visible(results)  # as text


def test_the_command_writes_it(backcheck: Backcheck, tmp_path: Path) -> None:
    written = tmp_path / "results.json"
    options = ("--assignment", "sample", "--gradescope", written)
    assert backcheck("check", EXAMPLES / "arithmetic-slip", *options).status == 1
    results = read_results(written.read_text(encoding="utf-8"))
    assert results["score"] == 72
    tests = results["tests"]
    assert backcheck("check", EXAMPLES, *options, "--exit-zero").status == 0
    assert len(read_results(written.read_text(encoding="utf-8"))["tests"]) == len(tests), "a folder is one submission"
    for call in ([EXAMPLES, EXAMPLES / "all-right"], [tmp_path / "nowhere"]):
        assert backcheck("check", *call, *options).status == 2
