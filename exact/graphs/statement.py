"""A calculation that is given as formulas, as it is set: what is given, the formulas, and what is asked."""

from __future__ import annotations

from exact.graphs.graph import FORMULA, GRADIENT
from exact.writing.latex.formula import Formula, Paper
from exact.writing.latex.grids import Grids
from exact.writing.latex.parameters import parameters
from exact.writing.latex.tabular import display
from exact.writing.latex.titled import Titled


def statement(titled: Titled, paper: Paper) -> str:
    """What is given, formula by formula what is made of it, and the questions."""
    calculation = titled.solution.calculation
    grids = Grids(titled.solution, 8)
    formulas = [one for one in calculation.quantities if one.step.name == FORMULA]
    lines = [
        display([Formula(f"{one.latex} = {one.step.formula.latex(calculation.latex_of)},", 12.0)]) for one in formulas
    ]
    asked = ", ".join(
        f"${name}$" for one in titled.asked for name in (one.names if not one.is_whole else [one.quantity.latex])
    )
    has_gradients = any(one.quantity.step.name == GRADIENT for one in titled.asked)
    of = f", where gradients are those of ${calculation.latex_of(calculation.cost)}$" if has_gradients else ""
    return "\n\n".join(
        [
            r"\noindent Given are",
            display(parameters(grids, [*calculation.given], paper)),
            r"\noindent and the formulas",
            *lines,
            rf"\noindent Write down {asked}{of}.",
        ]
    )
