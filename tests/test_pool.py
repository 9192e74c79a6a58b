"""Processes that die, hang, or cannot be begun: what it costs submissions. Nothing, that is."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pebble import ProcessExpired

from checks.errors import CallError
from checks.marking.checking import make_reference
from checks.running import one_process, pool
from checks.running.class_run import ClassRun
from checks.running.jobs import Job
from checks.running.outcome import Failure
from checks.running.pool import in_processes
from checks.running.store_file import Store
from checks.submissions.submission_file import find_submissions
from tests.downloads import planted
from tests.processes import did
from tests.runs import children, fork_server, jobs, made_setup

SLOW = "\n".join(
    f"W3_new[{i},{j}] = " + "+".join(f"e^.{n:03}" for n in range(1, 560)) for i in (1, 2, 3) for j in (1, 2)
)
"""Answers that take a second."""


def test_a_process_that_is_killed_costs_nothing() -> None:
    setup = made_setup()
    expected = {job.digest for job in jobs(40)}

    def killed_on_the_way() -> Iterator[Job]:
        for number, job in enumerate(jobs(40)):
            if number in (10, 25):
                os.kill(sorted(children())[-1], signal.SIGKILL)
            yield job

    found = dict(in_processes(killed_on_the_way(), setup, 2))
    assert found.keys() == expected
    assert [outcome for outcome in found.values() if isinstance(outcome, Failure)] == []


def test_the_server_of_processes_killed_costs_nothing() -> None:
    killed: list[int] = []

    def killed_on_the_way() -> Iterator[Job]:
        for number, job in enumerate(jobs(40)):
            if number in (10, 25) and (server := fork_server(os.getpid())):
                os.kill(server, signal.SIGKILL)
                killed.append(server)
            yield job

    found = dict(in_processes(killed_on_the_way(), made_setup(), 2))
    assert killed
    assert len(found) == 40
    assert all(isinstance(outcome, bytes) for outcome in found.values())


def test_no_process_is_begun_where_nothing_is_to_be_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(one_process, "begin_server", lambda: pytest.fail("begun"))
    assert list(in_processes([], made_setup(), 2)) == []


def test_no_more_processes_is_a_fault_of_the_call(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> Any:
        raise OSError(24, "Too many open files")

    monkeypatch.setattr(pool, "PAUSES", (0.0,))
    monkeypatch.setattr("pebble.pool.process.launch_process", refused)
    with pytest.raises(CallError, match=r"no process to check submissions in could be begun .*Too many open files"):
        list(in_processes(jobs(2), made_setup(), 1))


def test_the_reference_takes_no_time_of_a_submission() -> None:
    code = (
        "from checks.running.worker import prepared, start; from tests.runs import made_setup\n"
        "start(made_setup())\n"
        "print(prepared.cache_info().currsize)"
    )
    done = did(code)
    assert (done.stdout, done.stderr) == ("1\n", "")


def test_a_process_that_hangs_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "STARTING", 2)
    setup = made_setup(seconds=2.0)

    def stopped_on_the_way() -> Iterator[Job]:
        for number, job in enumerate(jobs(20)):
            if number == 10:
                os.kill(sorted(children())[-1], signal.SIGSTOP)
            yield job

    found = dict(in_processes(stopped_on_the_way(), setup, 2))
    assert len(found) == 20
    assert all(isinstance(outcome, bytes) for outcome in found.values())


def test_what_takes_too_long_is_left_to_a_person_and_tried_again(tmp_path: Path) -> None:
    planted(tmp_path, {"ada/answers.txt": SLOW})
    (ada,) = find_submissions([tmp_path]).submissions
    scores = []
    for seconds in (0.1, 60.0):
        setup = made_setup(seconds=seconds)
        reference = make_reference(setup.assignment.parsed(), setup.folder.path, "")
        store = Store.opened(tmp_path / "store", setup.digest())
        run = ClassRun((ada,), reference, store)
        checker = partial(in_processes, setup=setup, processes=1)
        run.check(checker, lambda _: None)
        (checked,) = run.outcomes()
        scores.append((checked.score, checked.max_score))
        if not checked.max_score:
            assert "it took more than 0.1 seconds" in checked.troubles[0].message
        store.close()
    assert scores == [(0, 0), (0, 73)]


def test_other_data_than_the_run_began_with_are_a_fault_of_the_call() -> None:
    other = replace(made_setup(), data=(("mnist_testdata.hdf5", "0" * 64),))
    with pytest.raises(CallError, match="the data files are not those that the run began with"):
        list(in_processes(jobs(3), other, 1))


def test_memory_is_bounded_in_each_process() -> None:
    code = (
        "from checks.running.worker import prepared; from tests.runs import made_setup\n"
        "prepared(made_setup(megabytes=100))\n"
        "held = bytearray(50 * 2**20)\n"
        "try: bytearray(150 * 2**20)\n"
        "except MemoryError: print('bounded')"
    )
    done = did(code)
    assert (done.stdout, done.stderr) == ("bounded\n", "")


def test_failures_in_words() -> None:
    setup = made_setup()
    for error, reason in (
        (MemoryError(), "it took more than 1024 MB of memory"),
        (ZeroDivisionError("made in a test"), "ZeroDivisionError: made in a test"),
        (ProcessExpired("", code=-9), "the process that checked it died, with exit status -9"),
    ):
        future: Future[bytes] = Future()
        future.set_exception(error)
        result = pool._result(future, setup)
        assert isinstance(result, Failure)
        assert result.reason == reason
