"""The pages in a browser: what is seen, what the keyboard reaches, and that nothing else is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Page

from checks.marking.class_notes import ClassNotes
from checks.reports.pages.pages_folder import PagesFolder
from tests.browsers import needs_browser
from tests.pages import checked_examples, sample_reference

STUDENTS = ("all-right", "arithmetic-slip", "softmax-over-batch", "unreadable-and-missing")
MOST_TABS = 200

pytestmark = needs_browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the examples."""
    reference = sample_reference()
    pages = PagesFolder(tmp_path_factory.mktemp("pages"), reference, "full")
    for one in checked_examples(reference):
        pages.add(one)
    return pages.finish(ClassNotes("4 folders")).parent


@pytest.fixture
def page(browser: Browser, folder: Path) -> Iterator[Page]:
    """A page that runs no script, says nothing and asks for nothing but the files of the folder."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text))
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: said.append(request.url) if not is_own(request.url, folder) else None)
    yield opened
    context.close()
    assert said == []


def is_own(address: str, folder: Path) -> bool:
    return address.startswith((folder.as_uri() + "/", "data:image/png;base64,"))


def address(folder: Path, name: str) -> str:
    path = folder / "index.html" if name == "index" else folder / "students" / f"{name}.html"
    return path.as_uri()


@pytest.mark.parametrize("name", ["index", *STUDENTS])
def test_nothing_but_a_wide_table_scrolls_sideways(browser: Browser, folder: Path, name: str) -> None:
    page = browser.new_page()
    page.goto(address(folder, name))
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate("document.body.getBoundingClientRect().right") <= width
    page.close()


def test_the_class_page_shows_counts_and_leads_to_the_students(page: Page, folder: Path) -> None:
    page.goto(address(folder, "index"))
    counts = page.locator(".heat td:not(.none)")
    assert counts.count() > 60
    assert counts.first.is_visible()
    for name in STUDENTS:
        page.goto(address(folder, "index"))
        page.locator("#submissions ~ .scroll").get_by_role("link", name=name).click()
        assert page.url == address(folder, name)
        assert page.get_by_role("heading", level=1).inner_text() == name


def test_a_count_opens_the_list_of_those_it_counts(page: Page, folder: Path) -> None:
    page.goto(address(folder, "index"))
    count = page.locator(".heat tr", has_text="W3_new[3,1]").locator("summary")
    listed = page.locator(".heat details[open] .note")
    assert listed.count() == 0
    count.focus()
    page.keyboard.press("Enter")
    assert listed.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(address(folder, "arithmetic-slip"))


@pytest.mark.parametrize("width", [1280, 360])
def test_the_keyboard_reaches_every_note(page: Page, folder: Path, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 640})
    for name in STUDENTS[1:]:
        page.goto(address(folder, name))
        entries = page.locator(".entry[tabindex]")
        wanted = entries.count()
        assert wanted > 0
        reached = set()
        for _ in range(MOST_TABS):
            page.keyboard.press("Tab")
            entry = page.locator(".entry:focus")
            if entry.count():
                (note,) = page.locator(".note:visible").all()
                assert note.get_attribute("id") == entry.get_attribute("aria-describedby")
                assert is_within(note.bounding_box(), width, 640)
                assert not overlap(note.bounding_box(), entry.bounding_box())
                reached.add(note.get_attribute("id"))
            if len(reached) == wanted:
                break
        assert len(reached) == wanted


def test_the_pointer_reaches_a_note_and_may_go_into_it(page: Page, folder: Path) -> None:
    page.goto(address(folder, "arithmetic-slip"))
    entry = page.locator(".sheet .entry.red")
    note = entry.locator(".note")
    assert not note.is_visible()
    entry.hover()
    assert note.is_visible()
    assert note.locator("math").first.is_visible()
    note.hover()
    assert note.is_visible()
    page.mouse.move(0, 0)
    assert not note.is_visible()


def test_verdicts_and_notes_are_seen(page: Page, folder: Path) -> None:
    page.goto(address(folder, "softmax-over-batch"))
    assert page.locator(".notes").get_by_text("softmax-over-batch").first.is_visible()
    assert page.locator(".digits img").count() == 12
    page.goto(address(folder, "unreadable-and-missing"))
    assert page.locator(".sheet .entry.magenta").first.is_visible()
    assert page.locator("pre", has_text="1.979 e-32").is_visible()


@pytest.mark.parametrize("name", ["index", *STUDENTS])
def test_it_prints_without_notes_in_the_way(page: Page, folder: Path, name: str) -> None:
    page.goto(address(folder, name))
    page.emulate_media(color_scheme="dark")
    dark = page.screenshot()
    page.emulate_media(color_scheme="light")
    assert page.screenshot() != dark
    page.emulate_media(media="print")
    assert page.locator(".note:visible").count() == 0
    assert page.pdf().startswith(b"%PDF")


def test_drawn_digits_are_loaded(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto(address(folder, "softmax-over-batch"))
    assert page.evaluate("[...document.images].every(image => image.naturalWidth === 28)")
    page.close()


def is_within(box: FloatRect | None, width: int, height: int) -> bool:
    """Whether all of the box is in the window."""
    assert box
    return box["x"] >= 0 and box["y"] >= 0 and box["x"] + box["width"] <= width and box["y"] + box["height"] <= height


def overlap(one: FloatRect | None, other: FloatRect | None) -> bool:
    """Whether the boxes share more than an edge."""
    assert one
    assert other
    beside = one["x"] + 1 >= other["x"] + other["width"] or other["x"] + 1 >= one["x"] + one["width"]
    apart = one["y"] + 1 >= other["y"] + other["height"] or other["y"] + 1 >= one["y"] + one["height"]
    return not (beside or apart)
