"""What tests share: where the course's files are, and the command run in this process."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import settings
from tqdm import tqdm

from checks.command import main
from checks.program.data_folder import VARIABLE
from numeric import PARAMETERS_FILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("tests", deadline=None, print_blob=True, derandomize=True)
settings.register_profile("search", deadline=None, print_blob=True, max_examples=1000)
settings.load_profile("tests")
"""Every run tries the same examples, so that it tells of a change. `--hypothesis-profile search` looks for new ones."""

signal.signal(signal.SIGINT, signal.default_int_handler)
"""Where the tests run behind a shell it is ignored, and would be in the processes that some of them interrupt."""

tqdm.monitor_interval = 0
"""Its thread would stay, and where there are threads nothing is checked in forks, which cost least."""

os.environ["COLUMNS"] = "80"  # what is printed in processes is as wide wherever the tests run

COURSE_DATA = Path(os.environ[VARIABLE]).resolve() if os.environ.get(VARIABLE) else None
"""Taken before any test changes the folder or the environment."""


def pytest_collection_finish() -> None:
    """What collecting made is there to the end: the garbage collector need not look through it again and again."""
    gc.freeze()


@pytest.fixture(scope="session")
def course_data() -> Path:
    """The folder of the course's files. Where BACKCHECK_DATA names one, it must hold them: no test is skipped then."""
    if COURSE_DATA is None:
        pytest.skip(f"the course's files are not here ({VARIABLE} is not set)")
    assert (COURSE_DATA / PARAMETERS_FILE).exists(), f"{VARIABLE} names a folder without {PARAMETERS_FILE}"
    return COURSE_DATA


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for the tests of a file, which are marked `needs_browser`."""
    from tests.browsers import started

    with started() as found:
        yield found


class Outcome(NamedTuple):
    """What one run of the command gave."""

    status: int
    out: str
    err: str


@pytest.fixture
def backcheck(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., Outcome]:
    """Runs the command with these arguments, in an empty folder, without the course's files unless they are named.

    The store of outcomes is empty to begin with.
    """
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
    folder = tmp_path / "working"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def run(*arguments: object) -> Outcome:
        try:
            status = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            status = int(stopped.code or 0)
        out, err = capsys.readouterr()
        return Outcome(status, out, err)

    return run
