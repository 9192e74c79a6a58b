"""What people wait for: commands from a cold start, and hand sheets a second in a class, in processor time.

Each command stands beside a process that imports numpy and h5py, in turn with it; each class beside the bare reading of
its sheets in the same process.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from checks.assignment.assignment_file import load_assignment
from checks.marking.checking import check_material, make_reference
from checks.program.data_folder import VARIABLE
from checks.running.outcome import encoded
from checks.submissions.contents import Material, contents_of
from numeric import sample_folder
from numeric.result_file import write_result
from tests.bench.class_of import slip
from tests.bench.passes import Record
from tests.hand_sheets import HOMEWORK
from tests.sheet_study import answers, miscopied, random_slip, single_cases, written
from tests.students import sheet
from tests.worked_cases import ANSWERS, TABLES

ROOT = Path(__file__).parents[2]
ROUNDS, SHEETS = 7, 200
BASELINE = (sys.executable, "-c", "import numpy, h5py")


def main() -> None:
    """Prints the figures."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "answers.txt").write_text(ANSWERS, encoding="utf-8")
        commands({
            "--help": ("--help",),
            "compare 5 5": ("compare", "5", "5"),
            "solve": ("solve",),
            "check of one submission, no data": ("check", folder, "--no-store"),
            "verify on the sample": ("verify", "--assignment", "sample"),
        })  # fmt: skip
    makers = {"all right": _right, "mostly right": _mostly_right, "the study's mixture of mistakes": _mistaken}
    for title, make in makers.items():
        rate(title, make)
    results()


def commands(calls: dict[str, Sequence[str]]) -> None:
    """Each command from a cold start, its processes included."""
    for title, arguments in calls.items():
        call = (sys.executable, "-m", "checks", *arguments)
        _process_time(call)
        pairs = [(_process_time(call), _process_time(BASELINE)) for _ in range(ROUNDS)]
        ratio = statistics.median(ours / baseline for ours, baseline in pairs)
        best = min(ours for ours, _ in pairs)
        print(f"{title}: {best:.3g} s, {ratio:.3g} times the time of importing numpy and h5py")


def _process_time(call: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    without_data = {name: value for name, value in os.environ.items() if name != VARIABLE}
    subprocess.run(call, cwd=ROOT, env=without_data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def rate(title: str, make: Callable[[random.Random], str]) -> None:
    """Sheets a second on one core, no sheet seen before, and the key's time left out."""
    seconds, ratios = [], []
    for seed in range(3):
        chance = random.Random(seed)
        texts = (f"{make(chance)}\n# student {number}\n" for number in range(SHEETS))
        materials = [Material((("answers.txt", text.encode()),)) for text in texts]
        reference = make_reference(load_assignment("ee541-hw3"), None, "no data here")
        reading = _seconds(lambda: [contents_of(one, reference.vocabulary) for one in materials])  # noqa: B023
        checking = _seconds(lambda: [encoded(check_material(one, reference)) for one in materials])  # noqa: B023
        seconds.append(checking)
        ratios.append(checking / reading)
    told = f"{SHEETS / min(seconds):.3g} a second, {statistics.median(ratios):.3g} times the time of finding statements"
    print(f"hand sheets, {title}: {told}")


def results() -> None:
    """Submissions with right hand sheets a second on one core, each with a whole result.json of its own."""
    folder = Path(os.environ[VARIABLE]) if VARIABLE in os.environ else sample_folder()
    assignment = load_assignment("ee541-hw3" if VARIABLE in os.environ else "sample")
    reference = make_reference(assignment, folder, "")
    assert reference.mnist is not None
    assert reference.mnist.evaluation is not None
    chance = random.Random(0)
    with TemporaryDirectory() as made:
        write_result(Path(made) / "result.json", reference.mnist.evaluation)
        right = (Path(made) / "result.json").read_bytes()
    texts = (f"{_right(chance)}\n# student {number}\n".encode() for number in range(SHEETS // 2))
    materials = [
        Material((("answers.txt", text), ("result.json", right + b" " * number))) for number, text in enumerate(texts)
    ]
    seconds = _seconds(lambda: [encoded(check_material(one, reference)) for one in materials])
    decoder = msgspec.json.Decoder(list[Record])
    decoding = _seconds(lambda: [decoder.decode(right) for _ in materials])
    told = (
        f"{len(materials) / seconds:.3g} a second, {seconds / decoding:.3g} times the time of msgspec's decoding alone"
    )
    print(f"hand sheets with a right result.json: {told}")


def _seconds(work: Callable[[], object]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


TABLE = TABLES["homework"]
RIGHT = sheet(TABLE)
CELLS = [str(cell) for cell in HOMEWORK.part.cells]
MISTAKEN = [cells for case in single_cases(3) if (cells := written(TABLE, case)) is not None]


def _right(chance: random.Random) -> str:
    return answers({name: RIGHT[name] for name in CELLS}, chance.choice((4, 5, 6)))


def _mostly_right(chance: random.Random) -> str:
    """Half of the sheets have one slip of the pen."""
    lines = _right(chance).splitlines()
    if chance.random() < 0.5:
        place = chance.randrange(len(lines))
        lines[place] = slip(lines[place], chance)
    return "\n".join(lines)


def _mistaken(chance: random.Random) -> str:
    """One mistake, half of the time with a number miscopied, or a slip carried on."""
    cells, kind = chance.choice(MISTAKEN), chance.random()
    if kind < 0.25:
        cells = miscopied(TABLE, cells, chance)
    elif kind < 0.5:
        cells = sheet(TABLE, random_slip(RIGHT, chance))
    return answers({name: cells[name] for name in CELLS}, chance.choice((4, 5, 6)))


if __name__ == "__main__":
    main()
