"""Commands and programs in a process of their own, where one of the tests' would not show what is looked at."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.submissions import ROOT

Done = subprocess.CompletedProcess[str]
SECONDS = 200
"""So long that only what hangs is ended."""


def call_of(command: str, *arguments: object) -> list[str]:
    """How a process is begun that runs a command of the program."""
    return [sys.executable, "-m", "checks", command, *map(str, arguments)]


def ran(command: str, *arguments: object, stdin: str = "", environment: Mapping[str, str] | None = None) -> Done:
    """The command, run to its end in the folder of the project; `environment` is this process's own unless given."""
    return _done(call_of(command, *arguments), stdin=stdin, environment=environment)


def did(program: str, folder: Path = ROOT, environment: Mapping[str, str] | None = None) -> Done:
    """A program's text, run to its end."""
    return _done([sys.executable, "-c", program], folder=folder, environment=environment)


def _done(call: list[str], stdin: str = "", folder: Path = ROOT, environment: Mapping[str, str] | None = None) -> Done:
    return subprocess.run(
        call,
        input=stdin,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
