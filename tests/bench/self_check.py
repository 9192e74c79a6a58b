"""The self-check under load: many clients, one that hangs, one that sends a gigabyte, processes that are killed.

And the study: random sheets of three assignments get the same findings from the command and from the server.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checks.command import main as command
from checks.selfcheck.checking import check
from checks.selfcheck.reading import read
from checks.selfcheck.sheet import Settings, Sheet, open_sheet
from tests.self_check import keys_of, text_of, without_id
from tests.self_check_sheets import ASSIGNMENTS, assignment, random_boxes

CLIENTS, SHEETS, STUDY = 100, 10, 50
READY = 60
"""Seconds in which the server has to begin."""


@dataclass
class Tally:
    """What clients saw: how long each check took, how often each status came."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def line(self, what: str) -> str:
        """The median and the 99th percentile, and the statuses."""
        told = ", ".join(f"{count} x {status}" for status, count in sorted(self.statuses.items()))
        low, high = statistics.median(self.seconds) * 1e3, statistics.quantiles(self.seconds, n=100)[98] * 1e3
        return f"  {what}: median {low:.0f} ms, 99th percentile {high:.0f} ms; {told}; {len(self.faults)} faults"


class Served:
    """The command in a process of its own, and the processes below it."""

    def __init__(self, assignment: str, *options: str) -> None:
        call = [sys.executable, "-m", "checks", "serve", "--assignment", assignment, "--port", "0", "--checks", "0"]
        self._process = subprocess.Popen([*call, *options], stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        line = self._process.stdout.readline()
        self.port = int(line.partition("http://127.0.0.1:")[2].partition("/")[0])
        begun = time.monotonic()
        while time.monotonic() < begun + READY:
            with contextlib.suppress(OSError):
                if _asked(self.port, "GET", "/", b"", {})[0] == 200:
                    return
            time.sleep(0.1)
        raise AssertionError("the server did not begin")

    def below(self) -> list[int]:
        """The ids of the processes below the server, from the nearest."""
        return list(_below(self._process.pid))

    def megabytes(self) -> list[int]:
        """What the server and all processes below it hold for themselves."""
        return [_private(pid) for pid in (self._process.pid, *self.below())]

    def stop(self) -> None:
        """Ends it as Ctrl+C does."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(30)


def _below(pid: int) -> Iterator[int]:
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            yield child
            yield from _below(child)


def _private(pid: int) -> int:
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) // 1024
    return 0


def _asked(port: int, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request(method, path, body or None, headers)
        reply = connection.getresponse()
        return reply.status, reply.read()
    finally:
        connection.close()


def _form(boxes: dict[str, str]) -> tuple[bytes, dict[str, str]]:
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="box:{name}"\r\n\r\n{text}\r\n' for name, text in boxes.items()
    ]
    headers = {"Content-Type": "multipart/form-data; boundary=edge", "Accept": "application/json"}
    return ("".join(parts) + "--edge--\r\n").encode(), headers


def checked(port: int, boxes: dict[str, str], tally: Tally) -> dict[str, Any]:
    """Checks until it is not told to come again; `tally` counts every answer."""
    body, headers = _form(boxes)
    while True:
        begun = time.perf_counter()
        status, reply = _asked(port, "POST", "/check", body, headers)
        tally.statuses[status] += 1
        if status == 503:
            time.sleep(random.uniform(0.1, 1.0))
            continue
        tally.seconds.append(time.perf_counter() - begun)
        found: dict[str, Any] = json.loads(reply)
        if "report" not in found:
            tally.faults.append(found["error"])
        return found


def load(port: int, sheets: list[dict[str, str]], clients: int) -> Tally:
    """So many clients at once, each checking ten sheets one after another."""
    tally = Tally()
    with ThreadPoolExecutor(clients) as pool:
        jobs = [pool.submit(lambda: [checked(port, boxes, tally) for boxes in sheets]) for _ in range(clients)]
        for job in jobs:
            job.result()
    return tally


@contextlib.contextmanager
def _hanging(port: int) -> Iterator[None]:
    """A client that never ends its request, and one that sends a gigabyte."""
    head = "POST /check HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=edge\r\n"
    with contextlib.ExitStack() as open_ones:
        slow = open_ones.enter_context(socket.create_connection(("127.0.0.1", port)))
        slow.sendall(f"{head}Content-Length: 1000\r\n\r\n--edge".encode())
        half = open_ones.enter_context(socket.create_connection(("127.0.0.1", port)))
        half.sendall(b"POST /check HT")
        ended = threading.Event()

        def pour() -> None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)) as large:
                large.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
                for _ in range(1024):
                    if ended.is_set():
                        return
                    large.sendall(b"100000\r\n" + bytes(2**20) + b"\r\n")

        pouring = threading.Thread(target=pour)
        pouring.start()
        try:
            yield
        finally:
            ended.set()
            pouring.join()


def _killing(served: Served, ended: threading.Event, killed: list[int]) -> None:
    """Kills one of the processes that answer, every second."""
    while not ended.wait(1.0):
        answering = [pid for pid in served.below() if "from multiprocessing.forkserver" in _called(pid)][1:]
        for pid in answering[:1] if len(killed) % 2 else answering[-1:]:
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)


def _called(pid: int) -> str:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


def study(count: int) -> str:
    """Random sheets: the command's findings on the saved file, and the core's and the server's on the boxes."""
    lines = []
    for name, part in ASSIGNMENTS.items():
        source = assignment(part)
        sheet = open_sheet(text_of(source), Settings())
        rng = random.Random(name)
        sheets = [random_boxes(keys_of(sheet), rng) for _ in range(count)]
        with tempfile.TemporaryDirectory() as folder:
            expected = by_command(Path(folder), source, sheet, sheets)
            served = Served(str(Path(folder) / "assignment.toml"))
            try:
                tally = Tally()
                found = [without_id(checked(served.port, boxes, tally)["report"]) for boxes in sheets]
            finally:
                served.stop()
        core = [without_id(check(sheet, {"boxes": boxes}, {})["report"]) for boxes in sheets]
        verdicts = Counter(entry["verdict"] for one in found for entry in one["entries"])
        told = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common())
        alike = sum(a == b == c for a, b, c in zip(expected, found, core, strict=True))
        lines.append(f"  {name}: {alike} of {count} sheets alike by command, server and core ({told})")
    return "\n".join(lines)


