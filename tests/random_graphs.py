"""Random calculations as formulas, each with a function that does the same in plain arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
from mpmath import mp

from tests.formula_rows import (
    Arrays,
    as_toml,
    correlation,
    each,
    exp,
    in_mp,
    ln,
    numbers,
    pool,
    relu,
    sigmoid,
    softmax,
    sqrt,
    tanh,
)

Shape = tuple[int, ...]
GIVEN: tuple[Shape, ...] = ((), (), (2,), (3,), (2, 3), (3, 3))
"""Shapes of what is given."""

MOST_ENTRIES = 12


@dataclass(frozen=True)
class Kind:
    """A formula of operands a, b, ..; `fits` says of which shapes, `function` what it makes of them."""

    text: str
    operands: int
    fits: Callable[..., bool]
    function: Callable[..., Arrays]


def _number(*shapes: Shape) -> bool:
    return all(shape == () for shape in shapes)


def _vector(*shapes: Shape) -> bool:
    return all(len(shape) == 1 for shape in shapes)


def _matrix(*shapes: Shape) -> bool:
    return all(len(shape) == 2 and 1 not in shape for shape in shapes)


def _any(*_: Shape) -> bool:
    return True


def _equal(x: Shape, y: Shape) -> bool:
    return x == y


def _broad(x: Shape, y: Shape) -> bool:
    return x in ((), y) or y == ()


def _joined(x: Arrays, y: Arrays) -> Arrays:
    return np.concatenate([np.atleast_1d(x), np.atleast_1d(y)])


KINDS = (
    Kind("{0} + {1}", 2, _broad, lambda x, y: x + y),
    Kind("{0} - {1}/2 + 1", 2, _equal, lambda x, y: x - y / 2 + 1),
    Kind("{0} - 2 {1}", 2, lambda X, b: _matrix(X) and X[0] != X[1] and b == X[1:], lambda X, b: X - 2 * b),
    Kind("{1} ⊙ {0}", 2, lambda X, b: _matrix(X) and X[0] != X[1] and b == X[:1], lambda X, b: X * b[:, None]),
    Kind("{0} + {1}^T", 2, lambda X, b: _matrix(X) and b == X[1:], lambda X, b: X + b),
    Kind("tanh({0}) {1}", 2, lambda x, y: x == () or y == (), lambda x, y: tanh(x) * y),
    Kind("-{0} ⊙ sigmoid({1})", 2, _equal, lambda x, y: -x * sigmoid(y)),
    Kind("{0} tanh({1})", 2, lambda W, h: _matrix(W) and h == W[1:], lambda W, h: W @ tanh(h)),
    Kind("{0}^T {1}", 2, lambda W, h: len(W) == 2 and h == W[:1], lambda W, h: W.T @ h),
    Kind("{0}^T {1}", 2, lambda x, y: _vector(x, y) and x == y, lambda x, y: x @ y),
    Kind("sigmoid({0}) {1}^T", 2, _vector, lambda x, y: np.multiply.outer(sigmoid(x), y)),
    Kind(
        "{0} {1}^T", 2, lambda W, V: _matrix(W, V) and W[1] == V[1] > 1 and W[0] > 1 and V[0] > 1, lambda W, V: W @ V.T
    ),
    Kind("{0} / (2 + {1}^2)", 2, _broad, lambda x, y: x / (2 + y**2)),
    Kind("tanh({0})^3", 1, _any, lambda x: tanh(x) ** 3),
    Kind("relu({0}) - leaky_relu({0})/3", 1, _any, lambda x: relu(x) - each(lambda z: z if z > 0 else z / 10)(x) / 3),
    Kind("sqrt(1 + {0}^2)", 1, _any, lambda x: sqrt(1 + x**2)),
    Kind("ln(1 + exp({0}/4))", 1, _any, lambda x: ln(1 + exp(x / 4))),
    Kind("abs({0}) + exp(-abs({0}))", 1, _any, lambda x: each(abs)(x) + exp(-each(abs)(x))),
    Kind("softmax({0})", 1, _vector, softmax),
    Kind("softmax_rows({0})", 1, _matrix, lambda x: np.array([softmax(row) for row in x])),
    Kind("mean({0}) + sum({0})/3", 1, lambda x: x != (), lambda x: x.sum() / x.size + x.sum() / 3),
    Kind("max({0}) - min({0})", 1, lambda x: x != (), lambda x: x.max() - x.min()),
    Kind("norm2({0}) {0}", 1, lambda x: x != (), lambda x: mp.sqrt((x * x).sum()) * x),
    Kind(
        "concat({0}, {1})",
        2,
        lambda x, y: len(x) < 2 and len(y) < 2,
        _joined,
    ),
    Kind("conv({0}, {1}, 1, 1)/4", 2, _matrix, lambda x, y: correlation(x, y, 1, 1) / 4),
    Kind("maxpool({0}, 2, 1)", 1, lambda x: _matrix(x) and min(x) > 2, lambda x: pool(x, 2, 1, np.max)),
    Kind("avgpool({0}, 2, 1)", 1, lambda x: _matrix(x) and min(x) > 2, lambda x: pool(x, 2, 1, lambda w: w.sum() / 4)),
    Kind("squared_error({0}, {1})/8", 2, _equal, lambda x, y: np.asarray((x - y) ** 2).sum() / 8),
    Kind("bce(sigmoid({0}), sigmoid({1}))", 2, _equal, lambda x, y: _bce(sigmoid(x), sigmoid(y))),
    Kind("{0}[1,2] - {0}[2,1]", 1, lambda x: _matrix(x) and min(x) > 1, lambda x: x[0, 1] - x[1, 0]),
)


def _bce(p: Arrays, y: Arrays) -> Any:
    return -np.asarray(y * ln(p) + (1 - y) * ln(1 - p)).sum()


@dataclass(frozen=True)
class RandomGraph:
    """The table of an assignment, and the formulas as functions of the names that they use."""

    table: dict[str, Any]
    steps: tuple[tuple[str, Callable[..., Arrays], tuple[str, ...]], ...]

    def made(self, given: dict[str, Arrays]) -> dict[str, Arrays]:
        """Every formula's value."""
        known = dict(given)
        for name, function, operands in self.steps:
            found = np.asarray(function(*(known[one] for one in operands)), dtype=object)
            known[name] = found if found.shape else found.item()
        return {name: known[name] for name, *_ in self.steps}


