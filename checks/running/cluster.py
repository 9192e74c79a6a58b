"""Checks submissions on the workers of a dask cluster: the same jobs, with the same outcomes for the same store.

Source: dask.distributed, `Client.submit` and `as_completed`; it gives the tasks of a lost worker to another.
"""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from checks.errors import CallError
from checks.running.apart import UNFIT
from checks.running.jobs import ATTEMPTS, Job
from checks.running.outcome import Failure
from checks.running.pool import STARTING
from checks.running.setup import Setup, program_digest

if TYPE_CHECKING:
    from distributed import Client

MOST_JOBS, MOST_BYTES = 100, 32 * 2**20
"""What goes to a worker at once: enough for its processes to be worth starting, not too much to lose."""

CONNECTING = 20
"""Seconds in which the scheduler has to answer."""

Results = list[tuple[str, bytes | Failure]]


class UnfitWorker(Exception):
    """A worker that has another backcheck, or other data, than the one that asks."""


def on_cluster(jobs: Iterable[Job], setup: Setup, address: str) -> Iterator[tuple[str, bytes | Failure]]:
    """The encoded outcome of every job, or why there is none, as they come.

    Raises `CallError` where the scheduler does not answer or goes away, or a worker has another version of the program.
    """
    with _connected(address) as client:
        yield from _results(client, _batches(jobs), setup)


def _connected(address: str) -> Client:
    try:
        import dask
        from distributed import Client
    except ImportError:
        raise CallError("--dask needs dask.distributed: install backcheck with its extra, '.[dask]'") from None
    dask.config.set({"distributed.admin.large-graph-warning-threshold": MOST_BYTES * 4})  # a batch is meant to be large
    for name in ("distributed", "distributed.client", "distributed.core"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what concerns the user is told by us, in a line
    try:
        client = Client(address, timeout=CONNECTING, set_as_default=False)  # type: ignore[no-untyped-call] # no types
        client.wait_for_workers(1, timeout=CONNECTING)
    except (OSError, TimeoutError, ValueError) as error:
        raise CallError(f"--dask {address}: no scheduler with workers there ({error})") from None
    return client


def _results(client: Client, batches: Iterator[list[Job]], setup: Setup) -> Iterator[tuple[str, bytes | Failure]]:
    from distributed import as_completed

    program = program_digest()
    running: dict[Any, list[Job]] = {}
    ended = as_completed(loop=client.loop)  # type: ignore[no-untyped-call] # dask leaves its types out here

    def submit() -> None:
        if client.status in ("closing", "closed"):
            raise CallError("--dask: the scheduler has gone away; what was checked is kept in the store: begin again")
        if batch := next(batches, None):
            future = client.submit(checked_apart, batch, setup, program, pure=False)
            running[future] = batch
            ended.add(future)  # type: ignore[no-untyped-call] # the same

    threads: dict[str, int] = client.nthreads()  # type: ignore[no-untyped-call] # the same
    for _ in range(2 * max(1, sum(threads.values()))):
        submit()
    for future in ended:
        batch = running.pop(future)
        try:
            yield from future.result()
        except UnfitWorker as error:
            raise CallError(f"--dask: {error}") from None
        except Exception as error:  # a worker that was lost too often, or a bug of ours there
            reason = f"the cluster lost it: {type(error).__name__}: {error}"[:200]
            yield from ((job.digest, Failure(reason)) for job in batch)
        submit()


def _batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    batch: list[Job] = []
    size = 0
    for job in jobs:
        batch.append(job)
        size += sum(len(held) for _, held in job.material.files)
        if len(batch) == MOST_JOBS or size >= MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def checked_apart(jobs: list[Job], setup: Setup, program: str) -> Results:
    """What a worker does: checks the jobs in a program of its own, for a worker may have no processes below it.

    Raises `UnfitWorker`, and RuntimeError where that program fails.
    """
    if program_digest() != program:
        raise UnfitWorker("the workers have another version of backcheck; install the same one everywhere")
    seconds = 60 + len(jobs) * ATTEMPTS * (setup.limits.seconds + STARTING)
    call = [sys.executable, "-m", "checks.running.apart"]
    given = pickle.dumps((jobs, setup))
    done = subprocess.run(call, input=given, capture_output=True, timeout=seconds, check=False)  # noqa: S603 - it is our own
    if done.returncode == UNFIT:
        raise UnfitWorker(f"a worker: {done.stderr.decode(errors='replace').strip()}")
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace").strip()[-200:])
    results: Results = pickle.loads(done.stdout)  # noqa: S301 - our own program wrote it
    return results
