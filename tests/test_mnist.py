"""Problem 1: short answers and result.json against a reference that is made here."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from checks.activations import right_rows
from checks.answers import Statement
from checks.answers_txt import read_answers_txt
from checks.assignment_file import load_assignment
from checks.check_mnist import check_mnist
from checks.findings import Finding
from checks.reference import MnistReference
from checks.result_json import UnreadableResult, read_result
from checks.verdicts import Verdict
from numeric import sample_folder
from numeric.evaluation import evaluate_network
from numeric.hdf5_file import PARAMETERS_FILE, TEST_FILE, read_network, read_test_set

PART = load_assignment("sample").mnist
assert PART is not None
NETWORK = read_network(sample_folder() / PARAMETERS_FILE)
TEST_SET = read_test_set(sample_folder() / TEST_FILE, 784, 10)
EVALUATION = evaluate_network(NETWORK, TEST_SET)
REFERENCE = MnistReference(PART, EVALUATION)


def softmax_by_hand() -> np.ndarray:
    """The pass as a student writes it, one image at a time."""
    rows = []
    for image in TEST_SET.images:
        a = image.astype(np.float64)
        for layer, (W, b) in enumerate(zip(NETWORK.weights, NETWORK.biases, strict=True)):
            a = np.dot(W, a) + b
            a = a * (a > 0) if layer < 2 else a
        powers = np.exp(a - a.max())
        rows.append(powers / powers.sum())
    return np.array(rows)


RIGHT = softmax_by_hand()


def statements(text: str) -> tuple[Statement, ...]:
    return tuple(read_answers_txt(text.encode(), "answers.txt", ("",))[0])


def check(text: str = "", result: object = None, reference: MnistReference = REFERENCE) -> dict[str, Finding]:
    data = result if isinstance(result, bytes) or result is None else json.dumps(result).encode()
    section, _ = check_mnist(reference, statements(text), data)  # type: ignore[arg-type]
    return {finding.name: finding for finding in section.findings}


def records(activations: np.ndarray, classes: np.ndarray | None = None) -> list[dict[str, Any]]:
    chosen = activations.argmax(axis=1) if classes is None else classes
    return [
        {"index": i, "activations": row, "classification": c}
        for i, (row, c) in enumerate(zip(activations.tolist(), chosen.tolist(), strict=True))
    ]


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
    [("338", Verdict.EXACT), ("338.0", Verdict.EXACT), ("339", Verdict.WRONG), ("9790", Verdict.WRONG)],
)
def test_the_claimed_count(text: str, verdict: Verdict) -> None:
    assert check(f"correct = {text}")["correct"].verdict is verdict


def verdicts(result: object) -> tuple[Verdict, ...]:
    found = check(result=result)
    return tuple(found[f"result.{item}"].verdict for item in ("format", "activations", "classification", "count"))


ALL_RIGHT = (Verdict.EXACT, Verdict.CLOSE, Verdict.EXACT, Verdict.EXACT)


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


def test_what_is_said_of_a_wrong_file() -> None:
    found = check(result=records(numerator_not_exponentiated(), RIGHT.argmax(axis=1)))["result.activations"]
    assert found.note == "360 of 360 rows differ from softmax of the logits, row 0 is the first"
    classes = RIGHT.argmax(axis=1)
    classes[7] = (classes[7] + 1) % 10
    found = check(result=records(RIGHT, classes))["result.classification"]
    assert (found.verdict, found.note) == (Verdict.WRONG, "1 of 360 rows have another class, row 7 is the first")
    assert (found.given, found.expected) == (f"row 7: {classes[7]}", f"row 7: {EVALUATION.classes[7]}")


def changed(number: int, **fields: object) -> list[dict[str, Any]]:
    made = records(RIGHT)
    made[number] = {key: value for key, value in (made[number] | fields).items() if value is not ...}
    return made


@pytest.mark.parametrize(
    ("data", "images", "message"),
    [
        (b"[" + b"1," * 380 + b"1]", 23, "many times the values of 23 records"),
        (b" " * (32 * 2**20 + 1), 1, "33554433 bytes"),
        (b" " * (32 * 2**20), 1, "the file is empty"),
    ],
)
def test_a_file_is_measured_before_it_is_read(data: bytes, images: int, message: str) -> None:
    with pytest.raises(UnreadableResult, match=message):
        read_result(data, images, 1)


def test_a_small_right_file_has_no_fault() -> None:
    result = read_result(b'[{"index":0,"activations":[1],"classification":0}]', 1, 1)
    assert (result.faults, result.records) == ((), 1)
    assert read_result(b"[" + b"1," * 300 + b"1]", 23, 1).records == 301


FORMATS: list[tuple[Callable[[], object], str]] = [
    (lambda: records(RIGHT)[:-1], "1 of 360 images have no record, the first is index 359"),
    (lambda: records(RIGHT)[:100], "260 of 360 images have no record, the first is index 100"),
    (lambda: changed(5, index=4), "record 5: index 4 is there a second time; the first one counts (and 1 more)"),
    (lambda: changed(5, index=5.0), "record 5: index is 5.0; expected a whole number from 0 to 359 (and 1 more)"),
    (lambda: changed(5, index=True), "record 5: index is true; expected a whole number from 0 to 359 (and 1 more)"),
    (lambda: changed(5, index=360), "record 5: index is 360; expected a whole number from 0 to 359 (and 1 more)"),
    (lambda: changed(5, index=-1), "record 5: index is -1; expected a whole number from 0 to 359 (and 1 more)"),
    (lambda: changed(5, index="5"), 'record 5: index is "5"; expected a whole number from 0 to 359 (and 1 more)'),
    (lambda: changed(5, classification="7"), 'record 5: classification is "7"; expected a whole number from 0 to 9'),
    (lambda: changed(5, classification=10), "record 5: classification is 10; expected a whole number from 0 to 9"),
    (lambda: changed(5, activations=[0.1] * 9), "record 5: activations are 9 entries; expected 10 numbers"),
    (lambda: changed(5, activations=0.5), "record 5: activations are 0.5; expected 10 numbers"),
    (lambda: changed(5, activations=["a"] * 10), 'record 5: an activation is "a"; expected a finite number'),
    (
        lambda: changed(5, activations=[10**400] * 10),
        "record 5: an activation is a huge number; expected a finite number",
    ),
    (
        lambda: changed(5, activations=..., Activations=[0.1] * 10),
        (
            "record 5: the names are index, classification, Activations; "
            "expected index, activations, classification (and 1 more)"
        ),
    ),
    (lambda: [*records(RIGHT), 7], "record 360: a number; expected an object with index, activations, classification"),
    (
        lambda: json.dumps(records(RIGHT)).replace('"index": 5,', '"index": 5, "index": 5,').encode(),
        "record 5: 'index' is given twice",
    ),
    (
        lambda: json.dumps(changed(5, activations=[float("nan")] * 10)).encode(),
        "record 5: an activation is NaN; expected a finite number",
    ),
]


@pytest.mark.parametrize(("made", "note"), FORMATS, ids=range(len(FORMATS)))
def test_faults_of_the_format_are_told_with_their_record(made: Callable[[], object], note: str) -> None:
    found = check(result=made())["result.format"]
    assert (found.verdict, found.note) == (Verdict.WRONG, note)


UNREADABLE = {
    b"": "the file is empty; expected a JSON array of records",
    b" \n": "the file is empty; expected a JSON array of records",
    b'[{"index": 0,': "not JSON: Expecting property name enclosed in double quotes",
    b"{}": "holds an object; expected an array of records",
    b'"text"': "holds a text; expected an array of records",
    b'["\xff"]': "not UTF-8 text, at byte 2",
    b"[" * 100_000: "many times the values of 360 records; it was not read",
    b"[" * 1_400: "not read: nested too deep, or a number of thousands of digits",
    b"[" + b"1" * 5000 + b"]": "not read: nested too deep, or a number of thousands of digits",
}


@pytest.mark.parametrize("data", UNREADABLE, ids=range(len(UNREADABLE)))
def test_files_that_cannot_be_read_are_for_a_person(data: bytes) -> None:
    assert verdicts(data) == (Verdict.UNREADABLE,) * 4
    found = check(result=data)["result.format"]
    assert found.note == UNREADABLE[data]
    assert found.trouble is not None


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


def test_rows_are_right_by_size_or_by_rounding_never_by_luck() -> None:
    true = np.array([[0.7, 0.2999, 1e-4], [1 - 1e-9, 1e-9, 1e-40]])
    assert right_rows(true * (1 + 9e-5), true).tolist() == [True, True]
    assert right_rows(true * (1 + 2e-4), true).tolist() == [False, False]
    assert right_rows(np.array([[0.7, 0.3, 0.0], [1.0, 0.0, 0.0]]), true).tolist() == [True, True]
    assert right_rows(np.array([[0.7, 0.299, 0.0], [1.0, 0.0, 0.0]]), true).tolist() == [False, True]
    assert right_rows(np.array([[0.7, 0.2999, 1e-4], [1 - 1e-9, 1e-9, 0.0]]), true).tolist() == [True, True]
    assert right_rows(np.array([[0.7, 0.2999, 1.2345e-4], [np.nan] * 3]), true).tolist() == [False, False]


def test_rounded_files_have_one_number_of_decimals_throughout() -> None:
    true = np.array([[0.2995, 0.7005]])
    assert right_rows(np.array([[0.3, 0.701]]), true).tolist() == [True]  # 0.2995 and 0.7005 lie midway
    assert right_rows(np.array([[0.299, 0.702]]), true).tolist() == [False]
    two = np.array([[0.7, 0.2999, 1e-4], [1 - 1e-9, 1e-9, 1e-40]])
    assert right_rows(np.array([[0.7, 0.3, 0.0], [1.5, 0.2, 0.0]]), two).tolist() == [False, False]
    assert right_rows(np.array([[1 / 3, 0.0]]), np.array([[1 / 3, 2e-38]])).tolist() == [False]
    assert right_rows(np.array([[1 / 3, 0.0]]), np.array([[1 / 3, 1e-38]])).tolist() == [True]