def by_command(folder: Path, source: str, sheet: Sheet, sheets: list[dict[str, str]]) -> list[dict[str, Any]]:
    """What the command reports of each sheet as it is saved, in a class of the folder; without ids."""
    (folder / "assignment.toml").write_text(source, encoding="utf-8")
    for number, boxes in enumerate(sheets):
        (folder / "class" / f"s{number:03}").mkdir(parents=True)
        text = read(sheet, {"kind": "save", "boxes": boxes})["text"]
        (folder / "class" / f"s{number:03}" / "answers.txt").write_text(text, encoding="utf-8")
    call = ["check", str(folder / "class"), "--assignment", str(folder / "assignment.toml"), "--json", "--no-store"]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        command([*call, "--feedback", "hint", "--exit-zero"])
    return [without_id(one) for one in json.loads(out.getvalue())["submissions"]]


def main() -> None:
    """Prints all of it."""
    print("Self-check: the same findings whatever carries it")
    print(study(STUDY))
    print(f"Self-check: {CLIENTS} clients, {SHEETS} sheets each, two workers (ee541-hw3, boxes of Problem 2)")
    sheet = open_sheet(text_of((Path("checks/assignments") / "ee541-hw3.toml").read_text()), Settings())
    rng = random.Random(9)
    sheets = [random_boxes(keys_of(sheet), rng) for _ in range(SHEETS)]
    served = Served("ee541-hw3", "-j", "2")
    try:
        before = served.megabytes()
        print(load(served.port, sheets, 1).line("one client alone"))
        print(load(served.port, sheets, CLIENTS).line("all at once"))
        middle = served.megabytes()
        with _hanging(served.port):
            print(load(served.port, sheets, CLIENTS).line("beside clients that hang and one that sends 1 GB"))
        ended, killed = threading.Event(), list[int]()
        killer = threading.Thread(target=_killing, args=(served, ended, killed))
        killer.start()
        print(load(served.port, sheets, CLIENTS).line("while workers are killed"), f"({len(killed)} killed)")
        ended.set()
        killer.join()
        print(load(served.port, sheets, 1).line("one client afterwards"))
        print(f"  private memory of server and processes, MB: {before}, then {middle}, at the end {served.megabytes()}")
    finally:
        served.stop()


if __name__ == "__main__":
    main()
