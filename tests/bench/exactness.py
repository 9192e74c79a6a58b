"""Solving and judging exactly, beside the same in plain sympy expressions."""

from __future__ import annotations

import sympy

from checks.answers_txt import read_answers_txt
from checks.assignment_file import load_assignment
from checks.check_backprop import check_backprop
from checks.reference import backprop_reference
from exact.problem import Problem
from exact.solution import solve
from tests.bench.stopwatch import side_by_side
from tests.worked_cases import ANSWERS, HOMEWORK


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


def main() -> None:
    """Prints the figures."""
    part = load_assignment("ee541-hw3").backprop[0]
    side_by_side(
        "solve Problem 2", lambda: solve(part.problem), lambda: plain_sympy(part.problem), "sympy with simplify"
    )
    reference = backprop_reference(part)
    statements = tuple(read_answers_txt(ANSWERS.encode(), "answers.txt", ("",))[0])
    keys = [sympy.sympify(value) for cell in HOMEWORK.values() for value in cell]
    answers = [sympy.nsimplify(key.evalf(4)) for key in keys]
    side_by_side(
        "read and judge 48 entries",
        lambda: check_backprop(reference, statements),
        lambda: [key.equals(answer) for key, answer in zip(keys, answers, strict=True)],
        "48 calls of sympy's equals, which reads nothing",
    )
