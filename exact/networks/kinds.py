"""The kinds of cells of a network's calculation: how each is written, and where it stands on the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FORWARD, CLASS, COST, DELTAS = "Feed forward", "Class", "Cost", "Deltas"
GRADIENTS, UPDATES, AFTER = "Gradients", "Updated weights and biases", "After the step"

SHORT = {UPDATES: "Updates"}
"""Headings that are shorter beside others."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind: `latex` with the layer in it, the heading it stands under, and a word for it."""

    latex: str
    heading: str
    word: str


KINDS: Mapping[str, Kind] = {
    "s": Kind("s^{{({})}}", FORWARD, "pre-activation"),
    "a": Kind("a^{{({})}}", FORWARD, "activation"),
    "da": Kind("a'^{{({})}}", FORWARD, "derivative"),
    "class": Kind(r"\mathrm{{class}}", CLASS, "class"),
    "C": Kind("C", COST, "cost"),
    "C_each": Kind("C_k", COST, "share of each output"),
    "delta": Kind(r"\delta^{{({})}}", DELTAS, "delta"),
    "grad_a": Kind(r"\nabla_{{a^{{({})}}}} C", GRADIENTS, "gradient by activations"),
    "grad_x": Kind(r"\nabla_x C", GRADIENTS, "gradient by the input"),
    "grad_W": Kind(r"\nabla_{{W^{{({})}}}} C", GRADIENTS, "gradient by weights"),
    "grad_b": Kind(r"\nabla_{{b^{{({})}}}} C", GRADIENTS, "gradient by biases"),
    "step_W": Kind(r"\Delta W^{{({})}}", UPDATES, "step of weights"),
    "step_b": Kind(r"\Delta b^{{({})}}", UPDATES, "step of biases"),
    "W_new": Kind(r"W^{{({})}}_{{\mathrm{{new}}}}", UPDATES, "updated weights"),
    "b_new": Kind(r"b^{{({})}}_{{\mathrm{{new}}}}", UPDATES, "updated biases"),
    "C_new": Kind(r"C_{{\mathrm{{new}}}}", AFTER, "cost after the step"),
}
"""The kinds by the letters of their canonical names."""
