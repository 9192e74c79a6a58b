"""The confirming page in a browser: every question answered by the keyboard, the decisions saved and used."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browsers import needs_browser
from tests.hands.damages import damaged
from tests.hands.desk import Desk
from tests.hands.files import typed
from tests.hands.habits import HABITS
from tests.hands.problems import PROBLEMS
from tests.submissions import Backcheck

pytestmark = needs_browser

CLASS = 60


def is_elsewhere(url: str) -> bool:
    return not url.startswith(("file:", "blob:"))


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that says nothing and asks for nothing but itself."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on(
        "request", lambda request: said.append(request.url) if not request.url.startswith(("file:", "blob:")) else None
    )
    yield opened
    context.close()
    assert said == []


def write_ups(folder: Path, count: int) -> list[Path]:
    chance = random.Random(60)
    folder.mkdir()
    paths = []
    for number in range(count):
        hand = list(HABITS)[number % len(HABITS)]
        path = folder / f"s{number:02}.md"
        path.write_text(typed(damaged(HABITS[hand](Desk(PROBLEMS["homework"])), chance)).text)
        paths.append(path)
    return paths


def progress(page: Page) -> str:
    return page.inner_text("#progress")


def test_a_class_is_got_through_by_keyboard_alone(page: Page, backcheck: Backcheck, tmp_path: Path) -> None:
    paths = write_ups(tmp_path / "in", CLASS)
    backcheck("read", *paths, "--assignment", "sample", "--out", tmp_path / "out")
    page.goto((tmp_path / "out" / "confirm.html").as_uri())
    asked = 0
    while " open; " in progress(page):
        assert asked < 4 * CLASS
        question = page.inner_text("#question")
        page.keyboard.press("y" if "Yes" in question else "n")
        asked += 1
    assert "All is answered; press s to save" in progress(page)
    with page.expect_download() as saved:
        page.keyboard.press("s")
    saved.value.save_as(tmp_path / "decisions.json")
    call = (
        "check",
        *paths,
        "--assignment",
        "sample",
        "--no-store",
        "--json",
        "--decisions",
        tmp_path / "decisions.json",
    )
    outcome = backcheck(*call)
    assert "decisions" not in outcome.err
    for one in json.loads(outcome.out)["submissions"]:
        assert {entry["verdict"] for entry in one["entries"]}.isdisjoint({"undecided", "unreadable"})


def test_another_value_is_typed_and_saved(page: Page, backcheck: Backcheck, tmp_path: Path) -> None:
    path = tmp_path / "ann.md"
    path.write_text("correct = 338\n\n$$ s^{(1)} = [5, -5] $$\n\n$$ a^{(1)} = [5, 7] $$\n")
    backcheck("read", path, "--assignment", "sample", "--out", tmp_path / "out")
    page.goto((tmp_path / "out" / "confirm.html").as_uri())
    marked = page.locator("#text mark.here")
    assert marked.inner_text() == "338"
    assert page.evaluate("document.activeElement.id") == "question"
    page.keyboard.press("e")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("337")
    page.keyboard.press("Enter")
    assert page.locator("#text mark.here").inner_text() == "[5, 7]"
    page.keyboard.press("k")
    assert "337" in page.inner_text("#question")
    with page.expect_download() as saved:
        page.keyboard.press("s")
    saved.value.save_as(tmp_path / "decisions.json")
    content = json.loads((tmp_path / "decisions.json").read_text())
    assert content["schema"] == "backcheck/decisions/1"
    assert [(row["submission"], row["entry"], row["value"]) for row in content["decisions"]] == [
        ("ann", "correct", "337")
    ]


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_is_wider_than_the_window(width: int, page: Page, backcheck: Backcheck, tmp_path: Path) -> None:
    backcheck("read", *write_ups(tmp_path / "in", 6), "--assignment", "sample", "--out", tmp_path / "out")
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((tmp_path / "out" / "confirm.html").as_uri())
    for _ in range(8):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("#question").bounding_box()["y"] < 800  # type: ignore[index]
        page.keyboard.press("j")
    page.keyboard.press("e")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_other_place_of_a_value_is_marked_and_gone_to(page: Page, backcheck: Backcheck, tmp_path: Path) -> None:
    path = tmp_path / "ann.md"
    path.write_text("correct = 338\n\n$$ s^{(1)} = [5, -4] $$\n" + "\nwords\n" * 90 + "\n$$ s^{(1)} = [5, -5] $$\n")
    backcheck("read", path, "--assignment", "sample", "--out", tmp_path / "out")
    page.goto((tmp_path / "out" / "confirm.html").as_uri())
    while "another value" not in page.inner_text("#question"):
        page.keyboard.press("j")
    places = {name: page.locator(f"#text mark.{name}") for name in ("here", "other")}
    assert {name: mark.inner_text() for name, mark in places.items()} == {"here": "[5, -5]", "other": "[5, -4]"}
    frame = page.locator("#text").bounding_box()
    assert frame is not None

    def seen() -> set[str]:
        boxes = {name: mark.bounding_box() for name, mark in places.items()}
        return {name for name, box in boxes.items() if box and 0 <= box["y"] - frame["y"] < frame["height"]}

    assert seen() == {"here"}
    page.keyboard.press("t")
    assert seen() == {"other"}
    page.keyboard.press("t")
    assert seen() == {"here"}
    page.keyboard.press("k")
    assert page.locator("#text mark.other").count() == 0
