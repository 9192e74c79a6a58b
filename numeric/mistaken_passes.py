"""Known mistakes of the feed-forward pass, each a runnable variant: what some wrong program writes as activations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from numeric.forward import softmax
from numeric.network import Floats, Network

Hidden = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True)
class MistakenPass:
    """One mistake: `logits` of network and images, shape (n, m), then `outputs` of all logits, shape (n, m).

    Where `logits` is None they are right, and where the mistake `needs_all`, `outputs` works on those of all images.
    `layer` is the layer that it is made in, where it is one of several.
    """

    id: str
    logits: Callable[[Network, Floats], Floats] | None
    outputs: Callable[[Floats], Floats] = softmax
    layer: int | None = None
    needs_all: bool = False


def run(
    network: Network,
    images: Floats,
    *,
    hidden: Hidden | None = None,
    but: int | None = None,
    bias: Callable[[int], float] = lambda _: 1.0,
    weights: Callable[[Floats], Floats] = lambda W: W.T,
    bias_last: bool = False,
    dtype: type = np.float64,
) -> Floats:
    """The logits of a pass with one thing done otherwise.

    `hidden` units in the layer `but` alone, where that is given; biases as many times as `bias` says, and, with
    `bias_last`, after the units; the `weights` as they are multiplied with.
    """
    a: Floats = images.astype(dtype)
    for layer, (W, b) in enumerate(zip(network.weights, network.biases, strict=True), start=1):
        s, shift = a @ weights(W.astype(dtype)), b.astype(dtype) * dtype(bias(layer))
        is_last = layer == len(network.weights)
        unit: Hidden = (lambda s: s) if is_last else hidden if hidden and but in (None, layer) else relu
        a = unit(s) + shift if bias_last else unit(s + shift)
    return a.astype(np.float64)


def relu(s: Floats) -> Floats:
    """max(s, 0)."""
    values: Floats = np.maximum(s, 0)
    return values


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


def _all_but(layer: int, one: int) -> float:
    return float(one != layer)


def _transposed(images: Floats) -> Floats:
    side = int(images.shape[1] ** 0.5)
    return images.reshape(-1, side, side).transpose(0, 2, 1).reshape(len(images), -1)


def _whole(s: Floats, whole: Callable[[Floats], Floats]) -> Floats:
    return whole(softmax(s))


def _one_hot(s: Floats) -> Floats:
    rows: Floats = np.eye(s.shape[1])[s.argmax(axis=1)]
    return rows


OUTPUTS: dict[str, Callable[[Floats], Floats]] = {
    "softmax-numerator-not-exponentiated": lambda s: s / _exp(s).sum(axis=1, keepdims=True),
    "softmax-over-batch": lambda s: _exp(s) / _exp(s).sum(),
    "softmax-wrong-axis": lambda s: _exp(s) / _exp(s).sum(axis=0),
    "relu-on-output": lambda s: softmax(relu(s)),
    "logits-written": lambda s: s,
    "relu-instead-of-softmax": relu,
    "log-softmax-written": lambda s: np.log(softmax(s)),
    "softmax-not-normalised": _exp,
    "softmax-normalised-by-maximum": lambda s: np.exp(s - s.max(axis=1, keepdims=True)),
    "softmax-twice": lambda s: softmax(softmax(s)),
    "softmax-shift-in-denominator-only": _shift_in_denominator_only,
    "softmax-own-term-left-out": _own_term_left_out,
    "softmax-base-2": lambda s: softmax(s * np.log(2)),
    "softmax-base-10": lambda s: softmax(s * np.log(10)),
    "one-hot-written": _one_hot,
    "softmax-without-exp": lambda s: s / s.sum(axis=1, keepdims=True),
    "sigmoid-instead-of-softmax": lambda s: 1 / (1 + np.exp(-s)),
    "softmax-negated": lambda s: softmax(-s),
    "activations-percent": lambda s: 100 * softmax(s),
    "activations-sorted": lambda s: np.sort(softmax(s), axis=1),
}
"""Mistakes of the output layer alone."""

NEEDS_ALL = frozenset({"softmax-over-batch", "softmax-wrong-axis"})
"""Those of them whose rows hang together."""

HIDDEN: dict[str, Hidden] = {
    "relu-skipped": lambda s: s,
    "leaky-relu": lambda s: np.where(s > 0, s, 0.01 * s),
    "relu-absolute": np.abs,
    "relu-inverted": lambda s: np.minimum(s, 0),
    "relu-mask-written": lambda s: (s > 0).astype(np.float64),
    "sigmoid-hidden": lambda s: 1 / (1 + np.exp(-s)),
    "tanh-hidden": np.tanh,
    "softmax-hidden": softmax,
}
"""Another activation function in the hidden layers."""

WHOLE: tuple[Callable[[Floats], Floats], ...] = (
    np.trunc,
    np.rint,
    lambda a: np.trunc(a.astype(np.float32)).astype(np.float64),
)
"""Ways to make whole numbers of activations; in single precision more of them are 1."""

INPUTS: dict[str, Callable[[Floats], Floats]] = {
    "input-divided-again": lambda x: x / 255,
    "input-not-scaled": lambda x: x * 256,
    "input-cast-to-int": np.trunc,
    "image-transposed": _transposed,
}
"""Something else done to the images."""


def mistaken_passes(network: Network) -> Iterator[MistakenPass]:
    """All known mistakes, the simplest first."""
    for name, outputs in OUTPUTS.items():
        yield MistakenPass(name, None, outputs, needs_all=name in NEEDS_ALL)
    for whole in WHOLE:
        yield MistakenPass("integer-activations", None, partial(_whole, whole=whole))
    last = len(network.weights)
    for name, hidden in HIDDEN.items():
        yield MistakenPass(name, partial(run, hidden=hidden))
    for layer in range(1, last):
        yield MistakenPass("relu-skipped", partial(run, hidden=lambda s: s, but=layer), layer=layer)
    for name, change in INPUTS.items():
        yield MistakenPass(name, lambda net, x, change=change: run(net, change(x)))  # type: ignore[misc]
    yield MistakenPass("bias-forgotten", partial(run, bias=lambda _: 0.0))
    yield MistakenPass("bias-subtracted", partial(run, bias=lambda _: -1.0))
    for layer in range(1, last + 1):
        yield MistakenPass("bias-forgotten", partial(run, bias=partial(_all_but, layer)), layer=layer)
    yield MistakenPass("bias-after-relu", partial(run, bias_last=True))
    yield MistakenPass("weights-reshaped", partial(run, weights=lambda W: W.reshape(W.shape[1], W.shape[0])))
    yield MistakenPass("half-precision", partial(run, dtype=np.float16))
