"""The sheet that a network's calculation is written on: names, shapes, and what every cell is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache, cached_property

from exact.calculation.gradients import shape
from exact.calculation.quantity import Calculation, Quantity, Step
from exact.networks.kinds import KINDS, place
from exact.networks.problem import Problem
from exact.networks.relations import beside, key_step, origin, ways
from exact.networks.units import Unit
from exact.numbers.array import Array, Shape, array

NUMBERS_LATEX = {"beta": r"\beta", "beta1": r"\beta_1", "beta2": r"\beta_2", "epsilon": r"\epsilon"}


class Sheet:
    """The cells of a problem as far as they are written; `t` is the number of the step, from 1.

    Cells of later steps end in `@t`. Names of what is given: W1, b1, ..., x, y (of step t, where it has its own), eta.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.quantities: dict[str, Quantity] = {}
        self.path: dict[str, Quantity] = {}  # with the steps that lead to what is stated
        self.given: dict[str, Array] = {"eta": array(problem.eta)}
        self.latex: dict[str, str] = {"eta": r"\eta"}
        for number, layer in enumerate(problem.layers, start=1):
            for name, values in (("W", layer.W), ("b", layer.b)):
                if values is not None:
                    self._give(f"{name}{number}", array([*map(_listed, values)]), f"{name}^{{({number})}}")
        for t, sample in enumerate(problem.samples if problem.has_own_samples else problem.samples[:1], start=1):
            for name, values in (("x", sample.x), ("y", sample.y)):
                if values:
                    samples = array([*map(_listed, values)])
                    latex = f"{name}^{{[{t}]}}" if t > 1 else name
                    self._give(self.own(name, t), samples if problem.in_rows else samples.T, latex)
        if problem.optimizer is not None:
            for name, value in problem.optimizer.numbers.items():
                self._give(name, array(value), NUMBERS_LATEX[name])
        for name, stated in problem.stated.items():
            self._give(name, stated, KINDS[name[0]].latex.format(name[1:]))
        if problem.upstream is not None:
            self._give(f"delta{problem.depth}", problem.upstream, KINDS["delta"].latex.format(problem.depth))

    def state_before(self, kind: str, parameter: str, t: int) -> str:
        """The name of an optimizer's state before step t; before the first it is given, or 0."""
        if t > 1:
            return self.name(f"{kind}_{parameter[0]}", int(parameter[1:]), t - 1)
        name = f"{kind}_{parameter}@0"
        if name not in self.given and self.problem.optimizer is not None:
            start = self.problem.optimizer.start.get(f"{kind}_{parameter}")
            zeros = self.given[parameter].each(lambda _: Fraction(0))
            latex = KINDS[f"{kind}_{parameter[0]}"].latex.format(parameter[1:])
            self._give(name, zeros if start is None else start, rf"{latex}{{}}^{{[0]}}")
        return name

    def _give(self, name: str, values: Array, latex: str) -> None:
        self.given[name], self.latex[name] = values, latex

    def add(self, quantity: Quantity) -> None:
        """Writes a cell down; one that is stated stands there already, and so does what leads to it alone."""
        if all(map(self.is_there, quantity.of.values())):
            self.path[quantity.name] = quantity
            if quantity.name not in self.given:
                self.quantities[quantity.name] = quantity

    def is_there(self, name: str) -> bool:
        """Whether it is given or written down."""
        return name in self.given or name in self.quantities

    def own(self, name: str, t: int) -> str:
        """x or y of a step: that of all steps, where they share it."""
        return f"{name}@{t}" if t > 1 and self.problem.has_own_samples else name

    def name(self, kind: str, l: int, t: int) -> str:  # noqa: E741  the field's letter
        """The name of a cell: `s2`, `W3_new`, `delta1@2`."""
        head, _, tail = kind.partition("_")
        plain = f"{head}{l or ''}_new" if tail == "new" else f"{kind}{l or ''}"
        return f"{plain}@{t}" if t > 1 else plain

    def W(self, l: int, t: int) -> str:  # noqa: E741, N802
        """The weights of the layer before step t."""
        return self._before(f"W{l}", t)

    def b(self, l: int, t: int) -> str:  # noqa: E741
        """The biases of the layer before step t, "" where it has none."""
        return self._before(f"b{l}", t) if f"b{l}" in self.given else ""

    def _before(self, parameter: str, t: int) -> str:
        if t == 1 or parameter in self.problem.frozen:
            return parameter
        return f"{parameter}_new@{t - 1}" if t > 2 else f"{parameter}_new"

    def a(self, l: int, t: int) -> str:  # noqa: E741
        """The activations of the layer; those of layer 0 are the input."""
        return self.name("a", l, t) if l else self.own("x", t)

    def y(self, t: int) -> str:
        """The target of the step."""
        return self.own("y", t)

    def weights(self, t: int) -> dict[str, str]:
        """The letters of all weights before step t, in a cost that has a penalty for them."""
        return {f"W_{n}": self.W(n, t) for n in range(1, self.problem.depth + 1) if self.problem.l2}

    def gradient(self, parameter: str, t: int) -> str:
        """The name of a parameter's gradient."""
        return self.name(f"grad_{parameter}", 0, t)

    def parameters(self, l: int) -> list[str]:  # noqa: E741
        """The weights and biases of the layer, as far as it has them."""
        return [name for name in (f"W{l}", f"b{l}") if name in self.given]

    @cached_property
    def tied(self) -> frozenset[str]:
        """The parameters of which an entry is tied to another one."""
        return frozenset(name for group in self.problem.tied for name, _ in group)

    def shape_of(self, name: str) -> Shape:
        """The shape of what is given or written down."""
        if name in self.given:
            return self.given[name].shape
        return self.quantities[name].shape

    def cell(self, kind: str, l: int, t: int, step: Step, **of: str) -> Quantity:  # noqa: E741
        """A cell: its step, and what each letter of it stands for; what is no letter of it stands beside it."""
        kinds, p, name = KINDS[kind], self.problem, self.name(kind, l, t)
        letters = frozenset(step.formula.letters())
        latex = kinds.latex.format(l)
        is_output = kind == "a" and l == p.depth and t == 1 and not p.is_batch
        return Quantity(
            name,
            step,
            {letter: source for letter, source in of.items() if letter in letters},
            self._shape(step, of),
            rf"{latex}{{}}^{{[{t}]}}" if t > 1 else latex,
            place(kind, l, f"step {t}" if len(p.samples) > 1 else ""),
            beside=beside(self, kind, l, t) | {one: source for one, source in of.items() if one not in letters},
            key_step=key_step(p, kind),
            ways=tuple(ways(self, kind, l, t)),
            unit=p.unit(l).name if l else _cost_name(p),
            layer=l,
            group=f"update of layer {l}, step {t}" if kind in ("W_new", "b_new", "step_W", "step_b") else "",
            origin=origin(kind, l, t),
            are_outputs=is_output and p.output.has_probabilities,
            is_exact_only=kind == "class" or (kind == "da" and _has_whole_slopes(p.unit(l))),
            is_rational=self._is_rational(kind, l, t),
            is_error=kind == "delta" and p.has_error_deltas,
            also=() if t > 1 else tuple(one.format(l) for one in kinds.also),
            gradient_of=self.name("s", l, t) if kind == "delta" and not p.has_error_deltas else "",
            is_row=p.in_rows,
            is_inline=kind == "da",
            is_usual=kind in ("s", "a", "delta", "W_new", "b_new") or (kind == "da" and l < p.depth),
        )

    def _shape(self, step: Step, of: Mapping[str, str]) -> Shape:
        if not all(self.is_there(of[letter]) for letter in step.formula.letters()):
            return ()
        return shape(step.formula, lambda letter: self.shape_of(of[letter]))

    def _is_rational(self, kind: str, l: int, t: int) -> bool:  # noqa: E741
        """Whether the cell comes before anything that a person would round."""
        last = {"s": l - 1, "a": l, "da": l}.get(kind)
        p = self.problem
        return t == 1 and last is not None and all(p.unit(n).is_piecewise_linear for n in range(1, last + 1))

    def calculation(self) -> Calculation:
        """All that is given and written down."""
        biases = [f"b{number}" for number in range(1, self.problem.depth + 1)]
        return Calculation(
            self.given,
            tuple(self.quantities.values()),
            self.latex,
            varied=tuple(name for name in ("eta", "x", *biases) if name in self.given),
            vectors_are_rows=self.problem.in_rows,
            sums_to_one=self.problem.output.sums_to_one,
            doubled=frozenset(self._doubled()),
        )

    def _doubled(self) -> Iterator[tuple[str, int]]:
        """Of tied numbers, what is the same as the first: gradients, steps and new values."""
        second = {entry for group in self.problem.tied for entry in group[1:]}
        for quantity in self.quantities.values():
            if quantity.origin is not None:
                yield from ((quantity.name, place) for base, place in second if base == quantity.origin.base)


def _cost_name(p: Problem) -> str:
    return "half-squared-error" if p.loss.name == "squared-error" and p.loss_factor * 2 == 1 else p.loss.name


@cache
def _has_whole_slopes(unit: Unit) -> bool:
    """Whether the slopes are 0 and 1, which nobody rounds."""
    if not unit.is_piecewise_linear or unit.slope is None:
        return False
    return all(slope in (0, 1) for slope in unit.slope.forward(array([Fraction(n) for n in (-1, 0, 1)])))


def _listed(row: object) -> object:
    return list(row) if isinstance(row, tuple) else row
