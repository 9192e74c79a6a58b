"""The mistake behind a wrong result.json is named: students' programs written here, as students write them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from checks.check_result import check_result
from checks.reference import MnistReference
from checks.verdicts import Verdict
from numeric.evaluation import evaluate_network
from numeric.hdf5_file import PARAMETERS_FILE, TEST_FILE, read_network, read_test_set
from numeric.mistaken_passes import mistaken_passes
from numeric.network import Network
from tests.mnist_cases import EVALUATION, NETWORK, PART, RIGHT, TEST_SET, check, records
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


COUNTS = {
    "relu-skipped": 6100,
    "leaky-relu": 9787,
    "relu-absolute": 8396,
    "image-transposed": 1477,
    "tanh-hidden": 4792,
}


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
    part = replace(PART, images=10_000, correct=9790)
    evaluation = evaluate_network(net, test_set)
    reference = MnistReference(part, evaluation, network=net, images=test_set.images)
    for mistake in ("softmax-over-batch", "relu-on-output", "tanh-hidden"):
        with np.errstate(all="ignore"):
            given = PROGRAMS[mistake, None](net, test_set.images).astype(np.float32).astype(float)
        rows = [
            {"index": i, "activations": row, "classification": int(c)}
            for i, (row, c) in enumerate(zip(given.tolist(), evaluation.classes, strict=True))
        ]
        (finding,) = (f for f in check_result(reference, json.dumps(rows).encode()) if f.name == "result.activations")
        assert finding.mistakes == (mistake,)
