"""The exact solution of the hand problem: every cell of the table, every entry a proved number.

The hidden layers are rational. The rest of the step is linear in p = softmax(s(L)), so it is worked out over the ring
Q[p_1, ..., p_n] of sympy; the p_i themselves are elements of `exact.field`, where e^42 stays e^42.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import QQ
from sympy.polys.matrices import DomainMatrix
from sympy.polys.rings import PolyRing

from exact.affine import Affine
from exact.bounds import MAX_KEY_BITS
from exact.cells import CellName, Kind, cell_names
from exact.exponential_sums import TooLarge
from exact.field import Element
from exact.problem import Matrix, Problem, Vector
from exact.softmax import Softmax, softmax
from exact.steps import (
    backpropagated_delta,
    output_delta,
    pre_activation,
    updated_biases,
    updated_weights,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of the key.

    `form` shows it (affine in p), `value` is it (exact), `size` is the sum of |terms| of the step that gives it.
    """

    name: str
    form: Affine
    value: Element
    size: Element


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
    """All cells in the order of the calculation, with p = softmax(s(L))."""

    problem: Problem
    softmax: Softmax
    cells: tuple[Cell, ...]

    def entries(self) -> Iterator[Entry]:
        """All entries of all cells, in order."""
        for cell in self.cells:
            yield from cell.entries


def solve(problem: Problem) -> Solution:
    """The key of the problem: feed-forward, deltas and updates. Exact throughout.

    Raises `exact.exponential_sums.TooLarge` where the numbers grow beyond what can be written down.
    """
    ring = PolyRing([f"p_{i}" for i in range(1, len(problem.y) + 1)], QQ)
    domain = ring.to_domain()
    weights = [_matrix(layer.W).convert_to(domain) for layer in problem.layers]
    biases = [_column(layer.b).convert_to(domain) for layer in problem.layers]
    eta, eta_size = domain(_number(problem.eta)), domain(_number(abs(problem.eta)))
    unit, last = problem.hidden, problem.depth

    values: dict[CellName, DomainMatrix] = {}
    sizes: dict[CellName, DomainMatrix] = {}

    # Feed forward: rational up to s(L).
    activations = [_column(problem.x).convert_to(domain)]
    derivatives: list[DomainMatrix] = []
    for l, (W, b) in enumerate(zip(weights, biases, strict=True), start=1):  # noqa: E741  the field's letter
        s = pre_activation(W, activations[-1], b)
        values[CellName(Kind.S, l)] = s
        if l < last:
            activations.append(_each(s, domain, unit.value))
            derivatives.append(_each(s, domain, unit.derivative))
            values[CellName(Kind.A, l)] = activations[-1]
            values[CellName(Kind.DA, l)] = derivatives[-1]
    logits = tuple(_constant(row[0]) for row in values[CellName(Kind.S, last)].to_list())
    p_values = softmax(logits)
    p = DomainMatrix([[generator] for generator in ring.gens], (len(logits), 1), domain)
    values[CellName(Kind.A, last)] = p

    # Back: linear in p.
    magnitude = _magnitude(domain, p_values)
    y = _column(problem.y).convert_to(domain)
    delta, size = output_delta(p, y), output_delta(p, -y)
    for l in range(last, 0, -1):  # noqa: E741
        W, b, a = weights[l - 1], biases[l - 1], activations[l - 1]
        delta = _each_form(delta, domain, Affine.fewest)
        values[CellName(Kind.DELTA, l)], sizes[CellName(Kind.DELTA, l)] = delta, size
        values[CellName(Kind.W_NEW, l)] = updated_weights(W, eta, delta, a)
        values[CellName(Kind.B_NEW, l)] = updated_biases(b, eta, delta)
        W_size, b_size, delta_size = magnitude(W), magnitude(b), magnitude(delta)
        sizes[CellName(Kind.W_NEW, l)] = updated_weights(W_size, -eta_size, delta_size, magnitude(a))
        sizes[CellName(Kind.B_NEW, l)] = updated_biases(b_size, -eta_size, delta_size)
        if l > 1:
            da = derivatives[l - 2]
            size = backpropagated_delta(magnitude(da), W_size, delta_size)
            delta = backpropagated_delta(da, W, delta)

    cells = tuple(_cell(name, values[name], sizes.get(name), p_values) for name in cell_names(last))
    return Solution(problem, p_values, cells)


def _cell(name: CellName, values: DomainMatrix, sizes: DomainMatrix | None, p_values: Softmax) -> Cell:
    """The cell; where no sizes are given each entry's size is that of its own value."""
    entries = []
    size_rows = None if sizes is None else sizes.to_list()
    for i, row in enumerate(values.to_list()):
        for j, number in enumerate(row):
            form = _affine(number)
            value = p_values.value(form)
            size = abs(value) if size_rows is None else p_values.value(_affine(size_rows[i][j]))
            entries.append(Entry(name.entry(i, j), form, value, size))
    return Cell(name, values.shape, tuple(entries))


def _number(value: Fraction) -> Any:
    return QQ(value.numerator, value.denominator)


def _matrix(rows: Matrix) -> DomainMatrix:
    return DomainMatrix([[_number(x) for x in row] for row in rows], (len(rows), len(rows[0])), QQ)


def _column(vector: Vector) -> DomainMatrix:
    return _matrix(tuple((x,) for x in vector))


def _affine(form: Any) -> Affine:
    """The form as our own value, from an element of Q[p] of degree at most 1. Raises `TooLarge`."""
    constant, coefficients = Fraction(0), [Fraction(0)] * form.ring.ngens
    for powers, coefficient in form.terms():
        if coefficient.height_bits() > MAX_KEY_BITS:
            raise TooLarge(f"the problem's numbers grow beyond {MAX_KEY_BITS} bits; expected numbers of hand work")
        number = Fraction(int(coefficient.numerator), int(coefficient.denominator))
        if any(powers):
            coefficients[powers.index(1)] = number
        else:
            constant = number
    return Affine(constant, tuple(coefficients))


def _constant(form: Any) -> Fraction:
    """The form as the rational number that it is before softmax."""
    affine = _affine(form)
    if any(affine.coefficients):
        raise ValueError("a hidden layer cannot depend on the softmax outputs")
    return affine.constant


def _element(form: Affine, domain: Any) -> Any:
    ring = domain.ring
    return sum(
        (g * _number(c) for g, c in zip(ring.gens, form.coefficients, strict=True)),
        start=ring(_number(form.constant)),
    )


def _each_form(vector: DomainMatrix, domain: Any, change: Callable[[Affine], Affine]) -> DomainMatrix:
    rows = [[_element(change(_affine(form)), domain) for form in row] for row in vector.to_list()]
    return DomainMatrix(rows, vector.shape, domain)


def _each(vector: DomainMatrix, domain: Any, function: Callable[[Fraction], Fraction]) -> DomainMatrix:
    """A function of rational numbers, entry by entry."""
    rows = [[domain(_number(function(_constant(form)))) for form in row] for row in vector.to_list()]
    return DomainMatrix(rows, vector.shape, domain)


def _magnitude(domain: Any, p_values: Softmax) -> Callable[[DomainMatrix], DomainMatrix]:
    """Absolute values, entry by entry: the sign of a form is that of the number it stands for."""

    def absolute(form: Affine) -> Affine:
        if p_values.value(form).sign() >= 0:
            return form
        return Affine(-form.constant, tuple(-c for c in form.coefficients))

    return lambda matrix: _each_form(matrix, domain, absolute)
