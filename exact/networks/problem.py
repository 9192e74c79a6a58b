"""The hand problem as a frozen, validated value: what the `[backprop]` table of an assignment says.

    s(l) = W(l) a(l-1) + b(l),   a(l) = h(s(l)),   a(0) = x,   a(L) = g(s(L))

`read_problem` takes the table as a TOML parser gives it and reports all that is wrong with it at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from exact.networks.outputs import OUTPUT_UNITS, OutputUnit
from exact.networks.units import HIDDEN_UNITS, HiddenUnit
from exact.numbers.bounds import MAX_GIVEN_DIGITS

Vector = tuple[Fraction, ...]
Matrix = tuple[Vector, ...]

KEYS = ("hidden", "slope", "output", "loss", "relu_at_zero", "x", "y", "eta", "layers")
"""The keys of the table that describe the network; all but `x`, `y`, `eta` and `layers` have defaults."""

_RATIONAL = re.compile(r"([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d+))?(?:/(\d+))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an assignment: its path (`backprop.layers[1].b`) and what was expected there."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class InvalidProblem(ValueError):
    """The table does not describe a problem; `faults` holds every fault found."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer: weights W of shape (units, inputs), biases b of shape (units,)."""

    W: Matrix
    b: Vector


@dataclass(frozen=True, slots=True)
class Problem:
    """One step of stochastic gradient descent on one sample.

    The input x has as many entries as W(1) has columns; the target y as many as there are outputs (for softmax it is
    a distribution, one-hot in the usual case); eta is the learning rate. Everything given is rational.
    """

    layers: tuple[Layer, ...]
    x: Vector
    y: Vector
    eta: Fraction
    hidden: HiddenUnit
    output: OutputUnit

    @property
    def depth(self) -> int:
        """The number of layers L."""
        return len(self.layers)


def read_rational(value: object) -> Fraction:
    """A number of an assignment, exactly: an int, or text such as "1/2", "-0.25", "1e-3".

    Raises ValueError with what was expected.
    """
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return Fraction(value)
    match = _RATIONAL.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f'expected a number such as 2, 0.5 or "1/2", not {str(value)[:40]!r}')
    sign, digits, exponent, denominator = match.groups(default="")
    if len(digits) > MAX_GIVEN_DIGITS or len(denominator) > MAX_GIVEN_DIGITS:
        raise ValueError(f"a numeral of more than {MAX_GIVEN_DIGITS} digits")
    if len(exponent) > 6 or abs(int(exponent or 0)) > MAX_GIVEN_DIGITS:
        raise ValueError(f"a power of ten beyond {MAX_GIVEN_DIGITS}")
    if denominator and not int(denominator):
        raise ValueError("a denominator of zero")
    magnitude = Fraction(digits) * Fraction(10) ** int(exponent or 0) / int(denominator or 1)
    return -magnitude if sign == "-" else magnitude


def read_problem(table: Mapping[str, object], path: str = "backprop") -> Problem:
    """The problem that the table describes. Raises `InvalidProblem` with every fault, each with its path."""
    reader = _TableReader(table, path)
    problem = reader.problem()
    if problem is None or reader.faults:
        raise InvalidProblem(tuple(reader.faults))
    return problem


class _TableReader:
    """Reads one table, collecting faults instead of stopping at the first."""

    def __init__(self, table: Mapping[str, object], path: str) -> None:
        self.table, self.path = table, path
        self.faults: list[Fault] = []

    def problem(self) -> Problem | None:
        for key in self.table:
            if key not in KEYS:
                self.fault(key, f"unknown key; expected one of {', '.join(KEYS)}")
        output = OUTPUT_UNITS[self.choice("output", tuple(OUTPUT_UNITS))]
        self.choice("loss", (output.loss,))
        name = self.choice("hidden", tuple(HIDDEN_UNITS))
        at_zero = self.rational("relu_at_zero", 0)
        slope = self.rational("slope", Fraction(1, 10)) if name == "leaky_relu" else Fraction(0)
        if "slope" in self.table and name != "leaky_relu":
            self.fault("slope", 'only hidden = "leaky_relu" has one')
        x, y = self.vector("x"), self.vector("y")
        eta = self.rational("eta", None)
        layers = self.layers()
        if self.faults:
            return None
        inputs = len(x)
        for number, layer in enumerate(layers):
            where = f"layers[{number}]"
            if len(layer.W[0]) != inputs:
                before = "x has" if number == 0 else f"layers[{number - 1}] has"
                self.fault(f"{where}.W", f"{len(layer.W[0])} columns, {before} {_count(inputs, 'value')}")
            if len(layer.b) != len(layer.W):
                self.fault(f"{where}.b", f"{_count(len(layer.b), 'entry')}, W has {_count(len(layer.W), 'row')}")
            inputs = len(layer.W)
        if len(y) != inputs:
            self.fault("y", f"{_count(len(y), 'entry')}, the last layer has {_count(inputs, 'output')}")
        if message := output.fault_of_target(y):
            self.fault("y", message)
        return Problem(layers, x, y, eta, HIDDEN_UNITS[name](slope, at_zero), output)

    def fault(self, key: str, message: str) -> None:
        self.faults.append(Fault(f"{self.path}.{key}", message))

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        value = self.table.get(key, choices[0])
        if value not in choices:
            self.fault(key, f"expected {' or '.join(map(repr, choices))}, not {value!r}")
            return choices[0]
        return str(value)

    def rational(self, key: str, default: Fraction | int | None) -> Fraction:
        value = self.table.get(key, default)
        if value is None:
            self.fault(key, "missing; expected a number")
            return Fraction(0)
        return self.number(value, key)

    def number(self, value: object, key: str) -> Fraction:
        try:
            return read_rational(value)
        except ValueError as error:
            self.fault(key, str(error))
            return Fraction(0)

    def vector(self, key: str, value: object = None) -> Vector:
        value = self.table.get(key) if value is None else value
        if not isinstance(value, list) or not value:
            self.fault(key, "missing; expected a list of numbers" if value is None else "expected a list of numbers")
            return ()
        return tuple(self.number(item, f"{key}[{place}]") for place, item in enumerate(value))

    def layers(self) -> tuple[Layer, ...]:
        tables = self.table.get("layers")
        if not isinstance(tables, list) or not tables:
            self.fault("layers", "expected a list of { W = [[...], ...], b = [...] }")
            return ()
        return tuple(self.layer(f"layers[{number}]", table) for number, table in enumerate(tables))

    def layer(self, where: str, table: object) -> Layer:
        if not isinstance(table, Mapping) or set(table) != {"W", "b"}:
            self.fault(where, "expected { W = [[...], ...], b = [...] }")
            return Layer((), ())
        rows = table["W"]
        if not isinstance(rows, list) or not rows:
            self.fault(f"{where}.W", "expected a list of rows, each a list of numbers")
            return Layer((), ())
        W = tuple(self.vector(f"{where}.W[{number}]", row) for number, row in enumerate(rows))
        lengths = {len(row) for row in W}
        if len(lengths) > 1 and 0 not in lengths:
            self.fault(f"{where}.W", f"rows of different lengths: {', '.join(str(len(row)) for row in W)}")
        return Layer(W, self.vector(f"{where}.b", table["b"]))


def _count(number: int, noun: str) -> str:
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"
