"""Reads the `[backprop]` table, as a TOML parser gives it, and reports all that is wrong with it at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from exact.networks.faults import Fault
from exact.networks.losses import LOSSES, Loss, usual_loss
from exact.networks.optimizer_table import read_optimizer
from exact.networks.parameter_names import ParameterNames, names_of_parameters
from exact.networks.problem import InvalidProblem, Layer, Matrix, Problem, Sample, Vector
from exact.networks.problem_shapes import check_shapes
from exact.networks.table_reader import TableReader
from exact.networks.units import HIDDEN, OUTPUTS, UNITS, Kinks, Unit
from exact.numbers.array import Array, array

KEYS = (
    *("hidden", "slope", "output", "loss", "loss_factor", "relu_at_zero", "step_at_zero", "orientation", "bias_sign"),
    *("delta_sign", "frozen", "tied", "stated", "upstream", "l2", "l2_factor", "reduction", "steps", "x", "y", "eta"),
    *("layers", "optimizer"),
)
"""The keys of the table that describe the network; all but `x`, `y` and `layers` have defaults."""

MAX_STEPS = 1_000
"""Steps of one problem."""

_BY_OUTPUTS = re.compile(r"1/(?:n|\(([1-9][0-9]?)n\))")
_STATED = re.compile(r"([sa])([1-9][0-9]{0,2})")


def read_problem(table: Mapping[str, object], path: str = "backprop") -> Problem:
    """The problem that the table describes. Raises `InvalidProblem` with every fault, each with its path."""
    expected = f"unknown key; expected one of {', '.join(KEYS)}"
    unknown = [Fault(f"{path}.{key}", expected) for key in table if key not in KEYS]
    reader = _ProblemReader(table, path)
    problem = reader.problem()
    if problem is None or reader.faults or unknown:
        raise InvalidProblem((*unknown, *reader.faults), None if reader.faults else problem)
    return problem


class _ProblemReader(TableReader):
    """Reads one table, collecting faults instead of stopping at the first."""

    def problem(self) -> Problem | None:
        kinks = self.kinks()
        output_name = self.choice("output", OUTPUTS)
        output = UNITS[output_name](kinks)
        hidden = UNITS[self.choice("hidden", HIDDEN)](kinks)
        loss = self.loss(output_name)
        layers = self.layers(kinks)
        stated = self.stated()
        in_rows = self.choice("orientation", ("columns", "rows")) == "rows"
        x, y, further = self.samples(has_upstream="upstream" in self.table, needs_x=not self._starts_stated(stated))
        eta = self.rational("eta", 0)
        upstream = array(self.vector("upstream")) if "upstream" in self.table else None
        l2, l2_factor = self.rational("l2", 0), self.rational("l2_factor", Fraction(1, 2))
        if l2 and (upstream is not None or not loss.has_cost):
            self.fault("l2", "there is no cost that it could be added to")
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
        check_shapes(problem, self.fault)
        if self.faults:
            return None
        names = ParameterNames(self.table, self.path)
        frozen, tied = names.frozen(problem), names.tied(problem)
        if "eta" not in self.table:
            self.refuse_updates()
            frozen = frozenset(names_of_parameters(problem))
        problem = replace(problem, frozen=frozen, tied=tied)
        self.faults += names.faults
        if "optimizer" in self.table:
            optimizer, reader = read_optimizer(self.table["optimizer"], f"{self.path}.optimizer", problem)
            problem = replace(problem, optimizer=optimizer)
            self.faults += reader.faults
        return problem

    def refuse_updates(self) -> None:
        """Without a learning rate nothing is updated."""
        for key in ("steps", "optimizer"):
            if key in self.table:
                self.fault("eta", f"missing; expected a number, for there are {key}")

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
