"""Checks submissions in processes of their own; one that dies or hangs costs only the submission that it was at."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace

from pebble import ProcessExpired

from checks.assignment.assignment_file import AssignmentText
from checks.errors import CallError
from checks.running.jobs import ATTEMPTS, Job, Lost, bug, died, too_large, too_slow
from checks.running.one_process import OneProcess
from checks.running.outcome import Failure
from checks.running.setup import Setup
from checks.running.worker import WrongData, begin_reading, check, read, start
from checks.submissions.contents import Material

STARTING = 20
"""Seconds in which a process should have made its reference and begun."""

PAUSES = (0.1, 0.5, 2.0)
"""Seconds between tries to begin a process: the server that makes them may have been killed, and dies slowly."""


@dataclass(frozen=True, slots=True)
class Work:
    """What processes are for: how one begins, and what it does with a submission and its student's assignment."""

    begin: Callable[[Setup], None]
    act: Callable[[Material, Setup, AssignmentText | None], bytes]


CHECKING, READING = Work(start, check), Work(begin_reading, read)


def in_processes(
    jobs: Iterable[Job], setup: Setup, processes: int, work: Work = CHECKING
) -> Iterator[tuple[str, bytes | Failure]]:
    """The encoded outcome of every job, or why there is none, as they come.

    Raises `CallError` where this machine gives no processes, or the data files have changed since the run began.
    """
    waiting, again = iter(jobs), list[Job]()
    idle = [OneProcess(work.begin, (setup,)) for _ in range(processes)]
    running: dict[Future[bytes], _Begun] = {}
    everyone = tuple(idle)
    try:
        while True:
            while idle and (job := again.pop() if again else next(waiting, None)):
                process = idle.pop()
                running[_scheduled(process, job, setup, work)] = _Begun(job, process, time.monotonic())
            if not running:
                return
            for future in _ended(running, setup.limits.seconds + STARTING):
                job, process = running[future].job, running.pop(future).process
                idle.append(process)
                result = _result(future, setup)
                if isinstance(result, Lost):
                    process.renew()
                if isinstance(result, Lost) and job.attempt < ATTEMPTS:
                    again.append(replace(job, attempt=job.attempt + 1))
                else:
                    yield job.digest, result
    finally:
        for process in everyone:
            process.stop()
        for process in everyone:
            process.join()


@dataclass(frozen=True, slots=True)
class _Begun:
    """A job, where it was begun, and when."""

    job: Job
    process: OneProcess
    since: float


def _ended(running: Mapping[Future[bytes], _Begun], seconds: float) -> set[Future[bytes]]:
    """The next jobs to end, those too that have not begun for so long: pebble's own limit counts from the beginning."""
    while True:
        done = wait(running, timeout=1, return_when=FIRST_COMPLETED).done
        late = {future for future, begun in running.items() if time.monotonic() - begun.since > seconds}
        if done or late:
            return set(done | late)


def _scheduled(process: OneProcess, job: Job, setup: Setup, work: Work) -> Future[bytes]:
    """Begins a job, in a new process where the last one was killed while it was idle.

    Raises `CallError` where this machine gives no more processes.
    """
    args, seconds = (job.material, setup, job.variant), setup.limits.seconds
    for pause in PAUSES:
        try:
            return process.schedule(work.act, args, seconds)
        except (RuntimeError, OSError):
            time.sleep(pause)
            process.renew()
    try:
        return process.schedule(work.act, args, seconds)
    except (RuntimeError, OSError) as error:
        why = repr(error.__cause__ or error)
        raise CallError(f"no process to check submissions in could be begun ({why}); try fewer with -j") from None


def _result(future: Future[bytes], setup: Setup) -> bytes | Failure:
    try:
        return future.result(timeout=0)
    except TimeoutError:
        return too_slow(setup.limits.seconds)
    except ProcessExpired as error:
        return died(error.exitcode)
    except BrokenProcessPool:
        return died(None)
    except MemoryError:
        return too_large(setup.limits.megabytes)
    except WrongData as error:
        raise CallError(str(error)) from None
    except Exception as error:
        return bug(error)
