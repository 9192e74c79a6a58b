"""Checks a few submissions in processes forked off this one, which holds already all that they need.

Beginning a server of processes costs more than checking a lone submission. The bounds are the same: a process may take
so many seconds and so much memory, and one that dies costs only the submission that it was at.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checks.marking.checking import own_reference
from checks.marking.reference import Reference
from checks.running.jobs import ATTEMPTS, Job, Lost, bug, died, too_large, too_slow
from checks.running.outcome import Failure
from checks.running.setup import Setup
from checks.running.worker import checked_against, limit_memory

_OUTCOME, _NO_MEMORY, _BUG = b"o", b"m", b"b"
"""What the first byte says of those that a process writes after it."""


def can_fork() -> bool:
    """Whether it is safe here: another thread might hold a lock, which in the new process nobody would give back."""
    return sys.platform == "linux" and threading.active_count() == 1


@dataclass(frozen=True, slots=True)
class Forks:
    """Checks jobs one after another, each in a fork of this process."""

    reference: Reference
    setup: Setup

    def check(self, jobs: Iterable[Job]) -> Iterator[tuple[str, bytes | Failure]]:
        """The encoded outcome of every job, or why there is none."""
        for job in jobs:
            for _ in range(ATTEMPTS):
                result = self._tried(job)
                if not isinstance(result, Lost):
                    break
            yield job.digest, result

    def _tried(self, job: Job) -> bytes | Failure:
        limits = self.setup.limits
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # until it is clear who is who
        reading, writing = os.pipe()
        process = os.fork()
        if not process:
            self._work(job, writing)
        told = None
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            os.close(writing)
            told = _all_of(reading, time.monotonic() + limits.seconds)
        finally:
            os.close(reading)
            if told is None:
                os.kill(process, signal.SIGKILL)
            status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if told is None:
            return too_slow(limits.seconds)
        if status:
            return died(status)
        kind, rest = told[:1], told[1:]
        if kind == _OUTCOME:
            return rest
        return too_large(limits.megabytes) if kind == _NO_MEMORY else Failure(rest.decode("utf-8", "replace"))

    def _work(self, job: Job, writing: int) -> None:
        """What the new process does; it never returns, and leaves alone all that is its parent's."""
        status = 1
        try:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            gc.freeze()
            limit_memory(self.setup.limits.megabytes)
            told = self._told(job)
            with open(writing, "wb") as file:
                file.write(told)
            status = 0
        finally:
            os._exit(status)

    def _told(self, job: Job) -> bytes:
        """What the new process says to its parent."""
        try:
            reference = own_reference(self.reference, job.variant.parsed()) if job.variant else self.reference
            return _OUTCOME + checked_against(reference, job.material, explain=self.setup.explain)
        except MemoryError:
            return _NO_MEMORY
        except Exception as error:  # a bug of ours: it is told, and the others go on
            return _BUG + bug(error).reason.encode("utf-8", "replace")


def _all_of(reading: int, until: float) -> bytes | None:
    """All that is written into a pipe until its other end is closed; None where that is not so in time."""
    parts: list[bytes] = []
    while True:
        left = until - time.monotonic()
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            return None
        part = os.read(reading, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)
