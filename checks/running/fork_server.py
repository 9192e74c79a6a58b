"""The server that makes processes: begun once, with all modules loaded, so that each process begins in no time.

Where there is none (Windows) every process is begun anew.
"""

from __future__ import annotations

import multiprocessing
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.context import BaseContext

LOADED = ("checks.running.worker", "checks.marking.write_ups")
"""What the server loads for checking a class."""


def process_context(loaded: Sequence[str] = LOADED) -> BaseContext:
    """How processes are begun; `loaded` are the modules that the server of processes loads, where there is one."""
    if not _has_server():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(loaded))
    return context


def _has_server() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def begin_server() -> None:
    """Begins the server that makes processes, unless it runs, deaf to the interruption that a terminal sends to it too.

    It inherits what is blocked here. The tracker goes first, for beginning it ends the blocking.
    """
    if not _has_server():
        return
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def interrupted_afterwards() -> Iterator[None]:
    """Puts off an interruption: a process that is half begun would miss what is cleared away, and complain."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    noted: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: noted.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if noted:
        raise KeyboardInterrupt
