"""The two tables of the homework, filled in, as LaTeX: the feed-forward pass; the deltas and updates.

The tables need amsmath, array and booktabs. Exact values stand beside decimals; p is defined once, in exponentials.
"""

from __future__ import annotations

from collections.abc import Iterable

from exact.cells import Kind
from exact.notation import LATEX, decimal_number
from exact.solution import Cell, Entry, Solution
from exact.writing import decimal_or_none, in_exponentials, in_outputs, outputs_in_exponentials

PREAMBLE = r"""\documentclass[11pt, fleqn]{article}
\usepackage[a4paper, hmargin=15mm, vmargin=12mm]{geometry}
\usepackage{amsmath, array, booktabs}
\setlength{\parindent}{0pt}
\renewcommand{\arraystretch}{1.1}
\setlength{\arraycolsep}{4pt}
\pagestyle{empty}
"""


def document(title: str, solutions: Iterable[tuple[str, Solution]], digits: int) -> str:
    """A whole document with both tables of each problem; each comes with its id, "" where there is one."""
    parts = [PREAMBLE, r"\begin{document}", rf"\section*{{{escaped(title)}: solution}}"]
    for prefix, solution in solutions:
        if prefix:
            parts.append(rf"\section*{{{escaped(prefix)}}}")
        parts += [
            units(solution),
            r"\subsection*{Feed forward}",
            forward_table(solution, digits),
            r"\subsection*{Deltas and updates}",
            definitions(solution, digits),
            rf"\small{backward_table(solution, digits)}",
        ]
    return "\n\n".join([*parts, r"\end{document}", ""])


def units(solution: Solution) -> str:
    """The formulas of the hidden units, the outputs and the cost."""
    hidden, output = solution.problem.hidden, solution.problem.output
    parts = [rf"a^{{(L)}}_i = {output.latex}", f"C = {output.latex_cost}"]
    if solution.problem.depth > 1:
        parts = [f"h(s) = {hidden.latex}", f"h'(s) = {hidden.latex_derivative}", *parts]
    return ", \\quad ".join(f"${part}$" for part in parts) + "."


def forward_table(solution: Solution, digits: int) -> str:
    """A row for each layer: s, a and a'; the last layer's a also in decimals."""
    cells = {(cell.name.kind, cell.name.layer): cell for cell in solution.cells}
    rows = []
    for layer in range(1, solution.problem.depth):
        columns = [_math(_exact(cells[kind, layer], digits)) for kind in (Kind.S, Kind.A, Kind.DA)]
        rows.append(" & ".join([str(layer), *columns]) + r" \\")
    last = solution.problem.depth
    outputs = cells[Kind.A, last]
    quotients = [in_exponentials(entry, outputs.name, solution, LATEX) for entry in outputs.entries]
    logits, decimals = _math(_exact(cells[Kind.S, last], digits)), _decimals(outputs, digits)
    if not solution.outputs:
        activations = _math(_exact(outputs, digits))
    elif None in quotients:
        activations = _math(decimals)
    else:
        exact = _array([[rf"\displaystyle {quotient}"] for quotient in quotients], row_break=r"\\[3ex]")
        activations = _math(rf"{exact} \approx {decimals}")
    rows.append(rf"{last} & {logits} & {activations} & -- \\")
    heads = ("$l$", "$s^{(l)}$", "$a^{(l)}$", "$a'^{(l)}$")
    return _tabular("cccc", heads, rows)


def backward_table(solution: Solution, digits: int) -> str:
    """The deltas, then the updated weights and biases, from the last layer to the first; a page may break between."""
    parts = ((Kind.DELTA,), (Kind.W_NEW, Kind.B_NEW))
    return "\n\n\\medskip\n".join(_backward_part(solution, kinds, digits) for kinds in parts)


def _backward_part(solution: Solution, kinds: tuple[Kind, ...], digits: int) -> str:
    rows = []
    for cell in solution.cells:
        if cell.name.kind in kinds:
            decimals = _math(_decimals(cell, digits)) if _has_decimals(cell) else ""
            rows.append(f"{_math(LATEX.cell(cell.name))} & {_math(_exact(cell, digits))} & {decimals} " + r"\\")
    return _tabular("cll", ("cell", "exact", "decimal"), rows)


def definitions(solution: Solution, digits: int) -> str:
    """What p_1, p_2, ... stand for; empty where the outputs are linear."""
    if not solution.outputs:
        return ""
    problem = solution.problem
    lines = []
    for i, (value, exact) in enumerate(
        zip(solution.outputs, outputs_in_exponentials(solution, LATEX), strict=True), start=1
    ):
        shown = decimal_or_none(value, digits)
        sides = [f"= {exact}" if exact else None, rf"\approx {decimal_number(shown, LATEX)}" if shown else None]
        lines.append(f"{LATEX.probability(i)} &" + " ".join(filter(None, sides)))
    return (
        rf"With $p = \mathrm{{{problem.output.name}}}(s^{{({problem.depth})}})$:"
        "\n\\begin{align*}\n" + " \\\\\n".join(lines) + "\n\\end{align*}"
    )


def escaped(text: str) -> str:
    """Plain text, for TeX to show as it is."""
    special = {c: rf"\{c}" for c in "&%$#_{}"} | {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
    return "".join(special.get(character, character) for character in text)


def _tabular(columns: str, heads: tuple[str, ...], rows: list[str]) -> str:
    lines = [rf"\begin{{tabular}}{{{columns}}}", r"\toprule", " & ".join(heads) + r" \\", r"\midrule"]
    return "\n".join([*lines, "\n\\addlinespace[3pt]\n".join(rows), r"\bottomrule", r"\end{tabular}"])


def _math(formula: str) -> str:
    return f"$\\displaystyle {formula}$"


def _exact(cell: Cell, digits: int) -> str:
    return _array([[_form(entry, digits) for entry in row] for row in cell.rows()])


def _form(entry: Entry, digits: int) -> str:
    return in_outputs(entry, LATEX) or _decimal(entry, digits)


def _decimal(entry: Entry, digits: int) -> str:
    shown = decimal_or_none(entry.value, digits)
    return "?" if shown is None else decimal_number(shown, LATEX)


def _decimals(cell: Cell, digits: int) -> str:
    return _array([[_decimal(entry, digits) for entry in row] for row in cell.rows()])


def _has_decimals(cell: Cell) -> bool:
    fractions = [entry.value.as_fraction() for entry in cell.entries]
    return any(fraction is None or fraction.denominator != 1 for fraction in fractions)


def _array(rows: list[list[str]], *, row_break: str = r"\\") -> str:
    """A matrix of any width: amsmath's own stop at ten columns."""
    body = f" {row_break} ".join(" & ".join(row) for row in rows)
    return rf"\left[\begin{{array}}{{{'r' * len(rows[0])}}} {body} \end{{array}}\right]"
