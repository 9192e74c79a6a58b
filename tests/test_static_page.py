"""The static page in a browser: Python there finds what the command finds, asks for nothing, and says nothing else."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.conftest import Outcome
from tests.self_check_sheets import ASSIGNMENTS, assignment, keys, random_boxes
from tests.static_site import READY, Opened, built, served
from tests.test_pages_in_browser import PROGRAM, QUIET

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Chromium or Chrome is installed")

Backcheck = Callable[..., Outcome]

SHEETS = 5
"""Random sheets here; the study has fifty of each assignment."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=PROGRAM, args=list(QUIET))
        yield started
        started.close()


@pytest.fixture(scope="module")
def toml(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One assignment with a part of each kind: own names, a graph, letters."""
    path = tmp_path_factory.mktemp("assignment") / "practice.toml"
    path.write_text(assignment(*ASSIGNMENTS.values()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def opened(browser: Browser, toml: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    """The page of that assignment, ready."""
    with served(built(tmp_path_factory.mktemp("site"), str(toml))) as address:
        page = Opened(browser, address)
        page.page.wait_for_selector("body[data-state=ready], body[data-state=failed]", timeout=READY)
        yield page
        page.context.close()


def test_random_sheets_are_judged_as_the_command_judges_them(
    opened: Opened, toml: Path, backcheck: Backcheck, tmp_path: Path
) -> None:
    (tmp_path / "empty" / "s").mkdir(parents=True)
    known = keys(
        backcheck("check", tmp_path / "empty", "--assignment", toml, "--json", "--feedback", "full", "--exit-zero")
    )
    chance = random.Random(314)
    replies = {}
    for number in range(SHEETS):
        boxes = random_boxes(known, chance)
        saved = opened.call("read", {"kind": "save", "boxes": boxes})
        folder = tmp_path / "class" / f"s{number:03}"
        folder.mkdir(parents=True)
        (folder / saved["name"]).write_text(saved["text"], encoding="utf-8")
        replies[folder.name] = opened.call("check", {"boxes": boxes})["report"]
    outcome = backcheck(
        "check", tmp_path / "class", "--assignment", toml, "--json", "--feedback", "hint", "--exit-zero"
    )
    reports = {one["id"]: one for one in json.loads(outcome.out)["submissions"]}
    assert len(reports) == SHEETS
    for name, report in reports.items():
        assert {**replies[name], "id": name} == report
    verdicts = {entry["verdict"] for report in reports.values() for entry in report["entries"]}
    assert {"exact", "rounded", "wrong", "unreadable", "missing"} <= verdicts


def test_nothing_is_asked_for_once_python_runs(opened: Opened) -> None:
    before = len(opened.asked)
    assert before > 10
    assert all(one.startswith((opened.address, "data:")) for one in opened.asked)
    name = "net.z[1]"
    assert (
        opened.call("read", {"kind": "preview", "cell": "net.z", "boxes": {name: "1/2"}})["boxes"][name]["state"]
        == "read"
    )
    assert "report" in opened.call("check", {"boxes": {name: "5"}})
    assert len(opened.asked) == before
    assert opened.said == []
