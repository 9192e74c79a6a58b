"""The fragments of each problem, to be put into documents of one's own, and stand-alone documents of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from exact.networks.cells import COST, CellName
from exact.networks.solution import Solution
from exact.writing.latex.escaping import escaped
from exact.writing.latex.formula import FRAME, SHEET, Paper
from exact.writing.latex.statement import statement
from exact.writing.latex.tables import backward_table, definitions, forward_table
from exact.writing.latex.worked import worked_solution

NEEDS = "% Needs amsmath, array and booktabs. Put it in with \\input wherever text can stand."

PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage[a4paper, hmargin=22mm, vmargin=20mm]{geometry}
\usepackage{amsmath, array, booktabs}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt plus 1pt}
\renewcommand{\arraystretch}{1.1}
\raggedbottom
"""


@dataclass(frozen=True, slots=True)
class Titled:
    """One problem of an assignment: its id, "" where there is but one, its solution, and which cells are asked for."""

    prefix: str
    solution: Solution
    cells: tuple[CellName, ...] = ()

    @property
    def asked(self) -> Solution:
        """The solution with the cells that are asked for alone; with all but the cost where none are named."""
        if not self.cells:
            return self.solution
        return replace(self.solution, cells=tuple(one for one in self.solution.with_cost() if one.name in self.cells))

    @property
    def with_cost(self) -> bool:
        """Whether the cost is asked for."""
        return COST in self.cells


def fragments(problem: Titled, digits: int) -> dict[str, str]:
    """All fragments of one problem, by their names without suffix; narrow enough for beamer's frames."""
    asked = problem.asked
    parts = {
        "statement": statement(asked),
        "forward": forward_table(asked, digits),
        "backward": _backward(asked, digits, FRAME),
        "forward-blank": forward_table(asked, digits, filled=False),
        "backward-blank": backward_table(asked, digits, filled=False),
        "worked": worked_solution(problem.solution, digits, with_cost=problem.with_cost),
    }
    names = {name: "-".join(filter(None, (problem.prefix, name))) for name in parts}
    return {names[name]: f"{NEEDS}\n{source}\n" for name, source in parts.items()}


def tables_of(problem: Titled, digits: int) -> str:
    """The two tables of one problem, filled in."""
    return f"{forward_table(problem.asked, digits)}\n\n{_backward(problem.asked, digits, FRAME)}"


def documents(title: str, problems: Iterable[Titled], digits: int) -> dict[str, str]:
    """The stand-alone documents, by their names without suffix: the tables, the worked solution, the worksheet."""
    chosen = tuple(problems)

    def document(heading: str, body: Callable[[Titled], str]) -> str:
        parts = [PREAMBLE, r"\begin{document}", rf"\section*{{{escaped(heading)}}}"]
        for problem in chosen:
            if problem.prefix:
                parts.append(rf"\section*{{{escaped(problem.prefix)}}}")
            parts.append(body(problem))
        return "\n\n".join([*parts, r"\end{document}", ""])

    return {
        "tables": document(f"{title}: solution", lambda one: _sheet(one.asked, digits, filled=True)),
        "worked": document(
            f"{title}: worked solution",
            lambda one: worked_solution(one.solution, digits, paper=SHEET, with_cost=one.with_cost),
        ),
        "worksheet": document(title, lambda one: _sheet(one.asked, digits, filled=False)),
    }


def _backward(solution: Solution, digits: int, paper: Paper) -> str:
    parts = (definitions(solution, digits, paper=paper), backward_table(solution, digits, paper=paper))
    return "\n\n".join(filter(None, parts))


def _sheet(solution: Solution, digits: int, *, filled: bool) -> str:
    """The statement and both tables, filled in or blank."""
    if filled:
        backward = _backward(solution, digits, SHEET)
    else:
        backward = backward_table(solution, digits, filled=False, paper=SHEET)
    return "\n\n".join(
        [
            statement(solution, paper=SHEET),
            r"\subsection*{Feed forward}",
            forward_table(solution, digits, filled=filled, paper=SHEET),
            r"\subsection*{Deltas and updates}",
            backward,
        ]
    )
