"""What the README says is so."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from checks.assignment.assignment_file import AssignmentText
from checks.judging.comparison import compare
from checks.overrides.overrides_file import load_overrides

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
CASES = re.findall(r"^\| `(.+?)` \| `(.+?)` \| (\w+) \|", README, re.MULTILINE)


@pytest.mark.parametrize(("key", "answer", "verdict"), CASES)
def test_a_case_of_the_table(key: str, answer: str, verdict: str) -> None:
    assert compare(key, answer).verdict == verdict


def test_the_table_is_found() -> None:
    assert len(CASES) >= 15


def test_the_partial_credit_that_it_shows_is_read() -> None:
    lines = [line for line in re.findall(r"`((?:credit|at_most_lost) = \{.+?\})`", README) if line]
    assert len(lines) == 2
    text = (Path(__file__).parents[1] / "checks" / "assignments" / "ee541-hw3.toml").read_text(encoding="utf-8")
    (part,) = AssignmentText("hw", "\n".join([text, *lines])).parsed().backprop
    assert len(part.credit.shares) == 3
    assert part.credit.at_most_lost == {"a3": 2}


def test_the_overrides_that_it_shows_are_read(tmp_path: Path) -> None:
    start = README.index("    [[override]]")
    shown = README[start : README.index("Such decisions survive", start)]
    (tmp_path / "o.toml").write_text(dedent(shown), encoding="utf-8")
    assert [one.student for one in load_overrides([tmp_path / "o.toml"], "hw").overrides] == ["s017", "s018"]
