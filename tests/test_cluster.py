"""A class checked on a dask cluster of two local workers: the same report, also when one of them is killed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bench.class_of import planted_class
from tests.processes import call_of, did, ran
from tests.runs import processes, rows
from tests.submissions import ROOT

ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT), "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "5"}


def begun(*arguments: str) -> subprocess.Popen[str]:
    call = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
    return subprocess.Popen(
        call,
        env=ENVIRONMENT,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


class Cluster:
    """A scheduler and its two workers."""

    def __init__(self, folder: Path) -> None:
        self.scheduler = begun("dask_scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1")
        self.address = self._address()
        options = ("--nthreads", "1", "--no-dashboard", "--local-directory", str(folder))
        self.workers = [begun("dask_worker", self.address, *options) for _ in range(2)]
        self.drains = [
            threading.Thread(target=one.stderr.read)  # type: ignore[union-attr] # it is piped
            for one in (self.scheduler, *self.workers)
        ]
        for thread in self.drains:
            thread.start()

    def _address(self) -> str:
        assert self.scheduler.stderr is not None
        for line in self.scheduler.stderr:
            if found := re.search(r"Scheduler at:\s+(tcp://\S+)", line):
                return found[1]
        raise AssertionError("the scheduler did not start")

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        for thread in self.drains:
            thread.join()
        for process in (*self.workers, self.scheduler):
            assert process.stderr is not None
            process.stderr.close()

    def at_work(self) -> int | None:
        """A worker, below its nanny, that has begun a program which checks; None where none has yet."""
        parents = {own: parent for own, parent, _ in processes()}
        begun = {parent for _, parent, call in processes() if "checks.running.apart" in call}
        nannies = {one.pid for one in self.workers}
        return next((one for one in begun if parents.get(one) in nannies), None)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("dask"))
    yield made
    made.stop()


def test_the_same_report_as_here_with_a_worker_killed(cluster: Cluster, tmp_path: Path) -> None:
    folder = planted_class(tmp_path / "in", 150, 6)
    call = ("check", folder, "--assignment", "sample", "--json", "--exit-zero")
    here = ran(*call, "--no-store")
    assert here.returncode == 0
    store = tmp_path / "store"
    with subprocess.Popen(
        call_of(*call, "--dask", cluster.address, "--store", store),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while not (worker := cluster.at_work()) and process.poll() is None:
            time.sleep(0.05)
        assert worker
        os.kill(worker, signal.SIGKILL)
        there, told = process.communicate(timeout=240)
    assert process.returncode == 0
    assert told == "backcheck: sample data, not the course's files\n"
    assert there == here.stdout


IMPATIENT = """
import sys, checks.running.cluster as cluster
from checks.command import main
connected = cluster._connected
def impatient(address):
    client = connected(address)
    client._timeout = 2
    return client
cluster._connected = impatient
cluster.CONNECTING = {seconds}
sys.exit(main({arguments!r}))
"""
"""The command, which waits for a scheduler so many seconds, and two for one that has gone."""


def impatient(seconds: int, *arguments: object) -> str:
    """For a process of its own: dask leaves a thread, and where there are threads nothing is checked in forks."""
    call = ["check", *map(str, arguments), "--assignment", "sample", "--json"]
    return IMPATIENT.format(seconds=seconds, arguments=call)


def test_no_scheduler_there(tmp_path: Path) -> None:
    (tmp_path / "kim.txt").write_text("s1 = [5, -5]")
    done = did(impatient(1, tmp_path / "kim.txt", "--dask", "tcp://127.0.0.1:9"))
    assert done.returncode == 2
    assert "--dask tcp://127.0.0.1:9: no scheduler with workers there" in done.stderr


def test_a_scheduler_that_goes_away_ends_the_run_in_a_line(cluster: Cluster, tmp_path: Path) -> None:
    """The last here, for there is one cluster for all."""
    folder = planted_class(tmp_path / "in", 1000, 0)
    store = tmp_path / "store"
    with subprocess.Popen(
        [sys.executable, "-c", impatient(20, folder, "--dask", cluster.address, "--store", store)],
        cwd=ROOT,
        env=ENVIRONMENT | {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        while not rows(store) and process.poll() is None:
            time.sleep(0.05)
        os.kill(cluster.scheduler.pid, signal.SIGKILL)
        _, err = process.communicate(timeout=120)
    assert process.returncode == 2
    assert err.splitlines()[1:] == [
        "backcheck: --dask: the scheduler has gone away; what was checked is kept in the store: begin again"
    ]
