"""A class of simulated students: right, wrong, broken and hostile submissions, the same for the same number."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from checks.assignment.assignment_file import load_assignment
from checks.assignment.bundled import SAMPLE_ID
from checks.program.data_folder import find_data
from checks.program.mnist_data_file import load_mnist_data
from numeric.evaluation import evaluate_network
from numeric.network import Floats
from tests.worked_cases import ANSWERS

HOSTILE = (
    "s1 = " + "[" * 5_000,
    "W3_new[1,1] = " + "+".join(["(1+e)^198"] * 200),
    "s1[1] = __import__('os').abort()",
    "s1[1] = 1*10^" + "1" * 5_000,
    "a3[1] = \u202e5\u0000",
)


def sheet(number: int) -> str:
    """One student's answers: most of them right, some with a slip, a forgotten cell, or something hostile."""
    chance = random.Random(number)
    lines = ANSWERS.strip().splitlines()
    kind = chance.random()
    if kind < 0.5:
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(lines))
            lines[place] = slip(lines[place], chance)
    elif kind < 0.6:
        lines = chance.sample(lines, len(lines) // 2)
    elif kind < 0.65:
        lines.append(chance.choice(HOSTILE))
    return "\n".join([*lines, f"# student {number}", ""])


def slip(line: str, chance: random.Random) -> str:
    digits = [place for place, character in enumerate(line) if character.isdigit() and place > line.find("=")]
    if not digits:
        return line
    place = chance.choice(digits)
    return line[:place] + str(chance.randrange(10)) + line[place + 1 :]


def sample_activations() -> Floats:
    """The right activations on the sample data."""
    part = load_assignment(SAMPLE_ID).mnist
    folder = find_data(None, SAMPLE_ID).path
    assert part is not None
    assert folder is not None
    return evaluate_network(*load_mnist_data(folder, part)).activations


def result(activations: Floats, number: int) -> bytes:
    """A result file, right or, in a third of the cases, with some rows that are not."""
    chance = random.Random(number)
    rows = activations.tolist()
    if chance.random() < 1 / 3:
        for _ in range(chance.randint(1, 50)):
            chance.shuffle(rows[chance.randrange(len(rows))])
    records: list[dict[str, Any]] = [
        {"index": index, "activations": row, "classification": row.index(max(row))} for index, row in enumerate(rows)
    ]
    return json.dumps(records).encode()


def planted_class(folder: Path, count: int, results: int, activations: Floats | None = None) -> Path:
    """A folder of so many submissions, so many of them with a full result file; a few are broken in other ways."""
    true = sample_activations() if activations is None else activations
    for number, name in enumerate(_names(count)):
        own = folder / name
        own.mkdir(parents=True)
        if number % 97 == 13:
            (own / "answers.txt").symlink_to("/etc/passwd")
        elif number % 97 == 31:
            (own / "answers.json").write_text('{"s1": [5, -5')
        elif number % 97 != 57:
            (own / "answers.txt").write_text(sheet(number), encoding="utf-8")
        if number < results:
            (own / "result.json").write_bytes(result(true, number))
    return folder


def _names(count: int) -> Iterator[str]:
    return (f"student-{number:05}" for number in range(count))
