"""What a problem is to be: the widths of its layers, the units, the loss, the learning rate."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

MOST_LAYERS, MOST_UNITS = 6, 8
"""Layers, and units of one layer, that a problem for paper may have."""

HIDDEN = ("relu", "leaky_relu", "identity", "sigmoid", "tanh")
OUTPUTS = ("softmax", "sigmoid", "tanh", "relu", "leaky_relu", "linear", "step", "sign")
ALLOWED = {
    "softmax": ("cross-entropy", "squared-error"),
    "sigmoid": ("binary-cross-entropy", "squared-error"),
    "step": ("perceptron",),
    "sign": ("perceptron",),
}
"""The losses that go with an output, first the one where nothing else is asked for; squared-error with the others."""

COSTS = tuple(dict.fromkeys(cost for costs in ALLOWED.values() for cost in costs))
"""Every loss that goes with some output."""


class PlanError(ValueError):
    """A plan that no problem fits; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Plan:
    """`widths` are those of the layers, the inputs' first; `loss` "" for the one that goes with the output."""

    widths: tuple[int, ...]
    hidden: str = "relu"
    output: str = "softmax"
    loss: str = ""
    eta: Fraction = Fraction(1, 2)

    def __post_init__(self) -> None:
        """Raises `PlanError`."""
        if not 2 <= len(self.widths) <= MOST_LAYERS + 1:
            raise PlanError(f"expected the widths of 1 to {MOST_LAYERS} layers behind the inputs', such as 3,2,2,3")
        if not all(1 <= width <= MOST_UNITS for width in self.widths):
            raise PlanError(f"expected widths from 1 to {MOST_UNITS}")
        if self.output == "softmax" and self.widths[-1] == 1:
            raise PlanError("a softmax of one output is always 1; expected at least two outputs")
        if self.cost not in self._allowed:
            allowed = " or ".join(self._allowed)
            raise PlanError(f"with {self.output} outputs expected the loss {allowed}, not {self.cost}")
        if self.hidden in ("step", "sign") and len(self.widths) > 2:
            raise PlanError("hidden units with steps have no derivative")

    @property
    def _allowed(self) -> tuple[str, ...]:
        return ALLOWED.get(self.output, ("squared-error",))

    @property
    def cost(self) -> str:
        """The loss."""
        return self.loss or self._allowed[0]

    @property
    def depth(self) -> int:
        """The number of layers behind the inputs."""
        return len(self.widths) - 1

    def unit(self, layer: int) -> str:
        """The unit of a layer, from 1."""
        return self.output if layer == self.depth else self.hidden


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of a problem: of each layer W, row by row, and b; x and y."""

    layers: tuple[tuple[tuple[tuple[Fraction, ...], ...], tuple[Fraction, ...]], ...]
    x: tuple[Fraction, ...]
    y: tuple[Fraction, ...]


def as_toml(plan: Plan, numbers: Numbers, id_: str, title: str, remarks: Sequence[str] = ()) -> str:
    """The assignment as a teacher reads it; remarks stand above it as comments."""
    lines = [f"# {remark}" for remark in remarks]
    lines += [f"id = {json.dumps(id_)}", f"title = {json.dumps(title, ensure_ascii=False)}", "", "[backprop]"]
    if plan.depth > 1:
        lines.append(f'hidden = "{plan.hidden}"')
    lines += [f'output = "{plan.output}"', f'loss = "{plan.cost}"']
    lines += [f"x = {_vector(numbers.x)}", f"y = {_vector(numbers.y)}", f"eta = {_number(plan.eta)}", "layers = ["]
    for W, b in numbers.layers:
        rows = ", ".join(map(_vector, W))
        lines.append(f"    {{ W = [{rows}], b = {_vector(b)} }},")
    return "\n".join([*lines, "]", ""])


def _vector(values: Sequence[Fraction]) -> str:
    return f"[{', '.join(map(_number, values))}]"


def _number(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f'"{value}"'
