"""Problem 1's short answers against a reference that is made here."""

from __future__ import annotations

import pytest

from checks.judging.verdicts import Verdict
from checks.program.reference import MnistReference
from tests.mnist_cases import PART, RIGHT, check, records
from tests.notations import COUNTS


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("(200, 784)", Verdict.EXACT),
        ("[200, 784]", Verdict.EXACT),
        ("(200, 784,)", Verdict.EXACT),
        ("200 x 784", Verdict.EXACT),
        ("200×784", Verdict.EXACT),
        ("(784, 200)", Verdict.WRONG),
        ("(200, 785)", Verdict.WRONG),
        ("(200, 784, 1)", Verdict.WRONG),
        ("200", Verdict.UNREADABLE),
        ("(200, 784", Verdict.UNREADABLE),
        ("", Verdict.MISSING),
    ],
)
def test_shapes(text: str, verdict: Verdict) -> None:
    assert check(f"W1.shape = {text}")["W1.shape"].verdict is verdict


@pytest.mark.parametrize("text", ["(200,)", "200", "[200]", "(200)"])
def test_the_shape_of_a_vector(text: str) -> None:
    assert check(f"b1.shape = {text}")["b1.shape"].verdict is Verdict.EXACT


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("[0.09, 0.24, 0.67]", Verdict.ROUNDED),
        ("[0.0900, 0.2447, 0.6652]", Verdict.ROUNDED),
        ("[0.09, 0.245, 0.665]", Verdict.ROUNDED),
        ("[0.09, 0.24, 0.66]", Verdict.WRONG),
        ("[0.09, 0.25, 0.66]", Verdict.WRONG),
        ("[0.0901, 0.2448, 0.6651]", Verdict.CLOSE),
        ("[1/(1+e+e^2), e/(1+e+e^2), e^2/(1+e+e^2)]", Verdict.EXACT),
        ("[1/(1+e+e^2), e/(1+e+e^2), e^2/(1+e+e^2)] = [0.09, 0.24, 0.67]", Verdict.EXACT),
        ("[0.67, 0.24, 0.09]", Verdict.WRONG),
        ("[0.09, 0.24]", Verdict.UNREADABLE),
        ("[0.09, , 0.67]", Verdict.MISSING),
        ("[0.09, x, 0.67]", Verdict.UNREADABLE),
        ("0.67", Verdict.UNREADABLE),
    ],
)
def test_softmax(text: str, verdict: Verdict) -> None:
    assert check(f"softmax = {text}")["softmax"].verdict is verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        *(("338", Verdict.EXACT), ("338.0", Verdict.EXACT), ("339", Verdict.WRONG), ("9790", Verdict.WRONG)),
        *(
            ("9,790", Verdict.WRONG),
            ("9 790", Verdict.WRONG),
            ("1{,}338", Verdict.WRONG),
            ("9.790", Verdict.UNREADABLE),
        ),
        *((row.text, Verdict.UNREADABLE) for row in COUNTS),
        ("338 (33.8%)", Verdict.UNREADABLE),
    ],
)
def test_the_claimed_count(text: str, verdict: Verdict) -> None:
    assert check(f"correct = {text}")["correct"].verdict is verdict


def test_without_data_only_what_needs_none_is_judged() -> None:
    reference = MnistReference(PART, None, "needs two files")
    found = check("correct = 338\nW1.shape = (200, 784)", records(RIGHT), reference)
    assert {name: found[f"result.{name}"].verdict for name in ("format", "activations", "classification", "count")} == {
        "format": Verdict.EXACT,
        "activations": Verdict.UNDECIDED,
        "classification": Verdict.UNDECIDED,
        "count": Verdict.UNDECIDED,
    }
    assert found["result.count"].note == "needs two files"
    assert found["result.count"].counted == 0
    assert found["correct"].verdict is Verdict.EXACT
    assert check("", None, reference)["result.count"].verdict is Verdict.MISSING
