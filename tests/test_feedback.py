"""At a hint no report holds a key, nor what gives it away."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Outcome
from tests.erring_students import EVERYWHERE
from tests.students import answers, sheet
from tests.submissions import submission
from tests.worked_cases import TABLES

Backcheck = Callable[..., Outcome]
EXAMPLES = Path(__file__).parents[1] / "checks" / "examples"


def submissions(folder: Path) -> Path:
    """The examples' answers, and sheets with a mistake, a slip, a cancelled 0."""
    homework = TABLES["homework"]
    names = ("learning-rate-forgotten", "relu-on-output", "gradient-ascent", "step-for-new-value")
    sheets = {name: answers(sheet(homework, rules=EVERYWHERE[name])) for name in names}
    slipped = sheet(homework)
    slipped["b3_new"][2] = 1.5
    slipped["s3"][0] = 24
    text = answers(slipped).replace("delta2 = [", "# delta2 = [")
    sheets["slips"] = text + "\ndelta2 = [0, 1]\nW1.shape = (784, 200)"
    for example in EXAMPLES.iterdir():
        if (example / "answers.txt").exists():
            sheets[example.name] = (example / "answers.txt").read_text(encoding="utf-8")
    for name, text in sheets.items():
        submission(folder / name, text)
    return folder


@pytest.mark.parametrize("level", ["hint", "marks"])
def test_nothing_gives_the_key_away(level: str, backcheck: Backcheck, tmp_path: Path) -> None:
    folder = submissions(tmp_path)
    full = json.loads(backcheck("check", folder, "--json").out)["submissions"]
    less = json.loads(backcheck("check", folder, "--json", "--feedback", level).out)["submissions"]
    text = backcheck("check", folder, "--feedback", level, "--explain").out
    compared = 0
    for all_told, told in zip(full, less, strict=True):
        assert (all_told["score"], all_told["max_score"]) == (told["score"], told["max_score"])
        for entry, shown in zip(all_told["entries"], told["entries"], strict=True):
            assert (shown["verdict"], shown["given"]) == (entry["verdict"], entry["given"])
            assert shown["expected"] is None
            assert shown["decimal"] is None
            if entry["verdict"] != "wrong":
                continue
            compared += 1
            for secret in {entry["expected"], entry["decimal"], (entry["decimal"] or "")[:6]} - {None, ""}:
                assert not re.search(rf"(?<![\w.]){re.escape(secret)}(?![\w.])", shown["note"]), (entry, shown)
            assert "differs from the key" not in shown["note"]
            assert not {"sign-slip", "digit-slip", "copied-neighbour", "transposed-entry"} & set(shown["mistakes"])
        assert all("slip" not in mistake["id"] for mistake in told["mistakes"])
    assert compared > 20
    assert "\n    expected " not in text
    assert "sign-slip" not in text
    assert "differs from the key" not in re.sub(r"\s+", " ", text)


def test_a_hint_names_the_mistake_and_where_to_look(backcheck: Backcheck, tmp_path: Path) -> None:
    folder = submissions(tmp_path)
    outcome = backcheck("check", folder / "learning-rate-forgotten", "--feedback", "hint")
    assert "why       learning-rate-forgotten: the learning rate was left out" in outcome.out
    assert "the same mistake again" in outcome.out
    outcome = backcheck("check", folder / "slips", "--feedback", "hint", "--json")
    notes = {entry["name"]: entry["note"] for entry in json.loads(outcome.out)["submissions"][0]["entries"]}
    assert (
        notes["b3_new[3]"]
        == "work out this step again from the problem's numbers; look at its signs, its digits and its place"
    )
    assert notes["W1.shape"] == notes["b3_new[3]"]
    assert notes["delta2[1]"] == "near enough"


def test_marks_say_no_more_than_the_verdict(backcheck: Backcheck, tmp_path: Path) -> None:
    outcome = backcheck("check", submissions(tmp_path) / "learning-rate-forgotten", "--feedback", "marks", "--json")
    (submission,) = json.loads(outcome.out)["submissions"]
    assert submission["mistakes"] == []
    assert not any(entry["note"] for entry in submission["entries"])


@pytest.mark.parametrize("level", ["hint", "marks"])
def test_nothing_gives_the_right_activations_away(level: str, backcheck: Backcheck) -> None:
    """Over all examples, with their result.json: none of the numbers that stand in a full report's key."""
    full = json.loads(backcheck("check", EXAMPLES, "--assignment", "sample", "--json").out)["submissions"]
    less = backcheck("check", EXAMPLES, "--assignment", "sample", "--json", "--feedback", level).out
    text = backcheck("check", EXAMPLES, "--assignment", "sample", "--feedback", level).out
    wrong = [entry for one in full for entry in one["entries"] if entry["verdict"] == "wrong" and entry["expected"]]
    secrets = {number for entry in wrong for number in re.findall(r"\d\.\d{3,}e-\d+", entry["expected"])}
    assert len(secrets) > 5
    assert not [secret for secret in secrets if secret in less or secret in text]
