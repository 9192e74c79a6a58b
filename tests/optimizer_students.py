"""Students who take two steps of Adam, or one of momentum, in floats, and err by rules of their own."""

from __future__ import annotations

from typing import Any

import numpy as np

Cells = dict[str, np.ndarray[Any, Any]]
Rules = dict[str, Any]

X, Y, W, B, ETA, B1, B2, EPSILON = np.array([0.5, 2.0]), -1.0, np.array([0.4, 0.3]), 0.2, 0.1, 0.8, 0.9, 0.01

_OF_BIASES = ("grad_b1", "m_b1", "v_b1", "mhat_b1", "vhat_b1", "b1_new")

TABLE: dict[str, Any] = {
    "output": "linear",
    "x": ["0.5", 2],
    "y": [-1],
    "eta": "0.1",
    "layers": [{"W": [["0.4", "0.3"]], "b": ["0.2"]}],
    "steps": 2,
    "optimizer": {"name": "adam", "beta1": "0.8", "beta2": "0.9", "epsilon": "0.01"},
    "cells": [
        f"{name}{at}"
        for at in ("", "@2")
        for name in ("grad_W1", "m_W1", "v_W1", "mhat_W1", "vhat_W1", "W1_new", *_OF_BIASES)
    ],
}


def adam(rules: Rules) -> Cells:
    """Two steps."""
    c: Cells = {}
    w, b = W, B
    kept: dict[str, Any] = {"W1": (0 * W, 0 * W), "b1": (0.0, 0.0)}
    for t in (1, 2):
        at = "" if t == 1 else "@2"
        error = w @ X + b - Y
        gradients = {"W1": error * X, "b1": error}
        for name, g in gradients.items():
            m_old, v_old = kept[name]
            m = rules.get("m", lambda old, g: B1 * old + (1 - B1) * g)(m_old, g)
            v = rules.get("v", lambda old, g: B2 * old + (1 - B2) * g * g)(v_old, g)
            kept[name] = m, v
            m_hat, v_hat = rules.get("hats", lambda m, v, t: (m / (1 - B1**t), v / (1 - B2**t)))(m, v, t)
            new = rules.get("step", lambda m, v: -ETA * m / (np.sqrt(v) + EPSILON))(m_hat, v_hat)
            w, b = (w + new, b) if name == "W1" else (w, b + new)
            c |= {f"grad_{name}{at}": g, f"{name}_new{at}": w if name == "W1" else np.array([b])}
            c |= {f"m_{name}{at}": m, f"v_{name}{at}": v, f"mhat_{name}{at}": m_hat, f"vhat_{name}{at}": v_hat}
    return {name: np.atleast_2d(cell) if "W1" in name else np.atleast_1d(cell) for name, cell in c.items()}


STUDENTS: dict[str, tuple[Rules, ...]] = {
    "state-left-out": ({"m": lambda _, g: (1 - B1) * g}, {"v": lambda _, g: (1 - B2) * g * g}),
    "gradient-not-squared": ({"v": lambda old, g: B2 * old + (1 - B2) * g},),
    "bias-correction-left-out": ({"hats": lambda m, v, _: (m, v)},),
    "root-left-out": ({"step": lambda m, v: -ETA * m / (v + EPSILON)},),
}
"""By the id of the mistake."""
