"""The self-check in a browser, as a server carries it: what a student sees, and what the page may not do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from checks.assignment.assignment_file import assignment_text
from checks.command import main
from checks.selfcheck.server import app as app_module
from checks.selfcheck.server.app import Serving
from checks.selfcheck.server.work import Work, begin_checking
from checks.selfcheck.sheet import Settings
from numeric import sample_folder
from tests.browsers import needs_browser
from tests.self_check import DIES, HURT, QUIZ, SLEEPS, hurt, served, text_of, without_id
from tests.submissions import EXAMPLES
from tests.test_self_check import PASTES

pytestmark = needs_browser

STUDENTS = ("all-right", "arithmetic-slip", "softmax-over-batch", "unreadable-and-missing")
KEYS = ("5 - 3*p_3", "4.9999998", "2 - 3*p_1", "e^42/")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    serving = Serving(workers=1, checking=Work(begin_checking, hurt, HURT.seconds))
    with served(assignment_text("sample"), data=sample_folder(), serving=serving) as found:
        yield found


@pytest.fixture(scope="module")
def window(browser: Browser) -> Iterator[Page]:
    """One window for all tests, with what its pages said and whom else they asked in `said`."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window: Page, address: str) -> Iterator[Page]:
    """The page, open; it says nothing, asks for nothing elsewhere, and never tells the key."""
    said: list[str] = []
    on = {
        "console": lambda message: said.append(message.text),
        "pageerror": lambda error: said.append(str(error)),
        "request": lambda one: None if one.url.startswith((address, "data:", "blob:")) else said.append(one.url),
    }
    for event, act in on.items():
        window.on(event, act)  # type: ignore[call-overload] # one overload for each event
    window.goto(address)
    window.locator("body[data-state=ready]").wait_for()
    window.get_by_role("button", name="Forget").click()
    yield window
    told = window.content()
    window.set_viewport_size({"width": 1280, "height": 900})
    window.emulate_media(media="null", color_scheme="null")
    window.goto("about:blank")
    for event, act in on.items():
        window.remove_listener(event, act)
    assert said == []
    assert not [key for key in KEYS if key in told]


def typed(page: Page, box: str, text: str) -> None:
    page.get_by_label(box, exact=True).fill(text)


def checked(page: Page) -> str:
    """Presses Check; what the status says at the end."""
    page.get_by_role("button", name="Check", exact=True).click()
    page.locator("#stop").wait_for(state="hidden")
    return page.locator("#status").inner_text()


