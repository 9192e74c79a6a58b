"""Solving and judging exactly, beside the same in plain sympy expressions."""

from __future__ import annotations

import random

import numpy as np
import sympy

from checks.answers.answers_txt import read_answers_txt
from checks.assignment.assignment_file import load_assignment
from checks.hand.check_backprop import check_backprop
from checks.hand.key import hand_reference
from checks.language.evaluate import evaluate
from checks.language.grammar import parse
from checks.language.scope import Scope
from exact.networks.mlp import solve
from exact.networks.problem import Problem
from exact.networks.problem_table import read_problem
from exact.numbers.decimals import decimal
from tests.bench.stopwatch import median_seconds, side_by_side
from tests.students import answers as written
from tests.students import sheet
from tests.vocabulary import HOMEWORK_NAMES
from tests.worked_cases import ANSWERS, HOMEWORK, TABLES

SOFTMAX = r"\frac{e^{42}}{e^{42} + e^{-31} + e^{25}}"
WIDTHS = (1, 2, 4, 6, 10)


def plain_sympy(problem: Problem) -> list[sympy.Matrix]:
    """The hand calculation with sympy matrices of expressions, each result simplified."""
    rational = lambda f: sympy.Rational(f.numerator, f.denominator)  # noqa: E731
    W = [sympy.Matrix([[rational(w) for w in row] for row in layer.W]) for layer in problem.layers]
    b = [sympy.Matrix([rational(x) for x in layer.b]) for layer in problem.layers]
    a, masks, found = [sympy.Matrix([rational(x) for x in problem.x])], [], []
    for weights, biases in zip(W, b, strict=True):
        s = weights * a[-1] + biases
        masks.append(s.applyfunc(lambda x: sympy.Integer(bool(x > 0))))
        a.append(s.applyfunc(lambda x: sympy.Max(x, 0)))
    powers = s.applyfunc(sympy.exp)
    delta = powers / sum(powers) - sympy.Matrix([rational(y) for y in problem.y])
    for layer in range(problem.depth - 1, -1, -1):
        delta = delta.applyfunc(sympy.simplify)
        eta = rational(problem.eta)
        found += [delta, (W[layer] - eta * delta * a[layer].T).applyfunc(sympy.simplify)]
        found.append((b[layer] - eta * delta).applyfunc(sympy.simplify))
        if layer:
            delta = (W[layer].T * delta).multiply_elementwise(masks[layer - 1])
    return found


def solved(problem: Problem) -> list[object]:
    """The solution with the exact value of every entry."""
    return [entry.value.exact for entry in solve(problem).entries()]


def main() -> None:
    """Prints the figures."""
    from sympy.parsing.latex import parse_latex  # here, since it makes its tables as it is loaded

    part = load_assignment("ee541-hw3").hand_parts[0]
    side_by_side(
        "solve Problem 2", lambda: solved(part.problem), lambda: plain_sympy(part.problem), "sympy with simplify"
    )
    side_by_side(
        "read the softmax fraction from LaTeX",
        lambda: evaluate(parse(SOFTMAX), Scope()),
        lambda: parse_latex(SOFTMAX, backend="lark"),
        "sympy's parser (lark), which only reads",
    )
    reference = hand_reference(part)
    right, slipped = (
        tuple(read_answers_txt(text.encode(), "answers.txt", HOMEWORK_NAMES)[0])
        for text in (ANSWERS.replace("b3_new = [-0.5, -4, 1.5]", "b3_new = [-0.5, -4, -1.5]"), ANSWERS)
    )
    keys = [sympy.sympify(value) for cell in HOMEWORK.values() for value in cell]
    answers = [sympy.nsimplify(key.evalf(4)) for key in keys]
    side_by_side(
        "read and judge 48 entries",
        lambda: check_backprop(reference, right),
        lambda: [key.equals(answer) for key, answer in zip(keys, answers, strict=True)],
        "48 calls of sympy's equals, which reads nothing",
    )
    side_by_side(
        "the same with one wrong entry, diagnosed",
        lambda: check_backprop(reference, slipped),
        lambda: check_backprop(reference, right),
        "the right sheet",
    )
    wild = (
        (name, values + np.random.default_rng(541).normal(size=values.shape))
        for name, values in sheet(TABLES["homework"]).items()
    )
    (statements, _) = read_answers_txt(written(dict(wild), 4).encode(), "answers.txt", HOMEWORK_NAMES)
    side_by_side(
        "the same with all entries wrong, none explained",
        lambda: check_backprop(reference, tuple(statements)),
        lambda: check_backprop(reference, right),
        "the right sheet",
    )
    growth()


def growth() -> None:
    """Prints how solving grows with depth, width and the size of the logits, beside Problem 2."""
    problem = load_assignment("ee541-hw3").hand_parts[0].problem
    unit = median_seconds(lambda: solved(problem))
    print(f"solve, in times of Problem 2 ({1e3 * unit:.3g} ms):")
    print("  depth x width         " + "".join(f"{width:>9}" for width in WIDTHS))
    for hidden in ("relu", "tanh"):
        for depth in (1, 2, 3, 5):
            times = [median_seconds(lambda: solved(random_problem(depth, width, hidden))) / unit for width in WIDTHS]  # noqa: B023  called at once
            print(f"  {hidden:<5} {depth} layers         " + "".join(f"{one:>9.3g}" for one in times))
    sizes = (10, 100, 1_000, 10_000, 100_000)
    print("  largest logit         " + "".join(f"{size:>9}" for size in sizes))
    times = [median_seconds(lambda: decimals(with_logits(size))) / unit for size in sizes]  # noqa: B023
    print("  one layer, 20 digits  " + "".join(f"{one:>9.3g}" for one in times))


def random_problem(depth: int, width: int, hidden: str) -> Problem:
    """A problem of small whole numbers."""
    chance = random.Random(541)
    vector = lambda: [chance.randint(-2, 2) for _ in range(width)]  # noqa: E731
    layers = [{"W": [vector() for _ in range(width)], "b": vector()} for _ in range(depth)]
    return read_problem({"hidden": hidden, "x": vector(), "y": [1] + [0] * (width - 1), "eta": "1/2", "layers": layers})


def with_logits(size: int) -> Problem:
    """One layer with two logits, `size` apart."""
    return read_problem({"x": [1], "y": [1, 0], "eta": "1/2", "layers": [{"W": [[size], [0]], "b": [0, "1/3"]}]})


def decimals(problem: Problem) -> list[str]:
    """All entries in decimals."""
    return [decimal(entry.value) for entry in solve(problem).entries()]
