"""Answers with letters, as students write them: equal forms, near misses, and what is not read."""

from __future__ import annotations

import json

import pytest

from checks.judging.comparison import UnreadableKey, compare
from checks.judging.verdicts import Verdict
from tests.processes import ran
from tests.submissions import Backcheck

SIGMOID = r"\frac{1}{1 + e^{-(w x + b)}}"
SOFTMAX = "exp(z1)/(exp(z1) + exp(z2) + exp(z3))"
CHAIN = "(tanh(v tanh(w x)) - y)(1 - tanh(v tanh(w x))^2) v (1 - tanh(w x)^2) x"

CASES: dict[str, tuple[str, str, list[str], list[str]]] = {
    "softmax with cross-entropy, in a logit": (
        "z1,z2,z3,y1",
        f"{SOFTMAX} - y1",
        [
            f"-(y1 - {SOFTMAX})",
            "1/(1 + e^(z2 - z1) + e^(z3 - z1)) - y1",
            r"\frac{e^{z_1} - y_1 (e^{z_1} + e^{z_2} + e^{z_3})}{e^{z_1} + e^{z_2} + e^{z_3}}",
            "1 - y1 - (e^z2 + e^z3)/(e^z1 + e^z2 + e^z3)",
            "(1 - y1) - e^(z2 - z1)/(1 + e^(z2 - z1) + e^(z3 - z1)) - e^(z3)/(e^z1 + e^z2 + e^z3)",
            "-y1 + exp(z1 - ln(exp(z1) + exp(z2) + exp(z3)))",
        ],
        [
            f"y1 - {SOFTMAX}",
            f"{SOFTMAX} + y1",
            SOFTMAX,
            "exp(z2)/(exp(z1) + exp(z2) + exp(z3)) - y1",
            f"({SOFTMAX} - y1)^2",
            f"{SOFTMAX} (1 - {SOFTMAX}) - y1",
        ],
    ),
    "sigmoid output with cross-entropy, in the weight": (
        "w,x,b,t",
        f"({SIGMOID} - t) x",
        [
            "(sigmoid(w x + b) - t) x",
            r"-x (t - \sigma(w x + b))",
            "x/(1 + exp(-w x - b)) - t x",
            "x (e^(w x + b)/(e^(w x + b) + 1) - t)",
            "x (1 - t) - x/(1 + e^(w x + b))",
            "x (1/2 + tanh((w x + b)/2)/2 - t)",
        ],
        [
            "(sigmoid(w x + b) + t) x",
            "(t - sigmoid(w x + b)) x",
            "sigmoid(w x + b) - t",
            "(sigmoid(w x + b) - t) w",
            "(sigmoid(w x + b) - t) x^2",
            "(sigmoid(w x) - t) x",
        ],
    ),
    "a chain of tanh units with squared error, in the first weight": (
        "v,w,x,y",
        CHAIN,
        [
            "-(y - tanh(v tanh(w x))) v x (1 - tanh(v tanh(w x))^2) (1 - tanh(w x)^2)",
            "(tanh(v tanh(w x)) - y)(1 - tanh(v tanh(w x)))(1 + tanh(v tanh(w x))) v x * 4/(e^(w x) + e^(-w x))^2",
            "x v (tanh(v tanh(w x)) - y)(1 - tanh(v tanh(w x))^2) (1 - tanh(w x)^2 + w - w)",
            "2x v (tanh(v tanh(w x)) - y)(1 - tanh(v tanh(w x))^2) * 2/(e^(w x) + e^-(w x))^2",
            "(tanh(v tanh(w x)) - y) v x (1 - tanh(v tanh(w x))^2)(1 - (2 sigmoid(2 w x) - 1)^2)",
            CHAIN.replace("(1 - tanh(w x)^2)", "(1 - tanh(w x))(1 + tanh(w x))"),
        ],
        [
            CHAIN.replace("- y)", "+ y)"),
            CHAIN.replace(" v (1", " (1"),
            CHAIN.replace("(1 - tanh(w x)^2) x", "x"),
            CHAIN.replace("(1 - tanh(w x)^2) x", "(1 - tanh(w x)) x"),
            CHAIN.replace("tanh(v tanh(w x))^2", "tanh(v tanh(w x))"),
            CHAIN.replace(" x", " w", 1),
        ],
    ),
    "one step of gradient descent, the learning rate a letter": (
        "w,x,y,eta",
        r"w - \eta (w x - y) x",
        [
            "w + eta (y - w x) x",
            "w - eta w x^2 + eta x y",
            "(1 - eta x^2) w + eta x y",
            r"w - \eta x (x w - y)",
            "w - eta*x^2*(w - y/x)",
            r"w - \frac{2 \eta}{2} x (w x - y)",
        ],
        [
            "w + eta (w x - y) x",
            "w - (w x - y) x",
            "w - eta (w x - y)",
            "w - 2 eta (w x - y) x",
            "w - eta (w x - y) x^2",
            "x - eta (w x - y) w",
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_forms_that_students_write(case: str) -> None:
    letters, key, equal, nearly = CASES[case]
    names = tuple(letters.split(","))
    assert len(equal) >= 6
    assert len(nearly) >= 6
    for answer in equal:
        found = compare(key, answer, letters=names)
        assert found.verdict is Verdict.EXACT, (answer, found)
    for answer in nearly:
        found = compare(key, answer, letters=names)
        assert found.verdict is Verdict.WRONG, (answer, found)
        assert found.note.startswith("at ")
        assert "the key" in found.note


def verdict(key: str, answer: str, *letters: str) -> str:
    return compare(key, answer, letters=letters).verdict


@pytest.mark.parametrize(
    ("key", "answer", "expected"),
    [
        ("max(0, x)", "(x + abs(x))/2", "exact"),
        ("min(x, y)", "-max(-x, -y)", "exact"),
        ("min(x, y)", "max(x, y)", "wrong"),
        (r"\sqrt[3]{x}^3", "x", "exact"),
        ("sqrt(x^2)", "x", "wrong"),
        ("x^y", "e^(y ln x)", "exact"),
        ("2^x", "e^(x ln 2)", "exact"),
        ("0.1 x", "x/10", "exact"),
        ("x", "1.0001 x", "wrong"),
        ("x", "2 = x", "exact"),
        ("[x, 2]", "[x, 2.0]", "exact"),
        ("[x, 2]", "[x, 2.5]", "wrong"),
        ("[x, y]", "[x, y, x]", "wrong"),
        ("x", "", "missing"),
        ("x", "x/(1 - 1)", "unreadable"),
        ("x", "x/(y - y)", "undecided"),
        ("x", "ln(-1)", "unreadable"),
        ("x", "ln(-1 - x^2)", "undecided"),
        ("x", "x^100000", "unreadable"),
        ("x", "relu(x, y)", "unreadable"),
        ("x", "p_1", "unreadable"),
        ("2", "2", "exact"),
        ("1/3", "0.333", "rounded"),
        ("e^42 x", "x e^21 e^21", "exact"),
    ],
)
def test_verdicts_with_letters(key: str, answer: str, expected: str) -> None:
    assert verdict(key, answer, "x", "y") == expected


def test_a_letter_that_is_not_named_is_not_read() -> None:
    assert verdict("x", "z", "x") == "unreadable"
    with pytest.raises(UnreadableKey):
        compare("z", "x", letters=("x",))


def test_a_letter_e_is_no_longer_eulers_number() -> None:
    assert verdict("e e x", "e^2 x", "x", "e") == "exact"
    assert verdict("e x", "exp(1) x", "x", "e") == "wrong"


@pytest.mark.parametrize(
    "bomb",
    [
        "((x + 1)^9999)^9999",
        "x" + "^(x" * 28 + ")" * 28,
        "*".join(["1e5000"] * 500) + " x",
        "exp(" * 50 + "x" + ")" * 50,
        " + ".join(f"abs(x - {i})" for i in range(200)),
        "(x + y + 1)^5000/(x - y)^4999",
    ],
)
def test_a_bomb_is_no_mistake(bomb: str) -> None:
    assert verdict(bomb, f"{bomb} + y - y", "x", "y") in ("exact", "undecided")


def test_the_command_shows_the_point(backcheck: Backcheck) -> None:
    found = backcheck("compare", "--letters", "x,t", "x t", "x/t", "--json")
    assert found.status == 1
    assert json.loads(found.out) == {
        "verdict": "wrong",
        "decimal": None,
        "note": "at x = 2, t = 3 yours is 0.667, the key 6",
    }
    done = ran("compare", "--letters", "x", stdin='{"key": "x", "answer": "2x/2"}\n')
    assert (done.returncode, json.loads(done.stdout)["verdict"]) == (0, "exact")
    assert backcheck("compare", "--letters", "2x", "x", "x").status == 2
