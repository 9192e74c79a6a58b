"""The kinds of cells of a network's calculation: how each is written, and where it stands on the sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from exact.calculation.quantity import Place

FORWARD, CLASS, COST, DELTAS = "Feed forward", "Class", "Cost", "Deltas"
GRADIENTS, UPDATES, AFTER = "Gradients", "Updated weights and biases", "After the step"

SHORT = {UPDATES: "Updates"}
"""Headings that are shorter beside others."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind: `latex` with the layer in it, the heading it stands under, a word for it, and other spellings."""

    latex: str
    heading: str
    word: str
    also: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = {
    "s": Kind("s^{{({})}}", FORWARD, "pre-activation"),
    "a": Kind("a^{{({})}}", FORWARD, "activation"),
    "da": Kind("a'^{{({})}}", FORWARD, "derivative", ("a'{}", "a{}'")),
    "class": Kind(r"\mathrm{{class}}", CLASS, "class"),
    "C": Kind("C", COST, "cost", ("cost",)),
    "C_each": Kind("C_k", COST, "share of each output"),
    "delta": Kind(r"\delta^{{({})}}", DELTAS, "delta", ("d{}",)),
    "grad_a": Kind(r"\nabla_{{a^{{({})}}}} C", GRADIENTS, "activation gradient"),
    "grad_x": Kind(r"\nabla_x C", GRADIENTS, "input gradient"),
    "grad_W": Kind(r"\nabla_{{W^{{({})}}}} C", GRADIENTS, "weight gradient"),
    "grad_b": Kind(r"\nabla_{{b^{{({})}}}} C", GRADIENTS, "bias gradient"),
    "m_W": Kind("m_{{W^{{({})}}}}", UPDATES, "mean gradient of weights"),
    "m_b": Kind("m_{{b^{{({})}}}}", UPDATES, "mean gradient of biases"),
    "v_W": Kind("v_{{W^{{({})}}}}", UPDATES, "state of weights"),
    "v_b": Kind("v_{{b^{{({})}}}}", UPDATES, "state of biases"),
    "mhat_W": Kind(r"\hat{{m}}_{{W^{{({})}}}}", UPDATES, "corrected mean of weights"),
    "mhat_b": Kind(r"\hat{{m}}_{{b^{{({})}}}}", UPDATES, "corrected mean of biases"),
    "vhat_W": Kind(r"\hat{{v}}_{{W^{{({})}}}}", UPDATES, "corrected state of weights"),
    "vhat_b": Kind(r"\hat{{v}}_{{b^{{({})}}}}", UPDATES, "corrected state of biases"),
    "step_W": Kind(r"\Delta W^{{({})}}", UPDATES, "weight step"),
    "step_b": Kind(r"\Delta b^{{({})}}", UPDATES, "bias step"),
    "W_new": Kind(r"W^{{({})}}_{{\mathrm{{new}}}}", UPDATES, "updated weights", ("Wnew{}",)),
    "b_new": Kind(r"b^{{({})}}_{{\mathrm{{new}}}}", UPDATES, "updated biases", ("bnew{}",)),
    "C_new": Kind(r"C_{{\mathrm{{new}}}}", AFTER, "cost after the step"),
}
"""The kinds by the letters of their canonical names."""


def place(kind: str, layer: int, when: str) -> Place:
    """Where a cell stands on the sheet: of a layer, 0 for none, at a step of the work, "" for the only one."""
    heading = KINDS[kind].heading
    return Place(
        heading,
        str(layer) if layer else "–",
        KINDS[kind].word,
        short=SHORT.get(heading, heading),
        when=when,
        is_grid=heading == FORWARD,
    )
