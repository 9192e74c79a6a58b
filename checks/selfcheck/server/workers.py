"""Processes that answer: each is replaced when it dies, hangs, or its asker goes away."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from pebble import ProcessExpired

from checks.running.one_process import OneProcess
from checks.selfcheck.server.sheets import Opening
from checks.selfcheck.server.work import Files, Work

ATTEMPTS = 4
"""A process may have been killed for no fault of the request: it gets another one."""

STARTING = 30.0
"""Seconds in which a process should have begun."""

LOADED = ["checks.selfcheck.server.work"]
"""What the server that makes processes loads."""


class Busy(Exception):
    """More requests wait than will be answered in a while."""


class GaveUp(Exception):
    """A request that took too long or too much; the message is for the student."""


class Died(Exception):
    """A request at which process after process died."""


class Workers:
    """So many processes for one kind of work, and a queue of at most `most_waiting` requests before them."""

    def __init__(self, work: Work, opening: Opening, count: int, most_waiting: int) -> None:
        self._work, self._opening, self._most = work, opening, most_waiting
        self._every = [OneProcess(work.begin, (opening,), LOADED) for _ in range(count)]
        self._idle: asyncio.Queue[OneProcess] = asyncio.Queue()
        for process in self._every:
            self._idle.put_nowait(process)
        self._waiting = 0

    async def warm(self) -> None:
        """Begins every process, so that the first student does not wait."""
        await asyncio.gather(*(asyncio.to_thread(self._begin, process) for process in self._every))

    def _begin(self, process: OneProcess) -> None:
        try:
            self._schedule(process, {}, {}).result(STARTING)
        except Exception:
            process.renew()

    def _schedule(self, process: OneProcess, request: Mapping[str, Any], files: Files) -> Future[bytes]:
        return process.schedule(self._work.act, (request, files), self._work.seconds)

    async def answer(self, request: Mapping[str, Any], load: Callable[[], Awaitable[Files]] | None = None) -> bytes:
        """The reply as JSON. `load` reads the files, when there is a process for them and not before.

        Raises `Busy`, `GaveUp` and `Died`.
        """
        if self._waiting >= self._most:
            raise Busy
        self._waiting += 1
        try:
            process = await self._idle.get()
        finally:
            self._waiting -= 1
        try:
            return await self._answered(process, request, await load() if load else {})
        finally:
            self._idle.put_nowait(process)

    async def _answered(self, process: OneProcess, request: Mapping[str, Any], files: Files) -> bytes:
        seconds = self._work.seconds
        for _ in range(ATTEMPTS):
            try:
                future = await asyncio.to_thread(self._schedule, process, request, files)
                async with asyncio.timeout(seconds + STARTING):
                    return await asyncio.wrap_future(future)
            except TimeoutError:
                await asyncio.to_thread(process.renew)
                raise GaveUp(f"Stopped: it took more than {seconds:g} seconds. What you typed is kept.") from None
            except MemoryError:
                await asyncio.to_thread(process.renew)
                raise GaveUp("Stopped: it took too much memory. What you typed is kept.") from None
            except asyncio.CancelledError:
                await asyncio.shield(asyncio.to_thread(process.renew))
                raise
            except (ProcessExpired, BrokenProcessPool, RuntimeError, OSError):
                await asyncio.to_thread(process.renew)
        raise Died

    def stop(self) -> None:
        """Ends all processes."""
        for process in self._every:
            process.stop()
        for process in self._every:
            process.join()
