"""The static page in Chromium: random sheets of three assignments against the command, what it loads, its times."""

from __future__ import annotations

import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from checks.selfcheck.sheet import Settings, Sheet, open_sheet
from tests.bench.self_check import by_command
from tests.browsers import PROGRAM, started
from tests.self_check import keys_of, text_of, without_id
from tests.self_check_sheets import ASSIGNMENTS, assignment, random_boxes
from tests.static_site import READY, Opened, built, served

STUDY = 50
SLOW = {"offline": False, "latency": 40, "downloadThroughput": 10e6 / 8, "uploadThroughput": 2e6 / 8}
"""A line of 10 Mbit/s."""


def study(browser: Browser, count: int) -> Iterator[str]:
    """A line for each assignment: sheets alike by the command and in the browser, and how long a call takes there."""
    for name, part in ASSIGNMENTS.items():
        source = assignment(part)
        sheet = open_sheet(text_of(source), Settings())
        chance = random.Random(name)
        sheets = [random_boxes(keys_of(sheet), chance) for _ in range(count)]
        with tempfile.TemporaryDirectory() as folder:
            expected = by_command(Path(folder), source, sheet, sheets)
            with _opened(browser, Path(folder)) as page:
                reports, checks = _timed(page, "check", [{"boxes": boxes} for boxes in sheets])
                _, previews = _timed(page, "read", _previews(sheet, sheets))
        found = [without_id(one["report"]) for one in reports]
        alike = sum(one == other for one, other in zip(found, expected, strict=True))
        verdicts = Counter(entry["verdict"] for one in found for entry in one["entries"])
        told = ", ".join(f"{number} {verdict}" for verdict, number in verdicts.most_common())
        yield (
            f"  {name}: {alike} of {count} sheets alike by command and page ({told}); "
            f"a check {statistics.median(checks) * 1e3:.0f} ms, a preview {statistics.median(previews) * 1e3:.1f} ms"
        )


def loads(browser: Browser, folder: Path) -> Iterator[str]:
    """What is loaded, and how long until checks can be made: at first, again, and over a line of 10 Mbit/s."""
    with served(folder) as address:
        first = Opened(browser, "about:blank")
        cold, warm = _until_ready(first, address), _until_ready(first, address)
        size = sum(path.stat().st_size for path in folder.rglob("*") if "licences" not in path.parts)
        yield f"  {size / 1e6:.1f} MB to load; ready after {cold:.1f} s at first, {warm:.1f} s again"
        first.context.close()
        slow = Opened(browser, "about:blank")
        slow.context.new_cdp_session(slow.page).send("Network.emulateNetworkConditions", SLOW)
        yield f"  ready after {_until_ready(slow, address):.1f} s over 10 Mbit/s"
        slow.context.close()


def _until_ready(opened: Opened, address: str) -> float:
    begun = time.perf_counter()
    opened.page.goto(address)
    opened.page.locator("body[data-state=ready]").wait_for(timeout=READY)
    return time.perf_counter() - begun


def _previews(sheet: Sheet, sheets: list[dict[str, str]]) -> list[dict[str, Any]]:
    """A preview of the first cell of each sheet that has anything in it."""
    cells = sheet.form.boxes
    filled = [next(iter(boxes.items())) for boxes in sheets if boxes]
    return [{"kind": "preview", "cell": cells[box].id, "boxes": {box: text}} for box, text in filled]


def _timed(page: Opened, name: str, requests: list[dict[str, Any]]) -> tuple[list[Any], list[float]]:
    """The replies, and the seconds of each, the way there from this process included."""
    replies, seconds = [], []
    for request in requests:
        begun = time.perf_counter()
        replies.append(page.call(name, request))
        seconds.append(time.perf_counter() - begun)
    return replies, seconds


@contextmanager
def _opened(browser: Browser, folder: Path) -> Iterator[Opened]:
    with served(built(folder / "site", str(folder / "assignment.toml"))) as address:
        opened = Opened(browser, address)
        opened.page.locator("body[data-state=ready]").wait_for(timeout=READY)
        yield opened
        opened.context.close()


def main() -> None:
    """Prints all of it."""
    print("Self-check: the static page in Chromium (times depend on what else the machine does)")
    if PROGRAM is None:
        print("  no Chromium or Chrome is installed")
        return
    with started() as browser, tempfile.TemporaryDirectory() as folder:
        for line in (*loads(browser, built(Path(folder), "ee541-hw3")), *study(browser, STUDY)):
            print(line)


if __name__ == "__main__":
    main()
