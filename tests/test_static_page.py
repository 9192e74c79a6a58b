"""The static page in a browser: Python there finds what the command finds, asks for nothing, and says nothing else."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from checks.selfcheck.checking import check
from checks.selfcheck.sheet import Settings, Sheet, open_sheet
from tests.browsers import needs_browser
from tests.self_check import by_command, keys_of, text_of, without_id
from tests.self_check_sheets import random_boxes
from tests.static_site import PRACTICE, READY, Opened, built, served

pytestmark = needs_browser

expect.set_options(timeout=60_000)  # a busy machine is slow, which is no fault of the page
SHEETS = 5
"""Random sheets here; `make bench` has fifty of each of three assignments."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the assignment with a problem of each kind."""
    path = tmp_path_factory.mktemp("assignment") / "practice.toml"
    path.write_text(PRACTICE, encoding="utf-8")
    return built(tmp_path_factory.mktemp("site"), str(path))


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with served(folder) as found:
        yield found


@pytest.fixture(scope="module")
def ready(browser: Browser, address: str) -> Iterator[Opened]:
    """The page in a window, ready; one for all tests, since Python takes its time to start."""
    opened = Opened(browser, address)
    opened.page.locator("body[data-state=ready], body[data-state=failed]").wait_for(timeout=READY)
    assert opened.said == []
    yield opened
    opened.context.close()


@pytest.fixture
def opened(ready: Opened) -> Iterator[Opened]:
    """The same window, with nothing in its boxes; at the end it has said nothing and asked nobody else."""
    ready.page.get_by_role("button", name="Forget").click()
    yield ready
    assert ready.said == []
    assert [one for one in ready.asked if not one.startswith((ready.address, "data:", "blob:"))] == []


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return open_sheet(text_of(PRACTICE), Settings())


