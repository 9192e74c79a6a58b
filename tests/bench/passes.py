"""The certified and the exact pass, and judging a result.json, each beside the plainest way to do half of it."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import numpy as np

from checks.assignment.assignment_file import load_assignment
from checks.program.check_result import check_result
from checks.program.reference import MnistReference
from numeric import PARAMETERS_FILE, TEST_FILE, sample_folder
from numeric.evaluation import evaluate_network
from numeric.exact_logits import exact_logits
from numeric.forward import softmax
from numeric.hdf5_file import read_network, read_test_set
from numeric.network import Floats, Network, TestSet
from numeric.result_file import write_result
from tests.bench.stopwatch import median_seconds, side_by_side


class Record(msgspec.Struct):
    """A record of result.json."""

    index: int
    activations: list[float]
    classification: int


def plain_pass(network: Network, images: Floats) -> Floats:
    """The classes in float64 and nothing else."""
    a = images.astype(np.float64)
    for layer, (W, b) in enumerate(zip(network.weights, network.biases, strict=True)):
        a = a @ W.T.astype(np.float64) + b
        if layer < len(network.weights) - 1:
            a = np.maximum(a, 0)
    return a.argmax(axis=1)


def main() -> None:
    """Prints the figures, on the course's files where they are, else on the sample."""
    data = os.environ.get("BACKCHECK_DATA")
    folder = Path(data) if data else sample_folder()
    network = read_network(folder / PARAMETERS_FILE)
    test_set = read_test_set(folder / TEST_FILE, network.sizes[0], network.sizes[-1])
    images = test_set.images
    plain = lambda: plain_pass(network, images)  # noqa: E731
    side_by_side(
        f"prove the classes of {len(images)} images", lambda: evaluate_network(network, test_set), plain, "a plain pass"
    )
    side_by_side("work out all logits exactly", lambda: exact_logits(network, images), plain, "a plain float64 pass")
    judge("ee541-hw3" if data else "sample", network, test_set)
    growth(network, test_set)


def judge(assignment: str, network: Network, test_set: TestSet) -> None:
    """Prints what it costs to judge a right result.json, and wrong ones."""
    evaluation = evaluate_network(network, test_set)
    part = load_assignment(assignment).mnist
    assert part is not None
    reference = MnistReference(part, evaluation, network=network, images=test_set.images)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "result.json"
        write_result(path, evaluation)
        decoder = msgspec.json.Decoder(list[Record])
        side_by_side(
            f"judge a right result.json of {len(test_set.images)} rows",
            lambda: check_result(reference, path.read_bytes()),
            lambda: decoder.decode(path.read_bytes()),
            "msgspec's decoding of it alone",
        )
        right = path.read_bytes()
        for what, outputs in (
            ("ReLU before softmax", lambda s: softmax(np.maximum(s, 0))),
            ("what nothing explains", lambda s: softmax(s[:, ::-1] / 3)),
        ):
            write_result(path, replace(evaluation, activations=outputs(evaluation.logits)))
            wrong = path.read_bytes()
            side_by_side(
                f"the same with {what}, diagnosed",
                lambda: check_result(reference, wrong),  # noqa: B023  called at once
                lambda: check_result(reference, right),
                "the right file",
            )


def growth(network: Network, test_set: TestSet) -> None:
    """Prints seconds for growing numbers of images, those of the test set over and over."""
    numbers = (1_000, 3_000, 10_000, 30_000, 60_000)
    print("  images                " + "".join(f"{number:>9}" for number in numbers))
    rows: dict[str, list[float]] = {"plain pass": [], "proved classes": [], "exact logits": []}
    for number in numbers:
        images = np.resize(test_set.images, (number, test_set.images.shape[1]))
        labels = np.resize(test_set.labels, number)
        repeated = TestSet(images, labels, test_set.file)
        rows["plain pass"].append(median_seconds(lambda: plain_pass(network, images)))  # noqa: B023  called at once
        rows["proved classes"].append(median_seconds(lambda: evaluate_network(network, repeated)))  # noqa: B023
        rows["exact logits"].append(median_seconds(lambda: exact_logits(network, images)))  # noqa: B023
    for title, seconds in rows.items():
        print(
            f"  {title:<22}"
            + "".join(f"{1e6 * s / n:>9.3g}" for s, n in zip(seconds, numbers, strict=True))
            + " us each"
        )
