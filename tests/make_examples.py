"""Makes the `result.json` files of the example submissions from the sample data: `make sample`.

The students of the examples write six digits; one of them normalises softmax over the whole array.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from numeric import PARAMETERS_FILE, TEST_FILE, sample_folder
from numeric.forward import logits, softmax
from numeric.hdf5_file import read_network, read_test_set
from numeric.network import Floats

EXAMPLES = Path(__file__).parents[1] / "checks" / "examples"


def softmax_over_batch(scores: Floats) -> Floats:
    """The mistake: one sum for all images instead of one for each."""
    powers = np.exp(scores - scores.max())
    shares: Floats = powers / powers.sum()
    return shares


def main() -> None:
    """Writes a result.json to each example that hands one in."""
    network = read_network(sample_folder() / PARAMETERS_FILE)
    test_set = read_test_set(sample_folder() / TEST_FILE, network.sizes[0], network.sizes[-1])
    scores = logits(network, test_set.images)
    for example, activations in (
        ("all-right", softmax(scores)),
        ("arithmetic-slip", softmax(scores)),
        ("softmax-over-batch", softmax_over_batch(scores)),
    ):
        records = [
            {"index": index, "activations": [float(f"{x:.6g}") for x in row], "classification": int(np.argmax(row))}
            for index, row in enumerate(activations.tolist())
        ]
        lines = ",\n".join(json.dumps(record) for record in records)
        (EXAMPLES / example / "result.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
