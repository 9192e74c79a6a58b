"""Honest students who let numpy do the arithmetic, in float32 or float64, and who write it down in their own ways.

All hidden units, outputs and losses; nothing of this is the solver's or the judge's.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, Context, Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np

Floats = np.ndarray
Table = Mapping[str, object]
Texts = dict[str, list[str]]
"""The entries of each cell as they are written, row by row."""

UNITS = ("relu", "leaky_relu", "identity", "sigmoid", "tanh")
OUTPUTS = (("softmax", "cross-entropy"), ("sigmoid", "binary-cross-entropy"), ("linear", "squared-error"))
NUMBERS: dict[str, tuple[object, ...]] = {
    "whole": (-3, -2, -1, 0, 1, 2, 3),
    "fractions": ("-3/2", "-2/3", "-1/3", "1/7", "1/3", "1/2", 1, "5/4"),
    "decimals": ("-1.7", "-0.9", "-0.3", "-0.05", "0.1", "0.2", "0.45", "1.1", "0.6"),
}


def random_table(chance: random.Random) -> dict[str, object]:
    """A network of 2 or 3 layers, of any units and loss, whose calculation is alive and of moderate size."""
    while True:
        widths = [chance.randint(1, 3) for _ in range(chance.randint(3, 4))]
        numbers = NUMBERS[chance.choice(tuple(NUMBERS))]
        vector: Callable[[int], list[object]] = lambda n: chance.choices(numbers, k=n)  # noqa: B023, E731
        output, loss = chance.choice(OUTPUTS)
        if output == "softmax" and widths[-1] == 1:
            continue
        table: dict[str, object] = {
            "hidden": chance.choice(UNITS),
            "output": output,
            "loss": loss,
            "x": vector(widths[0]),
            "y": vector(widths[-1]) if output == "linear" else [int(i == 0) for i in range(widths[-1])],
            "eta": chance.choice(("1/2", "0.1", "1/4")),
            "layers": [
                {"W": [vector(inputs) for _ in range(outputs)], "b": vector(outputs)}
                for inputs, outputs in pairwise(widths)
            ],
        }
        if table["hidden"] == "leaky_relu":
            table["slope"] = chance.choice(("1/10", "1/3"))
        table["cells"] = names(len(widths) - 1)
        cells = Student(table, Manner(np.float64, str)).cells
        alive = all(cells[f"a{l}"].any() and cells[f"delta{l}"].any() for l in range(1, len(widths)))
        if alive and all(abs(cells[f"s{l}"]).max() < 10 for l in range(1, len(widths))):
            return table


def split(name: str) -> tuple[str, int]:
    """The kind of a cell and its layer; 0 for the cost.

    >>> split("W3_new"), split("delta1"), split("C")
    (('W', 3), ('delta', 1), ('C', 0))
    """
    kind, layer = re.fullmatch(r"([A-Za-z]+)([0-9]*)(?:_new)?", name).groups()  # type: ignore[union-attr]
    return kind, int(layer or 0)


def names(depth: int) -> list[str]:
    """All cells, in the order in which they are worked out."""
    forward = [f"{kind}{l}" for l in range(1, depth + 1) for kind in ("s", "a", "da") if (kind, l) != ("da", depth)]
    back = [f"delta{l}" for l in range(depth, 0, -1)]
    return [*forward, "C", *back, *(f"{kind}{l}_new" for l in range(depth, 0, -1) for kind in "Wb")]


@dataclass(frozen=True)
class Manner:
    """How a student works: with which floats, how a number is written, and whether that is what is worked on with."""

    dtype: type
    write: Callable[[float], str]
    carries_written: bool = False


@dataclass(frozen=True)
class Slip:
    """One entry that comes out wrong; carried on, or only written so."""

    cell: str
    place: int
    change: Callable[[Floats, int], float]
    is_carried: bool = True


class Student:
    """One sheet: `cells` as they are worked with (flat), `texts` as they are written."""

    def __init__(self, table: Table, manner: Manner, slip: Slip | None = None) -> None:
        self.table, self.manner, self.slip = table, manner, slip
        self.cells: dict[str, Floats] = {}
        self.texts: Texts = {}
        layers: list[dict[str, list]] = table["layers"]  # type: ignore[assignment]
        self.depth = len(layers)
        self.W = [self._array(layer["W"]) for layer in layers]
        self.b = [self._array([layer["b"]])[0] for layer in layers]
        self.x, self.y = (self._array([table[name]])[0] for name in "xy")
        self.eta = manner.dtype(Fraction(str(table["eta"])))
        with np.errstate(all="ignore"):
            for name in names(self.depth):
                if name in table.get("cells", names(self.depth)):  # type: ignore[operator]
                    self._write(name)
                else:
                    self.cells[name] = np.asarray(self._step(name), dtype=manner.dtype).ravel()

    def _array(self, rows: object) -> Floats:
        numbers = [[float(Fraction(str(x))) for x in row] for row in rows]  # type: ignore[attr-defined]
        return np.array(numbers, dtype=self.manner.dtype)

    def _write(self, name: str) -> None:
        worked = np.asarray(self._step(name), dtype=self.manner.dtype).ravel()
        written = worked.copy()
        if self.slip and self.slip.cell == name:
            written[self.slip.place] = self.slip.change(worked, self.slip.place)
        self.texts[name] = [self.manner.write(x) for x in written]
        carried = np.array([float(text) for text in self.texts[name]]) if self.manner.carries_written else written
        if self.slip and self.slip.cell == name and not self.slip.is_carried:
            carried[self.slip.place] = worked[self.slip.place]
        self.cells[name] = carried.astype(self.manner.dtype)

    def _step(self, name: str) -> Floats:
        kind, l = split(name)
        l = l or self.depth  # the cost has no layer
        before = self.cells[f"a{l - 1}"] if l > 1 else self.x
        match kind:
            case "s":
                return self.W[l - 1] @ before + self.b[l - 1]
            case "a" if l == self.depth:
                return self._outputs(self.cells[f"s{l}"])
            case "a":
                return self._hidden(self.cells[f"s{l}"])
            case "da":
                return self._slope(self.cells[f"s{l}"], self.cells[f"a{l}"])
            case "C":
                return self._cost(self.cells[f"a{l}"])
            case "delta" if l == self.depth:
                return self.cells[f"a{l}"] - self.y
            case "delta":
                return self.cells[f"da{l}"] * (self.W[l].T @ self.cells[f"delta{l + 1}"])
            case "W":
                return self.W[l - 1] - self.eta * np.outer(self.cells[f"delta{l}"], before)
        return self.b[l - 1] - self.eta * self.cells[f"delta{l}"]

    @property
    def _below(self) -> Floats:
        slope = {"leaky_relu": Fraction(str(self.table.get("slope", "1/10"))), "identity": 1}
        return self.manner.dtype(slope.get(str(self.table.get("hidden")), 0))  # type: ignore[no-any-return]

    def _hidden(self, s: Floats) -> Floats:
        match self.table.get("hidden"):
            case "sigmoid":
                return 1 / (1 + np.exp(-s))
            case "tanh":
                return np.tanh(s)
        return np.where(s > 0, s, self._below * s)

    def _slope(self, s: Floats, a: Floats) -> Floats:
        match self.table.get("hidden"):
            case "sigmoid":
                return a * (1 - a)
            case "tanh":
                return 1 - a * a
        at_zero = 1 if self.table.get("hidden") == "identity" else 0
        return np.where(s > 0, self.manner.dtype(1), np.where(s == 0, self.manner.dtype(at_zero), self._below))

    def _outputs(self, s: Floats) -> Floats:
        match self.table.get("output", "softmax"):
            case "softmax":
                powers = np.exp(s - s.max())
                return powers / powers.sum()
            case "sigmoid":
                return 1 / (1 + np.exp(-s))
        return s

    def _cost(self, a: Floats) -> Floats:
        y = self.y
        match self.table.get("output", "softmax"):
            case "softmax":
                return -np.log(a[y != 0]) @ y[y != 0]
            case "sigmoid":
                return -(np.log(a[y != 0]) @ y[y != 0] + np.log(1 - a[y != 1]) @ (1 - y)[y != 1])
        return ((a - y) ** 2).sum() / 2


def pasted(x: float) -> str:
    """The float as Python prints it."""
    return str(x)


def significant(digits: int) -> Callable[[float], str]:
    """So many digits, zeros at the end among them."""
    return lambda x: f"{x:#.{digits}g}".removesuffix(".")


def without_zeros(digits: int) -> Callable[[float], str]:
    """So many digits, without zeros at the end."""
    return lambda x: f"{x:.{digits}g}"


def fixed(decimals: int) -> Callable[[float], str]:
    """So many decimals."""
    return lambda x: f"{x:.{decimals}f}"


def scientific(digits: int) -> Callable[[float], str]:
    """So many digits, with a power of ten."""
    return lambda x: f"{x:.{digits - 1}e}"


def truncated(digits: int) -> Callable[[float], str]:
    """Cut off after so many digits of what a display shows: 6 of a float32, 12 of a float64."""

    def cut(x: float) -> str:
        shown = Decimal(f"{x:.{6 if isinstance(x, np.float32) else 12}g}")
        return str(Context(prec=digits, rounding=ROUND_DOWN).create_decimal(shown))

    return cut


WRITINGS: dict[str, Callable[[float], str]] = {
    "pasted": pasted,
    **{f"{digits} digits": significant(digits) for digits in (3, 4, 6)},
    **{f"{digits} digits, zeros lost": without_zeros(digits) for digits in (3, 4, 6)},
    **{f"{decimals} decimals": fixed(decimals) for decimals in (3, 4, 6)},
    **{f"{digits} digits, scientific": scientific(digits) for digits in (3, 4)},
    **{f"cut off after {digits}": truncated(digits) for digits in (3, 4, 6)},
}

CHANGES: dict[str, Callable[[Floats, int], float]] = {
    "sign": lambda cell, i: -cell[i],
    "ten times": lambda cell, i: 10 * cell[i],
    "a tenth": lambda cell, i: cell[i] / 10,
    "one more": lambda cell, i: cell[i] + 1,
    "two less": lambda cell, i: cell[i] - 2,
    "neighbour": lambda cell, i: cell[i - 1],
    "forgotten": lambda cell, i: 0 * cell[i],
    "a digit": lambda cell, i: cell[i] * 1.1,
}


def random_slip(table: Table, chance: random.Random) -> tuple[str, Slip]:
    """A slip in any entry, with what it is called."""
    cells = Student(table, Manner(np.float64, str)).cells
    cell = chance.choice([name for name in cells if name in table.get("cells", names(9)) and name[:2] != "da"])  # type: ignore[operator]
    kind = chance.choice(tuple(CHANGES))
    return kind, Slip(cell, chance.randrange(len(cells[cell])), CHANGES[kind], chance.random() < 0.8)


def random_manner(chance: random.Random) -> tuple[str, Manner]:
    """Any way to work and to write, with its name."""
    writing = chance.choice(tuple(WRITINGS))
    dtype, carries = chance.choice((np.float32, np.float64)), chance.random() < 0.5
    told = f"{dtype.__name__}, {writing}{', rounded at each step' if carries else ''}"
    return told, Manner(dtype, WRITINGS[writing], carries)


def as_answers(table: Table, texts: Mapping[str, list[str]]) -> str:
    """The sheet as answers.txt."""
    lines = []
    for name, entries in texts.items():
        if name == "C":
            lines.append(f"C = {entries[0]}")
            continue
        layers: list[dict[str, list[list]]] = table["layers"]  # type: ignore[assignment]
        columns = len(layers[int(name[1]) - 1]["W"][0]) if name[0] == "W" else len(entries)
        rows = [", ".join(entries[start : start + columns]) for start in range(0, len(entries), columns)]
        lines.append(f"{name} = [{'; '.join(rows)}]")
    return "\n".join(lines)
