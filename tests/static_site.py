"""A static page on a web server of this machine, open in a browser: what it asks for, what it says, and its carrier."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from checks.assignment.assignment_file import assignment_text
from checks.errors import CallError
from checks.selfcheck.sheet import Settings
from checks.site.registry_file import content_of, downloads_folder
from checks.site.showing import shown
from checks.site.site_files import site_files
from checks.site.site_folder import write_site
from tests.self_check_sheets import ASSIGNMENTS, assignment

PRACTICE = assignment(*ASSIGNMENTS.values())
"""An assignment with a problem of each kind: a network in names of its own, a graph, letters."""

READY = 240_000
"""Milliseconds for Python to start in a browser on a machine that is busy with other tests; it takes 3 to 8 seconds."""

CALL = """async ([name, request, files]) => {
    const { carrier } = await import(new URL("carrier.js", document.baseURI));
    const held = files.map(([name, bytes]) => ({ name, bytes: new Uint8Array(bytes) }));
    return name === "check" ? carrier.check(request, held) : carrier.read(request);
}"""


def built(folder: Path, assignment: str, settings: Settings | None = None) -> Path:
    """The site of an assignment; the test is skipped where what it is made of cannot be fetched."""
    try:
        files = site_files(
            assignment_text(assignment),
            settings or Settings(),
            lambda pinned: content_of(pinned, downloads_folder(), print),
        )
    except CallError as error:
        if "could not be fetched" not in str(error):
            raise
        pytest.skip(str(error))
    write_site(folder, files)
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a web server of this folder."""
    server = shown(folder, 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Opened:
    """A static page in a browser, and all that it asked for and said, its workers' words too."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 900})
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.address = address
        self.page.goto(address)

    def call(self, name: str, request: dict[str, Any], files: dict[str, bytes] | None = None) -> Any:
        """What the page's carrier replies."""
        held = [[name, list(content)] for name, content in (files or {}).items()]
        return self.page.evaluate(CALL, [name, request, held])
