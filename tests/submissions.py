"""How the tests of the command make submissions and read reports."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import Outcome

Backcheck = Callable[..., Outcome]


ROOT = Path(__file__).parents[1]


EXAMPLES = ROOT / "checks" / "examples"


def submission(folder: Path, answers: str, result: object = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "answers.txt").write_text(answers, encoding="utf-8")
    if result is not None:
        (folder / "result.json").write_text(json.dumps(result), encoding="utf-8")
    return folder


def entries(outcome: Outcome, number: int = 0) -> dict[str, dict[str, Any]]:
    report = json.loads(outcome.out)
    assert report["schema"] == "backcheck/report/2"
    return {entry["name"]: entry for entry in report["submissions"][number]["entries"]}
