"""The feed-forward pass, as the homework asks for it: ReLU in the hidden layers, softmax at the output."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from numeric.network import Floats, Network


def relu(x: Floats) -> Floats:
    """max(0, x), entry by entry; any shape, exact."""
    return np.maximum(x, 0)


def softmax(logits: Floats) -> Floats:
    """e^(s_i) / sum_j e^(s_j) along the last axis; any shape (..., n), any finite logits.

    The largest logit is taken from all first, which changes nothing in exact arithmetic and leaves no exponent above
    0: nothing overflows, and no denominator is below 1 (N. Higham, Accuracy and Stability, and Blanchard, Higham,
    Higham, IMA J. Numer. Anal. 41, 2021, for the error: about 3n + 4 roundings, relative to each output).

    >>> softmax(np.array([0.0, 1.0, 2.0])).round(2)
    array([0.09, 0.24, 0.67])
    """
    with np.errstate(over="ignore"):  # a difference beyond float64 becomes -inf, its power the 0 that it rounds to
        powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares


def layers(network: Network, images: Floats) -> Iterator[tuple[Floats, Floats]]:
    """Layer by layer the activations that go in and the pre-activations s that come out, in float64.

    Images of shape (n, inputs); both arrays of a layer have n rows. Between layers a = relu(s).
    """
    activations: Floats = images.astype(np.float64, copy=False)
    for W, b in zip(network.weights, network.biases, strict=True):
        pre_activations = activations @ W.T.astype(np.float64) + b
        yield activations, pre_activations
        activations = relu(pre_activations)


def logits(network: Network, images: Floats) -> Floats:
    """s(L) for each image: images of shape (n, inputs) in, shape (n, classes) out, in float64."""
    *_, (_, scores) = layers(network, images)
    return scores
