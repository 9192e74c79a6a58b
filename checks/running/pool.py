"""Checks submissions in processes of their own; one that dies or hangs costs only the submission that it was at."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass

from pebble import ProcessExpired, ProcessPool

from checks.running.outcome import Failure
from checks.running.setup import Setup
from checks.running.worker import check, start
from checks.submissions.contents import Material

ATTEMPTS = 2
"""A process may have been killed for no fault of the submission: it gets a second one."""

WAITING = 2
"""Submissions that wait for each process, so that none is idle and few are held in memory."""


@dataclass(frozen=True, slots=True)
class Job:
    """What one submission holds, by its digest."""

    digest: str
    material: Material
    attempt: int = 1


def in_processes(jobs: Iterable[Job], setup: Setup, processes: int) -> Iterator[tuple[str, bytes | Failure]]:
    """The encoded outcome of every job, or why there is none, as they come."""
    with _pool(processes) as pool:
        try:
            yield from _results(iter(jobs), setup, pool, processes * WAITING)
        finally:
            pool.stop()  # type: ignore[no-untyped-call] # pebble leaves its types out here


def _pool(processes: int) -> ProcessPool:
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload(["checks.running.worker"])
    return ProcessPool(max_workers=processes, initializer=start, context=context)


def _results(jobs: Iterator[Job], setup: Setup, pool: ProcessPool, most: int) -> Iterator[tuple[str, bytes | Failure]]:
    running: dict[Future[bytes], Job] = {}

    def schedule(job: Job) -> None:
        running[pool.schedule(check, args=(job.material, setup), timeout=setup.limits.seconds)] = job

    while True:
        while len(running) < most and (job := next(jobs, None)):
            schedule(job)
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            job = running.pop(future)
            result = _result(future, setup)
            if isinstance(result, Lost) and job.attempt < ATTEMPTS:
                schedule(Job(job.digest, job.material, job.attempt + 1))
            else:
                yield job.digest, result


class Lost(Failure):
    """A failure that another attempt may mend: the process died or was stopped."""


def _result(future: Future[bytes], setup: Setup) -> bytes | Failure:
    try:
        return future.result()
    except TimeoutError:
        return Lost(f"it took more than {setup.limits.seconds:g} seconds")
    except ProcessExpired as error:
        return Lost(f"the process that checked it died, with exit status {error.exitcode}")
    except MemoryError:
        return Failure(f"it took more than {setup.limits.megabytes} MB of memory")
    except Exception as error:  # a bug of ours in the worker: it is told, and the others go on
        return Failure(f"{type(error).__name__}: {error}"[:200])
