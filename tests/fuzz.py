"""Fuzzes the answer language: `python -m tests.fuzz [COUNT]`, 200,000 texts where no count is given.

Random texts, mutated answers and random well-formed expressions are read, evaluated and judged against keys of every
kind; anything but a verdict or an `AnswerError` is a failure. Reports the slowest text (the best of three tries, for
machines have other things to do) and the growth of memory.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from dataclasses import dataclass
from fractions import Fraction

from checks.judging.clauses import Key
from checks.judging.judge import judge
from checks.judging.tolerance import Tolerance
from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.matrix_arithmetic import expand
from checks.language.scope import Scope
from checks.language.tree import AnswerError, Matrix
from exact.calculation.functions import tanh_value
from exact.numbers.number import Number
from tests.reading import softmax
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
KEYS = tuple(
    Key(key, size=Number.of(4), largest=Number.of(1))
    for key in (
        Number.of(Fraction(5)),
        SCOPE.probabilities[1],
        Number.of(1 + SCOPE.probabilities[0].exp()).log(),
        Number.of(tanh_value(Number.of(tanh_value(Fraction(1, 2))))),
    )
)
"""A key of every kind: rational, in the exact field, a logarithm, nested exponentials."""


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
        match number % 3:
            case 0:
                text = _made(chance)
            case 1:
                text = _mutated(chance, chance.choice(seeds))
            case _:
                text = expression(chance, chance.randint(1, 5))
        key = KEYS[number % len(KEYS)]
        was_read, seconds = _timed(text, key)
        read += was_read
        if seconds > longest:
            seconds = min(seconds, _timed(text, key)[1], _timed(text, key)[1])
        if seconds > longest:
            slowest, longest = text, seconds
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Outcome(read, count - read, slowest, longest, (after - before) / 1024)


def _timed(text: str, key: Key) -> tuple[bool, float]:
    """Whether the text was read, and the seconds that all of it took."""
    begin = time.process_time()
    try:
        tree = expand(parse(text), text)
        items = [item.node for row in tree.rows for item in row] if isinstance(tree, Matrix) else [tree]
        for item in items:
            value = evaluate(item, SCOPE)
            judge(value, key, Tolerance())
    except AnswerError as error:
        assert 0 <= error.position <= len(text), text
        return False, time.process_time() - begin
    return True, time.process_time() - begin


def expression(chance: random.Random, depth: int) -> str:
    """A well-formed expression with everything that the language has."""
    if depth == 0:
        return chance.choice(("0", "1", "2", "3/7", "0.25", "1e-5", "12345678", "e", "pi", "p_1", "p_2", "p_3"))
    one, other = expression(chance, depth - 1), expression(chance, chance.randrange(depth))
    return chance.choice(
        (
            *(f"({one} + {other})", f"({one} - {other})", f"({one})*({other})", f"({one})/({other})"),
            *(f"({one})^{chance.choice((2, 3, 7, 99, '(1/2)', '(2/3)'))}", f"e^({one})", f"exp({one} - {other})"),
            *(f"sqrt({one})", f"ln({one})", f"tanh({one})", rf"\sigma({one})", f"({one})^({other})"),
        )
    )


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
