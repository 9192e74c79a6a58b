"""Random assignments of every kind that [backprop] has: units, losses, orientations, batches, steps and the rest."""

from __future__ import annotations

import random
from itertools import pairwise

from exact.networks.losses import LOSSES
from exact.networks.problem import InvalidProblem
from exact.networks.problem_table import read_problem
from exact.networks.units import HIDDEN, OUTPUTS

Table = dict[str, object]

EXTRAS = ("rows", "threshold", "error", "frozen", "tied", "l2", "stated", "upstream", "steps", "batch", "units", "no b")


def random_table(chance: random.Random, *, deepest: int = 3, widest: int = 3) -> Table:
    """A table that is valid, with small numbers, some of which are 0; a few of the extras in each."""
    while True:
        table = _table(chance, deepest, widest)
        try:
            read_problem(table)
        except InvalidProblem:
            continue
        return table


def _table(chance: random.Random, deepest: int, widest: int) -> Table:
    extras = {extra for extra in EXTRAS if chance.random() < 0.2}
    widths = [chance.randint(1, widest) for _ in range(chance.randint(2, deepest + 1))]
    output, loss, hidden = chance.choice(OUTPUTS), chance.choice([*LOSSES]), chance.choice(HIDDEN)
    numbers = lambda n: [chance.choice(["0", "1", "-1", "2", "1/2", "-1/2", "1/3"]) for _ in range(n)]  # noqa: E731
    in_rows = "rows" in extras
    layers: list[Table] = []
    for inputs, units in pairwise(widths):
        rows, columns = (inputs, units) if in_rows else (units, inputs)
        layer: Table = {"W": [numbers(columns) for _ in range(rows)], "b": numbers(units)}
        if "no b" in extras and chance.random() < 0.5:
            del layer["b"]
        if "units" in extras and len(layers) < len(widths) - 2:
            layer["unit"] = chance.choice(HIDDEN)
        layers.append(layer)
    target = lambda: _target(chance, output, loss, widths[-1])  # noqa: E731
    table: Table = {
        "hidden": hidden,
        "output": output,
        "loss": loss,
        "eta": chance.choice(["1/2", "1/10", "1"]),
        "layers": layers,
        "x": numbers(widths[0]),
        "y": target(),
    }
    if hidden in ("relu", "leaky_relu"):
        table["relu_at_zero"] = chance.choice(["0", "1", "1/2"])
    if "batch" in extras and output != "softmax":
        table |= {"x": [numbers(widths[0]) for _ in range(2)], "y": [target() for _ in range(2)]}
        table["reduction"] = chance.choice(["mean", "sum"])
    elif "stated" in extras and len(layers) > 1:
        table["stated"] = {
            "a1" if chance.random() < 0.5 else "s1": [chance.choice(["1/3", "3/4"]) for _ in range(widths[1])]
        }
    if "upstream" in extras and "batch" not in extras:
        del table["y"], table["loss"]
        table["upstream"] = numbers(widths[-1])
    if "steps" in extras and "upstream" not in extras:
        table["steps"] = 2
    if "l2" in extras and not extras & {"upstream", "stated"} and loss != "perceptron":
        table |= {"l2": "1/10", "l2_factor": chance.choice(["1/2", "1"])}
    if "frozen" in extras:
        table["frozen"] = ["W1"]
    if "tied" in extras and len(layers) > 1 and not extras & {"frozen", "stated"}:
        layers[1]["W"][0][0] = layers[0]["W"][0][0]  # type: ignore[index]
        table["tied"] = [["W1[1,1]", "W2[1,1]"]]
    table |= {"orientation": "rows"} if in_rows else {}
    table |= {"bias_sign": "threshold"} if "threshold" in extras else {}
    table |= {"delta_sign": "error"} if "error" in extras else {}
    return table


def _target(chance: random.Random, output: str, loss: str, count: int) -> list[str]:
    if output == "softmax" and loss == "cross-entropy":
        hot = chance.randrange(count)
        return ["1" if i == hot else "0" for i in range(count)]
    return [chance.choice(["0", "1", "1/2", "1/4"]) for _ in range(count)]
