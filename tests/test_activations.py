"""The activations of a result.json: those of every right program pass, those of a wrong one do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from checks.judging.verdicts import Verdict
from checks.program.activations import Writing, is_written_too_short, right_rows, writing_of
from numeric import PARAMETERS_FILE, TEST_FILE
from numeric.evaluation import evaluate_network
from numeric.hdf5_file import read_network, read_test_set
from numeric.network import Network
from tests.mnist_cases import ALL_RIGHT, EVALUATION, NETWORK, RIGHT, TEST_SET, check, records, verdicts


@pytest.mark.parametrize(
    "made",
    [
        lambda: records(RIGHT),
        lambda: records(RIGHT)[::-1],
        lambda: records(RIGHT.astype(np.float32)),
        lambda: records(RIGHT.round(4), RIGHT.argmax(axis=1)),
        lambda: records(RIGHT.round(6)),
        lambda: records(RIGHT.round(15)),
        lambda: records(np.array([[float(f"{x:.6g}") for x in row] for row in RIGHT])),
        lambda: [{key: record[key] for key in sorted(record)} for record in records(RIGHT)],
    ],
)
def test_right_files_are_right(made: Callable[[], object]) -> None:
    assert verdicts(made()) == ALL_RIGHT


def logits() -> np.ndarray:
    return EVALUATION.logits


def over_batch() -> np.ndarray:
    powers = np.exp(logits() - logits().max())
    return powers / powers.sum()


def numerator_not_exponentiated() -> np.ndarray:
    return logits() / np.exp(logits()).sum(axis=1, keepdims=True)


def relu_on_output() -> np.ndarray:
    powers = np.exp(np.maximum(logits(), 0))
    return powers / powers.sum(axis=1, keepdims=True)


@pytest.mark.parametrize(
    "made",
    [
        over_batch,
        numerator_not_exponentiated,
        relu_on_output,
        logits,
        lambda: RIGHT.astype(np.float16).astype(np.float64),
        lambda: RIGHT.round(2),
        lambda: 100 * RIGHT,
    ],
)
def test_wrong_activations_keep_the_count_and_are_wrong(made: Callable[[], np.ndarray]) -> None:
    classes = RIGHT.argmax(axis=1)
    assert verdicts(records(made(), classes)) == (Verdict.EXACT, Verdict.WRONG, Verdict.EXACT, Verdict.EXACT)


Hidden = Callable[[np.ndarray], np.ndarray]


def forward(
    net: Network,
    images: np.ndarray,
    *,
    dtype: type = np.float64,
    hidden: Hidden = lambda s: np.maximum(s, 0),
    without_bias: int = -1,
    columns: bool = False,
) -> np.ndarray:
    """The logits as some program works them out."""
    a = images.astype(dtype)
    for layer, (W, b) in enumerate(zip(net.weights, net.biases, strict=True)):
        weights, biases = W.astype(dtype), b.astype(dtype) * (layer != without_bias)
        a = (weights @ a.T + biases[:, np.newaxis]).T if columns else a @ weights.T + biases
        a = hidden(a) if layer < len(net.weights) - 1 else a
    return a


def softmax(s: np.ndarray) -> np.ndarray:
    powers = np.exp(s - s.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


RIGHT_PROGRAMS: dict[str, Callable[[Network, np.ndarray], np.ndarray]] = {
    "float64": lambda net, x: softmax(forward(net, x)),
    "float32": lambda net, x: softmax(forward(net, x, dtype=np.float32)),
    "columns": lambda net, x: softmax(forward(net, x, columns=True)),
    "float32 columns": lambda net, x: softmax(forward(net, x, dtype=np.float32, columns=True)),
    "softmax in float64 of float32": lambda net, x: softmax(forward(net, x, dtype=np.float32).astype(np.float64)),
    "softmax not shifted": lambda net, x: np.exp(s := forward(net, x)) / np.exp(s).sum(axis=1, keepdims=True),
    "rounded to 4": lambda net, x: softmax(forward(net, x)).round(4),
    "rounded to 3 from float32": lambda net, x: softmax(forward(net, x, dtype=np.float32)).round(3),
}

WRONG_PROGRAMS: dict[str, Callable[[Network, np.ndarray], np.ndarray]] = {
    "softmax over the batch": lambda net, x: np.exp(s := forward(net, x)) / np.exp(s).sum(),
    "numerator not exponentiated": lambda net, x: (s := forward(net, x)) / np.exp(s).sum(axis=1, keepdims=True),
    "relu before softmax": lambda net, x: softmax(np.maximum(forward(net, x), 0)),
    "softmax by the maximum": lambda net, x: np.exp((s := forward(net, x)) - s.max(axis=1, keepdims=True)),
    "one bias left out": lambda net, x: softmax(forward(net, x, without_bias=1)),
    "leaky relu": lambda net, x: softmax(forward(net, x, hidden=lambda s: np.where(s > 0, s, 0.01 * s))),
    "divided by 255": lambda net, x: softmax(forward(net, x / 255)),
    "half precision": lambda net, x: softmax(forward(net, x, dtype=np.float16).astype(np.float64)),
    "rounded to 2": lambda net, x: softmax(forward(net, x)).round(2),
}


@pytest.mark.parametrize("program", RIGHT_PROGRAMS)
def test_right_programs_on_the_sample(program: str) -> None:
    given = RIGHT_PROGRAMS[program](NETWORK, TEST_SET.images)
    assert verdicts(records(given, EVALUATION.classes)) == ALL_RIGHT


@pytest.mark.parametrize("program", WRONG_PROGRAMS)
def test_wrong_programs_on_the_sample(program: str) -> None:
    with np.errstate(over="ignore"):
        given = WRONG_PROGRAMS[program](NETWORK, TEST_SET.images)
    found = check(result=records(given, EVALUATION.classes))["result.activations"]
    assert found.verdict is Verdict.WRONG
    assert "of 360 rows are softmax" in found.note or "rounded to 2 decimals; expected 3 or more" in found.note


def test_programs_on_the_courses_files(course_data: Path) -> None:
    """All 10,000 rows of a right program are right in any precision; of a wrong one some of the first 1,000 are not."""
    net = read_network(course_data / PARAMETERS_FILE)
    test_set = read_test_set(course_data / TEST_FILE, 784, 10)
    evaluation = evaluate_network(net, test_set)
    errors = evaluation.activation_errors()
    for name, program in RIGHT_PROGRAMS.items():
        given = program(net, test_set.images).astype(np.float64)
        assert right_rows(given, evaluation.activations, errors).all(), name
    few = test_set.images[:1_000]
    for name, program in WRONG_PROGRAMS.items():
        with np.errstate(over="ignore"):
            given = program(net, few).astype(np.float64)
        assert not right_rows(given, evaluation.activations[:1_000], errors[:1_000]).all(), name


def test_what_is_said_of_a_wrong_file() -> None:
    found = check(result=records(numerator_not_exponentiated(), RIGHT.argmax(axis=1)))["result.activations"]
    assert found.note == (
        "softmax-numerator-not-exponentiated: softmax's numerator is s itself, not e^s; "
        "0 of 360 rows are softmax of the logits; row 0 is the first that is not, "
        "row 75 the worst: 6.422e-14 for 1 at output 4"
    )
    classes = RIGHT.argmax(axis=1)
    classes[7] = (classes[7] + 1) % 10
    found = check(result=records(RIGHT, classes))["result.classification"]
    assert (found.verdict, found.note) == (
        Verdict.WRONG,
        (
            "class-inconsistent: classes that are not those of the record's own largest activation; "
            "359 of 360 rows have the right class, row 7 is the first that has not; "
            "1 have another class than their own activations say"
        ),
    )
    assert (found.given, found.expected) == (f"row 7: {classes[7]}", f"row 7: {EVALUATION.classes[7]}")


def test_rows_are_right_by_size_or_by_rounding_never_by_luck() -> None:
    true = np.array([[0.7, 0.2999, 1e-4], [1 - 1e-9, 1e-9, 1e-40]])
    assert right_rows(true * (1 + 9e-5), true).tolist() == [True, True]
    assert right_rows(true * (1 + 2e-4), true).tolist() == [False, False]
    assert right_rows(np.array([[0.7, 0.3, 0.0], [1.0, 0.0, 0.0]]), true).tolist() == [True, True]
    assert right_rows(np.array([[0.7, 0.298, 0.0], [1.0, 0.0, 0.0]]), true).tolist() == [False, True]
    assert right_rows(np.array([[0.7, 0.2999, 1e-4], [1 - 1e-9, 1e-9, 0.0]]), true).tolist() == [True, True]
    assert right_rows(np.array([[0.7, 0.2999, 1.2345e-4], [np.nan] * 3]), true).tolist() == [False, False]


def test_rounded_files_have_one_number_of_decimals_throughout() -> None:
    true = np.array([[0.2995, 0.7005]])
    assert right_rows(np.array([[0.3, 0.701]]), true).tolist() == [True]  # 0.2995 and 0.7005 lie midway
    assert right_rows(np.array([[0.299, 0.702]]), true).tolist() == [False]
    two = np.array([[0.7, 0.2999, 1e-4], [1 - 1e-9, 1e-9, 1e-40]])
    assert right_rows(np.array([[0.7, 0.3, 0.0], [1.5, 0.2, 0.0]]), two).tolist() == [False, False]
    full = np.array([[1 / 3, 3e-30], [1 / 3, 0.0]])
    assert right_rows(full, np.array([[1 / 3, 3e-30], [1 / 3, 2e-38]])).tolist() == [True, False]
    assert right_rows(full, np.array([[1 / 3, 3e-30], [1 / 3, 1e-38]])).tolist() == [True, True]


def test_the_number_of_digits() -> None:
    assert writing_of(np.array([[0.25, 0.5]])) == Writing(decimals=2, digits=2)
    assert writing_of(np.array([[0.0, 1.0]])) == Writing(decimals=0, digits=1)
    assert writing_of(np.array([[1 / 3, 1e-30]])) == Writing()
    assert writing_of(np.array([[0.123, 4.56e-30]])) == Writing(digits=3)
    assert writing_of(np.array([[np.float32(0.9916), np.float32(0.000012)]])) == Writing(decimals=6, digits=4)
    assert writing_of(np.array([[2.5]])) == Writing()


def test_too_few_digits_are_told() -> None:
    third = np.array([[1 / 3, 2 / 3]])
    assert is_written_too_short(np.array([[0.33, 0.67]]), third) == Writing(decimals=2, digits=2)
    assert is_written_too_short(np.array([[0.33, 0.66]]), third) == Writing(decimals=2, digits=2)
    assert is_written_too_short(np.array([[0.33, 0.65]]), third) is None
    assert is_written_too_short(np.array([[0.333, 0.667]]), third) is None
    assert is_written_too_short(np.array([[0.0, 1.0]]), third) is None  # whole numbers are another mistake


def test_an_enclosure_widens_what_is_right() -> None:
    true = np.array([[0.7, 0.3], [0.7, 0.3]])
    assert right_rows(true * (1 + 2e-4), true, np.array([0.0, 2e-4])).tolist() == [False, True]
