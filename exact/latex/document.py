"""The fragments of each problem, to be put into documents of one's own, and stand-alone documents of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from exact.latex.escaping import escaped
from exact.latex.formula import FRAME, SHEET, Paper
from exact.latex.statement import statement
from exact.latex.tables import backward_table, definitions, forward_table
from exact.latex.worked import worked_solution
from exact.solution import Solution

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
    """One problem of an assignment: its id, "" where there is but one, and its solution."""

    prefix: str
    solution: Solution


def fragments(problem: Titled, digits: int) -> dict[str, str]:
    """All fragments of one problem, by their names without suffix; narrow enough for beamer's frames."""
    solution = problem.solution
    parts = {
        "statement": statement(solution),
        "forward": forward_table(solution, digits),
        "backward": _backward(solution, digits, FRAME),
        "forward-blank": forward_table(solution, digits, filled=False),
        "backward-blank": backward_table(solution, digits, filled=False),
        "worked": worked_solution(solution, digits),
    }
    names = {name: "-".join(filter(None, (problem.prefix, name))) for name in parts}
    return {names[name]: f"{NEEDS}\n{source}\n" for name, source in parts.items()}


def tables_of(problem: Titled, digits: int) -> str:
    """The two tables of one problem, filled in."""
    return f"{forward_table(problem.solution, digits)}\n\n{_backward(problem.solution, digits, FRAME)}"


def documents(title: str, problems: Iterable[Titled], digits: int) -> dict[str, str]:
    """The stand-alone documents, by their names without suffix: the tables, the worked solution, the worksheet."""
    chosen = tuple(problems)

    def document(heading: str, body: Callable[[Solution], str]) -> str:
        parts = [PREAMBLE, r"\begin{document}", rf"\section*{{{escaped(heading)}}}"]
        for problem in chosen:
            if problem.prefix:
                parts.append(rf"\section*{{{escaped(problem.prefix)}}}")
            parts.append(body(problem.solution))
        return "\n\n".join([*parts, r"\end{document}", ""])

    return {
        "tables": document(f"{title}: solution", lambda solution: _tables(solution, digits)),
        "worked": document(
            f"{title}: worked solution", lambda solution: worked_solution(solution, digits, paper=SHEET)
        ),
        "worksheet": document(title, _worksheet),
    }


def _backward(solution: Solution, digits: int, paper: Paper) -> str:
    parts = (definitions(solution, digits, paper=paper), backward_table(solution, digits, paper=paper))
    return "\n\n".join(filter(None, parts))


def _tables(solution: Solution, digits: int) -> str:
    return "\n\n".join(
        [
            statement(solution, paper=SHEET),
            r"\subsection*{Feed forward}",
            forward_table(solution, digits, paper=SHEET),
            r"\subsection*{Deltas and updates}",
            _backward(solution, digits, SHEET),
        ]
    )


def _worksheet(solution: Solution) -> str:
    return "\n\n".join(
        [
            statement(solution, paper=SHEET),
            r"\subsection*{Feed forward}",
            forward_table(solution, 8, filled=False, paper=SHEET),
            r"\subsection*{Deltas and updates}",
            backward_table(solution, 8, filled=False, paper=SHEET),
        ]
    )
