"""The two tables of the homework with letters for all that is given: one formula a line, the layers between rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from exact.writing.columns import joined
from exact.writing.latex.escaping import escaped
from exact.writing.letters import Written

NEEDS = "% Needs amsmath, array, booktabs and longtable. Put it in with \\input wherever text can stand."

PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage[a4paper, hmargin=22mm, vmargin=20mm]{geometry}
\usepackage{amsmath, array, booktabs, longtable}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt plus 1pt}
\raggedbottom
"""

COLUMNS = r"@{}l>{$}l<{$}@{${}={}$}>{\raggedright\arraybackslash}p{0.72\linewidth}@{}"
"""The layer, the entry, and its formula, which breaks where it is too long."""

_HIGH = re.compile(r"\\frac\{(?!\\partial|\d+\}\{\d+\})")

PARTS = ("forward", "backward")
"""The two tables: the one by layers, and what is beside it."""

BLANK = r"\rule{0pt}{1.6em}"
"""What stands in the place of a formula that is to be filled in."""

STEP = r"$H(s)$ is 1 for $s > 0$ and 0 for $s < 0$."


def letter_tables(found: Iterable[Written]) -> dict[str, str]:
    """The two tables, each by its word; "" where nothing stands in one."""
    return {word: _table(members) for word, members in _by_part(found).items()}


def _by_part(found: Iterable[Written]) -> dict[str, tuple[Written, ...]]:
    """The formulas of each table."""
    chosen = tuple(found)
    return {word: tuple(one for one in chosen if one.quantity.place.is_grid is (word == "forward")) for word in PARTS}


def _formula(latex: str) -> str:
    """The formula and the end of its line; a fraction of more than numbers is as high as it needs to be."""
    return rf"$\displaystyle\vphantom{{\bigg|}} {latex}$ \\[6pt]" if _HIGH.search(latex) else rf"${latex}$ \\"


def letter_fragments(prefix: str, found: Iterable[Written]) -> dict[str, str]:
    """The two tables of a problem by the names of their files, to be put into documents of one's own."""
    tables = letter_tables(found)
    return {"-".join(filter(None, (prefix, "letters", word))): f"{NEEDS}\n{tables[word]}\n" for word in PARTS}


def letter_document(title: str, problems: Iterable[tuple[str, Iterable[Written]]]) -> str:
    """A stand-alone document of the tables of all problems, each with its id."""
    parts = [PREAMBLE, r"\begin{document}", rf"\section*{{{escaped(title)}: in letters}}"]
    for prefix, found in problems:
        parts += [rf"\section*{{{escaped(prefix)}}}"] if prefix else []
        for members in filter(None, _by_part(found).values()):
            parts += [rf"\subsection*{{{joined([one.quantity.place for one in members])}}}", _table(members)]
    return "\n\n".join([*parts, r"\end{document}", ""])


def formula_table(found: Sequence[Written], *, filled: bool = True) -> str:
    """One table of formulas, in groups of one heading and one layer, filled in or blank; "" where there are none."""
    return _table(found if filled else [replace(one, text="", latex=BLANK) for one in found])


def _table(found: Sequence[Written]) -> str:
    """The formulas in groups of one heading and one layer; "" where there are none."""
    if not found:
        return ""
    lines = [r"{\renewcommand{\arraystretch}{1.35}", rf"\begin{{longtable}}{{{COLUMNS}}}", r"\toprule"]
    groups = [list(group) for _, group in groupby(found, lambda one: (one.quantity.place.title, one.quantity.layer))]
    for number, group in enumerate(groups):
        layer = group[0].quantity.place.row
        for place, one in enumerate(group):
            head = f"layer {layer}" if place == 0 and layer.isdigit() else ""
            named = " = ".join(filter(None, (one.name_latex, one.other_latex)))
            lines.append(rf"{head} & {named} & {_formula(one.latex)}")
        lines.append(r"\bottomrule" if number == len(groups) - 1 else r"\midrule")
    has_steps = any("step(" in one.text for one in found)
    return "\n".join([*lines, r"\end{longtable}}", *([STEP] if has_steps else [])])
