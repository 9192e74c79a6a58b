"""The table of marks: what a spreadsheet makes of it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from checks.reports.marks_csv import as_text
from tests.conftest import Outcome
from tests.worked_cases import ANSWERS

Backcheck = Callable[..., Outcome]


def test_there_is_a_row_for_each_submission(backcheck: Backcheck, tmp_path: Path) -> None:
    for name, text in {"=SUM(A1)": ANSWERS, "007": "", "Zoë, the 2nd": "s1 = [5, 4]"}.items():
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / "answers.txt").write_text(text, encoding="utf-8")
    outcome = backcheck("check", tmp_path / "class", "--csv", tmp_path / "marks.csv", "--exit-zero")
    assert outcome.status == 0
    with (tmp_path / "marks.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == ["007", "'=SUM(A1)", "Zoë, the 2nd"]
    slipped = rows[1]
    assert (slipped["s1[1]"], slipped["b3_new[3]"], slipped["mistakes"]) == ("1", "0", "sign-slip")
    assert float(slipped["score"]) == sum(float(slipped[name]) for name in list(slipped)[3:-1] if slipped[name])
    assert (rows[2]["s1[1]"], rows[2]["s1[2]"], rows[2]["score"]) == ("1", "0", "1")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_nothing_is_a_formula(text: str) -> None:
    assert as_text(text) == f"'{text}"


def test_a_file_that_cannot_be_written_is_told(backcheck: Backcheck, tmp_path: Path) -> None:
    (tmp_path / "answers.txt").write_text("s1 = [5, -5]", encoding="utf-8")
    outcome = backcheck("check", tmp_path / "answers.txt", "--csv", tmp_path / "nowhere" / "marks.csv")
    assert outcome.status == 2
    assert "cannot be written" in outcome.err
