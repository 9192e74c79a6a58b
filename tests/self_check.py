"""A self-check that is served while a test runs, and sheets for it: right, wrong, rounded, unreadable and empty."""

from __future__ import annotations

import json
import os
import random
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from checks.assignment.assignment_file import AssignmentText
from checks.command import main
from checks.selfcheck.server.app import SelfCheck, Serving
from checks.selfcheck.server.listening import server_of
from checks.selfcheck.server.work import Files, Opening, Work, begin_checking, judge
from checks.selfcheck.sheet import Settings, Sheet

OWN_NAMES = """
id = "two-two-two"
title = "A network in its own names"
[backprop]
hidden = "sigmoid"
output = "sigmoid"
loss = "squared-error"
x = ["0.05", "0.10"]
y = ["0.01", "0.99"]
eta = "0.5"
layers = [
  { W = [["0.15", "0.20"], ["0.25", "0.30"]], b = ["0.35", "0.35"] },
  { W = [["0.40", "0.45"], ["0.50", "0.55"]], b = ["0.60", "0.60"] },
]
cells = ["s1", "a1", "s2", "a2", "C", "W2_new", "W1_new"]
[backprop.names]
s1 = ["net_h1", "net_h2"]
a1 = ["out_h1", "out_h2"]
s2 = ["net_o1", "net_o2"]
a2 = ["out_o1", "out_o2"]
C = "E"
W1 = [["w1", "w2"], ["w3", "w4"]]
W2 = [["w5", "w6"], ["w7", "w8"]]
"""

GRAPHS = """
id = "two-graphs"
title = "A convolution and attention"
[[graph]]
id = "conv"
given.X = [[1, 2, 0], [0, 1, 3], [2, 1, 1]]
given.K = [[1, -1], [0, 2]]
formulas = ["Z = conv(X, K)", "A = relu(Z)", "m = maxpool(A, 2)"]
[[graph]]
id = "attention"
given = { Q = [[1, 0], [0, 1]], K = [[1, 1], [0, 1]], V = [[1, 2], [3, 4]] }
formulas = ["S = Q K^T / sqrt(2)", "A = softmax_rows(S)", "O = A V"]
cells = ["S", "A", "O[1,1]"]
"""

LETTERS = """
id = "in-letters"
title = "A ReLU in letters"
[[graph]]
given = { w = "w", x = "x", b = "b", t = "t" }
formulas = ["s = w x + b", "a = relu(s)", "L = squared_error(a, t)"]
assume = ["s > 0"]
"""

ASSIGNMENTS = {"own-names": OWN_NAMES, "graphs": GRAPHS, "letters": LETTERS}

SLEEPS, DIES = "(5 # sleep", "(5 # die"
"""What a box may hold at a server with `hurt`."""


def text_of(source: str) -> AssignmentText:
    return AssignmentText("test.toml", source)


def hurt(request: Mapping[str, Any], files: Files) -> bytes:
    """Judges, but sleeps or dies where a box says so."""
    texts = request.get("boxes", {}).values()
    if SLEEPS in texts:
        time.sleep(600)
    if DIES in texts:
        os.kill(os.getpid(), 9)
    return judge(request, files)


HURT = Work(begin_checking, hurt, 20)


@contextmanager
def served(
    text: AssignmentText, settings: Settings | None = None, data: Path | None = None, serving: Serving | None = None
) -> Iterator[str]:
    """The address, with / at its end, of a server in a thread of this process."""
    opening = Opening(text, settings or Settings(checks_an_hour=0), data, "needs data that are not there")
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    server = server_of(SelfCheck(opening, serving or Serving()))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()


def random_sheet(sheet: Sheet, rng: random.Random) -> dict[str, str]:
    """Boxes as a student fills them: mostly with the key, else with mistakes of every kind, or not at all."""
    boxes = {}
    for hand in sheet.reference.hand_parts:
        for cell in hand.cells:
            for entry in cell.entries:
                key, decimal = entry.expected or entry.decimal or "0", entry.decimal
                mistaken = rng.choice(
                    ("7", f"2*({key})", f"-({key})", "1/0", "(3", "0,5", "p_1", "exp(", "x#y", "1e-9")
                )
                rounded = f"{float(decimal):.4g}" if decimal else key
                ways = (key, key, rounded, f"({key})+0", mistaken, "")
                if text := rng.choices(ways, weights=(4, 3, 3, 1, 4, 1))[0]:
                    boxes[entry.name] = text
    return boxes


def by_command(folder: Path, source: str, sheets: list[str], capture: Any, level: str = "hint") -> list[dict[str, Any]]:
    """What the command reports of each answers.txt, without ids."""
    (folder / "assignment.toml").write_text(source, encoding="utf-8")
    for number, text in enumerate(sheets):
        (folder / "class" / f"s{number:03}").mkdir(parents=True)
        (folder / "class" / f"s{number:03}" / "answers.txt").write_text(text, encoding="utf-8")
    call = ["check", str(folder / "class"), "--assignment", str(folder / "assignment.toml"), "--json", "--no-store"]
    main([*call, "--feedback", level, "-j", "1", "--exit-zero"])
    submissions = json.loads(capture.readouterr().out)["submissions"]
    assert [one["id"] for one in submissions] == [f"s{number:03}" for number in range(len(sheets))]
    return [without_id(one) for one in submissions]


def without_id(submission: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in submission.items() if key not in ("id", "digest")}