def random_graph(seed: int, most: int = 25) -> RandomGraph:
    """Up to so many formulas on shared inputs; the last makes a number of all that nothing else uses."""
    random = Random(seed)
    given = {f"x{n}": numbers(shape, random, positive=False) for n, shape in enumerate(GIVEN)}
    shapes: dict[str, Shape] = dict(zip(given, GIVEN, strict=True))
    known = {name: in_mp(value) for name, value in given.items()}
    formulas, steps, unused = [], [], []
    for n in range(random.randrange(3, most)):
        kind, operands = _choice(random, shapes)
        name = f"q{n}"
        value = np.asarray(kind.function(*(known[one] for one in operands)), dtype=object)
        if value.size > MOST_ENTRIES or (value.ndim and 1 in value.shape):
            continue
        known[name] = value if value.shape else value.item()
        shapes[name] = value.shape
        formulas.append(f"{name} = {kind.text.format(*operands)}")
        steps.append((name, kind.function, operands))
        unused = [one for one in unused if one not in operands] + [name]
    formulas.append("f = " + " + ".join(f"sum({one})" for one in unused))
    steps.append(("f", lambda *x: sum(np.asarray(one).sum() for one in x), tuple(unused)))
    table = {"given": {name: as_toml(value) for name, value in given.items()}, "formulas": formulas}
    return RandomGraph(table, tuple(steps))


def _choice(random: Random, shapes: dict[str, Shape]) -> tuple[Kind, tuple[str, ...]]:
    """A kind of formula with operands that fit, late ones more often."""
    names = list(shapes)
    while True:
        kind = random.choice(KINDS)
        operands = tuple(names[-1 - min(int(random.expovariate(0.25)), len(names) - 1)] for _ in range(kind.operands))
        if kind.fits(*(shapes[one] for one in operands)):
            return kind, operands
