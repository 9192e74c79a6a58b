"""How the tests read a results.json: as Gradescope documents it, and as a student sees it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

SCHEMA = json.loads(Path(__file__).with_name("gradescope_schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def read_results(text: str) -> dict[str, Any]:
    """The results, which keep to the schema and are plain text throughout."""
    results: dict[str, Any] = json.loads(text, parse_constant=pytest.fail)
    VALIDATOR.validate(results)
    assert {results[f"{part}_format"] for part in ("output", "test_output", "test_name")} == {"text"}
    assert results["stdout_visibility"] == "hidden"
    assert not any("name_format" in test or "output_format" in test for test in results["tests"])
    assert all(test["visibility"] in {"visible", "hidden"} for test in results["tests"])
    return results


def visible(results: dict[str, Any]) -> str:
    """All text that the student sees."""
    return "\n".join([results["output"], *(text for test in seen(results) for text in words(test))])


def seen(results: dict[str, Any]) -> list[dict[str, Any]]:
    """The tests that the student sees."""
    return [test for test in results["tests"] if test["visibility"] == "visible"]


def hidden(results: dict[str, Any]) -> str:
    """All text that staff alone see."""
    return "\n".join(text for test in results["tests"] if test["visibility"] == "hidden" for text in words(test))


def words(test: dict[str, Any]) -> list[str]:
    return [test["name"], test.get("output", "")]


def is_graded(results: dict[str, Any]) -> bool:
    """Whether there are marks. Where there are none there is no number at all, and the student is told so."""
    if "score" in results:
        assert "Not graded" not in visible(results)
        return True
    assert not any({"score", "max_score", "status"} & set(test) for test in results["tests"])
    assert "Not graded: staff will look" in results["output"]
    return False
