"""The hand problem of a network as a frozen value: what the `[backprop]` table of an assignment says.

s(l) = W(l) a(l-1) + b(l),   a(l) = h(s(l)),   a(0) = x,   a(L) = g(s(L))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from exact.networks.faults import Fault
from exact.networks.losses import LOSSES, Loss
from exact.networks.optimizers import Optimizer
from exact.networks.units import UNITS, Kinks, Unit
from exact.numbers.array import Array

Vector = tuple[Fraction, ...]
Matrix = tuple[Vector, ...]


class InvalidProblem(ValueError):
    """The table does not describe a problem; `faults` holds every fault found.

    `problem` is what it describes but for keys that are none, so that names can be looked at; None where it cannot be.
    """

    def __init__(self, faults: tuple[Fault, ...], problem: Problem | None = None) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults, self.problem = faults, problem


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: weights W of shape (units, inputs), in rows (inputs, units); biases b, of shape (units,), if any.

    Both are None where the layer's s is stated. `unit`: its own, None for the network's.
    """

    W: Matrix | None
    b: Vector | None
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Sample:
    """What one step is taken on: an input and its target, or a batch of them, one row a sample."""

    x: Vector | Matrix
    y: Vector | Matrix


@dataclass(frozen=True, slots=True)
class Problem:
    """Steps of gradient descent, each on one sample or one batch; in the usual case a single one.

    The input x has as many entries as W(1) takes; the target y as many as there are outputs (for softmax it is a
    distribution, one-hot in the usual case); eta is the learning rate, 0 where nothing is updated.
    Everything given is rational.

    `in_rows`: a W + b with rows, not W a + b with columns. `has_thresholds`: b is subtracted. `has_error_deltas`: delta
    is -dC/ds. `frozen`: parameters that are not updated. `tied`: entries that are one parameter, each a name of a
    parameter and a place in it. `stated`: values the calculation goes on from, by cell; `upstream`: the gradient at the
    last s, which stands for a loss. `mean`: C is the mean over the samples of a batch, else their sum. l2: C has l2
    times `l2_factor` times the sum of the squares of all W. `optimizer`: None for plain gradient descent.
    """

    layers: tuple[Layer, ...]
    x: Vector | Matrix
    y: Vector | Matrix
    eta: Fraction
    hidden: Unit
    output: Unit
    loss: Loss = LOSSES["squared-error"]
    loss_factor: Fraction = Fraction(1)
    in_rows: bool = False
    has_thresholds: bool = False
    has_error_deltas: bool = False
    mean: bool = True
    frozen: frozenset[str] = frozenset()
    tied: tuple[tuple[tuple[str, int], ...], ...] = ()
    stated: Mapping[str, Array] = field(default_factory=dict)
    upstream: Array | None = None
    l2: Fraction = Fraction(0)
    l2_factor: Fraction = Fraction(1, 2)
    further: tuple[Sample, ...] = ()
    has_own_samples: bool = False
    optimizer: Optimizer | None = None

    @property
    def depth(self) -> int:
        """The number of layers L."""
        return len(self.layers)

    @property
    def samples(self) -> tuple[Sample, ...]:
        """What each step is taken on."""
        return (Sample(self.x, self.y), *self.further)

    @property
    def is_batch(self) -> bool:
        """Whether a step is taken on several samples at once."""
        return bool(self.x) and isinstance(self.x[0], tuple)

    @property
    def starts_stated(self) -> bool:
        """Whether the calculation begins with a cell that is stated, so that nothing before it is needed."""
        return bool(self.stated) and self.layers[0].W is None

    def unit(self, layer: int) -> Unit:
        """The unit of a layer, 1 to L."""
        own = self.layers[layer - 1].unit
        return own or (self.output if layer == self.depth else self.hidden)

    @property
    def units(self) -> tuple[int, ...]:
        """How many inputs there are, and how many units each layer has."""
        inputs = len(self.x[0]) if self.is_batch else len(self.x)  # type: ignore[arg-type]  # a row of a batch
        return (inputs, *(self._width(number) for number in range(1, self.depth + 1)))

    def _width(self, layer: int) -> int:
        W, b = self.layers[layer - 1].W, self.layers[layer - 1].b
        if W is not None:
            return len(W[0]) if self.in_rows else len(W)
        if b is not None:
            return len(b)
        stated = self.stated.get(f"s{layer}") or self.stated.get(f"a{layer}")
        return stated.shape[-1] if stated else 0


def default_unit(name: str) -> Unit:
    """The unit of that name, with what is usual at its kink."""
    return UNITS[name](Kinks())
