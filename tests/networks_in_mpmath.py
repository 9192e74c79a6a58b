"""Networks of every kind, drawn at random, and their cost as a plain forward pass in mpmath: the gradients' oracle.

Nothing of this comes from the solver. `cost` takes the parameters as they are, so that a central difference of it is a
derivative that no backward rule had a hand in.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

import mpmath
from hypothesis import strategies as st

Table = dict[str, Any]
Parameters = dict[str, list[Any]]

HIDDEN = {
    "relu": lambda s: s if s > 0 else mpmath.mpf(0),
    "leaky_relu": lambda s: s if s > 0 else s / 10,
    "identity": lambda s: s,
    "linear": lambda s: s,
    "tanh": mpmath.tanh,
    "sigmoid": lambda s: 1 / (1 + mpmath.exp(-s)),
}
PAIRS = (
    ("softmax", "cross-entropy"),
    ("softmax", "squared-error"),
    ("sigmoid", "binary-cross-entropy"),
    ("sigmoid", "squared-error"),
    ("tanh", "squared-error"),
    ("relu", "squared-error"),
    ("leaky_relu", "squared-error"),
    ("linear", "squared-error"),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Depth 1 to 3, widths 1 to 3, every unit, loss, factor, sign and penalty, with biases and without; in columns."""
    widths = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
    number = st.fractions(min_value=-1, max_value=1, max_denominator=5)
    vector = lambda n: draw(st.lists(number, min_size=n, max_size=n))  # noqa: E731  it draws, so it needs this scope
    output, loss = draw(st.sampled_from(PAIRS))
    n = widths[-1]
    if loss == "cross-entropy":
        shares = draw(st.lists(st.integers(0, 3), min_size=n, max_size=n).filter(any))
        y = [Fraction(share, sum(shares)) for share in shares]
    else:
        y = [abs(one) for one in vector(n)]
    layers = []
    for inputs, outputs in pairwise(widths):
        layer = {"W": [vector(inputs) for _ in range(outputs)]}
        layers.append(layer | ({"b": vector(outputs)} if draw(st.booleans()) else {}))
    for layer in layers[:-1]:
        if draw(st.booleans()):
            layer["unit"] = draw(st.sampled_from(["relu", "leaky_relu", "identity", "sigmoid", "tanh"]))
    return {
        "hidden": draw(st.sampled_from(["relu", "leaky_relu", "identity", "sigmoid", "tanh"])),
        "output": output,
        "loss": loss,
        "loss_factor": draw(st.sampled_from([1, "1/2", "1/n", "1/(2n)", 3])),
        "bias_sign": draw(st.sampled_from(["bias", "threshold"])),
        "delta_sign": draw(st.sampled_from(["gradient", "error"])),
        "l2": draw(st.sampled_from([0, "1/10"])),
        "x": vector(widths[0]),
        "y": y,
        "eta": draw(st.sampled_from(["1/2", "1/10", -1])),
        "layers": layers,
    }


def real(value: Fraction | int | str) -> mpmath.mpf:
    exact = Fraction(value)
    return mpmath.mpf(exact.numerator) / exact.denominator


def parameters(table: Table) -> Parameters:
    """x, and W and b of each layer, in mpmath."""
    found: Parameters = {"x": [real(x) for x in table["x"]]}
    for number, layer in enumerate(table["layers"], start=1):
        found[f"W{number}"] = [[real(w) for w in row] for row in layer["W"]]
        if "b" in layer:
            found[f"b{number}"] = [real(b) for b in layer["b"]]
    return found


def cost(table: Table, given: Parameters, added: Mapping[str, mpmath.mpf] | None = None) -> mpmath.mpf:
    """C; `added` moves single s and a, by their names such as `s2[1]`, after they are worked out."""
    moves = added or {}
    a, depth = list(given["x"]), len(table["layers"])
    sign = -1 if table["bias_sign"] == "threshold" else 1
    for l, layer in enumerate(table["layers"], start=1):
        b = given.get(f"b{l}", [mpmath.mpf(0)] * len(layer["W"]))
        s = [mpmath.fdot(row, a) + sign * shift for row, shift in zip(given[f"W{l}"], b, strict=True)]
        s = [one + moves.get(f"s{l}[{i}]", 0) for i, one in enumerate(s, start=1)]
        unit = table["output"] if l == depth else layer.get("unit", table["hidden"])
        if unit == "softmax":
            powers = [mpmath.exp(one - max(s)) for one in s]
            a = [power / mpmath.fsum(powers) for power in powers]
        else:
            a = [HIDDEN[unit](one) for one in s]
        a = [one + moves.get(f"a{l}[{i}]", 0) for i, one in enumerate(a, start=1)]
    y = [real(one) for one in table["y"]]
    match table["loss"]:
        case "cross-entropy":
            C = -mpmath.fsum(t * mpmath.log(one) for t, one in zip(y, a, strict=True) if t)
        case "binary-cross-entropy":
            terms = (t * mpmath.log(one) + (1 - t) * mpmath.log(1 - one) for t, one in zip(y, a, strict=True))
            C = -mpmath.fsum(terms)
        case _:
            C = mpmath.fsum((one - t) ** 2 for t, one in zip(y, a, strict=True))
    factor = str(table["loss_factor"]).replace("2n", str(2 * len(y))).replace("n", str(len(y))).replace("(", "")
    squares = mpmath.fsum(w**2 for l in range(1, depth + 1) for row in given[f"W{l}"] for w in row)
    return C * real(factor.replace(")", "")) + real(table["l2"]) / 2 * squares
