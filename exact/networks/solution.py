"""The exact solution of the hand problem: every cell of the table, every entry a proved number.

The forward pass is rational as far as the hidden units are piecewise linear. The way back is linear in the outputs p,
which are kept as symbols (`exact.numbers.affine`): an entry is shown as `2 - 3 p_1`, and its value is a `Number`, in
which e^42 stays e^42.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from operator import sub
from typing import Any

from exact.networks import steps
from exact.networks.cells import COST, CellName, Kind, cell_names
from exact.networks.problem import Problem
from exact.networks.steps import Array, array
from exact.numbers.affine import Affine
from exact.numbers.bounds import MAX_KEY_BITS
from exact.numbers.exponential_sums import TooLarge
from exact.numbers.number import Number, Scalar
from exact.numbers.tower import Tower


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of the key.

    `form` shows it (affine in p), `value` is it, `size` is the sum of |terms| of the step that gives it.
    """

    name: str
    form: Affine
    value: Number
    size: Number


@dataclass(frozen=True, slots=True)
class Cell:
    """One vector (a column: shape (n, 1)) or matrix of the key, its entries row by row."""

    name: CellName
    shape: tuple[int, int]
    entries: tuple[Entry, ...]

    def rows(self) -> Iterator[tuple[Entry, ...]]:
        """The entries of each row."""
        columns = self.shape[1]
        for start in range(0, len(self.entries), columns):
            yield self.entries[start : start + columns]


@dataclass(frozen=True, slots=True)
class Solution:
    """All cells in the order of the calculation, and the cost.

    `outputs` are p_1, p_2, ...; empty where the outputs are linear. `logits` is s(L).
    """

    problem: Problem
    logits: tuple[Scalar, ...]
    outputs: tuple[Number, ...]
    cells: tuple[Cell, ...]
    cost: Cell

    def with_cost(self) -> tuple[Cell, ...]:
        """All cells with the cost among them, where it is worked out: before the deltas."""
        forward = [cell for cell in self.cells if cell.name.kind in (Kind.S, Kind.A, Kind.DA)]
        return (*forward, self.cost, *self.cells[len(forward) :])

    def entries(self) -> Iterator[Entry]:
        """All entries of all cells, in order; not the cost."""
        for cell in self.cells:
            yield from cell.entries


def solve(problem: Problem) -> Solution:
    """The key of the problem: feed-forward, deltas and updates. Exact throughout.

    Raises `exact.numbers.exponential_sums.TooLarge` where the numbers grow beyond what can be written down.
    """
    values: dict[CellName, Array] = {}
    sizes: dict[CellName, Array] = {}
    weights = [array(layer.W) for layer in problem.layers]
    biases = [array(layer.b) for layer in problem.layers]
    hidden, last = problem.hidden, problem.depth

    # Feed forward.
    activations, derivatives = [array(problem.x)], []
    for l, (W, b) in enumerate(zip(weights, biases, strict=True), start=1):  # noqa: E741  the field's letter
        a = activations[-1]
        s = _each(_settled, steps.pre_activation(W, a, b))
        values[CellName(Kind.S, l)] = s
        sizes[CellName(Kind.S, l)] = steps.pre_activation(abs(W), abs(a), abs(b))
        if l < last:
            a = _each(hidden.value, s)
            activations.append(a)
            derivatives.append(_each(hidden.derivative, s, a))
            values[CellName(Kind.A, l)], values[CellName(Kind.DA, l)] = a, derivatives[-1]
    logits = tuple(s)
    outputs, forms = _outputs(problem, logits)
    values[CellName(Kind.A, last)] = forms

    # Back: linear in p.
    def magnitude(vector: Array) -> Array:
        return abs(_each(lambda form: form.value(outputs), vector))

    y, eta = array(problem.y), problem.eta
    delta, size = steps.output_delta(forms, y), steps.output_delta(magnitude(forms), -abs(y))
    for l in range(last, 0, -1):  # noqa: E741
        W, b, a = weights[l - 1], biases[l - 1], activations[l - 1]
        if problem.output.sums_to_one:
            delta = _each(Affine.fewest, delta)
        values[CellName(Kind.DELTA, l)], sizes[CellName(Kind.DELTA, l)] = delta, size
        values[CellName(Kind.W_NEW, l)] = steps.updated_weights(W, eta, delta, a)
        values[CellName(Kind.B_NEW, l)] = steps.updated_biases(b, eta, delta)
        delta_size = magnitude(delta)
        sizes[CellName(Kind.W_NEW, l)] = steps.updated_weights(abs(W), -abs(eta), delta_size, abs(a))
        sizes[CellName(Kind.B_NEW, l)] = steps.updated_biases(abs(b), -abs(eta), delta_size)
        if l > 1:
            size = steps.backpropagated_delta(abs(derivatives[l - 2]), abs(W), delta_size)
            delta = steps.backpropagated_delta(derivatives[l - 2], W, delta)

    values[COST] = array([problem.output.cost(logits, problem.y)])
    cells = [_cell(name, values[name], sizes.get(name), outputs) for name in (*cell_names(last), COST)]
    return Solution(problem, logits, outputs, tuple(cells[:-1]), cells[-1])


def _outputs(problem: Problem, logits: tuple[Scalar, ...]) -> tuple[tuple[Number, ...], Array]:
    """What p_1, p_2, ... stand for, and a(L) as forms."""
    activations = problem.output.activations(logits)
    if not problem.output.has_probabilities:
        return (), array([_form(a, 0) for a in activations])
    units = range(len(logits))
    symbols = [Number.of(Tower.symbol()) for _ in units]
    if problem.output.sums_to_one:
        symbols[-1] = reduce(sub, symbols[:-1], Number.of(1))
    outputs = tuple(Number.named(Number.of(a), symbol) for a, symbol in zip(activations, symbols, strict=True))
    return outputs, array([Affine(Fraction(0), tuple(Fraction(i == j) for j in units)) for i in units])


def _cell(name: CellName, values: Array, sizes: Array | None, outputs: tuple[Number, ...]) -> Cell:
    """The cell; where no sizes are given each entry's size is that of its own value."""
    shape = (len(values), 1) if values.ndim == 1 else (values.shape[0], values.shape[1])
    entries = []
    for place, number in enumerate(values.flat):
        form = _bounded(number if isinstance(number, Affine) else _form(number, len(outputs)))
        value = Number.of(form.value(outputs))
        size = abs(value) if sizes is None else Number.of(sizes.flat[place])
        entries.append(Entry(name.entry(*divmod(place, shape[1])), form, value, size))
    return Cell(name, shape, tuple(entries))


def _form(value: Scalar, outputs: int) -> Affine:
    return Affine(value, (Fraction(0),) * outputs)


def _settled(value: Scalar) -> Scalar:
    return value.settled() if isinstance(value, Number) else _short(value)


def _bounded(form: Affine) -> Affine:
    """The form, its numbers bounded. Raises `TooLarge`."""
    for number in (form.constant, *form.coefficients):
        if number and isinstance(number, Fraction):
            _short(number)
    return form


def _short(value: Fraction) -> Fraction:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > MAX_KEY_BITS:
        raise TooLarge(f"the problem's numbers grow beyond {MAX_KEY_BITS} bits; expected numbers of hand work")
    return value


def _each(function: Callable[..., Any], *vectors: Array) -> Array:
    """The function's values, entry by entry."""
    return array([function(*items) for items in zip(*vectors, strict=True)])
