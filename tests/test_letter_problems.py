"""Problems with letters for some of what is given, as courses set them: the key, equal forms, near misses."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

import pytest

from checks.assignment.letters import LetterError, lettered
from checks.judging.letters import compared_with_letters
from checks.judging.verdicts import Verdict
from checks.language.grammar import parse
from checks.language.lettered import FUNCTIONS, symbolic_value
from checks.language.vocabulary import Vocabulary
from exact.letters.assumptions import sign_under
from exact.letters.solution import LetterSolution, Unsettled, with_letters
from exact.letters.symbolic import Letter, Symbolic
from exact.letters.writing import text_style, written
from exact.networks.mlp import mlp
from exact.networks.problem_table import read_problem
from exact.numbers.array import Array

PROBLEMS: dict[str, tuple[str, list[str], dict[str, tuple[list[str], list[str]]]]] = {
    "a dense layer with softmax, weights from feature to class": (
        """
        output = "softmax"
        loss = "cross-entropy"
        orientation = "rows"
        x = ["x1", "x2"]
        y = [1, 0]
        eta = "alpha"
        layers = [{ W = [["w11", "w12"], ["w21", "w22"]] }]
        """,
        [],
        {
            "grad_W1[0]": (
                [
                    "(e^(w11 x1 + w21 x2)/(e^(w11 x1 + w21 x2) + e^(w12 x1 + w22 x2)) - 1)*x1",
                    "-x1 e^(w12 x1 + w22 x2)/(e^(w11 x1 + w21 x2) + e^(w12 x1 + w22 x2))",
                    "-x1/(1 + e^((w11 - w12) x1 + (w21 - w22) x2))",
                ],
                [
                    "e^(w11 x1 + w21 x2)/(e^(w11 x1 + w21 x2) + e^(w12 x1 + w22 x2))*x1",
                    "(e^(w11 x1 + w21 x2)/(e^(w11 x1 + w21 x2) + e^(w12 x1 + w22 x2)) - 1)*x2",
                ],
            ),
            "W1_new[3]": (
                ["w22 - alpha x2/(1 + e^(w11 x1 + w21 x2 - w12 x1 - w22 x2))"],
                ["w22 + alpha x2/(1 + e^(w11 x1 + w21 x2 - w12 x1 - w22 x2))"],
            ),
        },
    ),
    "a ReLU neuron with a ridge term, where it is on": (
        """
        output = "relu"
        loss = "squared-error"
        loss_factor = 1
        l2 = "1/10"
        l2_factor = 1
        x = ["x1", "x2"]
        y = ["y"]
        eta = "alpha"
        layers = [{ W = [["w1", "w2"]] }]
        """,
        ["w1 x1 + w2 x2"],
        {
            "grad_W1[0]": (
                ["2*(w1 x1 + w2 x2 - y)*x1 + 0.2 w1", "2 w1 x1^2 + 2 w2 x1 x2 - 2 x1 y + w1/5"],
                ["2*(w1 x1 + w2 x2 - y)*x1", "2*(w1 x1 + w2 x2 - y)*x1 + 0.1 w1"],
            ),
            "W1_new[1]": (
                ["w2 - alpha*(2*(w1 x1 + w2 x2 - y)*x2 + 0.2 w2)", "(1 - alpha/5)*w2 - 2 alpha x2*(w1 x1 + w2 x2 - y)"],
                ["w2 + alpha*(2*(w1 x1 + w2 x2 - y)*x2 + 0.2 w2)"],
            ),
        },
    ),
    "a chain of two tanh units": (
        """
        hidden = "tanh"
        output = "tanh"
        loss = "squared-error"
        x = ["x"]
        y = ["t"]
        eta = "eta"
        layers = [{ W = [["w"]] }, { W = [["v"]] }]
        """,
        [],
        {
            "grad_W1[0]": (
                ["(tanh(v tanh(w x)) - t)(1 - tanh(v tanh(w x))^2) v (1 - tanh(w x)^2) x"],
                ["(tanh(v tanh(w x)) - t)(1 - tanh(v tanh(w x))^2) (1 - tanh(w x)^2) x"],
            ),
            "C[0]": (["(t - tanh(v tanh(w x)))^2/2"], ["(t - tanh(v tanh(w x)))^2"]),
        },
    ),
    "two sigmoids with cross-entropy, targets t and 1 - t": (
        """
        output = "sigmoid"
        x = [1]
        y = ["t", "1 - t"]
        eta = 1
        layers = [{ W = [["a"], ["-a"]], b = [0, "b"] }]
        """,
        [],
        {"delta1[1]": (["sigmoid(b - a) - 1 + t", "t - sigmoid(a - b)"], ["sigmoid(b - a) - t"])},
    ),
    "softmax with letters for the target": (
        """
        x = [1]
        y = ["y1", "y2", "y3"]
        eta = 1
        layers = [{ W = [["z1"], ["z2"], ["z3"]] }]
        """,
        [],
        {"delta1[2]": (["e^z3/(e^z1 + e^z2 + e^z3) - y3"], ["y3 - e^z3/(e^z1 + e^z2 + e^z3)"])},
    ),
}


def expression(text: str, letters: tuple[str, ...]) -> Symbolic:
    tree = parse(text, Vocabulary(frozenset(letters), frozenset(FUNCTIONS)))
    return symbolic_value(tree, {name: Letter(name) for name in letters})


def solution_of(table: Mapping[str, object], positive: list[str]) -> tuple[LetterSolution, tuple[str, ...]]:
    found = lettered(table)
    assert found is not None
    calculation = with_letters(mlp(read_problem(found.table)), found.stands_for)
    return LetterSolution(calculation, [expression(text, found.letters) for text in positive]), found.letters


def entry(solution: LetterSolution, name: str) -> Symbolic:
    cell, _, place = name.removesuffix("]").partition("[")
    found: Symbolic = solution.values(cell).entries[int(place)]
    return found


@pytest.mark.parametrize("case", PROBLEMS)
def test_problems_of_courses(case: str) -> None:
    text, positive, answers = PROBLEMS[case]
    solution, letters = solution_of(tomllib.loads(text), positive)
    for name, (equal, nearly) in answers.items():
        key = entry(solution, name)
        for answer in equal:
            found = compared_with_letters(key, expression(answer, letters), solution.positive)
            assert found[0] is Verdict.EXACT, (name, answer, found, written(key, text_style()))
        for answer in nearly:
            found = compared_with_letters(key, expression(answer, letters), solution.positive)
            assert found[0] is Verdict.WRONG, (name, answer, found)


def test_a_branch_that_hangs_on_letters_has_to_be_assumed() -> None:
    text, _, _ = PROBLEMS["a ReLU neuron with a ridge term, where it is on"]
    solution, _ = solution_of(tomllib.loads(text), [])
    with pytest.raises(Unsettled) as unsettled:
        solution.values("delta1")
    assert unsettled.value.entries == (("a1", 0),) or unsettled.value.entries == (("da1", 0),)
    solution, _ = solution_of(tomllib.loads(text), ["-w1 x1 - w2 x2"])
    assert written(entry(solution, "delta1[0]"), text_style()) == "0"


def test_what_follows_from_own_letters() -> None:
    text, _, _ = PROBLEMS["a chain of two tanh units"]
    solution, letters = solution_of(tomllib.loads(text), [])
    own = {"delta2": Array([expression("t - tanh(v tanh(w x))", letters)], (1,))}
    (followed,) = solution.followed("delta1", own)
    right = expression("(1 - tanh(w x)^2) v (t - tanh(v tanh(w x)))", letters)
    assert compared_with_letters(followed, right)[0] is Verdict.EXACT


def test_a_table_of_numbers_has_no_letters() -> None:
    assert lettered({"x": [1, "1/2"], "y": ["1e-3"], "layers": [{"W": [[1, 2]], "unit": "tanh"}]}) is None


@pytest.mark.parametrize(
    ("value", "path", "words"),
    [("w +", "x[0]", "expected"), ("exp w", "x[0]", ""), ("f(", "x[0]", "expected"), ("w/(1-1)", "x[0]", "zero")],
)
def test_a_fault_in_an_expression_is_told_with_its_path(value: str, path: str, words: str) -> None:
    if value == "exp w":
        assert lettered({"x": [value]}) is not None
        return
    with pytest.raises(LetterError) as fault:
        lettered({"x": [value]})
    assert fault.value.path == path
    assert words in fault.value.message


def test_signs_that_follow() -> None:
    w, x = Letter("w"), Letter("x")
    assert sign_under(w * x + 1, [w, x]) == 1
    assert sign_under(-(w * x) - 1, [w, x]) == -1
    assert sign_under(w * w + 1, []) == 1
    assert sign_under(w - x, [w, x]) is None
    assert sign_under(w - w, []) == 0
