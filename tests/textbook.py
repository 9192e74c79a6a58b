"""The gradient step as a textbook has it, twice over: the oracles for the solver, which they know nothing of.

`HIDDEN` and `OUTPUTS` define the units by their formulas in sympy alone; derivatives are sympy's. `cost_in_sympy` is
the whole cost as one expression, `step_in_mpmath` is backpropagation on lists of mpmath numbers, `cost_in_numpy` a
plain forward pass for central differences.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache

import mpmath
import numpy as np
import sympy

from exact.networks.problem import Problem

Table = dict[str, object]

S = sympy.Symbol("s", real=True)


def rational(value: Fraction | int | str) -> sympy.Rational:
    return sympy.Rational(str(value))


def hidden_pieces(table: Table) -> tuple[sympy.Expr, sympy.Expr]:
    """h(s) for s > 0 and for s < 0, in the symbol S."""
    match table.get("hidden", "relu"):
        case "relu":
            return S, sympy.Integer(0) * S
        case "leaky_relu":
            return S, rational(table.get("slope", "1/10")) * S  # type: ignore[arg-type]
        case "identity":
            return S, S
        case "tanh":
            return sympy.tanh(S), sympy.tanh(S)
        case "sigmoid":
            return 1 / (1 + sympy.exp(-S)), 1 / (1 + sympy.exp(-S))
    raise AssertionError(table)


def cost_expression(table: Table, s: list[sympy.Expr], y: list[sympy.Expr]) -> sympy.Expr:
    """C of the last layer's s, from the definition of the output unit and of the loss."""
    match table.get("output", "softmax"):
        case "softmax":
            total = sympy.log(sum(map(sympy.exp, s)))
            return sum(target * (total - one) for target, one in zip(y, s, strict=True))
        case "sigmoid":
            p = [1 / (1 + sympy.exp(-one)) for one in s]
            return -sum(
                target * sympy.log(one) + (1 - target) * sympy.log(1 - one) for target, one in zip(y, p, strict=True)
            )
        case "linear":
            return sum((one - target) ** 2 for target, one in zip(y, s, strict=True)) / 2
    raise AssertionError(table)


def cost_in_sympy(
    table: Table, problem: Problem
) -> tuple[sympy.Expr, dict[str, sympy.Symbol], dict[sympy.Symbol, sympy.Rational]]:
    """The cost as an expression in symbols for all weights and biases, and where they stand."""
    symbols: dict[str, sympy.Symbol] = {}
    point: dict[sympy.Symbol, sympy.Rational] = {}
    positive, negative = hidden_pieces(table)
    activations = [rational(x) for x in problem.x]
    for l, layer in enumerate(problem.layers, start=1):
        for i, row in enumerate(layer.W, start=1):
            for j, weight in enumerate(row, start=1):
                symbol = symbols[f"W{l}_new[{i},{j}]"] = sympy.Symbol(f"W{l}_{i}_{j}", real=True)
                point[symbol] = rational(weight)
            bias = symbols[f"b{l}_new[{i}]"] = sympy.Symbol(f"b{l}_{i}", real=True)
            point[bias] = rational(layer.b[i - 1])
        s = [
            sum(
                (symbols[f"W{l}_new[{i},{j}]"] * a for j, a in enumerate(activations, start=1)),
                symbols[f"b{l}_new[{i}]"],
            )
            for i in range(1, len(layer.b) + 1)
        ]
        if l < problem.depth:
            smooth = positive == negative
            pieces = [positive if smooth or one.xreplace(point) > 0 else negative for one in s]
            activations = [piece.subs(S, one) for piece, one in zip(pieces, s, strict=True)]
    return cost_expression(table, s, [rational(y) for y in problem.y]), symbols, point


def number(value: Fraction | mpmath.mpf) -> mpmath.mpf:
    return mpmath.mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value


@cache
def _in_mpmath(expression: sympy.Expr) -> Callable[[mpmath.mpf], mpmath.mpf]:
    function: Callable[[mpmath.mpf], mpmath.mpf] = sympy.lambdify(S, expression, "mpmath")
    return function


