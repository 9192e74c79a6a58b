"""The problem as it is set: the network, its numbers, and what is asked. Needs amsmath and array."""

from __future__ import annotations

from exact.networks.problem import Problem
from exact.writing.latex.formula import Formula, Paper, related, total
from exact.writing.latex.grids import Grids
from exact.writing.latex.tabular import display
from exact.writing.latex.titled import Titled

COMMA = 0.9
"""Room for what stands behind a matrix, in em."""


def statement(problem: Problem, titled: Titled, paper: Paper) -> str:
    """The network in a sentence, its parameters, x, y and eta, and the two questions."""
    grids = Grids(titled.solution, 8, titled.in_decimals)
    layers = "layer" if problem.depth == 1 else "layers"
    shape = "--".join(map(str, problem.units))
    forward = r"$s^{(l)}$ and $a^{(l)}$ for each layer"
    forward += ", and $a'^{(l)} = h'(s^{(l)})$ for the hidden ones" if problem.depth > 1 else ""
    eta = total(grids.number(problem.eta)).latex
    cost = "$C$, " if any(one.quantity.name == "C" for one in titled.asked) else ""
    step = r"Take one step of stochastic gradient descent with the target $y$ and the learning rate "
    give = rf"Give {cost}$\delta^{{(l)}} = \partial C / \partial s^{{(l)}}$ for each layer"
    factor = r"\tfrac{1}{2} " if problem.loss_factor != 1 else ""
    parts = [
        rf"\noindent A network of {problem.depth} {layers}, {shape}, has the parameters",
        display(_parameters(titled, grids, paper)),
        rf"\noindent with {_units(problem)}.",
        rf"\medskip\noindent\textbf{{(a)}} Feed the input forward: {forward}.",
        rf"\medskip\noindent\textbf{{(b)}} {step}$\eta = {eta}$ on the cost",
        display([Formula(f"C = {factor}{problem.loss.latex}.", 12.0)]),
        rf"\noindent {give}, and the updated weights and biases.",
    ]
    usual = {one.name for one in titled.solution.cells}
    if not usual <= {one.quantity.name for one in titled.asked}:
        names = ", ".join(f"${one.quantity.latex}$" for one in titled.asked)
        parts.append(rf"\noindent Of all these write down {names}.")
    return "\n\n".join(parts)


def _parameters(titled: Titled, grids: Grids, paper: Paper) -> list[Formula]:
    """W(l) and b(l) of each layer, and x and y, as many on a line as fit."""
    given = titled.solution.calculation.given
    names = [name for name in given if name not in ("eta",)]
    lines: list[Formula] = []
    for name in names:
        latex = Formula.name(titled.solution.calculation.latex[name])
        first, *rest = related(latex, grids.of(given[name]), paper.line - COMMA)
        room = lines and not rest and lines[-1].width + 2 + first.width <= paper.line
        if room:
            lines[-1] += Formula(r",\quad", 2.0) + first
        else:
            lines += [first, *rest]
    return lines


def _units(problem: Problem) -> str:
    """The hidden units and the outputs, as formulas."""
    hidden = (
        rf"hidden units $h(s) = {problem.hidden.latex}$, $h'(s) = {problem.hidden.latex_derivative}$, and "
        if problem.depth > 1
        else ""
    )
    latex = {"sigmoid": r"\frac{1}{1 + e^{-s_i}}", "linear": "s_i"}.get(problem.output.name, problem.output.latex)
    return hidden + rf"{problem.output.name} outputs $a^{{(L)}}_i = {latex}$ with $s = s^{{(L)}}$"
