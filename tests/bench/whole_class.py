"""A whole class: submissions a second on one core and two, beside the bare parsing of their files; memory by size."""

from __future__ import annotations

import statistics
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from checks.assignment.assignment_file import assignment_text
from checks.assignment.bundled import SAMPLE_ID
from checks.marking.checking import make_reference
from checks.program.data_folder import find_data
from checks.running.class_run import ClassRun
from checks.running.pool import in_processes
from checks.running.setup import Setup
from checks.running.store_file import Store
from checks.running.worker import data_digests
from checks.submissions.contents import contents_of, read_material
from checks.submissions.submission import Submission
from checks.submissions.submission_file import find_submissions
from tests.bench.class_of import planted_class

ROOT = Path(__file__).parents[2]
ROUNDS = 3
COUNT = 300
SIZES = (100, 1_000, 10_000)


def main() -> None:
    """Prints the figures."""
    with TemporaryDirectory() as folder:
        for title, results in (("hand answers only", 0), ("with result.json", COUNT)):
            submissions = find_submissions([planted_class(Path(folder) / title, COUNT, results)]).submissions
            speed(title, submissions)
        for size in SIZES:
            memory(Path(folder), size)


def speed(title: str, submissions: tuple[Submission, ...]) -> None:
    """Each round parses, then checks on one core, then on two, starting the processes included."""
    text, folder = assignment_text(SAMPLE_ID), find_data(None, SAMPLE_ID)
    reference = make_reference(text.parsed(), folder.path, folder.sought)
    setup = Setup(text, folder, data_digests(reference))
    rates: dict[int, list[float]] = {1: [], 2: []}
    ratios: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        for submission in submissions:
            contents_of(read_material(submission), reference.vocabulary)
        parsing = time.perf_counter() - begin
        for processes in (1, 2):
            store = Store.opened(None, setup.digest())
            begin = time.perf_counter()
            checker = partial(in_processes, setup=setup, processes=processes)
            ClassRun(submissions, reference, store).check(checker, lambda _: None)
            took = time.perf_counter() - begin
            rates[processes].append(len(submissions) / took)
            ratios[processes].append(took / parsing)
            store.close()
    for processes in (1, 2):
        rate, ratio = statistics.median(rates[processes]), statistics.median(ratios[processes])
        print(
            f"a class of {len(submissions)}, {title}, {processes} process{'es' * (processes > 1)}:"
            f" {rate:.3g} submissions a second, {ratio:.3g} times the time of parsing their files"
        )


def memory(folder: Path, size: int) -> None:
    """The most that any process of a run holds, over what the imports alone take."""
    imports = (
        "import checks.commands.check_outputs, checks.running.worker, tqdm, time; print(flush=True); time.sleep(9)"
    )
    with subprocess.Popen([sys.executable, "-c", imports], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        idle = _held(process.pid)
        process.kill()
    made = planted_class(folder / str(size), size, size // 10)
    run = [sys.executable, "-m", "checks", "check", str(made), "--assignment", SAMPLE_ID, "--json", "--no-store"]
    with subprocess.Popen(run, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        watch = _Watch(process.pid)
        process.wait()
        watch.stop()
    print(
        f"a class of {size}: at most {watch.parent - idle:.0f} MB in the main process and"
        f" {watch.others - idle:.0f} MB in any other, over the {idle:.0f} MB of the imports"
    )


class _Watch(threading.Thread):
    """Looks at a process and those below it now and then, and keeps the most memory that each held, in MB."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._ended = pid, threading.Event()
        self.parent = self.others = 0.0
        self.start()

    def run(self) -> None:
        """Looks until it is stopped."""
        while not self._ended.wait(0.2):
            self.parent = max(self.parent, _held(self._pid))
            self.others = max([self.others, *map(_held, below(self._pid))])

    def stop(self) -> None:
        """Ends the watch."""
        self._ended.set()
        self.join()


def below(pid: int) -> list[int]:
    """The processes that descend from one (Linux)."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
    found, new = [], [pid]
    while new:
        new = [child for child, parent in parents.items() if parent in new]
        found += new
    return found


def _held(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    lines = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(lines[0].split()[1]) / 1024 if lines else 0.0


if __name__ == "__main__":
    main()
