"""The mistake behind a wrong result.json is named: students' programs written here, as students write them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from checks.judging.verdicts import Verdict
from checks.program.check_result import check_result
from checks.program.diagnose_result import diagnosed
from checks.program.reference import MnistReference
from numeric import PARAMETERS_FILE, TEST_FILE
from numeric.evaluation import evaluate_network
from numeric.hdf5_file import read_network, read_test_set
from numeric.mistaken_passes import mistaken_passes
from numeric.network import Network, TestSet
from tests.mnist_cases import EVALUATION, NETWORK, PART, REFERENCE, RIGHT, TEST_SET, check, records
from tests.test_activations import forward, softmax

Program = Callable[[Network, np.ndarray], np.ndarray]
Array = np.ndarray


def relu(x: Array) -> Array:
    return np.maximum(x, 0)


def row_sums(x: Array) -> Array:
    return x.sum(axis=1, keepdims=True)


def square(x: Array) -> Array:
    return x.reshape(-1, 28, 28).swapaxes(1, 2).reshape(len(x), 784)


def leave_out(net: Network, x: Array, *, relu_of: int = 0, factors: tuple[float, ...] = (1, 1, 1)) -> Array:
    """A pass without the ReLU of one layer, or with other multiples of the biases."""
    s1 = x @ net.weights[0].T + factors[0] * net.biases[0]
    s2 = (s1 if relu_of == 1 else relu(s1)) @ net.weights[1].T + factors[1] * net.biases[1]
    return (s2 if relu_of == 2 else relu(s2)) @ net.weights[2].T + factors[2] * net.biases[2]


def bias_after_relu(net: Network, x: Array) -> Array:
    a = relu(x @ net.weights[0].T) + net.biases[0]
    a = relu(a @ net.weights[1].T) + net.biases[1]
    return a @ net.weights[2].T + net.biases[2]


PROGRAMS: dict[tuple[str, int | None], Program] = {
    ("softmax-numerator-not-exponentiated", None): lambda n, x: (s := forward(n, x)) / row_sums(np.exp(s)),
    ("softmax-over-batch", None): lambda n, x: np.exp(s := forward(n, x)) / np.exp(s).sum(),
    ("softmax-wrong-axis", None): lambda n, x: np.exp(s := forward(n, x)) / np.exp(s).sum(axis=0),
    ("relu-on-output", None): lambda n, x: softmax(relu(forward(n, x))),
    ("logits-written", None): forward,
    ("relu-instead-of-softmax", None): lambda n, x: relu(forward(n, x)),
    ("log-softmax-written", None): lambda n, x: np.log(softmax(forward(n, x))),
    ("softmax-not-normalised", None): lambda n, x: np.exp(forward(n, x)),
    ("softmax-normalised-by-maximum", None): lambda n, x: (p := softmax(forward(n, x))) / p.max(axis=1, keepdims=True),
    ("softmax-twice", None): lambda n, x: softmax(softmax(forward(n, x))),
    ("softmax-own-term-left-out", None): lambda n, x: (p := np.exp(forward(n, x))) / (row_sums(p) - p),
    ("softmax-base-2", None): lambda n, x: 2 ** (s := forward(n, x)) / row_sums(2**s),
    ("softmax-base-10", None): lambda n, x: 10 ** (s := forward(n, x)) / row_sums(10**s),
    ("one-hot-written", None): lambda n, x: (s := forward(n, x)) == s.max(axis=1, keepdims=True),
    ("softmax-without-exp", None): lambda n, x: (s := forward(n, x)) / row_sums(s),
    ("sigmoid-instead-of-softmax", None): lambda n, x: 1 / (1 + np.exp(-forward(n, x))),
    ("softmax-negated", None): lambda n, x: softmax(-forward(n, x)),
    ("activations-percent", None): lambda n, x: 100 * softmax(forward(n, x)),
    ("relu-skipped", None): lambda n, x: softmax(forward(n, x, hidden=lambda s: s)),
    ("relu-skipped", 1): lambda n, x: softmax(leave_out(n, x, relu_of=1)),
    ("relu-skipped", 2): lambda n, x: softmax(leave_out(n, x, relu_of=2)),
    ("leaky-relu", None): lambda n, x: softmax(forward(n, x, hidden=lambda s: np.where(s > 0, s, s / 100))),
    ("relu-absolute", None): lambda n, x: softmax(forward(n, x, hidden=abs)),
    ("relu-inverted", None): lambda n, x: softmax(forward(n, x, hidden=lambda s: np.minimum(s, 0))),
    ("relu-mask-written", None): lambda n, x: softmax(forward(n, x, hidden=lambda s: 1.0 * (s > 0))),
    ("sigmoid-hidden", None): lambda n, x: softmax(forward(n, x, hidden=lambda s: 1 / (1 + np.exp(-s)))),
    ("tanh-hidden", None): lambda n, x: softmax(forward(n, x, hidden=np.tanh)),
    ("softmax-hidden", None): lambda n, x: softmax(forward(n, x, hidden=softmax)),
    ("bias-forgotten", None): lambda n, x: softmax(leave_out(n, x, factors=(0, 0, 0))),
    ("bias-forgotten", 1): lambda n, x: softmax(leave_out(n, x, factors=(0, 1, 1))),
    ("bias-forgotten", 2): lambda n, x: softmax(leave_out(n, x, factors=(1, 0, 1))),
    ("bias-forgotten", 3): lambda n, x: softmax(leave_out(n, x, factors=(1, 1, 0))),
    ("bias-subtracted", None): lambda n, x: softmax(leave_out(n, x, factors=(-1, -1, -1))),
    ("input-divided-again", None): lambda n, x: softmax(forward(n, x / 255)),
    ("input-not-scaled", None): lambda n, x: softmax(forward(n, x * 256)),
    ("input-cast-to-int", None): lambda n, x: softmax(forward(n, x.astype(int))),
    ("image-transposed", None): lambda n, x: softmax(forward(n, square(x))),
    ("bias-after-relu", None): lambda n, x: softmax(bias_after_relu(n, x)),
    ("softmax-shift-in-denominator-only", None): lambda n, x: (
        np.exp(s := forward(n, x)) / row_sums(np.exp(s - s.max(axis=1, keepdims=True)))
    ),
    ("activations-sorted", None): lambda n, x: np.sort(softmax(forward(n, x)), axis=1),
    ("weights-reshaped", None): lambda n, x: softmax(
        forward(replace(n, weights=tuple(W.ravel().reshape(W.T.shape).T for W in n.weights)), x)
    ),
    ("integer-activations", None): lambda n, x: np.floor(softmax(forward(n, x))),
    ("one-record-repeated", None): lambda n, x: np.tile(softmax(forward(n, x))[-1:], (len(x), 1)),
    ("rows-shuffled", None): lambda n, x: softmax(forward(n, x))[::-1],
    ("half-precision", None): lambda n, x: softmax(forward(n, x, dtype=np.float16).astype(np.float64)),
}


@pytest.mark.parametrize(("mistake", "layer"), PROGRAMS)
def test_a_mistaken_program_is_named(mistake: str, layer: int | None) -> None:
    with np.errstate(all="ignore"):
        given = np.asarray(PROGRAMS[mistake, layer](NETWORK, TEST_SET.images), dtype=float)
    found = check(result=records(given, EVALUATION.classes))["result.activations"]
    assert found.verdict is Verdict.WRONG
    assert mistake in (*found.mistakes, *found.alternatives)
    if not found.alternatives:
        assert found.layer == layer
        assert found.note.startswith(f"{mistake}: ")


def test_what_fits_nothing_has_no_name() -> None:
    rows = RIGHT.copy()
    rows[7] = rows[8]
    assert check(result=records(rows))["result.activations"].mistakes == ()
    noise = np.random.default_rng(1).dirichlet(np.ones(10), size=len(RIGHT))
    assert check(result=records(noise))["result.activations"].mistakes == ()


def test_a_part_of_the_records_is_enough() -> None:
    given = PROGRAMS["softmax-numerator-not-exponentiated", None](NETWORK, TEST_SET.images)
    found = check(result=records(given)[:100])
    assert found["result.activations"].mistakes == ("softmax-numerator-not-exponentiated",)
    assert "260 of 360 images have no record" in found["result.format"].note


def test_two_decimals_are_too_few() -> None:
    assert check(result=records(RIGHT.round(2)))["result.activations"].mistakes == ("activations-rounded",)


TWO: dict[tuple[str, str], Program] = {
    ("bias-forgotten", "relu-on-output"): lambda n, x: softmax(relu(leave_out(n, x, factors=(0, 0, 0)))),
    ("tanh-hidden", "softmax-without-exp"): lambda n, x: (s := forward(n, x, hidden=np.tanh)) / row_sums(s),
    ("input-divided-again", "logits-written"): lambda n, x: forward(n, x / 255),
}


@pytest.mark.parametrize("names", TWO)
def test_two_mistakes_of_one_program_are_both_named(names: tuple[str, str]) -> None:
    found = check(result=records(TWO[names](NETWORK, TEST_SET.images)))
    assert found["result.activations"].mistakes == names


@pytest.mark.parametrize("name", ["softmax-over-batch", "softmax-wrong-axis"])
def test_a_sum_over_the_images_that_were_handed_in_is_named(name: str) -> None:
    """The first hundred records alone, normalised among themselves."""
    given = PROGRAMS[name, None](NETWORK, TEST_SET.images[:100])
    assert check(result=records(given))["result.activations"].mistakes == (name,)


def renumbered(index: Callable[[int], object]) -> list[dict[str, Any]]:
    return [record | {"index": index(i)} for i, record in enumerate(records(RIGHT))]


def without_index() -> list[dict[str, Any]]:
    return [{key: value for key, value in record.items() if key != "index"} for record in records(RIGHT)]


FORMATS: dict[str, list[dict[str, Any]]] = {
    "records-missing": records(RIGHT)[:200],
    "records-repeated": records(RIGHT) + records(RIGHT)[:1],
    "index-not-unique": [*records(RIGHT)[:-1], records(RIGHT)[-1] | {"index": 0}],
    "index-from-one": renumbered(lambda i: i + 1),
    "index-missing": without_index(),
    "index-restarts": renumbered(lambda i: i % 50),
    "key-names": [{key.title(): value for key, value in record.items()} for record in records(RIGHT)],
    "wrong-type": renumbered(str),
    "activations-nested": [record | {"activations": [record["activations"]]} for record in records(RIGHT)],
    "activations-only-maximum": [record | {"activations": max(record["activations"])} for record in records(RIGHT)],
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_fault_of_the_format_is_named(name: str) -> None:
    assert name in check(result=FORMATS[name])["result.format"].mistakes


@pytest.mark.parametrize(
    "name",
    [
        "records-repeated",
        "index-from-one",
        "index-missing",
        "index-restarts",
        "key-names",
        "wrong-type",
        "activations-nested",
    ],
)
def test_it_costs_the_format_alone_where_the_content_is_certain(name: str) -> None:
    found = check(result=FORMATS[name])
    wrong = [item for item, finding in found.items() if item.startswith("result.") and finding.verdict is Verdict.WRONG]
    assert wrong == ["result.format"]


@pytest.mark.parametrize("data", [b"", b"[1", b"Result: {}", b"['a']", json.dumps({"result": records(RIGHT)}).encode()])
def test_a_fault_of_the_file_is_named(data: bytes) -> None:
    assert check(result=data)["result.format"].mistakes == ("file-shape",)


CLASSES: dict[str, Array] = {
    "class-from-one": EVALUATION.classes + 1,
    "class-is-label": EVALUATION.labels,
    "class-is-argmin": RIGHT.argmin(axis=1),
    "class-inconsistent": (EVALUATION.classes + np.arange(len(RIGHT)) % 3) % 10,
}


@pytest.mark.parametrize("name", CLASSES)
def test_mistaken_classes_are_named(name: str) -> None:
    finding = check(result=records(RIGHT, CLASSES[name]))["result.classification"]
    assert finding.mistakes == (name,)


def test_classes_that_follow_from_wrong_activations_are_no_mistake_of_their_own() -> None:
    given = PROGRAMS["tanh-hidden", None](NETWORK, TEST_SET.images)
    assert check(result=records(given))["result.classification"].mistakes == ()


COUNTS = {
    "relu-skipped": 6100,
    "leaky-relu": 9787,
    "relu-absolute": 8396,
    "relu-inverted": 605,
    "relu-mask-written": 1707,
    "sigmoid-hidden": 1005,
    "tanh-hidden": 4792,
    "softmax-hidden": 1135,
    "bias-forgotten": 9773,
    "bias-subtracted": 9727,
    "bias-after-relu": 9788,
    "input-divided-again": 907,
    "input-not-scaled": 9773,
    "input-cast-to-int": 892,
    "image-transposed": 1477,
    "weights-reshaped": 760,
}


def test_what_programs_made_is_worked_out_once_and_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where a file answers other images only: those are not the ones that are remembered."""
    reference = replace(REFERENCE, tried={})
    files = [np.asarray(PROGRAMS[one](NETWORK, TEST_SET.images), dtype=float) for one in list(PROGRAMS)[18:34:3]]
    part = [np.where(np.arange(len(rows))[:, np.newaxis] % 3 == 0, np.nan, rows) for rows in files]
    for given in (*part, *files, *part):
        right = np.zeros(len(given), dtype=bool)
        found = diagnosed(reference, given, right)
        assert found is not None
        assert found == diagnosed(replace(reference, tried={}), given, right)
    assert 0 < len(reference.tried) < 100
    monkeypatch.setattr("numeric.mistaken_passes.run", lambda *_, **__: pytest.fail("run again"))
    assert diagnosed(reference, files[0], np.zeros(len(files[0]), dtype=bool)) is not None


