"""A temporary tree laid out as Gradescope's container is, and what runs in it."""

from __future__ import annotations

import contextlib
import os
import re
import resource
import shutil
import subprocess
import sys
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from tests.gradescope import read_results

BASH = "/bin/bash"
BASE_PYTHON = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"


@dataclass(frozen=True)
class Container:
    """The tree of one container; `tools` is the only folder on its PATH."""

    root: Path
    tools: Path

    def bash(self, script: str, **variables: object) -> subprocess.CompletedProcess[str]:
        """Runs the script, which lies at that place under the root, from the folder of the submission."""
        ours = {"PATH": str(self.tools), "AUTOGRADER_ROOT": str(self.root)}
        return subprocess.run(
            [BASH, str(self.root / script)],
            cwd=self.root / "submission",
            env=os.environ | ours | {name: str(value) for name, value in variables.items()},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def run(self, **variables: object) -> dict[str, Any]:
        """Grades the submission; the results, which are valid."""
        done = self.bash("run_autograder", **variables)
        assert done.returncode == 0, done.stderr
        assert [path.name for path in (self.root / "results").iterdir()] == ["results.json"]
        return read_results((self.root / "results" / "results.json").read_text(encoding="utf-8"))

    def submit(self, folder: Path) -> Container:
        """The container with the folder's files as the submission."""
        shutil.rmtree(self.root / "submission")
        shutil.copytree(folder, self.root / "submission")
        return self


def tools(folder: Path) -> Path:
    """A folder with python3 and nothing else."""
    folder.mkdir()
    (folder / "python3").write_text(f'#!/bin/sh\nexec {BASE_PYTHON} "$@"\n', encoding="utf-8")
    (folder / "python3").chmod(0o755)
    return folder


def unpacked(archive: Path, root: Path, path: Path) -> Container:
    """The container as Gradescope makes it from the zip: source/, and run_autograder beside it."""
    for name in ("results", "submission"):
        (root / name).mkdir(parents=True)
    with zipfile.ZipFile(archive) as files:
        files.extractall(root / "source")
    shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
    return Container(root, path)


def another(container: Container, root: Path) -> Container:
    """One more container of the same image: its own source, submission and results; the same venv."""
    for name in ("results", "submission"):
        (root / name).mkdir(parents=True)
    shutil.copytree(container.root / "source", root / "source")
    shutil.copy(container.root / "run_autograder", root / "run_autograder")
    (root / "venv").symlink_to(container.root / "venv")
    return Container(root, container.tools)


class Used(NamedTuple):
    """What a run took: the largest sum over all its processes, and the time of all of them."""

    megabytes: float
    seconds: float


def measured(container: Container) -> tuple[dict[str, Any], Used]:
    """Grades the submission while the memory of everything that this process has started is sampled."""
    over = threading.Event()

    def largest() -> float:
        most = 0.0
        while not over.wait(0.01):
            most = max(most, sum(map(proportional_megabytes, descendants())))
        return most

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with ThreadPoolExecutor(1) as pool:
        sampled = pool.submit(largest)
        try:
            results = container.run()
        finally:
            over.set()
        megabytes = sampled.result()  # raises what the sampling raised: half a sampling is no measurement
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return results, Used(megabytes, seconds)


def descendants() -> list[int]:
    """The processes that this one has started, and those that they have."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdecimal():
            continue
        with contextlib.suppress(OSError):  # it has ended since
            text = (folder / "stat").read_text("utf-8", "replace")
            parents[int(folder.name)] = int(text.rpartition(")")[2].split()[1])
    found = [os.getpid()]
    for process in found:
        found += [child for child, parent in parents.items() if parent == process]
    return found[1:]


def proportional_megabytes(process: int) -> float:
    """Its memory, of what is shared its share."""
    with contextlib.suppress(OSError):
        if match := re.search(
            r"^Pss: +(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text("ascii"), re.MULTILINE
        ):
            return int(match[1]) / 1024
    return 0.0
