"""A problem of any network as it is set, its formulas in the letters of its course."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from exact.calculation.quantity import Calculation, Quantity
from exact.networks.optimizers import SHOWN, Optimizer
from exact.networks.problem import Problem
from exact.networks.units import Unit
from exact.writing.latex.formula import Formula, Paper, total
from exact.writing.latex.grids import Grids
from exact.writing.latex.parameters import parameters
from exact.writing.latex.tabular import display
from exact.writing.latex.telling import equations, in_lines, questions
from exact.writing.latex.titled import Titled
from exact.writing.latex.written_formula import FUNCTIONS
from exact.writing.sentence import enumerated

ONES = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}


def statement_in_letters(problem: Problem, titled: Titled, paper: Paper) -> str:
    """What is given, how the network works, its cost and its steps as far as they are needed, and the questions."""
    return "\n\n".join(filter(None, _Statement(problem, titled, paper).parts()))


class _Statement:
    def __init__(self, problem: Problem, titled: Titled, paper: Paper) -> None:
        self.problem, self.titled, self.paper = problem, titled, paper
        self.grids = Grids(titled.solution, 8, titled.in_decimals)
        self.calculation: Calculation = titled.solution.calculation
        self.needed = titled.needed

    def parts(self) -> Iterator[str]:
        yield from self.given()
        yield from self.forward()
        yield from self.cost()
        yield from self.backward()
        yield from self.steps()
        yield from questions(self.titled)

    def given(self) -> Iterator[str]:
        """The network and its numbers."""
        p = self.problem
        inputs = "" if p.starts_stated else f", {'--'.join(map(str, p.units))},"
        layers = "layer" if p.depth == 1 else "layers"
        told = {"eta", *(p.optimizer.numbers if p.optimizer else ())}
        told |= {name for name in self.calculation.given if name.endswith("@0")}
        names = [name for name in self.calculation.given if name in self.needed and name not in told]
        stands = [name for name in names if name not in p.stated and not name.startswith("delta")]
        yield rf"\noindent A network of {p.depth} {layers}{inputs} has the {self._word_for_parameters()}"
        yield display(parameters(self.grids, stands, self.paper))
        if p.is_batch:
            how = "one below the other, a row" if p.in_rows else "side by side, a column"
            yield rf"\noindent The samples of the batch stand {how} each."
        if len(stands) < len(names):
            yield r"\noindent Taken as known are"
            yield display(parameters(self.grids, [name for name in names if name not in stands], self.paper))

    def _word_for_parameters(self) -> str:
        biases = [layer.b for layer in self.problem.layers if layer.b is not None]
        if not biases:
            return "weights, and no biases,"
        return "weights and thresholds" if self.problem.has_thresholds else "parameters"

    def forward(self) -> Iterator[str]:
        """How each layer works, in its letters."""
        steps = ("pre-activation", "activation", "output")
        first = [
            one
            for one in self.calculation.cells
            if one.step.name in steps and one.place.when in ("", "step 1") and one.name in self.needed
        ]
        if first:
            yield r"\noindent The input is fed forward by" if "x" in self.needed else r"\noindent It works by"
            yield display(self.equations(first))
        told = [self._unit(unit) for unit in dict.fromkeys(self.problem.unit(one.layer) for one in first if one.unit)]
        if any(told):
            yield rf"\noindent where {enumerated([one for one in told if one])}."

    def equations(self, quantities: Iterable[Quantity]) -> list[Formula]:
        """The formulas in letters, as many on a line as fit."""
        told = (one for each in quantities for one in equations(self.titled, self.grids, each, self.paper))
        return in_lines(told, self.paper)

    def _unit(self, unit: Unit) -> str:
        """What a unit's function is; "" for the identity."""
        is_called_h = unit is self.problem.hidden and not self.calculation.entry_latex
        if unit.name in ("identity", "linear", "tanh") and not is_called_h:
            return ""
        called = "h" if is_called_h else FUNCTIONS.get(unit.name, rf"\mathrm{{{unit.name}}}")
        if unit.sums_to_one:
            return rf"${called}(u)_i = {unit.latex.replace('s_', 'u_')}$"
        latex = re.sub(r"\bs\b", "u", unit.latex)
        return rf"${called}(u) = {latex}$" + self._slope(unit, called)

    def _slope(self, unit: Unit, called: str) -> str:
        slopes = [
            one for one in self.calculation.quantities if one.name in self.needed and one.step.name == "derivative"
        ]
        if not unit.is_piecewise_linear or not any(one.unit == unit.name for one in slopes):
            return ""
        slope = re.sub(r"\bs\b", "u", unit.latex_derivative)
        return rf", ${called}'(u) = {slope}$"

    def cost(self) -> Iterator[str]:
        """The cost, where something is worked out from it; or what stands for its gradient."""
        p, C = self.problem, self.calculation.by_name.get("C")
        is_backward = any(name.startswith(("delta", "grad_", "C")) for name in self.needed)
        if not is_backward or p.upstream is not None:
            return
        if C is None:
            y = self._latex("y")
            yield rf"\noindent The perceptron's rule, with the target ${y}$, stands for the gradient of a cost."
            return
        over = ""
        if p.is_batch:
            over = ", the mean over the samples" if p.mean else ", the sum over the samples"
        yield rf"\noindent The cost, with the target ${self._latex('y')}${over}, is"
        yield display(self.equations([C]))

    def backward(self) -> Iterator[str]:
        """The sign of the deltas, where it is not that of the gradient."""
        deltas = [one for one in self.calculation.quantities if one.name in self.needed and one.is_error]
        if deltas and "C" in self.calculation.by_name:
            delta, C = deltas[0], self.calculation.latex_of("C")
            names = [
                self.calculation.latex_of_entry(delta.name, 0),
                self.calculation.latex_of_entry(f"s{delta.layer}", 0),
            ]
            told = rf"{names[0]} = -\partial {C} / \partial {names[1]}"
            yield rf"\noindent Each delta is an error, the gradient with the other sign, as in ${told}$."

    def steps(self) -> Iterator[str]:
        """The steps that are taken, where something is updated."""
        p = self.problem
        if "eta" not in self.needed:
            return
        eta = total(self.grids.number(p.eta)).latex
        count = len(p.samples)
        number = "one step" if count == 1 else f"{ONES.get(count, count)} steps"
        on = "" if count == 1 else (", each on its own sample" if p.has_own_samples else ", all on the same sample")
        on = on.replace("sample", "batch") if p.is_batch else on
        rate = rf"${self._latex('eta')} = {eta}$"
        by = f"of gradient descent with {SHOWN[p.optimizer.name]}" if p.optimizer else "of gradient descent"
        yield rf"\noindent Take {number} {by}{on}, with the learning rate {rate}."
        if p.optimizer:
            yield from self.optimizer(p.optimizer)
        if p.frozen:
            names = [f"${self._latex(name)}$" for name in sorted(p.frozen)]
            yield rf"\noindent {enumerated(names)} {'stays as it is' if len(names) == 1 else 'stay as they are'}."
        for group in p.tied:
            names = [f"${self.calculation.latex_of_entry(name, place)}$" for name, place in group]
            yield rf"\noindent {enumerated(names)} are one parameter, whose gradient is the sum of theirs."

    def optimizer(self, optimizer: Optimizer) -> Iterator[str]:
        """How a parameter moves, and what is kept from before the first step, where that is not 0."""
        numbers = [
            rf"${self._latex(name)} = {total(self.grids.number(x)).latex}$" for name, x in optimizer.numbers.items()
        ]
        yield rf"\noindent A parameter $\theta$ with the gradient $g$ moves entry by entry, with {enumerated(numbers)}:"
        yield display(in_lines(((Formula.name(rule),) for rule in optimizer.rule.latex), self.paper))
        kept = " and ".join(f"${kind}$" for kind in optimizer.rule.kept)
        if optimizer.start:
            starts = [f"{name}@0" for name in optimizer.start if f"{name}@0" in self.needed]
            yield rf"\noindent All {kept} begin at 0 but for"
            yield display(parameters(self.grids, starts, self.paper))
        else:
            yield rf"\noindent All {kept} begin at 0."

    def _latex(self, name: str) -> str:
        return self.calculation.latex_of(name)
