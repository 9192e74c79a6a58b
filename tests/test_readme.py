"""What the README says is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from checks.judging.comparison import compare

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
CASES = re.findall(r"^\| `(.+?)` \| `(.+?)` \| (\w+) \|", README, re.MULTILINE)


@pytest.mark.parametrize(("key", "answer", "verdict"), CASES)
def test_a_case_of_the_table(key: str, answer: str, verdict: str) -> None:
    assert compare(key, answer).verdict == verdict


def test_the_table_is_found() -> None:
    assert len(CASES) >= 15
