"""A few submissions, each in a fork of the process itself: the same outcomes within the same bounds."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checks.marking.checking import check_material, make_reference
from checks.running import forked
from checks.running.forked import Forks, can_fork
from checks.running.jobs import Job
from checks.running.outcome import Failure, decoded, encoded
from tests.runs import answers, made_setup
from tests.submissions import EXAMPLES, Backcheck
from tests.test_pool import SLOW

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes are begun anew"),
    pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning"),
]


def forks(**limits: Any) -> Forks:
    setup = made_setup(**limits)
    return Forks(make_reference(setup.assignment.parsed(), setup.folder.path, ""), setup)


def outcome(made: Forks, text: str = "s1 = [5, -5]") -> bytes | Failure:
    ((digest, result),) = made.check([Job("d", answers(text))])
    assert digest == "d"
    return result


def reason(result: bytes | Failure) -> str:
    assert isinstance(result, Failure)
    return result.reason


@pytest.fixture
def forked_off(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes that were forked off, as they come."""
    begun: list[int] = []

    def fork(fork: Callable[[], int] = os.fork) -> int:
        begun.append(process := fork())
        return process

    monkeypatch.setattr(os, "fork", fork)
    return begun


def are_gone(processes: list[int]) -> bool:
    return bool(processes) and not any(Path(f"/proc/{process}").exists() for process in processes)


def instead(monkeypatch: pytest.MonkeyPatch, act: Callable[[], bytes]) -> None:
    monkeypatch.setattr(forked, "checked_against", lambda *_, **__: act())


def test_the_outcomes_are_those_of_checking_here() -> None:
    made = forks()
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*/answers.txt"))]
    jobs = [Job(str(number), answers(text)) for number, text in enumerate([*texts, "s1 = " + "[" * 5_000, SLOW[:500]])]
    assert len(jobs) > 4
    for job, (digest, result) in zip(jobs, made.check(jobs), strict=True):
        assert digest == job.digest
        assert isinstance(result, bytes)
        expected = decoded(encoded(check_material(job.material, made.reference)))
        assert replace(decoded(result), seconds=0.0) == expected


def test_what_takes_too_long_is_ended(forked_off: list[int]) -> None:
    assert reason(outcome(forks(seconds=0.1), SLOW)) == "it took more than 0.1 seconds"
    assert len(forked_off) == 3
    assert are_gone(forked_off)


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, lambda: bytes(200 * 2**20))
    assert reason(outcome(forks(megabytes=100))) == "it took more than 100 MB of memory"


def test_a_process_that_dies_gets_others(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tried = tmp_path / "tried"

    def dies(times: int) -> bytes:
        with tried.open("a") as file:
            file.write("x")
        if tried.stat().st_size <= times:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"the outcome"

    instead(monkeypatch, lambda: dies(2))
    assert outcome(forks()) == b"the outcome"
    tried.unlink()
    instead(monkeypatch, lambda: dies(9))
    assert reason(outcome(forks())) == "the process that checked it died, with exit status -9"
    assert tried.read_text() == "xxx"


def test_a_bug_is_told_and_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> bytes:
        raise ZeroDivisionError("made in a test")

    instead(monkeypatch, broken)
    assert reason(outcome(forks())) == "ZeroDivisionError: made in a test"

    def left() -> bytes:
        raise SystemExit

    instead(monkeypatch, left)
    assert reason(outcome(forks())) == "the process that checked it died, with exit status 1"


def test_an_interruption_ends_the_process(monkeypatch: pytest.MonkeyPatch, forked_off: list[int]) -> None:
    def interrupted(*_: object) -> Any:
        os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr("select.select", interrupted)
    with pytest.raises(KeyboardInterrupt):
        outcome(forks(), SLOW)
    assert are_gone(forked_off)


def test_another_thread_forbids_it() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert not can_fork()
    finally:
        ended.set()
        thread.join()


def test_a_check_of_a_few_takes_forks(backcheck: Backcheck, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forked, "can_fork", lambda: True)
    monkeypatch.setattr("checks.running.pool.in_processes", lambda *_, **__: pytest.fail("a server of processes"))
    by_forks = backcheck("check", EXAMPLES, "--assignment", "sample", "--no-store", "--json")
    monkeypatch.undo()
    by_server = backcheck("check", EXAMPLES, "--assignment", "sample", "--no-store", "--json", "-j", "1")
    assert by_forks == by_server
    assert by_forks.status == 1
