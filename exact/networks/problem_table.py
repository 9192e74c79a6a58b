"""Reads the `[backprop]` table, as a TOML parser gives it, and reports all that is wrong with it at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from math import prod

from exact.networks.losses import LOSSES, Loss, fault_of_target, usual_loss
from exact.networks.problem import Fault, InvalidProblem, Layer, Matrix, Problem, Sample, Vector
from exact.networks.rationals import read_rational
from exact.networks.units import HIDDEN, OUTPUTS, UNITS, Kinks, Unit
from exact.numbers.array import Array, array

KEYS = (
    *("hidden", "slope", "output", "loss", "loss_factor", "relu_at_zero", "step_at_zero", "orientation", "bias_sign"),
    *("delta_sign", "frozen", "tied", "stated", "upstream", "l2", "l2_factor", "reduction", "steps", "x", "y", "eta"),
    "layers",
)
"""The keys of the table that describe the network; all but `x`, `y`, `eta` and `layers` have defaults."""

MAX_STEPS = 1_000
"""Steps of one problem."""

_PARAMETER = re.compile(r"([Wb])([1-9][0-9]{0,2})(?:\[([0-9]{1,4})(?:,([0-9]{1,4}))?\])?")
_BY_OUTPUTS = re.compile(r"1/(?:n|\(([1-9][0-9]?)n\))")
_STATED = re.compile(r"([sa])([1-9][0-9]{0,2})")


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
        kinks = self.kinks()
        output_name = self.choice("output", OUTPUTS)
        output = UNITS[output_name](kinks)
        hidden = UNITS[self.choice("hidden", HIDDEN)](kinks)
        loss = self.loss(output_name)
        layers = self.layers(kinks)
        stated = self.stated()
        in_rows = self.choice("orientation", ("columns", "rows")) == "rows"
        x, y, further = self.samples(has_upstream="upstream" in self.table, needs_x=not self._starts_stated(stated))
        eta = self.rational("eta", None)
        upstream = array(self.vector("upstream")) if "upstream" in self.table else None
        l2, l2_factor = self.rational("l2", 0), self.rational("l2_factor", Fraction(1, 2))
        factor = self.loss_factor(loss, layers, in_rows=in_rows)
        if self.faults:
            return None
        problem = Problem(
            layers,
            x,
            y,
            eta,
            hidden,
            output,
            loss,
            factor,
            in_rows=in_rows,
            has_thresholds=self.choice("bias_sign", ("bias", "threshold")) == "threshold",
            has_error_deltas=self.choice("delta_sign", ("gradient", "error")) == "error",
            mean=self.choice("reduction", ("mean", "sum")) == "mean",
            stated=stated,
            upstream=upstream,
            l2=l2,
            l2_factor=l2_factor,
            further=further,
            has_own_samples=isinstance(self.table.get("steps"), list),
        )
        self.check_shapes(problem)
        if self.faults:
            return None
        return replace(problem, frozen=self.frozen(problem), tied=self.tied(problem))

    def fault(self, key: str, message: str) -> None:
        self.faults.append(Fault(f"{self.path}.{key}", message))

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        value = self.table.get(key, choices[0])
        if value not in choices:
            self.fault(key, f"expected {' or '.join(map(repr, choices))}, not {value!r}")
            return choices[0]
        return str(value)

    def kinks(self) -> Kinks:
        usual = Kinks()
        used = {self.table.get("hidden"), self.table.get("output")}
        tables = self.table.get("layers")
        used |= {one.get("unit") for one in tables if isinstance(one, Mapping)} if isinstance(tables, list) else set()
        if "slope" in self.table and "leaky_relu" not in used:
            self.fault("slope", 'only a unit "leaky_relu" has one')
        if "step_at_zero" in self.table and not used & {"step", "sign"}:
            self.fault("step_at_zero", 'only the units "step" and "sign" have one')
        return Kinks(
            self.rational("slope", usual.slope),
            self.rational("relu_at_zero", usual.relu_at_zero),
            self.rational("step_at_zero", usual.step_at_zero),
        )

    def loss(self, output: str) -> Loss:
        """The cost, which has to go with the outputs."""
        name = self.table.get("loss", usual_loss(output))
        if "upstream" in self.table:
            for key in ("loss", "loss_factor", "y"):
                if key in self.table:
                    self.fault(key, "upstream stands for the loss; leave one of them out")
            return LOSSES["squared-error"]
        fitting = [loss.name for loss in LOSSES.values() if not loss.outputs or output in loss.outputs]
        if name not in fitting:
            self.fault("loss", f"expected {' or '.join(map(repr, fitting))} with {output!r} outputs, not {name!r}")
            return LOSSES["squared-error"]
        return LOSSES[str(name)]

    def loss_factor(self, loss: Loss, layers: tuple[Layer, ...], *, in_rows: bool) -> Fraction:
        """A number, or one over the number of outputs n: "1/n", "1/(2n)"."""
        value = self.table.get("loss_factor", loss.own_factor)
        if "loss_factor" in self.table and not loss.has_cost:
            self.fault("loss_factor", f"the {loss.name} rule has no cost")
        by_outputs = _BY_OUTPUTS.fullmatch(value.replace(" ", "")) if isinstance(value, str) else None
        if by_outputs is None:
            return self.number(value, "loss_factor", 'a number, "1/n" or "1/(2n)"')
        last = layers[-1] if layers else Layer(None, None)
        n = len((last.W[0] if in_rows else last.W) if last.W else last.b or (1,))
        return Fraction(1, n * int(by_outputs[1] or 1))

    def rational(self, key: str, default: Fraction | int | None) -> Fraction:
        value = self.table.get(key, default)
        if value is None:
            self.fault(key, "missing; expected a number")
            return Fraction(0)
        return self.number(value, key)

    def number(self, value: object, key: str, wanted: str = "") -> Fraction:
        try:
            return read_rational(value)
        except ValueError as error:
            self.fault(key, f"expected {wanted}, not {str(value)[:40]!r}" if wanted else str(error))
            return Fraction(0)

    def vector(self, key: str, value: object = None) -> Vector:
        value = self.table.get(key) if value is None else value
        if not isinstance(value, list) or not value:
            self.fault(key, "missing; expected a list of numbers" if value is None else "expected a list of numbers")
            return ()
        return tuple(self.number(item, f"{key}[{place}]") for place, item in enumerate(value))

    def matrix(self, key: str, rows: object) -> Matrix:
        if not isinstance(rows, list) or not rows:
            self.fault(key, "expected a list of rows, each a list of numbers")
            return ()
        matrix = tuple(self.vector(f"{key}[{number}]", row) for number, row in enumerate(rows))
        lengths = {len(row) for row in matrix}
        if len(lengths) > 1 and 0 not in lengths:
            self.fault(key, f"rows of different lengths: {', '.join(str(len(row)) for row in matrix)}")
        return matrix

    def vector_or_batch(self, key: str, value: object) -> Vector | Matrix:
        """One vector, or one row for each sample."""
        if isinstance(value, list) and value and isinstance(value[0], list):
            return self.matrix(key, value)
        return self.vector(key, value)

    def samples(
        self, *, has_upstream: bool, needs_x: bool
    ) -> tuple[Vector | Matrix, Vector | Matrix, tuple[Sample, ...]]:
        """x and y of the first step, and those of further ones."""
        steps = self.table.get("steps", 1)
        if isinstance(steps, list):
            return self.own_samples(steps)
        if isinstance(steps, bool) or not isinstance(steps, int) or not 1 <= steps <= MAX_STEPS:
            self.fault(
                "steps", f"expected a whole number from 1 to {MAX_STEPS}, or a list of {{ x = [...], y = [...] }}"
            )
            steps = 1
        x = self.vector_or_batch("x", self.table.get("x")) if needs_x or "x" in self.table else (Fraction(0),)
        y = () if has_upstream else self.vector_or_batch("y", self.table.get("y"))
        return x, y, (Sample(x, y),) * (steps - 1)

    def own_samples(self, steps: list[object]) -> tuple[Vector | Matrix, Vector | Matrix, tuple[Sample, ...]]:
        for key in ("x", "y"):
            if key in self.table:
                self.fault(key, "each of the steps has its own; leave it out")
        found = []
        for number, step in enumerate(steps[:MAX_STEPS]):
            if not isinstance(step, Mapping) or set(step) != {"x", "y"}:
                self.fault(f"steps[{number}]", "expected { x = [...], y = [...] }")
                continue
            x, y = (self.vector_or_batch(f"steps[{number}].{key}", step[key]) for key in ("x", "y"))
            found.append(Sample(x, y))
        if not steps or len(steps) > MAX_STEPS:
            self.fault("steps", f"expected 1 to {MAX_STEPS} of them")
        if not found:
            return (), (), ()
        return found[0].x, found[0].y, tuple(found[1:])

    def layers(self, kinks: Kinks) -> tuple[Layer, ...]:
        tables = self.table.get("layers")
        if not isinstance(tables, list) or not tables:
            self.fault("layers", "expected a list of { W = [[...], ...], b = [...] }")
            return ()
        return tuple(self.layer(number, table, kinks, len(tables)) for number, table in enumerate(tables))

    def layer(self, number: int, table: object, kinks: Kinks, depth: int) -> Layer:
        where = f"layers[{number}]"
        stated = self.table.get("stated")
        is_stated = isinstance(stated, Mapping) and any(
            f"s{later}" in stated or f"a{later}" in stated for later in range(number + 1, depth + 1)
        )
        if not isinstance(table, Mapping) or not set(table) <= {"W", "b", "unit"} or not (is_stated or "W" in table):
            self.fault(where, 'expected { W = [[...], ...], b = [...] }, perhaps with unit = "..."')
            return Layer(None, None)
        W = self.matrix(f"{where}.W", table["W"]) if "W" in table else None
        b = self.vector(f"{where}.b", table["b"]) if "b" in table else None
        return Layer(W, b, self.own_unit(f"{where}.unit", table, kinks, is_last=number == depth - 1))

    def own_unit(self, path: str, table: Mapping[str, object], kinks: Kinks, *, is_last: bool) -> Unit | None:
        if "unit" not in table:
            return None
        if is_last:
            self.fault(path, "the last layer's unit is `output`")
        elif table["unit"] not in HIDDEN:
            self.fault(path, f"expected {' or '.join(map(repr, HIDDEN))}, not {table['unit']!r}")
        else:
            return UNITS[str(table["unit"])](kinks)
        return None

    def stated(self) -> dict[str, Array]:
        """The values of cells that the homework gives."""
        table = self.table.get("stated", {})
        if not isinstance(table, Mapping):
            self.fault("stated", "expected a table, such as { a1 = [0.5, 0.6] }")
            return {}
        found = {}
        for name, values in table.items():
            key = f"stated.{name}"
            if not _STATED.fullmatch(name):
                self.fault(key, "expected the name of an s or an a, such as s1 or a1")
            else:
                found[name] = array(self.vector_or_batch(key, values))
        return found

    def _starts_stated(self, stated: Mapping[str, Array]) -> bool:
        """Whether the calculation begins with a cell that is stated, so that nothing before it is needed."""
        tables = self.table.get("layers")
        first = tables[0] if isinstance(tables, list) and tables else {}
        return bool(stated) and isinstance(first, Mapping) and "W" not in first

    def check_shapes(self, problem: Problem) -> None:
        """Whether all that is given goes together."""
        inputs: int | None = problem.units[0] if not self._starts_stated(problem.stated) else None
        for number, layer in enumerate(problem.layers):
            where, units = f"layers[{number}]", problem.units[number + 1]
            if layer.W is not None:
                taken = len(layer.W) if problem.in_rows else len(layer.W[0])
                if inputs is not None and taken != inputs:
                    before = "x has" if number == 0 else f"layers[{number - 1}] has"
                    side = "row" if problem.in_rows else "column"
                    self.fault(f"{where}.W", f"{counted(taken, side)}, {before} {counted(inputs, 'value')}")
                if layer.b is not None and len(layer.b) != units:
                    side = "column" if problem.in_rows else "row"
                    self.fault(f"{where}.b", f"{counted(len(layer.b), 'entry')}, W has {counted(units, side)}")
            inputs = units
        for name, values in problem.stated.items():
            layer_number = int(name[1:])
            if layer_number > problem.depth:
                self.fault(f"stated.{name}", f"there are {counted(problem.depth, 'layer')}")
            elif values.shape[-1] != problem.units[layer_number]:
                wanted = counted(problem.units[layer_number], "unit")
                self.fault(f"stated.{name}", f"{counted(values.shape[-1], 'entry')}, the layer has {wanted}")
        self.check_samples(problem)

    def check_samples(self, problem: Problem) -> None:
        """The inputs and targets of every step."""
        if problem.upstream is not None:
            if problem.upstream.size != problem.units[-1]:
                wanted = counted(problem.units[-1], "output")
                self.fault("upstream", f"{counted(problem.upstream.size, 'entry')}, the last layer has {wanted}")
            return
        for number, sample in enumerate(problem.samples if problem.has_own_samples else problem.samples[:1]):
            before = f"steps[{number}]." if problem.has_own_samples else ""
            xs, ys = rows_of(sample.x), rows_of(sample.y)
            if len(xs) != len(ys):
                self.fault(f"{before}y", f"{counted(len(ys), 'row')}, x has {counted(len(xs), 'row')}")
            if any(len(x) != problem.units[0] for x in xs):
                self.fault(f"{before}x", f"expected {counted(problem.units[0], 'entry')} in each")
            for y in ys:
                if len(y) != problem.units[-1]:
                    wanted = counted(problem.units[-1], "output")
                    self.fault(f"{before}y", f"{counted(len(y), 'entry')}, the last layer has {wanted}")
                elif message := fault_of_target(problem.output, problem.loss, y):
                    self.fault(f"{before}y", message)

    def names(self, key: str, value: object) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            self.fault(key, 'expected a list of names, such as ["W1", "b1"]')
            return []
        return value

    def parameter(self, key: str, name: str, problem: Problem) -> tuple[str, tuple[int, ...]] | None:
        """The parameter that a name says, and the places in it: one, or all of them."""
        match = _PARAMETER.fullmatch(name)
        number = int(match[2]) if match else 0
        layer = problem.layers[number - 1] if 0 < number <= problem.depth else None
        values = (layer.W if match and match[1] == "W" else layer.b) if layer else None
        if match is None or values is None:
            there = [
                f"{letter}{n}" for n, one in enumerate(problem.layers, 1) for letter in "Wb" if getattr(one, letter)
            ]
            self.fault(key, f"no parameter {name!r}; there are {' '.join(there)}")
            return None
        shape = array([list(row) for row in values] if match[1] == "W" else list(values)).shape
        index = tuple(int(one) for one in match.groups()[2:] if one)
        if not index:
            return match[1] + match[2], tuple(range(prod(shape)))
        if len(index) != len(shape) or any(not 1 <= i <= n for i, n in zip(index, shape, strict=True)):
            self.fault(key, f"no entry {name!r}")
            return None
        place = index[0] - 1 if len(index) == 1 else (index[0] - 1) * shape[1] + index[1] - 1
        return match[1] + match[2], (place,)

    def frozen(self, problem: Problem) -> frozenset[str]:
        """The parameters that are not updated, each whole."""
        found = set()
        for place, name in enumerate(self.names("frozen", self.table.get("frozen", []))):
            parameter = self.parameter(f"frozen[{place}]", name, problem)
            if parameter and "[" in name:
                self.fault(f"frozen[{place}]", "expected a whole parameter, such as b1")
            elif parameter:
                found.add(parameter[0])
        return frozenset(found)

    def tied(self, problem: Problem) -> tuple[tuple[tuple[str, int], ...], ...]:
        """Groups of entries that are one parameter; they have to have one value."""
        groups = self.table.get("tied", [])
        if not isinstance(groups, list):
            self.fault("tied", 'expected a list of lists of entries, such as [["b1[1]", "b1[2]"]]')
            return ()
        found: list[tuple[tuple[str, int], ...]] = []
        seen: set[tuple[str, int]] = set()
        for number, names in enumerate(groups):
            key = f"tied[{number}]"
            parameters = [self.parameter(key, name, problem) for name in self.names(key, names)]
            group = [(one[0], place) for one in parameters if one for place in one[1]]
            values = {_given(problem, name).entries[place] for name, place in group}
            if len(group) < 2 and all(parameters):
                self.fault(key, "expected two entries or more")
            if len(values) > 1:
                self.fault(key, f"numbers of different value: {', '.join(map(str, sorted(values)))}")
            if seen & set(group):
                self.fault(key, "an entry that is tied already")
            seen |= set(group)
            found.append(tuple(group))
        return tuple(found)


def _given(problem: Problem, name: str) -> Array:
    layer = problem.layers[int(name[1:]) - 1]
    values = layer.W if name[0] == "W" else layer.b
    return array([list(row) for row in values] if name[0] == "W" else list(values or ()))  # type: ignore[arg-type, union-attr]


def rows_of(samples: Vector | Matrix) -> Sequence[Vector]:
    """The samples of a batch; a single one is a batch of one."""
    return samples if samples and isinstance(samples[0], tuple) else (samples,)  # type: ignore[return-value]


def counted(number: int, noun: str) -> str:
    """The number with its noun, in the plural where it is not one."""
    plural = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{number} {noun if number == 1 else plural}"
