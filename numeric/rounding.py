"""How far float64 logits can be from the true ones: an a-priori bound for each image.

Model: a sum of n products in any order, with or without fused multiply-add, differs from the true one by at most
gamma_n = n u / (1 - n u) times the sum of the products' absolute values, u = 2^-53 (N. Higham, Accuracy and Stability
of Numerical Algorithms, 2nd ed. 2002, section 3.1 and lemma 3.1); underflow, gradual or flushed to zero, adds at
most 2^-1022 a product. Layer by layer, in the maximum norm, with a the computed activations:

    e(l) = ||W|| e(l-1) + gamma_(n+1) (||W|| ||a|| + ||b||) + n 2^-1022

ReLU is exact and never widens an error. The bound's own roundings are covered by the factor `SAFETY`.
"""

from __future__ import annotations

import numpy as np

from numeric.forward import layers
from numeric.network import Floats, Network

UNIT_ROUNDOFF = 2.0**-53
SMALLEST_NORMAL = 2.0**-1022
SAFETY = 1 + 2.0**-30

BLOCK = 1024
"""Images that are worked on together: their activations stay in the processor's cache."""


def gamma(n: int) -> float:
    """gamma_n = n u / (1 - n u), rounded up."""
    return n * UNIT_ROUNDOFF / (1 - n * UNIT_ROUNDOFF) * SAFETY


def logits_with_bounds(network: Network, images: Floats) -> tuple[Floats, Floats]:
    """The float64 logits, shape (n, classes), and for each image a bound on the error of all its logits, shape (n,).

    |computed - true| <= bound holds for the network and image as stored, evaluated in real arithmetic.
    """
    norms = [float(np.abs(W.astype(np.float64)).sum(axis=1).max()) * SAFETY for W in network.weights]
    starts = range(0, len(images), BLOCK)
    blocks = [_block_with_bounds(network, norms, images[start : start + BLOCK]) for start in starts]
    return np.concatenate([scores for scores, _ in blocks]), np.concatenate([bounds for _, bounds in blocks])


def _block_with_bounds(network: Network, norms: list[float], images: Floats) -> tuple[Floats, Floats]:
    """The same for a few images; `norms` are the largest row sums of |W|, layer by layer."""
    bounds = np.zeros(len(images))
    parameters = zip(network.weights, network.biases, norms, strict=True)
    for (W, b, row_norm), (activations, pre_activations) in zip(parameters, layers(network, images), strict=True):
        largest = np.maximum(activations.max(axis=1), -activations.min(axis=1))
        rounding = gamma(W.shape[1] + 1) * (row_norm * largest + float(np.abs(b).max()))
        bounds = (row_norm * bounds + rounding + W.shape[1] * SMALLEST_NORMAL) * SAFETY
        scores = pre_activations
    return scores, bounds
