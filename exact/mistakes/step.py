"""What a mistake is: a step of the calculation as somebody who errs would do it, on the numbers that are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from exact.cells import CellName, Kind
from exact.exponential_sums import TooLarge, Undecided
from exact.problem import Problem
from exact.steps import Array, array


@dataclass(frozen=True, slots=True)
class Step:
    """What a step works on: the problem, the layer l, and the cells before, as `given` has them."""

    problem: Problem
    l: int  # noqa: E741  the field's letter
    given: Callable[[CellName], Array]

    def W(self, layer: int) -> Array:  # noqa: N802  the field's letter
        """The weights of a layer."""
        return array(self.problem.layers[layer - 1].W)

    def cell(self, kind: Kind, layer: int) -> Array:
        """An earlier cell; a(0) is x. Raises `NotThere` where there is none."""
        if kind is Kind.A and layer == 0:
            return array(self.problem.x)
        hidden_only = kind is Kind.DA and layer >= self.problem.depth
        if not 1 <= layer <= self.problem.depth or hidden_only:
            raise NotThereError
        return self.given(CellName(kind, layer))

    @property
    def b(self) -> Array:
        """The biases of the layer."""
        return array(self.problem.layers[self.l - 1].b)

    @property
    def y(self) -> Array:
        """The target."""
        return array(self.problem.y)

    @property
    def s(self) -> Array:
        """The pre-activations of the layer."""
        return self.cell(Kind.S, self.l)

    @property
    def a(self) -> Array:
        """The activations of the layer."""
        return self.cell(Kind.A, self.l)

    @property
    def before(self) -> Array:
        """The activations of the layer before."""
        return self.cell(Kind.A, self.l - 1)

    @property
    def da(self) -> Array:
        """The derivatives of the activations of the layer."""
        return self.cell(Kind.DA, self.l)

    @property
    def delta(self) -> Array:
        """The gradient in s of the layer."""
        return self.cell(Kind.DELTA, self.l)

    @property
    def behind(self) -> Array:
        """The gradient in s of the layer behind."""
        return self.cell(Kind.DELTA, self.l + 1)

    @property
    def back(self) -> Array:
        """W(l+1)^T delta(l+1)."""
        return self.W(self.l + 1).T @ self.behind

    @property
    def gradient(self) -> Array:
        """delta(l) a(l-1)^T."""
        return np.outer(self.delta, self.before)


class NotThereError(LookupError):
    """The step needs a cell that this network has not."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: at which kind of cell it shows, how that cell comes out, and what to say of it.

    `at` tells a hidden layer's step from the last layer's, where they differ. `has_layer`: it is one for each layer.
    """

    id: str
    kind: Kind
    says: str
    variant: Callable[[Step], Array]
    at: str = "any"
    has_layer: bool = False

    def values(self, step: Step) -> Array | None:
        """The cell as it comes out with this mistake; None where it cannot be made here."""
        is_last = step.l == step.problem.depth
        if (self.at == "hidden" and is_last) or (self.at == "output" and not is_last):
            return None
        try:
            return self.variant(step)
        except (NotThereError, ValueError, ZeroDivisionError, TooLarge, Undecided):
            return None
