"""`python -m tests.bench.disturbed_run [COUNT]`: a class that is checked while everything goes wrong.

One run is left in peace. Another has a process killed or stopped every other second and is itself killed half way; a
third goes on where that one was. All three have to tell the same. With BACKCHECK_DATA a tenth of the submissions have a
full result file on the course's data.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from checks.assignment.assignment_file import load_assignment
from checks.assignment.bundled import DEFAULT
from checks.program.data_folder import VARIABLE
from checks.program.mnist_data_file import load_mnist_data
from numeric.evaluation import evaluate_network
from tests.bench.class_of import planted_class
from tests.bench.whole_class import ROOT, below

COUNT = 2_000


def main(count: int) -> None:
    """Makes the class, runs it three times, and prints what came of it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        data, assignment, activations = os.environ.get(VARIABLE), "sample", None
        if data and (part := load_assignment(DEFAULT).mnist):
            assignment = DEFAULT
            activations = evaluate_network(*load_mnist_data(Path(data), part)).activations
        made = planted_class(folder / "in", count, count // 10, activations)
        call = [sys.executable, "-m", "checks", "check", str(made), "--assignment", assignment, "--json", "--exit-zero"]
        call += ["--time-limit", "10", "--store"]
        calm, (seconds, _) = _run(call, folder / "calm", disturbed=False, until=None)
        print(f"in peace: {_stored(folder / 'calm')} outcomes of {count} submissions in {seconds:.0f} s")
        _, (seconds, signals) = _run(call, folder / "store", disturbed=True, until=_stored(folder / "calm") // 2)
        print(f"disturbed: {signals} processes killed or stopped, killed itself after {seconds:.0f} s,")
        print(f"    {_stored(folder / 'store')} outcomes stored")
        again, (seconds, signals) = _run(call, folder / "store", disturbed=True, until=None)
        print(f"taken up: {signals} processes killed or stopped, {seconds:.0f} s, {_stored(folder / 'store')} outcomes")
        print("the same report" if again == calm else "ANOTHER REPORT")
        if again != calm:
            raise SystemExit(1)


def _run(call: list[str], store: Path, *, disturbed: bool, until: int | None) -> tuple[bytes, tuple[float, int]]:
    """The report of a run, its seconds, and how many processes were killed or stopped in it."""
    chance, signals, begin = random.Random(1), 0, time.monotonic()
    out = store.with_suffix(".json")
    with out.open("wb") as file, subprocess.Popen([*call, str(store)], cwd=ROOT, stdout=file) as process:
        while process.poll() is None:
            time.sleep(2 if disturbed else 0.2)
            if until is not None and _stored(store) >= until:
                process.kill()
            elif disturbed and (victims := [pid for pid in below(process.pid) if _is_worker(pid)]):
                os.kill(chance.choice(victims), chance.choice((signal.SIGKILL, signal.SIGSTOP)))
                signals += 1
    return out.read_bytes(), (time.monotonic() - begin, signals)


def _is_worker(pid: int) -> bool:
    """Whether it is a process that checks: those lie below the fork server, and not below the program itself."""
    try:
        parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        return b"forkserver" in Path(f"/proc/{parent}/cmdline").read_bytes()
    except OSError:
        return False


def _stored(store: Path) -> int:
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as connection:
            return int(connection.execute("SELECT count(*) FROM outcomes").fetchone()[0])
    except sqlite3.Error:
        return 0


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
