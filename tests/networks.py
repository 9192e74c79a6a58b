"""Networks that tests make, and their logits in plain fractions: the oracle for every float and every digit."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np

from numeric.network import DataFile, Floats, Network

SOURCE = DataFile(Path("made in a test"), "", "")


def network(seed: int, sizes: tuple[int, ...], scale: float = 1.0, dtype: type = np.float32) -> Network:
    random = np.random.default_rng(seed)
    pairs = list(pairwise(sizes))
    return Network(
        tuple((scale * random.normal(size=(m, n))).astype(dtype) for n, m in pairs),
        tuple((scale * random.normal(size=m)).astype(dtype) for _, m in pairs),
        SOURCE,
    )


def logits_in_fractions(net: Network, image: Floats) -> list[Fraction]:
    activations = [Fraction(float(x)) for x in image]
    for layer, (W, b) in enumerate(zip(net.weights, net.biases, strict=True)):
        s = [
            sum((Fraction(float(w)) * a for w, a in zip(row, activations, strict=True)), Fraction(float(bias)))
            for row, bias in zip(W, b, strict=True)
        ]
        activations = [max(x, Fraction(0)) for x in s] if layer < len(net.weights) - 1 else s
    return activations
