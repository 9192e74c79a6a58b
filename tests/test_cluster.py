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
from tests.submissions import ROOT, Backcheck
from tests.test_class_run import rows

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


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    made = Cluster(tmp_path / "dask")
    yield made
    made.stop()


def child_of(pid: int) -> int:
    """The worker below its nanny."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout  # noqa: S607
    rows = [line.split(None, 2) for line in listed.splitlines()[1:]]
    return max(int(own) for own, parent, call in rows if int(parent) == pid and "resource_tracker" not in call)


def test_the_same_report_as_here_with_a_worker_killed(cluster: Cluster, tmp_path: Path) -> None:
    folder = planted_class(tmp_path / "in", 250, 10)
    call = [sys.executable, "-m", "checks", "check", str(folder), "--assignment", "sample", "--json", "--exit-zero"]
    here = subprocess.run([*call, "--no-store"], cwd=ROOT, capture_output=True, check=True).stdout
    store = tmp_path / "store"
    with subprocess.Popen(
        [*call, "--dask", cluster.address, "--store", str(store)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        time.sleep(4)
        os.kill(child_of(cluster.workers[0].pid), signal.SIGKILL)
        there, told = process.communicate(timeout=240)
    assert process.returncode == 0
    assert told == b"backcheck: sample data, not the course's files\n"
    assert there == here


def test_no_scheduler_there(backcheck: Backcheck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checks.running.cluster.CONNECTING", 1)
    (tmp_path / "kim.txt").write_text("s1 = [5, -5]")
    outcome = backcheck("check", tmp_path / "kim.txt", "--dask", "tcp://127.0.0.1:9")
    assert outcome.status == 2
    assert "--dask tcp://127.0.0.1:9: no scheduler with workers there" in outcome.err


def test_a_scheduler_that_goes_away_ends_the_run_in_a_line(cluster: Cluster, tmp_path: Path) -> None:
    folder = planted_class(tmp_path / "in", 1000, 0)
    call = [sys.executable, "-m", "checks", "check", str(folder), "--assignment", "sample", "--json"]
    store = tmp_path / "store"
    with subprocess.Popen(
        [*call, "--dask", cluster.address, "--store", str(store)],
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