FEW = 1_000
"""Images of the course's on which every program is tried."""


def test_the_courses_files_are_diagnosed_too(course_data: Path) -> None:
    """The counts are those that such programs were seen to give; float32 and rounded files are named as well."""
    net = read_network(course_data / PARAMETERS_FILE)
    test_set = read_test_set(course_data / TEST_FILE, 784, 10)
    for mistake, count in COUNTS.items():
        program = next(one for one in mistaken_passes(net) if one.id == mistake and one.layer is None)
        assert program.logits is not None
        activations = program.outputs(program.logits(net, test_set.images))
        assert (activations.argmax(axis=1) == test_set.labels).sum() == count
    assert PART is not None
    few = TestSet(test_set.images[:FEW], test_set.labels[:FEW], test_set.file)
    of_few = MnistReference(PART, evaluate_network(net, few), network=net, images=few.images)
    for (mistake, layer), program in PROGRAMS.items():
        with np.errstate(all="ignore"):
            given = np.asarray(program(net, few.images)).astype(np.float32).astype(float)
        assert_named(of_few, given, mistake, layer)
    part = replace(PART, images=10_000, correct=9790)
    evaluation = evaluate_network(net, test_set)
    reference = MnistReference(part, evaluation, network=net, images=test_set.images)
    given = PROGRAMS["softmax-numerator-not-exponentiated", None](net, test_set.images)[:1000]
    findings = {one.name: one for one in check_result(reference, as_json(given, evaluation.classes))}
    assert findings["result.format"].mistakes == ("records-missing",)
    assert findings["result.activations"].mistakes == ("softmax-numerator-not-exponentiated",)


def as_json(activations: Array, classes: Array) -> bytes:
    return json.dumps(
        [
            {"index": i, "activations": row, "classification": int(c)}
            for i, (row, c) in enumerate(zip(activations.tolist(), classes, strict=False))
        ]
    ).encode()


def assert_named(reference: MnistReference, given: Array, mistake: str, layer: int | None) -> None:
    assert reference.evaluation is not None
    right = np.zeros(len(given), dtype=bool)
    found = diagnosed(reference, given, right)
    assert found is not None, mistake
    assert mistake in (*found.ids, *found.alternatives)
    assert found.alternatives or found.layer == layer
