"""The problem as it is set: the network, its numbers, and what is asked. Needs amsmath and array."""

from __future__ import annotations

from exact.networks.cells import Kind, cell_names
from exact.networks.outputs import OutputUnit
from exact.networks.problem import Matrix, Problem, Vector
from exact.networks.solution import Solution
from exact.networks.steps import array
from exact.writing.latex.formula import FRAME, Formula, Paper, related, total
from exact.writing.latex.grids import Grids
from exact.writing.latex.tabular import display
from exact.writing.notation import LATEX

COMMA = 0.9
"""Room for what stands behind a matrix, in em."""


def statement(solution: Solution, *, paper: Paper = FRAME) -> str:
    """The network in a sentence, its parameters, x, y and eta, and the two questions."""
    problem, grids = solution.problem, Grids(solution, 8)
    units = [len(problem.x), *(len(layer.b) for layer in problem.layers)]
    layers = "layer" if problem.depth == 1 else "layers"
    shape = "--".join(map(str, units))
    forward = r"$s^{(l)}$ and $a^{(l)}$ for each layer"
    forward += ", and $a'^{(l)} = h'(s^{(l)})$ for the hidden ones" if problem.depth > 1 else ""
    eta = total(grids.number(problem.eta)).latex
    cost = "$C$, " if any(cell.name.kind is Kind.COST for cell in solution.cells) else ""
    step = r"Take one step of stochastic gradient descent with the target $y$ and the learning rate "
    give = rf"Give {cost}$\delta^{{(l)}} = \partial C / \partial s^{{(l)}}$ for each layer"
    parts = [
        rf"\noindent A network of {problem.depth} {layers}, {shape}, has the parameters",
        display(_parameters(grids, paper)),
        rf"\noindent with {_units(problem)}.",
        rf"\medskip\noindent\textbf{{(a)}} Feed the input forward: {forward}.",
        rf"\medskip\noindent\textbf{{(b)}} {step}$\eta = {eta}$ on the cost",
        display([Formula(f"C = {problem.output.latex_cost}.", 12.0)]),
        rf"\noindent {give}, and the updated weights and biases.",
    ]
    if len(solution.cells) < len(cell_names(problem.depth)):
        names = ", ".join(f"${LATEX.cell(cell.name)}$" for cell in solution.cells)
        parts.append(rf"\noindent Of all these write down {names}.")
    return "\n\n".join(parts)


def _parameters(grids: Grids, paper: Paper) -> list[Formula]:
    """W(l) and b(l) of each layer, and x and y, as many on a line as fit."""
    problem = grids.solution.problem
    named: list[tuple[str, Vector | Matrix]] = [("x", problem.x), ("y", problem.y)]
    for number, layer in enumerate(problem.layers, start=1):
        named += [(rf"W^{{({number})}}", layer.W), (rf"b^{{({number})}}", layer.b)]
    lines: list[Formula] = []
    for latex, values in [*named[2:], *named[:2]]:
        name = Formula(latex, 1.8)
        first, *rest = related(name, grids.of(array(values)), paper.line - COMMA)
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
    return hidden + _outputs(problem.output)


def _outputs(output: OutputUnit) -> str:
    return rf"{output.name} outputs $a^{{(L)}}_i = {output.latex}$ with $s = s^{{(L)}}$"
