"""What a step of the calculation works on: its ingredients, each of which may be put in the place of the right one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from exact.networks.cells import CellName, Kind
from exact.networks.problem import Problem
from exact.networks.steps import Array, array


class NotThereError(LookupError):
    """The step needs a cell that this network has not."""


def _ingredient(work_out: Callable[[Inputs], Array]) -> property:
    """A property of the name of the function, which `Inputs.but` may replace."""
    name = work_out.__name__

    def value(inputs: Inputs) -> Array:
        return inputs.changed[name] if name in inputs.changed else work_out(inputs)

    return property(value, doc=work_out.__doc__)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The ingredients of the step that makes the cell `name`, of the layer l, in the field's letters.

    `given` has the values of any earlier cell; arrays of numbers, some perhaps `UNKNOWN`. Raises
    `NotThereError` for what the network has not.
    """

    problem: Problem
    name: CellName
    given: Callable[[CellName], Array]
    changed: Mapping[str, Array] = field(default_factory=dict)

    def but(self, **changed: Array) -> Inputs:
        """The same with other ingredients in the place of these."""
        return replace(self, changed={**self.changed, **changed})

    def cell(self, kind: Kind, layer: int) -> Array:
        """An earlier cell; a(0) is x."""
        if kind is Kind.A and layer == 0:
            return array(self.problem.x)
        hidden_only = kind is Kind.DA and layer >= self.problem.depth
        if not 1 <= layer <= self.problem.depth or hidden_only:
            raise NotThereError
        return self.given(CellName(kind, layer))

    @property
    def l(self) -> int:  # noqa: E743  the field's letter
        """The layer."""
        return self.name.layer

    @property
    def is_last(self) -> bool:
        """Whether it is the output layer's step."""
        return self.l == self.problem.depth

    @_ingredient
    def W(self) -> Array:  # noqa: N802  the field's letter
        """The weights of the layer, shape (units, inputs)."""
        return array(self.problem.layers[self.l - 1].W)

    @_ingredient
    def W_behind(self) -> Array:  # noqa: N802  the field's letter
        """The weights of the layer behind."""
        if self.is_last:
            raise NotThereError
        return array(self.problem.layers[self.l].W)

    @_ingredient
    def b(self) -> Array:
        """The biases of the layer."""
        return array(self.problem.layers[self.l - 1].b)

    @_ingredient
    def y(self) -> Array:
        """The target."""
        return array(self.problem.y)

    @_ingredient
    def eta(self) -> Array:
        """The learning rate."""
        return self.problem.eta

    @_ingredient
    def s(self) -> Array:
        """The pre-activations of the layer."""
        return self.cell(Kind.S, self.l)

    @_ingredient
    def a(self) -> Array:
        """The activations of the layer; for the cost, those of the last."""
        return self.cell(Kind.A, self.problem.depth if self.name.kind is Kind.COST else self.l)

    @_ingredient
    def a_before(self) -> Array:
        """The activations of the layer before."""
        return self.cell(Kind.A, self.l - 1)

    @_ingredient
    def da(self) -> Array:
        """The derivatives of the activations of the layer."""
        return self.cell(Kind.DA, self.l)

    @_ingredient
    def delta(self) -> Array:
        """The gradient in s of the layer."""
        return self.cell(Kind.DELTA, self.l)

    @_ingredient
    def delta_behind(self) -> Array:
        """The gradient in s of the layer behind."""
        return self.cell(Kind.DELTA, self.l + 1)
