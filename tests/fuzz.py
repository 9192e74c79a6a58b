"""Fuzzes the answer language: `python -m tests.fuzz [COUNT]`, 200,000 texts where no count is given.

Random and mutated texts are read and evaluated; anything but an answer or an `AnswerError` is a failure. Reports the
slowest text and the growth of memory.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from dataclasses import dataclass
from fractions import Fraction

from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.matrix_arithmetic import expand
from checks.language.scope import Scope
from checks.language.tree import AnswerError, Matrix
from exact.outputs import softmax
from tests.worked_cases import ANSWERS

PIECES = (
    *"0123456789.,;+-*/^()[]{}= x%$~|&!'\"#_\n\t",
    *(
        "e^",
        "exp(",
        "ln(",
        "log",
        "sqrt(",
        "sqrt[3]{",
        "pi",
        "p_1",
        "p2",
        "p_{3}",
        "1e-5",
        "2.5",
        "10^-32",
        "e-31",
        "^T",
    ),
    *(
        r"\frac",
        r"\frac{1}{2}",
        r"\sqrt",
        r"\left(",
        r"\right)",
        r"\cdot",
        r"\times",
        r"\begin{bmatrix}",
        r"\end{bmatrix}",
    ),
    *(
        r"\\",
        r"\,",
        "×",
        "·",
        "−",
        "⁻³²",
        "√",
        "π",
        "≈",
        "\u200b",
        "\u202e",
        "array(",
        "np.array([",
        "dtype=float32",
        "e",
        "é",
    ),
    *("9^9^9", "1e5000", "(1+e)^99", "sqrt(2)", "e^10000", "[1,2]", "[[1,2],[3,4]]", "nan", "\ud800", "\0"),
)
SCOPE = Scope(softmax((Fraction(42), Fraction(-31), Fraction(25))))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many texts were read, how many refused; the slowest with its seconds; the growth of memory in MB."""

    read: int
    refused: int
    slowest: str
    seconds: float
    megabytes: float


def fuzz(count: int, seed: int = 541) -> Outcome:
    """Runs `count` texts. Raises whatever but an `AnswerError` one of them brings about."""
    chance = random.Random(seed)
    seeds = [line.partition("=")[2].strip() for line in ANSWERS.splitlines()]
    read, slowest, longest = 0, "", 0.0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(count):
        text = _made(chance) if number % 2 else _mutated(chance, chance.choice(seeds))
        begin = time.perf_counter()
        try:
            tree = expand(parse(text), text)
            items = [item.node for row in tree.rows for item in row] if isinstance(tree, Matrix) else [tree]
            for item in items:
                evaluate(item, SCOPE)
            read += 1
        except AnswerError as error:
            assert 0 <= error.position <= len(text), text
        seconds = time.perf_counter() - begin
        if seconds > longest:
            slowest, longest = text, seconds
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Outcome(read, count - read, slowest, longest, (after - before) / 1024)


def _made(chance: random.Random) -> str:
    return "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 25)))


def _mutated(chance: random.Random, text: str) -> str:
    for _ in range(chance.randint(1, 6)):
        place = chance.randint(0, len(text))
        match chance.randint(0, 3):
            case 0:
                text = text[:place] + chance.choice(PIECES) + text[place:]
            case 1:
                text = text[:place] + text[place + chance.randint(1, 4) :]
            case 2:
                text = text[:place] + text[place : place + 8] * 2 + text[place:]
            case _:
                text = text[:place] + chance.choice(PIECES) + text[place + 1 :]
    return text


def main() -> None:
    """Prints the outcome."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    found = fuzz(count)
    print(f"{count} texts: {found.read} read, {found.refused} refused with their place, nothing else")
    print(f"slowest: {1e3 * found.seconds:.1f} ms for {found.slowest!r}")
    print(f"memory grew by {found.megabytes:.1f} MB")


if __name__ == "__main__":
    main()
