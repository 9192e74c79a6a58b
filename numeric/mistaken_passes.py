"""Known mistakes of the feed-forward pass, each a runnable variant: what some wrong program writes as activations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from numeric.forward import softmax
from numeric.network import Floats, Network

Hidden = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class MistakenPass:
    """One mistake: `logits` of network and images, shape (n, m), then `outputs` of all logits, shape (n, m).

    Where `logits` is None they are right, and `outputs` may need those of all images.
    `layer` is the layer that it is made in, where it is one of several. `says` is a line for the student.
    """

    id: str
    says: str
    logits: Callable[[Network, Floats], Floats] | None
    outputs: Callable[[Floats], Floats] = softmax
    layer: int | None = None


def run(
    network: Network,
    images: Floats,
    *,
    hidden: Hidden = lambda s: np.maximum(s, 0),
    but: int | None = None,
    bias: Callable[[int], float] = lambda _: 1.0,
    weights: Callable[[Floats], Floats] = lambda W: W.T,
    dtype: type = np.float64,
) -> Floats:
    """The logits of a pass with one thing done otherwise; `hidden` in the layer `but` alone, where that is given."""
    a: Floats = images.astype(dtype)
    for layer, (W, b) in enumerate(zip(network.weights, network.biases, strict=True), start=1):
        s = a @ weights(W.astype(dtype)) + b.astype(dtype) * dtype(bias(layer))
        other = but in (None, layer)
        a = s if layer == len(network.weights) else hidden(s) if other else np.maximum(s, 0)
    return a.astype(np.float64)


def _exp(s: Floats) -> Floats:
    powers: Floats = np.exp(s)
    return powers


def _own_term_left_out(s: Floats) -> Floats:
    powers = np.exp(s - s.max(axis=1, keepdims=True))
    left: Floats = powers / (powers.sum(axis=1, keepdims=True) - powers)
    return left


def _shift_in_denominator_only(s: Floats) -> Floats:
    shifted: Floats = np.exp(s) / np.exp(s - s.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True)
    return shifted


def _transposed(images: Floats) -> Floats:
    side = int(images.shape[1] ** 0.5)
    return images.reshape(-1, side, side).transpose(0, 2, 1).reshape(len(images), -1)


def _one_hot(s: Floats) -> Floats:
    rows: Floats = np.eye(s.shape[1])[s.argmax(axis=1)]
    return rows


OUTPUTS: dict[str, tuple[str, Callable[[Floats], Floats]]] = {
    "softmax-numerator-not-exponentiated": (
        "x / sum of e^x: the numerator is not exponentiated",
        lambda s: s / _exp(s).sum(axis=1, keepdims=True),
    ),
    "softmax-over-batch": ("the sum goes over the whole array", lambda s: _exp(s) / _exp(s).sum()),
    "softmax-wrong-axis": ("the sum goes along the images", lambda s: _exp(s) / _exp(s).sum(axis=0)),
    "relu-on-output": ("ReLU came before softmax", lambda s: softmax(np.maximum(s, 0))),
    "logits-written": ("softmax was left out", lambda s: s),
    "relu-instead-of-softmax": ("ReLU was taken for softmax", lambda s: np.maximum(s, 0)),
    "log-softmax-written": ("the logarithm of softmax was written", lambda s: np.log(softmax(s))),
    "softmax-not-normalised": ("e^x was not divided by its sum", _exp),
    "softmax-normalised-by-maximum": (
        "e^x was divided by the largest, not by the sum",
        lambda s: np.exp(s - s.max(axis=1, keepdims=True)),
    ),
    "softmax-twice": ("softmax was applied twice", lambda s: softmax(softmax(s))),
    "softmax-shift-in-denominator-only": ("the shift is in the denominator alone", _shift_in_denominator_only),
    "softmax-own-term-left-out": ("each output's own term is missing in the denominator", _own_term_left_out),
    "softmax-base-2": ("2^x was taken for e^x", lambda s: softmax(s * np.log(2))),
    "softmax-base-10": ("10^x was taken for e^x", lambda s: softmax(s * np.log(10))),
    "one-hot-written": ("the predicted class was written as 1, all else as 0", _one_hot),
    "softmax-without-exp": ("x / sum of x: nothing is exponentiated", lambda s: s / s.sum(axis=1, keepdims=True)),
    "sigmoid-instead-of-softmax": ("the sigmoid was taken for softmax", lambda s: 1 / (1 + np.exp(-s))),
    "softmax-negated": ("e^-x was taken for e^x", lambda s: softmax(-s)),
    "activations-percent": ("percentages were written", lambda s: 100 * softmax(s)),
    "activations-sorted": ("the activations were sorted", lambda s: np.sort(softmax(s), axis=1)),
}
"""Mistakes of the output layer alone."""

HIDDEN: dict[str, tuple[str, Hidden]] = {
    "relu-skipped": ("ReLU was left out", lambda s: s),
    "leaky-relu": ("a leaky ReLU was taken", lambda s: np.where(s > 0, s, 0.01 * s)),
    "relu-absolute": ("|x| was taken for ReLU", np.abs),
    "relu-inverted": ("min(x, 0) was taken for ReLU", lambda s: np.minimum(s, 0)),
    "relu-mask-written": ("ReLU's derivative was taken for ReLU", lambda s: (s > 0).astype(np.float64)),
    "sigmoid-hidden": ("sigmoid hidden units", lambda s: 1 / (1 + np.exp(-s))),
    "tanh-hidden": ("tanh hidden units", np.tanh),
    "softmax-hidden": ("softmax hidden units", softmax),
}
"""Another activation function in the hidden layers."""

INPUTS: dict[str, tuple[str, Callable[[Floats], Floats]]] = {
    "input-divided-again": ("the pixels, which lie in [0, 1) already, were divided by 255", lambda x: x / 255),
    "input-not-scaled": ("the pixels were multiplied by 256", lambda x: x * 256),
    "input-cast-to-int": ("the pixels were cut to whole numbers", np.trunc),
    "image-transposed": ("rows and columns of the images were exchanged", _transposed),
}
"""Something else done to the images."""


def mistaken_passes(network: Network) -> Iterator[MistakenPass]:
    """All known mistakes, the simplest first."""
    for name, (says, outputs) in OUTPUTS.items():
        yield MistakenPass(name, says, None, outputs)
    last = len(network.weights)
    for name, (says, hidden) in HIDDEN.items():
        yield MistakenPass(name, says, lambda net, x, hidden=hidden: run(net, x, hidden=hidden))  # type: ignore[misc]
    for layer in range(1, last):
        skipped = lambda net, x, layer=layer: run(net, x, hidden=lambda s: s, but=layer)  # noqa: E731
        yield MistakenPass("relu-skipped", f"ReLU was left out in layer {layer}", skipped, layer=layer)
    for name, (says, change) in INPUTS.items():
        yield MistakenPass(name, says, lambda net, x, change=change: run(net, change(x)))  # type: ignore[misc]
    yield MistakenPass("bias-forgotten", "the biases were left out", lambda net, x: run(net, x, bias=lambda _: 0.0))
    yield MistakenPass("bias-subtracted", "the biases were subtracted", lambda net, x: run(net, x, bias=lambda _: -1.0))
    for layer in range(1, last + 1):
        without = lambda net, x, layer=layer: run(net, x, bias=lambda l: float(l != layer))  # noqa: E731, E741
        yield MistakenPass("bias-forgotten", f"the bias of layer {layer} was left out", without, layer=layer)
    reshaped = lambda net, x: run(net, x, weights=lambda W: W.reshape(W.shape[1], W.shape[0]))  # noqa: E731
    yield MistakenPass("weights-reshaped", "the weights were reshaped, not transposed", reshaped)
    yield MistakenPass("half-precision", "worked out in half precision", lambda net, x: run(net, x, dtype=np.float16))