def test_random_sheets_are_judged_as_the_command_judges_them(
    opened: Opened, sheet: Sheet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known, chance = keys_of(sheet), random.Random(314)
    sheets = [random_boxes(known, chance) for _ in range(SHEETS)]
    saved = [opened.call("read", {"kind": "save", "boxes": boxes})["text"] for boxes in sheets]
    reports = [without_id(opened.call("check", {"boxes": boxes})["report"]) for boxes in sheets]
    assert reports == by_command(tmp_path, PRACTICE, saved, capsys)
    verdicts = {entry["verdict"] for report in reports for entry in report["entries"]}
    assert {"exact", "rounded", "wrong", "unreadable", "missing"} <= verdicts


HOSTILE = {
    "deep": {"net.z[1]": "(" * 1900 + "1" + ")" * 1900},
    "roots": {"net.z[1]": "sqrt(" * 6 + "2" + ")" * 6},
    "powers": {"rnn.o": "9^9^9^9", "rnn.L": "2^9999", "net.z[1]": "1e4999", "net.z[2]": "e^9999 + e^(1/9999)"},
    "letters": {"logistic.z": "(w1 + x1 + b)^200", "logistic.yhat": "1/(" * 50 + "x1" + ")" * 50},
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hard_to_read_ends_here_as_it_does_at_home(opened: Opened, sheet: Sheet, name: str) -> None:
    """WebAssembly has a stack of its own."""
    reply = opened.call("check", {"boxes": HOSTILE[name]})
    assert json.loads(json.dumps(check(sheet, {"boxes": HOSTILE[name]}, {}))) == reply
    assert opened.call("check", {"boxes": {"net.z[1]": "5"}})["report"]["score"] == 1


def test_a_sheet_is_typed_checked_and_saved_without_a_network(opened: Opened) -> None:
    page = opened.page
    before = len(opened.asked)
    opened.context.set_offline(True)
    try:
        page.get_by_label("net.z[1]", exact=True).fill("10/2")
        page.get_by_label("rnn.o", exact=True).fill("1/2)")
        expect(page.locator('[id="read:net.z"] math')).to_be_visible()
        page.set_input_files(
            "#files",
            [{"name": "mine.md", "mimeType": "text/markdown", "buffer": b"logistic:\n\n$z = b + w_1 x_1 + w_2 x_2$"}],
        )
        page.get_by_role("button", name="Check", exact=True).click()
        expect(page.locator("#status")).to_contain_text("Checked")
        expect(page.locator('[data-entry="net.z[1]"]')).to_contain_text("exact")
        expect(page.locator('[data-entry="rnn.o"]')).to_contain_text("unreadable")
        expect(page.locator('[data-entry="logistic.z"]')).to_contain_text("mine.md")
        with page.expect_download() as download:
            page.get_by_role("button", name="Save").click()
        assert "net.z[1] = 10/2" in Path(download.value.path()).read_text(encoding="utf-8")
    finally:
        opened.context.set_offline(False)
        page.get_by_role("button", name="Remove").click()
    assert [one for one in opened.asked[before:] if not one.startswith("blob:")] == []


STOP = """async () => {
    const { carrier } = await import(new URL("carrier.js", document.baseURI));
    const stop = new AbortController();
    const going = carrier.check({ boxes: { "net.z[1]": "5" } }, [], { signal: stop.signal });
    const other = carrier.read({ kind: "save", boxes: {} });
    stop.abort();
    const told = await going.catch((error) => error.name);
    const next = await carrier.check({ boxes: { "net.z[1]": "5" } }, []);
    return [told, next.report.score, (await other).name];
}"""


def test_a_check_that_is_stopped_costs_nothing_else(opened: Opened) -> None:
    assert opened.page.evaluate(STOP) == ["AbortError", 1, "answers.txt"]


def test_a_request_that_is_none_of_ours_is_told(opened: Opened) -> None:
    assert opened.call("check", {"boxes": 1}) == {"error": "expected boxes, an object of texts"}
    assert "error" in opened.call("read", {"kind": "gossip"})


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        ({"status": 404}, r"library-\w+\.data could not be loaded: the web space answered 404"),
        ({"status": 200, "body": b"<html>Please log in</html>"}, r"library-\w+\.data came only in part"),
    ],
)
def test_a_file_that_does_not_come_is_told(browser: Browser, address: str, reply: dict[str, object], told: str) -> None:
    opened = Opened(browser, "about:blank")

    def answer(route: Route) -> None:
        route.fulfill(**reply)  # type: ignore[arg-type]

    opened.context.route("**/library-*", answer)
    opened.page.goto(address)
    opened.page.locator("body[data-state=failed]").wait_for(timeout=READY)
    expect(opened.page.locator("#status")).to_have_text(re.compile(told))
    opened.page.get_by_label("net.z[1]", exact=True).fill("5")  # what is typed is kept for the next time
    opened.context.close()


def test_opened_as_a_file_the_page_says_what_to_do(browser: Browser, folder: Path) -> None:
    opened = Opened(browser, (folder / "index.html").as_uri())
    expect(opened.page.locator("#status")).to_contain_text("it has to be opened from a web server")
    opened.context.close()


EVIL = """async () => {
    const script = document.createElement("script");
    script.textContent = "document.title = 'run'";
    document.head.append(script);
    const made = await new Promise((tell) => setTimeout(() => {  // later, since what is evaluated here may all itself
        try { tell(new Function("return 'run'")()); } catch (error) { tell(error.name); }
    }));
    const sent = await fetch("https://example.invalid/").then(() => "sent", () => "refused");
    return [document.title, made, sent];
}"""


def test_the_policy_lets_nothing_else_run_or_leave(browser: Browser, address: str) -> None:
    opened = Opened(browser, address)
    assert opened.page.evaluate(EVIL) == ["Self-check: Practice", "EvalError", "refused"]
    assert any("connect-src" in one for one in opened.said)
    assert any("script-src" in one for one in opened.said)
    opened.context.close()
