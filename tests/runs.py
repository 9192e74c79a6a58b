"""How the tests of a class run set it up, and what they see of its processes and its store."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from checks.assignment.assignment_file import assignment_text
from checks.marking.checking import make_reference
from checks.program.data_folder import find_data
from checks.running.jobs import Job
from checks.running.setup import Limits, Setup
from checks.running.worker import data_digests
from checks.submissions.contents import Material


def made_setup(**limits: Any) -> Setup:
    text = assignment_text("sample")
    folder = find_data(None, "sample")
    reference = make_reference(text.parsed(), folder.path, folder.sought)
    return Setup(text, folder, data_digests(reference), limits=Limits(**limits))


def answers(text: str) -> Material:
    return Material((("answers.txt", text.encode()),))


def jobs(count: int) -> list[Job]:
    materials = [answers(f"s1 = [5, {number}]") for number in range(count)]
    return [Job(material.digest(), material) for material in materials]


def processes() -> list[tuple[int, int, str]]:
    """Those of this machine: the number of each, its parent's, and its call."""
    listed = subprocess.run(["ps", "-ww", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout  # noqa: S607
    lines = [line.split(None, 2) for line in listed.splitlines()[1:]]
    return [(int(own), int(parent), call) for own, parent, call in lines]


def children() -> set[int]:
    """The processes that the fork server made."""
    server = fork_server(os.getpid())
    return {own for own, parent, _ in processes() if parent == server}


def fork_server(parent: int) -> int | None:
    """The process that makes the others, if there is one."""
    servers = (own for own, of, call in processes() if of == parent and "multiprocessing.forkserver" in call)
    return next(servers, None)


def rows(store: Path) -> int:
    """How many outcomes a store holds."""
    try:
        connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
        try:
            return int(connection.execute("SELECT count(*) FROM outcomes").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error:
        return 0
