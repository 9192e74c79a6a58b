"""The fragments of each problem, to be put into documents of one's own, and stand-alone documents of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from exact.writing.columns import headings
from exact.writing.latex.escaping import escaped
from exact.writing.latex.formula import FRAME, SHEET, Paper
from exact.writing.latex.letter_tables import NEEDS as LONG
from exact.writing.latex.letter_tables import PREAMBLE as LONG_PREAMBLE
from exact.writing.latex.letter_tables import formula_table
from exact.writing.latex.tables import part_tables, parts
from exact.writing.latex.titled import Titled
from exact.writing.latex.worked import worked_solution

NEEDS = "% Needs amsmath, array and booktabs. Put it in with \\input wherever text can stand."

NEEDS_OF_PICTURE = "% Needs tikz and graphicx. Put it in with \\input wherever a picture can stand."

DRAWING = r"\usepackage{tikz, graphicx}"

PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage[a4paper, hmargin=22mm, vmargin=20mm]{geometry}
\usepackage{amsmath, array, booktabs}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt plus 1pt}
\renewcommand{\arraystretch}{1.1}
\raggedbottom
"""


def fragments(problem: Titled, digits: int) -> dict[str, str]:
    """All fragments of one problem, by their names without suffix; narrow enough for beamer's frames."""
    made = {
        "statement": problem.statement(problem, FRAME),
        "forward": _tables(problem, digits, is_grid=True),
        "backward": _tables(problem, digits, is_grid=False),
        "forward-blank": _tables(problem, digits, is_grid=True, filled=False),
        "backward-blank": _tables(problem, digits, is_grid=False, filled=False),
        "worked": _worked(problem, digits, FRAME),
    }
    needs = LONG if problem.formulas else NEEDS
    written = {name: f"{needs}\n{source}\n" for name, source in made.items()}
    if picture := problem.picture(problem, "tikz"):
        written["picture"] = f"{NEEDS_OF_PICTURE}\n{picture}\n"
    return {"-".join(filter(None, (problem.prefix, name))): source for name, source in written.items()}


def tables_of(problem: Titled, digits: int) -> str:
    """The tables of one problem, filled in."""
    return "\n\n".join(_tables(problem, digits, is_grid=is_grid) for is_grid in (True, False))


def documents(title: str, problems: Iterable[Titled], digits: int) -> dict[str, str]:
    """The stand-alone documents, by their names without suffix: the tables, the worked solution, the worksheet."""
    chosen = tuple(problems)
    return {
        "tables": _document(f"{title}: solution", chosen, lambda one: _sheet(one, digits, filled=True)),
        "worked": _document(f"{title}: worked solution", chosen, lambda one: _drawn(one) + _worked(one, digits, SHEET)),
        "worksheet": worksheet(title, chosen, digits),
    }


def worksheet(title: str, problems: Iterable[Titled], digits: int) -> str:
    """The document with what is given, and tables to fill in."""
    return _document(title, tuple(problems), lambda one: _sheet(one, digits, filled=False))


def _document(heading: str, problems: tuple[Titled, ...], body: Callable[[Titled], str]) -> str:
    preamble = LONG_PREAMBLE if any(problem.formulas for problem in problems) else PREAMBLE
    bodies = [body(problem) for problem in problems]
    preamble += DRAWING + "\n" if any(r"\begin{tikzpicture}" in one for one in bodies) else ""
    made = [preamble, r"\begin{document}", rf"\section*{{{escaped(heading)}}}"]
    for problem, told in zip(problems, bodies, strict=True):
        if problem.prefix:
            made.append(rf"\section*{{{escaped(problem.prefix)}}}")
        made.append(told)
    return "\n\n".join([*made, r"\end{document}", ""])


def _drawn(problem: Titled) -> str:
    """The picture in a line of its own; "" where there is none."""
    picture = problem.picture(problem, "tikz")
    return f"{{\\centering\n{picture}\\par}}\n\n" if picture else ""


def _worked(problem: Titled, digits: int, paper: Paper) -> str:
    """The worked solution; in letters, every step as a formula."""
    if not problem.formulas:
        return worked_solution(problem, digits, paper=paper)
    made = []
    for heading, members in headings(problem.steps, lambda one: one.quantity.place):
        made += [rf"\medskip\noindent\textbf{{{heading}}}", formula_table(members)]
    return "\n\n".join(made)


def _tables(problem: Titled, digits: int, *, is_grid: bool, filled: bool = True) -> str:
    """The tables by layers, or all others."""
    if problem.formulas:
        found = [one for one in problem.formulas if one.quantity.place.is_grid is is_grid]
        return formula_table(found, filled=filled)
    chosen = [part for part in parts(problem) if part.is_grid == is_grid]
    return "\n\n\\medskip\n".join(part_tables(part, problem, digits, filled=filled) for part in chosen)


def _sheet(problem: Titled, digits: int, *, filled: bool) -> str:
    """The statement and all tables, filled in or blank."""
    made = [problem.statement(problem, SHEET)]
    if problem.formulas:
        for heading, members in headings(problem.formulas, lambda one: one.quantity.place):
            made += [rf"\subsection*{{{heading}}}", formula_table(members, filled=filled)]
        return "\n\n".join(filter(None, made))
    for part in parts(problem):
        made.append(rf"\subsection*{{{part.heading}}}")
        made.append(part_tables(part, problem, digits, filled=filled, paper=SHEET))
    return "\n\n".join(filter(None, made))
