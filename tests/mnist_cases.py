"""Problem 1 on the sample: a right solution worked out here, and how the tests have files of it checked."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from checks.answers.answers import Statement
from checks.answers.answers_txt import read_answers_txt
from checks.assignment.assignment_file import load_assignment
from checks.judging.findings import Finding
from checks.judging.verdicts import Verdict
from checks.program.check_mnist import check_mnist
from checks.program.reference import MnistReference
from numeric import PARAMETERS_FILE, TEST_FILE, sample_folder
from numeric.evaluation import evaluate_network
from numeric.hdf5_file import read_network, read_test_set
from tests.vocabulary import HOMEWORK_NAMES

PART = load_assignment("sample").mnist
assert PART is not None
NETWORK = read_network(sample_folder() / PARAMETERS_FILE)
TEST_SET = read_test_set(sample_folder() / TEST_FILE, 784, 10)
EVALUATION = evaluate_network(NETWORK, TEST_SET)
REFERENCE = MnistReference(PART, EVALUATION, network=NETWORK, images=TEST_SET.images)


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
    return tuple(read_answers_txt(text.encode(), "answers.txt", HOMEWORK_NAMES)[0])


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


def verdicts(result: object) -> tuple[Verdict, ...]:
    found = check(result=result)
    return tuple(found[f"result.{item}"].verdict for item in ("format", "activations", "classification", "count"))


ALL_RIGHT = (Verdict.EXACT, Verdict.CLOSE, Verdict.EXACT, Verdict.EXACT)


def changed(number: int, **fields: object) -> list[dict[str, Any]]:
    made = records(RIGHT)
    made[number] = {key: value for key, value in (made[number] | fields).items() if value is not ...}
    return made