def step_in_mpmath(table: Table, problem: Problem) -> dict[str, mpmath.mpf]:
    """Every entry of every cell and the cost, at mpmath's working precision.

    Piecewise linear hidden layers go in plain fractions: a sign must not hang on a rounding.
    """
    positive, negative = hidden_pieces(table)
    smooth = table.get("hidden") in ("tanh", "sigmoid")
    at_zero = Fraction(str(table.get("relu_at_zero", 0)))
    convert = number if smooth else lambda x: x
    a: list[list] = [[convert(x) for x in problem.x]]
    s: list[list] = []
    da: list[list] = []
    for l, layer in enumerate(problem.layers, start=1):
        s.append(
            [
                sum((convert(w) * x for w, x in zip(row, a[-1], strict=True)), convert(b))
                for row, b in zip(layer.W, layer.b, strict=True)
            ]
        )
        if l < problem.depth:
            pieces = [positive if x > 0 else negative for x in s[-1]]
            if smooth:
                a.append([_in_mpmath(piece)(x) for piece, x in zip(pieces, s[-1], strict=True)])
                da.append([_in_mpmath(sympy.diff(piece, S))(x) for piece, x in zip(pieces, s[-1], strict=True)])
            else:
                slopes = [Fraction(str(sympy.diff(piece, S))) for piece in pieces]
                kinked = positive != negative
                a.append([slope * x for slope, x in zip(slopes, s[-1], strict=True)])
                da.append([at_zero if kinked and x == 0 else slope for slope, x in zip(slopes, s[-1], strict=True)])
    logits, y = [number(x) for x in s[-1]], [number(x) for x in problem.y]
    outputs, cost = _output(table, logits, y)
    deltas = [[p - target for p, target in zip(outputs, y, strict=True)]]
    for l in range(problem.depth - 2, -1, -1):
        columns = zip(*([number(w) for w in row] for row in problem.layers[l + 1].W), strict=True)
        deltas.insert(0, [number(d) * mpmath.fdot(column, deltas[0]) for d, column in zip(da[l], columns, strict=True)])
    eta, found = number(problem.eta), {"C": cost}
    for l, layer in enumerate(problem.layers):
        last = l == problem.depth - 1
        cells = {"s{}": s[l], "a{}": outputs if last else a[l + 1], "delta{}": deltas[l]}
        cells |= {} if last else {"da{}": da[l]}
        cells["b{}_new"] = [number(x) - eta * d for x, d in zip(layer.b, deltas[l], strict=True)]
        for name, vector in cells.items():
            found |= {f"{name.format(l + 1)}[{i}]": number(x) for i, x in enumerate(vector, start=1)}
        for i, row in enumerate(layer.W):
            for j, w in enumerate(row):
                found[f"W{l + 1}_new[{i + 1},{j + 1}]"] = number(w) - eta * deltas[l][i] * number(a[l][j])
    return found


def _output(table: Table, s: list[mpmath.mpf], y: list[mpmath.mpf]) -> tuple[list[mpmath.mpf], mpmath.mpf]:
    """a(L) and C in formulas that lose no digits."""
    match table.get("output", "softmax"):
        case "softmax":
            powers = [mpmath.exp(one - max(s)) for one in s]
            total = mpmath.fsum(powers)
            cost = mpmath.fsum(t * (mpmath.log(total) + max(s) - one) for t, one in zip(y, s, strict=True))
            return [power / total for power in powers], cost
        case "sigmoid":
            cost = mpmath.fsum(mpmath.log(1 + mpmath.exp(one)) - t * one for t, one in zip(y, s, strict=True))
            return [1 / (1 + mpmath.exp(-one)) for one in s], cost
    return s, mpmath.fsum((one - t) ** 2 for t, one in zip(y, s, strict=True)) / 2


Reals = np.ndarray


def cost_in_numpy(table: Table, W: list[Reals], b: list[Reals], x: Reals, y: Reals) -> np.longdouble:
    """The cost by a plain forward pass in extended precision."""
    slope = np.longdouble(Fraction(str(table.get("slope", "1/10"))))
    hidden: dict[object, Callable[[Reals], Reals]] = {
        "relu": lambda s: np.maximum(s, 0),
        "leaky_relu": lambda s: np.where(s > 0, s, slope * s),
        "identity": lambda s: s,
        "tanh": np.tanh,
        "sigmoid": lambda s: 1 / (1 + np.exp(-s)),
    }
    a = x
    for l, (weights, biases) in enumerate(zip(W, b, strict=True), start=1):
        s = weights @ a + biases
        a = hidden[table.get("hidden", "relu")](s) if l < len(W) else s
    match table.get("output", "softmax"):
        case "softmax":
            return np.sum(y * (s.max() + np.log(np.sum(np.exp(s - s.max()))) - s))
        case "sigmoid":
            return np.sum(np.logaddexp(0, s) - y * s)
    return np.sum((s - y) ** 2) / 2
