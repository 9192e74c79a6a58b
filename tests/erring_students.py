"""How students err in the hand calculation, rule by rule, in floats; nothing of this is the diagnoser's."""

from __future__ import annotations

import numpy as np

from tests.students import Floats, Paper, Rule, shares


def one_hot(a: Floats) -> Floats:
    return np.eye(len(a))[a.argmax()]


def other_mask(p: Paper) -> Floats:
    for l in range(1, p.L):
        if l != p.l and len(p[f"da{l}"]) == len(p[f"da{p.l}"]):
            return p[f"da{l}"]
    raise KeyError


def inner_derivative(p: Paper) -> Floats:
    return p[f"da{p.l - 1}"] if p.l > 1 else p.x


def own_term_left_out(p: Paper) -> Floats:
    powers = np.exp(p.s)
    return powers / (powers.sum() - powers)


def both(weights: Rule, biases: Rule) -> dict[str, Rule]:
    return {"W": weights, "b": biases}


EVERYWHERE: dict[str, dict[str, Rule]] = {
    "relu-skipped": {"a": lambda p: p.s},
    "relu-absolute": {"a": lambda p: np.abs(p.s)},
    "relu-inverted": {"a": lambda p: np.minimum(p.s, 0), "da": lambda p: (p.s < 0) * 1.0},
    "relu-on-output": {"out": lambda p: shares(np.maximum(p.s, 0))},
    "softmax-numerator-not-exponentiated": {"out": lambda p: p.s / np.exp(p.s).sum()},
    "softmax-without-exp": {"out": lambda p: p.s / p.s.sum()},
    "softmax-skipped": {"out": lambda p: p.s},
    "sigmoid-instead-of-softmax": {"out": lambda p: 1 / (1 + np.exp(-p.s))},
    "softmax-own-term-left-out": {"out": own_term_left_out},
    "output-hardened": {"delta_out": lambda p: one_hot(p.a) - p.y},
    "relu-derivative-one": {"da": lambda p: np.ones_like(p.s)},
    "relu-derivative-sign": {"da": lambda p: np.sign(p.s)},
    "relu-derivative-inverted": {"da": lambda p: (p.s < 0) * 1.0},
    "activation-for-derivative": {"da": lambda p: p.a},
    "sigmoid-derivative-on-relu": {"da": lambda p: p.a * (1 - p.a)},
    "mask-of-wrong-layer": {"delta": lambda p: other_mask(p) * p.back},
    "output-delta-sign": {"delta_out": lambda p: p.y - p.a},
    "output-delta-mse": {"delta_out": lambda p: (p.a - p.y) * p.a * (1 - p.a)},
    "output-delta-doubled": {"delta_out": lambda p: 2 * (p.a - p.y)},
    "target-not-subtracted": {"delta_out": lambda p: p.a},
    "gradient-by-activation": {"delta_out": lambda p: -p.y / p.a},
    "softmax-jacobian-diagonal": {"delta_out": lambda p: -p.y * (1 - p.a)},
    "output-delta-from-logits": {"delta_out": lambda p: p.s - p.y},
    "output-delta-averaged": {"delta_out": lambda p: (p.a - p.y) / len(p.y)},
    "target-is-prediction": {"delta_out": lambda p: p.a - one_hot(p.a)},
    "delta-replaced-by-mean": {"delta": lambda p: np.full(len(p.s), (p[f"da{p.l}"] * p.back).mean())},
    "gradient-ascent": both(lambda p: p.own_W + p.eta * p.gradient, lambda p: p.own_b + p.eta * p.delta),
    "learning-rate-forgotten": both(lambda p: p.own_W - p.gradient, lambda p: p.own_b - p.delta),
    "learning-rate-squared": both(lambda p: p.own_W - p.eta**2 * p.gradient, lambda p: p.own_b - p.eta**2 * p.delta),
    "bias-not-updated": {"b": lambda p: p.own_b},
    "bias-added": {"b": lambda p: p.own_b + p.eta * p.delta},
    "derivative-in-outer-product": {"W": lambda p: p.own_W - p.eta * np.outer(p.delta, inner_derivative(p))},
    "step-for-new-value": both(lambda p: -p.eta * p.gradient, lambda p: -p.eta * p.delta),
    "update-reversed": both(lambda p: p.eta * p.gradient - p.own_W, lambda p: p.eta * p.delta - p.own_b),
    "preactivation-propagated": {"s": lambda p: p.own_W @ (p[f"s{p.l - 1}"] if p.l > 1 else p.x) + p.own_b},
    "updated-weights-in-backward": {
        "uses the new weights": lambda p: p.x,
        "delta": lambda p: p[f"da{p.l}"] * (p[f"W{p.l + 1}_new"].T @ p[f"delta{p.l + 1}"]),
    },
}
"""Mistakes that are made wherever they can be."""

IN_ONE_LAYER: dict[str, dict[str, Rule]] = {
    "bias-forgotten": {"s": lambda p: p.own_W @ p.before},
    "bias-subtracted": {"s": lambda p: p.own_W @ p.before - p.own_b},
    "weights-transposed-forward": {"s": lambda p: p.own_W.T @ p.before + p.own_b},
    "delta-rounded-early": {"delta": lambda p: p[f"da{p.l}"] * (p.W[p.l].T @ p[f"delta{p.l + 1}"].round(1))},
    "relu-mask-forgotten": {"delta": lambda p: p.back},
    "transpose-forgotten-backward": {"delta": lambda p: p[f"da{p.l}"] * (p.W[p.l] @ p[f"delta{p.l + 1}"])},
    "weights-left-out-backward": {"delta": lambda p: p[f"da{p.l}"] * p[f"delta{p.l + 1}"]},
    "outer-product-reversed": {"W": lambda p: p.own_W - p.eta * p.gradient.T},
    "same-layer-in-outer-product": {"W": lambda p: p.own_W - p.eta * np.outer(p.delta, p.a)},
}
"""Mistakes that are made in one layer."""

TWO_AT_ONCE: dict[tuple[str, str], dict[str, Rule]] = {
    ("bias-subtracted", "preactivation-propagated"): {
        "s": lambda p: p.own_W @ (p[f"s{p.l - 1}"] if p.l > 1 else p.x) - p.own_b
    },
    ("bias-forgotten", "weights-transposed-forward"): {"s": lambda p: p.own_W.T @ p.before},
    ("output-delta-doubled", "output-delta-sign"): {"delta_out": lambda p: 2 * (p.y - p.a)},
    ("output-delta-averaged", "target-not-subtracted"): {"delta_out": lambda p: p.a / len(p.y)},
    ("relu-mask-forgotten", "transpose-forgotten-backward"): {"delta": lambda p: p.W[p.l] @ p[f"delta{p.l + 1}"]},
    ("gradient-ascent", "learning-rate-forgotten"): both(lambda p: p.own_W + p.gradient, lambda p: p.own_b + p.delta),
    ("derivative-in-outer-product", "learning-rate-forgotten"): {
        "W": lambda p: p.own_W - np.outer(p.delta, inner_derivative(p))
    },
    ("outer-product-reversed", "step-for-new-value"): {"W": lambda p: -p.eta * p.gradient.T},
}
"""Two mistakes in one step."""
