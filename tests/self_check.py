"""A self-check that is served while a test runs, and what the command finds of the same sheets."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from checks.assignment.assignment_file import AssignmentText
from checks.command import main
from checks.selfcheck.server.app import SelfCheck, Serving
from checks.selfcheck.server.listening import server_of
from checks.selfcheck.server.sheets import Opening
from checks.selfcheck.server.work import Files, Work, begin_checking, judge
from checks.selfcheck.sheet import Settings, Sheet
from tests.submissions import submission

QUIZ = """
id = "quiz3"
title = "Quiz 3"
[[graph]]
given = { x = -2, y = 5, z = -4 }
formulas = ["q = x + y", "f = q z"]
cells = ["q", "f", "grad_x"]
"""

SLEEPS, DIES = "(5 # sleep", "(5 # die"
"""What a box may hold at a server with `hurt`."""


def text_of(source: str) -> AssignmentText:
    return AssignmentText("test.toml", source)


def hurt(request: Mapping[str, Any], files: Files) -> bytes:
    """Judges, but sleeps or dies where a box says so."""
    texts = request.get("boxes", {}).values()
    if SLEEPS in texts:
        time.sleep(600)
    if DIES in texts:
        os.kill(os.getpid(), 9)
    return judge(request, files)


HURT = Work(begin_checking, hurt, 600)
"""So long that a test fails where what nobody waits for is not ended."""


@contextmanager
def served(
    text: AssignmentText,
    settings: Settings | None = None,
    data: Path | None = None,
    serving: Serving | None = None,
    own: Mapping[str, AssignmentText] | None = None,
) -> Iterator[str]:
    """The address, with / at its end, of a server in a thread of this process."""
    opening = Opening(
        text, settings or Settings(checks_an_hour=0), data, "needs data that are not there", own=own or {}
    )
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    server = server_of(SelfCheck(opening, serving or Serving()))
    server.config.timeout_graceful_shutdown = 1
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()


def keys_of(sheet: Sheet) -> dict[str, tuple[str, str]]:
    """Each entry's key, and its decimal or ""."""
    entries = [entry for hand in sheet.reference.hand_parts for cell in hand.cells for entry in cell.entries]
    return {one.name: (one.expected or one.decimal or "0", one.decimal or "") for one in entries}


def by_command(folder: Path, source: str, sheets: list[str], capture: Any, level: str = "hint") -> list[dict[str, Any]]:
    """What the command reports of each answers.txt, without ids."""
    (folder / "assignment.toml").write_text(source, encoding="utf-8")
    for number, text in enumerate(sheets):
        submission(folder / "class" / f"s{number:03}", text)
    call = ["check", str(folder / "class"), "--assignment", str(folder / "assignment.toml"), "--json", "--no-store"]
    main([*call, "--feedback", level, "-j", "1", "--exit-zero"])
    submissions = json.loads(capture.readouterr().out)["submissions"]
    assert [one["id"] for one in submissions] == [f"s{number:03}" for number in range(len(sheets))]
    return [without_id(one) for one in submissions]


def without_id(submission: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in submission.items() if key not in ("id", "digest")}
