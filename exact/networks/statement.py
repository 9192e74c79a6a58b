"""The problem as it is set: the network, its numbers, and what is asked. Needs amsmath and array."""

from __future__ import annotations

from collections.abc import Iterable

from exact.networks.problem import Problem
from exact.networks.statement_in_letters import statement_in_letters
from exact.writing.latex.formula import Formula, Paper, total
from exact.writing.latex.grids import Grids
from exact.writing.latex.parameters import parameters
from exact.writing.latex.tabular import display
from exact.writing.latex.titled import Titled

USUAL = frozenset(("s", "a", "da", "delta", "W_new", "b_new", "C"))


def statement(problem: Problem, titled: Titled, paper: Paper) -> str:
    """The network in a sentence, its parameters, x, y and eta, and the questions."""
    if not is_usual(problem, titled):
        return statement_in_letters(problem, titled, paper)
    grids = Grids(titled.solution, 8)
    layers = "layer" if problem.depth == 1 else "layers"
    shape = "--".join(map(str, problem.units))
    forward = r"$s^{(l)}$ and $a^{(l)}$ for each layer"
    forward += ", and $a'^{(l)} = h'(s^{(l)})$ for the hidden ones" if problem.depth > 1 else ""
    eta = total(grids.number(problem.eta)).latex
    asked = {one.quantity.name for one in titled.asked}
    cost = "$C$, " if "C" in asked else ""
    step = r"Take one step of stochastic gradient descent with the target $y$ and the learning rate "
    give = rf"Give {cost}$\delta^{{(l)}} = \partial C / \partial s^{{(l)}}$ for each layer"
    parts = [
        rf"\noindent A network of {problem.depth} {layers}, {shape}, has the parameters",
        display(parameters(grids, _given(titled), paper)),
        rf"\noindent with {_units(problem)}.",
        rf"\medskip\noindent\textbf{{(a)}} Feed the input forward: {forward}.",
        rf"\medskip\noindent\textbf{{(b)}} {step}$\eta = {eta}$ on the cost",
        display([Formula(f"C = {_cost(problem)}.", 12.0)]),
        rf"\noindent {give}, and the updated weights and biases.",
    ]
    if not {cell.name for cell in titled.solution.cells} <= asked:
        names = ", ".join(f"${one.quantity.latex}$" for one in titled.asked)
        parts.append(rf"\noindent Of all these write down {names}.")
    return "\n\n".join(parts)


def is_usual(problem: Problem, titled: Titled) -> bool:
    """Whether it is the textbook's problem, one step on one sample, in its letters, and nothing else is asked."""
    is_plain = not (
        problem.in_rows
        or problem.has_thresholds
        or problem.has_error_deltas
        or problem.frozen
        or problem.tied
        or problem.stated
        or problem.upstream
        or problem.l2
        or problem.further
        or problem.is_batch
        or titled.solution.calculation.entry_latex
    )
    is_natural = problem.loss.is_natural or (problem.output.name == "linear" and problem.loss_factor * 2 == 1)
    layers = all(layer.b is not None and layer.unit is None for layer in problem.layers)
    asked = all(one.is_whole and (one.quantity.is_usual or one.quantity.name == "C") for one in titled.asked)
    return is_plain and is_natural and problem.loss.has_cost and layers and asked


def _given(titled: Titled) -> Iterable[str]:
    return [name for name in titled.solution.calculation.given if name != "eta"]


def _cost(problem: Problem) -> str:
    return (r"\tfrac{1}{2} " if not problem.loss.is_natural else "") + problem.loss.latex


def _units(problem: Problem) -> str:
    """The hidden units and the outputs, as formulas."""
    hidden = (
        rf"hidden units $h(s) = {problem.hidden.latex}$, $h'(s) = {problem.hidden.latex_derivative}$, and "
        if problem.depth > 1
        else ""
    )
    return (
        hidden + rf"{problem.output.name} outputs $a^{{(L)}}_i = {problem.output.latex_of_entry}$ with $s = s^{{(L)}}$"
    )
