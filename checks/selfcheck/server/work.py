"""What a process of the server does: it opens the sheet once, then answers one request after another."""

from __future__ import annotations

import gc
import json
import signal
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from threadpoolctl import threadpool_limits

from checks.running.worker import limit_memory
from checks.selfcheck.checking import check
from checks.selfcheck.page import State, page_html
from checks.selfcheck.reading import read
from checks.selfcheck.server.sheets import Opening, Sheets

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Work:
    """What processes are for: how one begins, and how it answers a request, as JSON."""

    begin: Callable[[Opening], None]
    act: Callable[[Mapping[str, Any], Files], bytes]
    seconds: float


_opened: list[Sheets] = []
"""The process's own sheets."""


def begin_checking(opening: Opening) -> None:
    """Readies a process that judges: the key is worked out before the first student waits for it."""
    _begin(opening, with_key=True)


def begin_reading(opening: Opening) -> None:
    """Readies a process that reads what is being typed: it holds no key."""
    _begin(opening, with_key=False)


def _begin(opening: Opening, *, with_key: bool) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threadpool_limits(1)
    _opened[:] = [Sheets(opening)]
    _ = _opened[0].common.form.boxes
    if with_key:
        with suppress(Exception):  # each check says why
            _ = _opened[0].common.reference
    gc.freeze()
    limit_memory(opening.megabytes)


def judge(request: Mapping[str, Any], files: Files) -> bytes:
    """The report on the boxes and the files, as JSON; where it is asked for `as_page`, the whole page with it."""
    sheet = _opened[0].of(request.get("token", ""))
    reply = check(sheet, request, files)
    if not request.get("as_page"):
        return encoded(reply)
    state = State(request["boxes"], reply, reply.get("error", "Checked; the result stands below the boxes."))
    return page_html(sheet, state=state).encode("utf-8", "replace")


def follow(request: Mapping[str, Any], files: Files) -> bytes:  # noqa: ARG001  as `judge`
    """The answer to what is asked while somebody types."""
    return encoded(read(_opened[0].of(request.get("token", "")), request))


def encoded(reply: Mapping[str, Any]) -> bytes:
    """The reply as JSON; half surrogate pairs, which browsers send, are kept as escapes."""
    return json.dumps(reply).encode("ascii")