def pasted(page: Page, box: str, text: str) -> None:
    """A paste from the clipboard, line breaks and all."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.get_by_label(box, exact=True).press("ControlOrMeta+v")


def shown(page: Page) -> dict[str, str]:
    """The verdicts on the page, by entry."""
    script = """() => [...document.querySelectorAll(".verdicts li:not([hidden])")]
        .map((line) => [line.querySelector("code").textContent, line.querySelector(".verdict").textContent.slice(1)])"""
    return dict(page.evaluate(script))


@pytest.mark.parametrize("name", STUDENTS)
def test_the_page_finds_what_the_command_finds(page: Page, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    call = [str(EXAMPLES / name), "--assignment", "sample", "--json", "--no-store", "--exit-zero", "-j", "1"]
    main(["check", *call, "--feedback", "hint"])
    (command,) = json.loads(capsys.readouterr().out)["submissions"]
    page.set_input_files("#files", sorted((EXAMPLES / name).iterdir()))
    page.locator("#status", has_text="filled").wait_for()
    with page.expect_response("**/check") as answered:
        status = checked(page)
    told = ("name", "verdict", "note", "mistakes", "points")
    entries = [[entry[key] for key in told] for entry in answered.value.json()["report"]["entries"]]
    assert entries == [[entry[key] for key in told] for entry in command["entries"]]
    assert shown(page) == {entry["name"]: entry["verdict"] for entry in command["entries"]}
    assert f"{round(command['score'], 2):g} of 73" in status


def test_every_usual_form_of_a_paste_fills_the_grid(page: Page) -> None:
    for text in PASTES.values():
        page.get_by_role("button", name="Forget").click()
        pasted(page, "W3_new[2,1]", text)
        page.locator("#status", has_text="Pasted into W3_new").wait_for()
        assert page.get_by_label("W3_new[3,1]", exact=True).input_value().startswith("5")
    page.locator("[id='read:W3_new'] mtr").nth(2).wait_for()
    checked(page)
    assert {verdict for name, verdict in shown(page).items() if name.startswith("W3_new")} == {"rounded"}


def test_a_paste_of_the_wrong_shape_changes_nothing_and_says_so(page: Page) -> None:
    typed(page, "W3_new[1,1]", "7")
    pasted(page, "W3_new[1,1]", "[1, 2, 3]")
    page.locator("#status", has_text="3 entries, expected 3 x 2 entries").wait_for()
    assert page.get_by_label("W3_new[1,1]", exact=True).input_value() == "7"
    assert page.get_by_label("W3_new[1,2]", exact=True).input_value() == ""


def test_each_cell_shows_how_it_is_read(page: Page) -> None:
    typed(page, "a3[1]", "e^42/(e^42+e^-31+e^25)")
    typed(page, "a3[2]", "1.979 e-32")
    reading = page.locator("[id='read:a3']")
    reading.locator("math mfrac msup").first.wait_for()
    reading.get_by_text("a space in the exponent").wait_for()
    assert "≈ 0.99999996" in reading.inner_text()
    typed(page, "delta2[1]", "2 - 3 p_1")
    page.locator("[id='read:delta2'] msub").wait_for()
    assert "≈" not in page.locator("[id='read:delta2']").inner_text()


def test_one_may_type_while_a_slow_check_runs_and_stop_it(page: Page) -> None:
    typed(page, "s1[1]", SLEEPS)
    page.get_by_role("button", name="Check", exact=True).click()
    stop = page.get_by_role("button", name="Stop")
    stop.wait_for()
    assert page.locator("progress").is_visible()
    typed(page, "s2[1]", "1/3")
    page.locator("[id='read:s2'] mfrac").wait_for()
    stop.click()
    page.locator("#status", has_text="Stopped; nothing you typed is lost").wait_for()
    assert page.get_by_label("s1[1]", exact=True).input_value() == SLEEPS
    typed(page, "s1[1]", "5")
    checked(page)
    assert (shown(page)["s1[1]"], shown(page)["s2[1]"]) == ("exact", "wrong")


def test_what_is_typed_is_kept_until_it_is_forgotten(page: Page) -> None:
    typed(page, "s1[1]", "5")
    page.reload()
    page.locator("[id='read:s1'] math").wait_for()
    assert page.get_by_label("s1[1]", exact=True).input_value() == "5"
    page.get_by_role("button", name="Forget").click()
    page.reload()
    page.locator("body[data-state=ready]").wait_for()
    assert page.get_by_label("s1[1]", exact=True).input_value() == ""
    page.goto(page.url)
    assert page.evaluate("localStorage.length") == 0


def test_a_verdict_goes_when_its_answer_changes(page: Page) -> None:
    typed(page, "s1[1]", "6")
    checked(page)
    box = page.get_by_label("s1[1]", exact=True)
    assert box.get_attribute("aria-invalid") == "true"
    described = str(box.get_attribute("aria-describedby")).split()
    assert "wrong" in " ".join(page.locator(f"[id='{one}']").inner_text() for one in described)
    typed(page, "s1[1]", "5")
    assert box.get_attribute("aria-invalid") is None
    assert not page.locator("[id='verdict:s1[1]']").is_visible()


def test_the_saved_file_is_the_one_that_is_judged(
    page: Page, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for box, text in {"s1[1]": "5", "s1[2]": "5", "a1[1]": "e^(", "W3_new[3,1]": "6", "softmax[1]": "0.09"}.items():
        typed(page, box, text)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save answers.txt").click()
    saving.value.save_as(tmp_path / "student" / saving.value.suggested_filename)
    with page.expect_response("**/check") as answered:
        checked(page)
    call = ["check", str(tmp_path / "student"), "--assignment", "sample", "--json", "--no-store", "--exit-zero"]
    main([*call, "--feedback", "hint", "-j", "1"])
    (command,) = json.loads(capsys.readouterr().out)["submissions"]
    assert without_id(answered.value.json()["report"]) == without_id(command)


def test_the_keyboard_alone_is_enough(page: Page) -> None:
    page.reload()
    page.locator("body[data-state=ready]").wait_for()
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "To the boxes"
    boxes = page.locator("input[data-cell]").count()
    reached: list[str] = []
    for _ in range(boxes + 10):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.id"))
        if reached[-1] == "s1[1]":
            page.keyboard.type("5")
        if reached[-1] == "a1[2]":
            page.keyboard.type("7")
        if reached[-1] == "check":
            page.keyboard.press("Enter")
            break
    assert len([one for one in reached if "[" in one or "." in one]) >= boxes - 1
    page.locator("#status", has_text="Checked").wait_for()
    assert page.evaluate("document.activeElement.id") == "check"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "a1[2]"
    assert page.locator("[role=status]").count() == 1
    assert shown(page)["s1[1]"] == "exact"


def test_nothing_scrolls_sideways_and_it_is_dark_and_prints(page: Page) -> None:
    page.set_input_files("#files", str(EXAMPLES / "unreadable-and-missing" / "answers.txt"))
    page.locator("#status", has_text="filled").wait_for()
    page.locator("[id='read:W3_new'] math").wait_for()
    checked(page)
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    light = page.screenshot()
    page.emulate_media(color_scheme="dark")
    assert page.screenshot() != light
    page.emulate_media(media="print")
    assert not page.locator(".actions").is_visible()
    assert page.pdf().startswith(b"%PDF")


def test_a_result_file_may_be_wrong_or_too_big_and_a_write_up_is_read(page: Page, tmp_path: Path) -> None:
    (tmp_path / "result.json").write_text('[{"index": 0}]')
    (tmp_path / "notes.md").write_text("## Problem 2\n\n$$s^{(1)} = \\begin{bmatrix} 5 \\\\ -5 \\end{bmatrix}$$\n")
    big = tmp_path / "big"
    big.mkdir()
    with (big / "result.json").open("wb") as file:
        file.truncate(33 * 2**20)
    page.set_input_files("#files", [str(tmp_path / "result.json"), str(tmp_path / "notes.md")])
    page.locator("#attached", has_text="notes.md").wait_for()
    checked(page)
    assert shown(page)["result.format"] in ("wrong", "unreadable")
    assert shown(page)["s1[1]"] in ("exact", "undecided")
    assert "notes.md" in page.locator("[id='verdict:s1[1]']").inner_text()
    page.set_input_files("#files", str(big / "result.json"))
    page.locator("#status", has_text="at most 32 MB").wait_for()


def test_without_script_it_works_by_its_form(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert not page.get_by_role("button", name="Forget").is_visible()
    page.get_by_label("s1[1]", exact=True).fill("5")
    page.get_by_label("s1[2]", exact=True).fill('"><b>1/0')
    page.set_input_files("#files", str(EXAMPLES / "all-right" / "result.json"))
    page.get_by_role("button", name="Check", exact=True).click()
    page.wait_for_url(f"{address}check")
    assert "exact" in page.locator("[id='verdict:s1[1]']").inner_text()
    assert "unreadable" in page.locator("[id='verdict:s1[2]']").inner_text()
    assert page.get_by_label("s1[2]", exact=True).input_value() == '"><b>1/0'
    assert page.locator("[id='read:s1'] math").is_visible()
    assert "exact" in page.locator("#report li", has_text="result.count").inner_text()
    assert not [key for key in KEYS if key in page.content()]
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save answers.txt").click()
    assert "s1[1] = 5" in Path(saving.value.path()).read_text()
    page.goto(f"{address}check")
    assert page.get_by_label("s1[1]", exact=True).input_value() == ""
    context.close()


def test_without_script_a_refusal_keeps_what_was_typed(browser: Browser) -> None:
    with served(text_of(QUIZ), Settings(checks_an_hour=1), serving=Serving(workers=1)) as here:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(here)
        for said in ("Checked; the result stands below", "1 checks an hour are the most"):
            page.get_by_label("f", exact=True).fill("e^2")
            page.get_by_role("button", name="Check", exact=True).click()
            page.get_by_text(said).wait_for()
            assert page.get_by_label("f", exact=True).input_value() == "e^2"
        page.close()


def test_a_foreign_page_cannot_ask(browser: Browser, address: str, tmp_path: Path) -> None:
    """A page of another origin that posts to the server is refused, whatever it is made of."""
    (tmp_path / "evil.html").write_text(
        f'<form method="post" action="{address}check" enctype="multipart/form-data"><input name="box:s1[1]"></form>'
    )
    page = browser.new_page()
    page.goto((tmp_path / "evil.html").as_uri())
    with page.expect_response("**/check") as answered:
        page.evaluate("document.forms[0].submit()")
    assert answered.value.status == 403
    page.close()


def test_refusals_are_told_in_words(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too many who wait, a process that is killed, and more than the server reads."""
    kill = Serving(workers=1, checking=HURT)
    page = browser.new_page()
    with served(text_of(QUIZ), Settings(checks_an_hour=2), serving=kill) as here:
        page.goto(here)
        page.locator("body[data-state=ready]").wait_for()
        typed(page, "f", DIES)
        assert "failed at this. Try again in 5 seconds" in checked(page)
        typed(page, "f", "-12")
        checked(page)
        assert shown(page)["f"] == "exact"
        assert "2 checks an hour are the most" in checked(page)
        assert page.get_by_label("f", exact=True).input_value() == "-12"
        script = "const one = document.createElement('script'); one.text = 'hacked = 1'; document.body.append(one)"
        page.evaluate(script)
        assert page.evaluate("window.hacked") is None
        send = "fetch('check', { method: 'POST', body: new Uint8Array(40 * 2 ** 20) }).then((reply) => reply.status)"
        assert page.evaluate(send) == 413
    monkeypatch.setattr(app_module, "MOST_CHECKS_WAITING", 0)
    with served(text_of(QUIZ), serving=Serving(workers=1)) as crowded:
        page.goto(crowded)
        page.locator("body[data-state=ready]").wait_for()
        assert "Many are checking just now. Try again" in checked(page)
    assert "does not answer" in checked(page)
    page.close()
